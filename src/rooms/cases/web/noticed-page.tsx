import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { AgentVisit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import { textFor } from '../../service-health/index.ts'
import type { Group, OwnIncident } from '../../service-health/index.ts'
import { words } from '../messages/words.ts'
import type { Noticed } from '../noticed.ts'
import { spokenNumber } from '../rules/number.ts'

type Props = {
  visit: AgentVisit
  groups: readonly Group<Noticed>[]
  proposed: readonly Group<Noticed>[]
  charter: Charter
  organizations: number
  hours: number
  incidents: readonly OwnIncident[]
}

/** What customers notice, grouped, with the evidence; enough of one kind propose an incident. */
export function NoticedPage(props: Props) {
  const { visit, organizations, hours } = props
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('noticedTitle')} current="queue">
      <p class="hint">
        <a href={visit.link('/agent/incidents')}>{say('incidents')}</a>
      </p>
      <h1>{say('noticedTitle')}</h1>
      <p>{say('noticedIntro', { organizations, hours })}</p>
      <live-queue
        changes={visit.link('/agent/noticed/changes')}
        src={visit.link('/agent/noticed?part=groups')}
        changed={say('queueChanged')}
      >
        <NoticedGroups {...props} />
      </live-queue>
    </Shell>
  )
}

export function NoticedGroups(props: Props) {
  const { visit, groups, proposed } = props
  const say = words(visit.locale)
  if (groups.length === 0) return <p>{say('noticedNone')}</p>
  return (
    <>
      {groups.map((group, at) => (
        <section class={`paper${proposed.includes(group) ? ' health-ill' : ''}`} aria-labelledby={`group-${at}`}>
          <h2 id={`group-${at}`}>
            {say(proposed.includes(group) ? 'noticedProposed' : 'noticedGroup', { organizations: group.organizations })}
          </h2>
          <Signs {...props} group={group} />
          <Decide {...props} group={group} at={at} />
        </section>
      ))}
    </>
  )
}

function Signs({ visit, charter, group }: Props & { group: Group<Noticed> }) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <ul>
      {group.signs.map(({ kind, organization, service, text, at, number }) => (
        <li>
          {kind === 'case' && number ? (
            <a href={visit.link(`/agent/cases/${number}`)}>{spokenNumber(number)}</a>
          ) : (
            say('noticedReport')
          )}{' '}
          · <strong>{organization}</strong> ·{' '}
          {service ? `${charter.services.find(({ id }) => id === service)?.name[locale] ?? service}: ` : ''}
          {text} <span class="hint">{shortMoment(at, locale, zone)}</span>
        </li>
      ))}
    </ul>
  )
}

function Decide({ visit, incidents, group, at }: Props & { group: Group<Noticed>; at: number }) {
  const { locale } = visit
  const say = words(locale)
  const reports = group.signs.filter(({ kind }) => kind === 'report')
  const first = reports[0] ?? group.signs[0]
  const service = group.signs.find((one) => one.service !== '')?.service ?? ''
  const begun = new URLSearchParams({ service, title: first?.text.slice(0, 150) ?? '' })
  return (
    <>
      <p>
        <a class="button" href={visit.link(`/agent/incidents/new?${begun}`)}>
          {say('noticedDeclare')}
        </a>
      </p>
      {reports.length > 0 ? (
        <form method="post" action={visit.link('/agent/noticed')}>
          <input type="hidden" name="reports" value={reports.map(({ id }) => id).join(' ')} />
          <div class="field">
            <label for={`incident-${at}`}>{say('noticedSettle')}</label>
            <select id={`incident-${at}`} name="incident">
              {incidents.map(({ incidentId, title, sourceLanguage: source }) => (
                <option value={incidentId}>{textFor({ texts: title, source }, locale).text}</option>
              ))}
              <option value="">{say('noticedDismiss')}</option>
            </select>
          </div>
          <button>{say('noticedSave')}</button>
        </form>
      ) : null}
    </>
  )
}
