import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { articlePath } from '../index.ts'
import type { Found } from '../index.ts'
import { words } from '../messages/words.ts'

/** Where an article was that has been taken down: what there is instead, a search that begins with its title, and a person. */
export function RetiredPage({ visit, title, instead }: { visit: Visit; title: string; instead: readonly Found[] }) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('retiredTitle')} current="help">
      <div class="narrow">
        <h1>{say('retiredTitle')}</h1>
        <p>{say(instead.length ? 'retiredText' : 'retiredTextAlone', { title })}</p>
        {instead.length ? (
          <ul>
            {instead.map(({ id, title: of, language }) => (
              <li lang={language === visit.locale ? undefined : language}>
                <a href={visit.link(articlePath(id))}>{of}</a>
              </li>
            ))}
          </ul>
        ) : null}
        <form class="search" method="get" action={visit.link('/help')} role="search">
          <div class="field">
            <label for="q">{say('searchFor')}</label>
            <input id="q" name="q" type="search" value={title} maxlength={200} />
          </div>
          <button>{say('search')}</button>
        </form>
        <p>
          <a href={visit.link('/contact')}>{say('contactSupport')}</a>
        </p>
      </div>
    </Shell>
  )
}
