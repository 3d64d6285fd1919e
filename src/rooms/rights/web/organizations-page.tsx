import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { Ways } from './people-page.tsx'

/** The organizations somebody may act for: his own, and as a partner his customers. */
export function OrganizationsPage({ visit }: { visit: Visit }) {
  const say = words(visit.locale)
  const organizations = visit.person?.organizations ?? []
  return (
    <Shell visit={visit} title={say('organizations')}>
      <div class="narrow">
        <h1>{say('organizations')}</h1>
        <Ways visit={visit} current="organizations" />
        <p>{say('organizationsIntro')}</p>
        <ul class="people">
          {organizations.map(({ organizationId, name, partner, active, chosen }) => (
            <li class="paper">
              <h2>{name}</h2>
              {partner === null ? null : <p>{say(active ? 'onBehalf' : 'noConsent', { partner })}</p>}
              {chosen ? (
                <p>
                  <strong>{say('actingFor')}</strong>
                </p>
              ) : active ? (
                <form method="post" action={visit.link('/organizations')}>
                  <input type="hidden" name="organization" value={organizationId} />
                  <button>{say('actFor', { name })}</button>
                </form>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  )
}
