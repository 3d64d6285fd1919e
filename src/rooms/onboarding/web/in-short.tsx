import type { Visit } from '../../../ui/visit.ts'
import type { Followed } from '../follow.ts'
import { words } from '../messages/words.ts'

/** The way to one's checklists from other pages, with how far they are; nothing for those who have none. */
export function ChecklistsInShort({ visit, lists }: { visit: Visit; lists: readonly Followed[] }) {
  const { locale } = visit
  const say = words(locale)
  if (lists.length === 0) return null
  return (
    <section class="paper" aria-labelledby="getting-started">
      <h2 id="getting-started">
        <a href={visit.link('/onboarding')}>{say('title')}</a>
      </h2>
      <ul class="plain">
        {lists.map(({ checklist, progress: { settled, total } }) => (
          <li>{say('short', { name: checklist.name[locale], settled, total })}</li>
        ))}
      </ul>
    </section>
  )
}
