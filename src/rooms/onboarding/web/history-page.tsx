import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { ChecklistHistory } from '../follow.ts'
import { words } from '../messages/words.ts'
import { toldText } from './told.ts'

/** All that was said of a checklist, also of steps that are no more. */
export function HistoryPage({
  visit,
  history,
  path,
  more,
}: {
  visit: Visit
  history: ChecklistHistory
  /** The page of the checklists. */
  path: string
  more: boolean
}) {
  const { locale } = visit
  const say = words(locale)
  const { checklist, events, titleOf } = history
  const title = say('historyOf', { title: checklist.name[locale] })
  const last = events.at(-1)
  return (
    <Shell visit={visit} title={title}>
      <div class="narrow">
        <p class="hint">
          <a href={visit.link(path)}>{say('back')}</a>
        </p>
        <h1>{title}</h1>
        {events.length === 0 ? <p>{say('historyNone')}</p> : null}
        <ol class="plain happenings" reversed>
          {events.map((event) => (
            <li>
              <strong>{titleOf(event, locale)}</strong>
              <p class="hint">
                <time datetime={event.recordedAt.toString()}>{toldText(event, visit)}</time>
              </p>
              {event.word ? <blockquote class="text">{event.word}</blockquote> : null}
            </li>
          ))}
        </ol>
        {more && last ? (
          <p>
            <a href={visit.link(`${path}/${checklist.id}/history?before=${last.sequence}`)}>{say('earlier')}</a>
          </p>
        ) : null}
      </div>
    </Shell>
  )
}
