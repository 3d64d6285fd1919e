import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { AgentVisit } from '../../../ui/visit.ts'
import { textFor } from '../../service-health/index.ts'
import type { OwnIncident } from '../../service-health/index.ts'
import { BULK } from '../index.ts'
import type { Bulk, LinkedCase, OpenedCase } from '../index.ts'
import { words } from '../messages/words.ts'
import { isCaseNumber, spokenNumber } from '../rules/number.ts'

/** What was just done to how many, and which numbers were typed and left as they were. */
export type Done = Bulk & { readonly act: 'link' | 'unlink'; readonly typed: readonly string[] }

type Props = {
  visit: AgentVisit
  incident: OwnIncident
  linked: readonly LinkedCase[]
  similar: readonly OpenedCase[]
  /** What was just linked or unlinked. */
  bulk: Done | undefined
}

/** The cases of one incident: linked and unlinked at once, and what their customers say after its end. */
export function IncidentCasesPage({ visit, incident, linked, similar, bulk }: Props) {
  const { locale } = visit
  const say = words(locale)
  const base = visit.link(`/agent/incidents/${incident.incidentId}`)
  const { text: title } = textFor({ texts: incident.title, source: incident.sourceLanguage }, locale)
  return (
    <Shell visit={visit} title={say('linkedTitle')} current="queue">
      <p class="hint">
        <a href={visit.link('/agent/incidents')}>{say('incidents')}</a> · <a href={base}>{title}</a>
      </p>
      <h1>{say('linkedTitle')}</h1>
      {bulk ? (
        <p class="notice" role="status">
          {bulk.done + bulk.left.length === 0
            ? say('bulkNone')
            : say(bulk.act === 'link' ? 'bulkLinked' : 'bulkUnlinked', { count: bulk.done })}{' '}
          {bulk.left.length > 0 ? say('bulkLeft', { numbers: bulk.left.map(asTyped).join(', ') }) : ''}
        </p>
      ) : null}
      {linked.length === 0 ? (
        <p>{say('linkedNone')}</p>
      ) : (
        <form method="post" action={`${base}/cases`}>
          <Linked visit={visit} linked={linked} />
          <button name="act" value="unlink">
            {say('unlinkThem')}
          </button>
        </form>
      )}
      {incident.endedAt ? null : (
        <>
          {similar.length > 0 ? (
            <form method="post" action={`${base}/cases`} class="paper">
              <h2>{say('similarTitle')}</h2>
              {similar.map((one) => (
                <p>
                  <label class="choice">
                    <input type="checkbox" name={`case-${one.number}`} checked /> {spokenNumber(one.number)} ·{' '}
                    {one.organizationName} · {one.title}
                  </label>
                </p>
              ))}
              <button class="primary" name="act" value="link">
                {say('linkThem')}
              </button>
            </form>
          ) : null}
          <form method="post" action={`${base}/cases`} class="paper">
            <div class="field">
              <label for="numbers">{say('linkNumbers')}</label>
              <p class="hint" id="numbers-hint">
                {say('linkNumbersHint', { count: BULK })}
              </p>
              <textarea id="numbers" name="numbers" rows={4} maxlength={10_000} aria-describedby="numbers-hint">
                {bulk?.typed.join('\n')}
              </textarea>
            </div>
            <button name="act" value="link">
              {say('linkByNumber')}
            </button>
          </form>
        </>
      )}
    </Shell>
  )
}

function Linked({ visit, linked }: { visit: AgentVisit; linked: readonly LinkedCase[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={say('linkedTitle')}>
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{say('caseColumn')}</th>
            <th scope="col">{say('organizationName')}</th>
            <th scope="col">{say('linkedState')}</th>
          </tr>
        </thead>
        <tbody>
          {linked.map((one) => (
            <tr>
              <th scope="row">
                <label class="choice">
                  {one.askedAt || one.closedAt ? null : <input type="checkbox" name={`case-${one.number}`} />}{' '}
                  {spokenNumber(one.number)}
                </label>{' '}
                <a href={visit.link(`/agent/cases/${one.number}`)}>{one.title}</a>
              </th>
              <td>{one.organizationName}</td>
              <td>
                {say(one.askedAt ? 'linkedAt' : 'linkedSince', {
                  state: stateOf(one, say),
                  moment: shortMoment(one.askedAt ?? one.linkedAt, locale, zone),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is no number of a case is shown as it was typed. */
function asTyped(number: string): string {
  return isCaseNumber(number) ? spokenNumber(number) : number
}

function stateOf({ askedAt, works }: LinkedCase, say: ReturnType<typeof words>): string {
  if (works !== null) return say(works ? 'linkedWorks' : 'linkedFails')
  return say(askedAt ? 'linkedAsked' : 'linkedHangs')
}
