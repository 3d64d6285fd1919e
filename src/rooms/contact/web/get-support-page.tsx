import { Hono } from 'hono'
import type { Context } from 'hono'
import { HealthLine } from '../../../ui/health-line.tsx'
import { Shell } from '../../../ui/shell.tsx'
import { isMember } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import { organizationOf } from '../../people/index.ts'
import { currentHealth } from '../../service-health/index.ts'
import type { Incident } from '../../service-health/index.ts'
import { words } from '../messages/words.ts'
import { Notes, Responsibilities } from './get-support-notes.tsx'
import type { Offer } from './get-support-parts.tsx'
import { InitialResponse, Severities } from './get-support-severities.tsx'
import { SupportTypes } from './get-support-types.tsx'
import { Ways } from './get-support-ways.tsx'

/** Get support: what the operator offers, wholly from the charter in force, and what is not well now. Open to everybody. */
export function getSupportPages(): Hono<Env> {
  return new Hono<Env>().get('/', show)
}

async function show(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const { actor, database, operatorId } = visit
  const found = await database.work(actor, async (work) => ({
    charter: (await charterInForce(work, operatorId)).charter,
    incidents: await currentHealth(work, operatorId),
    home: isMember(actor) ? (await organizationOf(work, actor.organizationId))?.country : undefined,
    now: work.now,
  }))
  const country = found.charter.phones.some((phone) => phone.country === context.req.query('country'))
    ? context.req.query('country')
    : found.home
  return context.html(<GetSupportPage visit={visit} {...found} country={country} />)
}

type Props = Offer & { incidents: readonly Incident[]; country: string | undefined }

function GetSupportPage({ visit, charter, incidents, country, now }: Props) {
  const { locale } = visit
  const say = words(locale)
  const offer = { visit, charter, now }
  return (
    <Shell visit={visit} title={say('support.title')} current="support">
      <h1>{say('support.title')}</h1>
      <p class="lead">{say('support.lead', { product: charter.product[locale] })}</p>
      <HealthLine visit={visit} incidents={incidents} services={charter.services} />
      <Ways {...offer} country={country} />
      <Contents {...offer} />
      <SupportTypes {...offer} />
      <Severities {...offer} />
      <InitialResponse {...offer} />
      <Responsibilities {...offer} />
      <Notes {...offer} />
    </Shell>
  )
}

function Contents({ visit, charter }: Offer) {
  const say = words(visit.locale)
  const sections = [
    ['types', say('support.typesTitle')],
    ['severities', say('support.severitiesTitle')],
    ['response', say('support.responseTitle')],
    ...(charter.responsibilities.length ? [['responsibilities', say('support.responsibilitiesTitle')]] : []),
    ...(charter.notes.length ? [['notes', say('support.notesTitle')]] : []),
  ]
  return (
    <nav class="contents" aria-labelledby="contents">
      <h2 id="contents">{say('support.onThisPage')}</h2>
      <ul>
        {sections.map(([id, title]) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
