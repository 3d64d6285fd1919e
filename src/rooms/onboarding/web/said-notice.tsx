import type { Visit } from '../../../ui/visit.ts'
import type { ChecklistsShown } from '../follow.ts'
import { words } from '../messages/words.ts'
import { MARKS } from '../rules/marking.ts'

/** What was just said of a step, as the page's address tells it. */
export function SaidNotice({
  visit,
  shown,
  said,
}: {
  visit: Visit
  shown: ChecklistsShown
  said: Readonly<Record<string, string>>
}) {
  const { locale } = visit
  const mark = MARKS.find((one) => one === said['said'])
  const step = shown.checklists.find(({ id }) => id === said['list'])?.steps.find(({ id }) => id === said['step'])
  if (!mark || !step) return null
  return (
    <p class="notice" role="status">
      {words(locale)(`said.${mark}`, { title: step.title[locale] })}
    </p>
  )
}
