import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { spokenNumber } from '../../cases/index.ts'
import { queryOf, writtenPlace } from '../asked.ts'
import { words } from '../messages/words.ts'
import type { AskedReport } from '../read-report.ts'
import type { Asked } from '../rules/months.ts'
import { placeAfter } from '../rules/promises.ts'
import type { Behind, PromiseRow } from '../rules/promises.ts'
import { MOST_LINES } from './limits.ts'
import { clockText, countText, periodText, supportTypeText } from './texts.ts'

type Props = {
  visit: Visit
  question: AskedReport['question']
  charter: AskedReport['charter']
  behind: Behind
  rows: readonly PromiseRow[]
  more: boolean
}

/** The cases behind a figure, first due first, each with the promise it is about. */
export function ReportCasesPage(props: Props) {
  const { visit, question, behind, rows, more } = props
  const { locale } = visit
  const say = words(locale)
  const asked = askedOf(props)
  const narrowed = narrowedText(props)
  const last = rows.at(-1)
  return (
    <Shell visit={visit} title={say('cases')} current="queue">
      <h1>{say('cases')}</h1>
      <p>
        <a href={visit.link(`/agent/reports?${queryOf(asked, { clock: undefined })}`)}>{say('toReport')}</a>
      </p>
      {narrowed === '' ? null : <p>{narrowed}</p>}
      {behind.due === 'none' ? null : <p class="hint">{periodText(question, locale)}</p>}
      {rows.length === 0 ? <p>{say('noCases')}</p> : <PromisesTable {...props} />}
      {more && last ? (
        <p>
          <a
            href={visit.link(
              `/agent/reports/cases?${queryOf({ ...asked, ...behind }, { after: writtenPlace(placeAfter(last)) })}`,
            )}
          >
            {say('later')}
          </a>
        </p>
      ) : null}
      <p>
        <a href={visit.link(`/agent/reports/cases.csv?${queryOf({ ...asked, ...behind })}`)}>{say('casesCsv')}</a>{' '}
        <small>{say('casesCsvHint', { count: countText(MOST_LINES, locale) })}</small>
      </p>
    </Shell>
  )
}

function askedOf({ question }: Props): Asked {
  const { months, asOf, clock, severity, supportType } = question
  return { from: months[0], to: months.at(-1), asOf, clock, severity, supportType }
}

/** What the list is narrowed to, in words: "Result: met · Promise: Initial response". */
function narrowedText({ visit: { locale }, question, charter, behind }: Props): string {
  const say = words(locale)
  const { clock, severity, supportType } = question
  const { outcome, due } = behind
  const parts = [
    outcome && [say('outcome'), say(`outcome.${outcome}`)],
    clock && [say('clock'), clockText(clock, locale)],
    severity && [say('severity'), severity],
    supportType && [say('supportType'), supportTypeText(supportType, charter, locale)],
  ].flatMap((part) => (part ? [part.join(': ')] : []))
  return [...parts, ...(due === 'none' ? [say('withoutDue')] : [])].join(' · ')
}

function PromisesTable({ visit, rows }: Props) {
  const { locale } = visit
  const say = words(locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('cases')}>
      <table class="stacks report-cases">
        <caption class="visually-hidden">{say('cases')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('case')}</th>
            <th scope="col">{say('organization')}</th>
            <th scope="col">{say('severity')}</th>
            <th scope="col">{say('clock')}</th>
            <th scope="col">{say('outcome')}</th>
            <th scope="col">{say('due')}</th>
            <th scope="col">{say('metAt')}</th>
            <th scope="col">{say('breachedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <a href={visit.link(`/agent/cases/${row.number}`)}>{row.title}</a>
                <br />
                <small>{spokenNumber(row.number)}</small>
              </th>
              <td data-column={say('organization')}>{row.organizationName}</td>
              <td data-column={say('severity')}>
                <span class={`severity severity-${row.severity}`}>{row.severity}</span>
              </td>
              <td data-column={say('clock')}>{clockText(row.clock, locale)}</td>
              <td data-column={say('outcome')}>{say(`outcome.${row.outcome}`)}</td>
              <Moment visit={visit} name={say('due')} at={row.dueAt} />
              <Moment visit={visit} name={say('metAt')} at={row.metAt} />
              <Moment visit={visit} name={say('breachedAt')} at={row.breachedAt} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Moment({ visit, name, at }: { visit: Visit; name: string; at: Temporal.Instant | null }) {
  return (
    <td data-column={name}>
      {at ? <time datetime={at.toString()}>{shortMoment(at, visit.locale, visit.zone)}</time> : '–'}
    </td>
  )
}
