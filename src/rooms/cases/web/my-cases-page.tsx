import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { spokenNumber } from '../rules/number.ts'
import type { CaseLine } from '../index.ts'
import { stateText } from './case-state.ts'

/** The organization's cases, newest first. */
export function MyCasesPage({
  visit,
  lines,
  now,
  more,
}: {
  visit: Visit
  lines: readonly CaseLine[]
  now: Temporal.Instant
  more: boolean
}) {
  const { locale, zone } = visit
  const say = words(locale)
  const last = lines.at(-1)
  return (
    <Shell visit={visit} title={say('myCases')} current="cases">
      <h1>{say('myCases')}</h1>
      {lines.length === 0 ? <p>{say('noCases')}</p> : <CaseTable />}
      {more && last ? (
        <p>
          <a href={visit.link(`/cases?after=${last.openedAt.toString()}_${last.caseId}`)}>{say('older')}</a>
        </p>
      ) : null}
      <p>
        <a class="button" href={visit.link('/contact')}>
          {say('newRequest')}
        </a>
      </p>
    </Shell>
  )

  function CaseTable() {
    return (
      <div class="scroll">
        <table>
          <caption class="visually-hidden">{say('myCases')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('caseTitle')}</th>
              <th scope="col">{say('severity')}</th>
              <th scope="col">{say('state')}</th>
              <th scope="col">{say('opened')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <th scope="row">
                  <a href={visit.link(`/cases/${line.number}`)}>{line.title}</a>
                  <br />
                  <small>{spokenNumber(line.number)}</small>
                </th>
                <td>
                  <span class={`severity severity-${line.severity}`}>{line.severity}</span>
                </td>
                <td>{stateText(line, locale, zone, now)}</td>
                <td>{shortMoment(line.openedAt, locale, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  }
}
