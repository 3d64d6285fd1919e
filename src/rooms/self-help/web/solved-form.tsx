import type { Locale } from '../../../base/locale.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** "Did this solve it?" below an article; `asked` is the question that led here, if one did. */
export function SolvedForm({
  visit,
  article,
  asked,
}: {
  visit: Pick<Visit, 'link' | 'locale'>
  article: { readonly id: string; readonly language: Locale }
  asked: string | undefined
}) {
  const say = words(visit.locale)
  return (
    <form class="solved" method="post" action={visit.link('/help/solved')} aria-labelledby="solved">
      <p id="solved">{say('solved')}</p>
      <input type="hidden" name="article" value={article.id} />
      <input type="hidden" name="language" value={article.language} />
      {asked ? <input type="hidden" name="asked" value={asked} /> : null}
      <button name="solved" value="yes">
        {say('solvedYes')}
      </button>
      <button name="solved" value="no">
        {say('solvedNo')}
      </button>
    </form>
  )
}
