import { durationText, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { spokenNumber } from '../rules/number.ts'
import type { QueueFigure } from '../index.ts'
import type { CaseLine, CaseRow } from '../index.ts'
import { KeysHelp } from './keys-help.tsx'

type Props = {
  visit: Visit
  lines: readonly CaseLine[]
  figures: readonly QueueFigure[]
  charter: Charter
  now: Temporal.Instant
  waitingFor: CaseRow['waitingFor']
  more: boolean
  /** How many incidents customers propose by what they notice; 0 for those who declare none. */
  proposed: number
}

/** The queue: what is due first stands first, and the list renews itself. */
export function QueuePage(props: Props) {
  const { visit, charter, figures, waitingFor, proposed } = props
  const say = words(visit.locale)
  const address = visit.link(`/agent?waiting=${waitingFor}`)
  return (
    <Shell visit={visit} title={say('queue')} current="queue">
      <h1>{say('queue')}</h1>
      <nav aria-label={say('queue')}>
        <ul class="tabs">
          {(['operator', 'customer'] as const).map((side) => (
            <li>
              <a href={visit.link(`/agent?waiting=${side}`)} aria-current={side === waitingFor ? 'page' : undefined}>
                {say(side === 'operator' ? 'toAnswer' : 'waitingForCustomer')}{' '}
                <Figures charter={charter} figures={figures} side={side} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {proposed > 0 ? (
        <p class="notice" role="status">
          <a href={visit.link('/agent/noticed')}>{say('noticedWaiting', { count: proposed })}</a>
        </p>
      ) : null}
      <agent-keys help="keys" list="queue">
        <live-queue changes={visit.link('/agent/changes')} src={`${address}&part=table`} changed={say('queueChanged')}>
          <QueueTable {...props} />
        </live-queue>
      </agent-keys>
      <p class="actions">
        <a href={visit.link('/agent/incidents')}>{say('incidents')}</a>
      </p>
      {visit.actor.kind === 'agent' && visit.actor.lead ? (
        <p class="actions">
          <a href={visit.link('/agent/reports')}>{say('reports')}</a>{' '}
          <a href={visit.link('/agent/holidays')}>{say('holidays')}</a>{' '}
          <a href={visit.link('/agent/programs')}>{say('programs')}</a>{' '}
          <a href={visit.link('/agent/answers')}>{say('unanswered')}</a>
        </p>
      ) : null}
      <KeysHelp visit={visit} />
    </Shell>
  )
}

function Figures({
  charter,
  figures,
  side,
}: {
  charter: Charter
  figures: readonly QueueFigure[]
  side: CaseRow['waitingFor']
}) {
  return (
    <span class="figures">
      {charter.severities.map(({ id: severity }) => {
        const cases = figures.find((figure) => figure.waitingFor === side && figure.severity === severity)?.cases ?? 0
        return (
          <span class={`severity severity-${severity}`}>
            {severity} {cases}
          </span>
        )
      })}
    </span>
  )
}

/** The table alone: what the live queue fetches when something has changed. */
export function QueueTable({ visit, lines, charter, now, waitingFor, more }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const last = lines.at(-1)
  if (lines.length === 0) return <p>{say('queueEmpty')}</p>
  return (
    <>
      <div class="scroll">
        <table id="queue">
          <caption class="visually-hidden">{say('queue')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('due')}</th>
              <th scope="col">{say('severity')}</th>
              <th scope="col">{say('caseTitle')}</th>
              <th scope="col">{say('organization')}</th>
              <th scope="col">{say('topic')}</th>
              <th scope="col">{say('assigned')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <td>
                  {line.dueAt ? (
                    <>
                      <Due at={line.dueAt} now={now} visit={visit} />{' '}
                      {line.dueKind ? <small>· {say(`clock.${line.dueKind}`)}</small> : null}
                    </>
                  ) : (
                    <span class="hint">{say('answeredOnce')}</span>
                  )}
                </td>
                <td>
                  <span class={`severity severity-${line.severity}`}>{line.severity}</span>
                </td>
                <th scope="row">
                  <a href={visit.link(`/agent/cases/${line.number}`)}>{line.title}</a>
                  <br />
                  <small>
                    {spokenNumber(line.number)} · {shortMoment(line.openedAt, locale, zone)}
                  </small>
                </th>
                <td>{line.organizationName}</td>
                <td>{charter.topics.find(({ id }) => id === line.topic)?.name[locale] ?? line.topic}</td>
                <td>{line.assignedName ?? <span class="hint">{say('nobodyYet')}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && last ? (
        <p>
          <a
            href={visit.link(
              `/agent?waiting=${waitingFor}&after=${last.dueAt?.toString() ?? 'infinity'}_${last.caseId}`,
            )}
          >
            {say('laterDue')}
          </a>
        </p>
      ) : null}
    </>
  )
}

export function Due({ at, now, visit }: { at: Temporal.Instant; now: Temporal.Instant; visit: Visit }) {
  const say = words(visit.locale)
  const minutes = (at.epochMilliseconds - now.epochMilliseconds) / 60_000
  const duration = durationText(minutes, visit.locale)
  return (
    <>
      <strong class={`due ${minutes < 0 ? 'late' : minutes < 60 ? 'soon' : ''}`}>
        {say(minutes < 0 ? 'overdueBy' : 'dueIn', { duration })}
      </strong>
      <br />
      <small>
        <time datetime={at.toString()}>{shortMoment(at, visit.locale, visit.zone)}</time>
      </small>
    </>
  )
}
