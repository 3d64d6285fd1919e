import type { Visit } from '../../../ui/visit.ts'
import { newSlip } from '../../evidence/index.ts'
import { words } from '../messages/words.ts'

/**
 * The field for a question, with suggestions while somebody types; `main` where it is what the page is for: with the slip its
 * question came with, and the visit it belongs to, if there was one. A page kept for many readers has no slip to give.
 */
export function SearchForm({
  visit,
  q = '',
  main,
}: {
  visit: Pick<Visit, 'link' | 'locale'>
  q?: string
  main?: { readonly slip: string; readonly visit: string | undefined }
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
          slip={main && q ? main.slip : undefined}
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
      {main ? <input type="hidden" name="slip" value={newSlip()} /> : null}
      {main?.visit ? <input type="hidden" name="visit" value={main.visit} /> : null}
      <button class={main ? 'primary' : undefined}>{say('help.search')}</button>
    </form>
  )
}
