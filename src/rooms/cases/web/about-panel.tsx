import { HealthEntry } from '../../../ui/health-line.tsx'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import type { Visit } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import { healthItems } from '../../service-health/index.ts'
import { mayBeAbout } from '../about-incident.ts'
import { words } from '../messages/words.ts'

/** "This may be about …": asked of an open case until its customer has answered; nothing where nothing is near. */
export async function aboutPanel(
  work: Work<Member>,
  visit: Visit,
  found: Parameters<typeof mayBeAbout>[1],
  { back }: { back: 'case' | 'sent' },
) {
  const near = await mayBeAbout(work, found)
  if (near.length === 0) return null
  const { charter } = await charterInForce(work, found.operatorId)
  const say = words(visit.locale)
  return (
    <section class="health health-ill" aria-labelledby="about-title">
      <h2 id="about-title">{say('aboutTitle', { count: near.length })}</h2>
      <p>{say('aboutText')}</p>
      <form method="post" action={visit.link(`/cases/${found.number}/about`)}>
        <input type="hidden" name="back" value={back} />
        <ul>
          {healthItems(visit, charter.services, near).map((item) => (
            <HealthEntry visit={visit} item={item}>
              <p class="actions">
                <button class={near.length === 1 ? 'primary' : ''} name="yes" value={item.incidentId}>
                  {say('aboutYes')}
                </button>
                {near.length === 1 ? <No visit={visit} incidentIds={[item.incidentId]} /> : null}
              </p>
            </HealthEntry>
          ))}
        </ul>
        {near.length > 1 ? <No visit={visit} incidentIds={near.map(({ incidentId }) => incidentId)} /> : null}
      </form>
    </section>
  )
}

function No({ visit, incidentIds }: { visit: Visit; incidentIds: readonly string[] }) {
  return (
    <button name="no" value={incidentIds.join(' ')}>
      {words(visit.locale)('aboutNo')}
    </button>
  )
}
