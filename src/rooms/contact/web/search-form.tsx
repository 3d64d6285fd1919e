import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** The field for a question, with suggestions while somebody types; `main` where it is what the page is for. */
export function SearchForm({
  visit,
  q = '',
  main = false,
}: {
  visit: Pick<Visit, 'link' | 'locale'>
  q?: string
  main?: boolean
}) {
  const say = words(visit.locale)
  return (
    <form method="get" action={visit.link('/help')} role="search" class="search">
      <div class="field">
        <label for="q">{say('pane.label')}</label>
        <p class="hint" id="q-hint">
          {say('pane.hint')}
        </p>
        <suggest-field
          src={visit.link('/help/suggest')}
          label={say('help.suggestions')}
          none={say('help.none')}
          one={say('help.one')}
          many={say('help.many')}
        >
          <input
            id="q"
            name="q"
            type="search"
            value={q || undefined}
            maxlength={200}
            autocomplete="off"
            aria-describedby="q-hint"
          />
        </suggest-field>
      </div>
      <button class={main ? 'primary' : undefined}>{say('help.search')}</button>
    </form>
  )
}
