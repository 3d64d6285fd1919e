import { Hono } from 'hono'
import type { Context } from 'hono'
import { raw } from 'hono/html'
import { HealthLine } from '../../../ui/health-line.tsx'
import { Shell } from '../../../ui/shell.tsx'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { organizationOf } from '../../people/index.ts'
import { currentHealth, healthItems } from '../../service-health/index.ts'
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
  const found = await database.workAtOnce(actor, async (work) => {
    const [{ charter }, incidents, organization] = await Promise.all([
      charterInForce(work, operatorId),
      currentHealth(work, operatorId),
      isMember(actor) ? organizationOf(work, actor.organizationId) : undefined,
    ])
    return { charter, incidents, home: organization?.country, now: work.now }
  })
  const country = found.charter.phones.some((phone) => phone.country === context.req.query('country'))
    ? context.req.query('country')
    : found.home
  const { charter, incidents, now } = found
  const offer = await offered({ visit, charter, country, now })
  return context.html(<GetSupportPage visit={visit} charter={charter} incidents={incidents} offer={offer} />)
}

type Props = { visit: Visit; charter: Charter; incidents: readonly Incident[]; offer: string }

function GetSupportPage({ visit, charter, incidents, offer }: Props) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('support.title')} current="support">
      <h1>{say('support.title')}</h1>
      <p class="lead">{say('support.lead', { product: charter.product[locale] })}</p>
      <HealthLine visit={visit} items={healthItems(visit, charter.services, incidents)} />
      {raw(offer)}
    </Shell>
  )
}

/** All that the sections are made from. */
type Whole = Offer & { country: string | undefined }

/** Languages, zones and countries of those who came within a minute; more are seldom, and begin anew. */
const MOST_KEPT = 50
const kept = new WeakMap<Charter, Map<string, string>>()

/**
 * The greater part of the page, written once a minute, because everybody gets the same: what decides it is the charter and what
 * the key names. The sections see nothing else of the visit, so no person can stand in them.
 */
async function offered({ visit: { locale, zone, link }, charter, country, now }: Whole): Promise<string> {
  const pages = kept.get(charter) ?? new Map<string, string>()
  kept.set(charter, pages)
  const key = [locale, zone, link('/'), country, Math.floor(now.epochMilliseconds / 60_000)].join(' ')
  const before = pages.get(key)
  if (before !== undefined) return before
  if (pages.size >= MOST_KEPT) pages.clear()
  const sections = <Offered visit={{ locale, zone, link }} charter={charter} country={country} now={now} />
  const written = (await sections).toString()
  pages.set(key, written)
  return written
}

function Offered({ country, ...offer }: Whole) {
  return (
    <>
      <Ways {...offer} country={country} />
      <Contents {...offer} />
      <SupportTypes {...offer} />
      <Severities {...offer} />
      <InitialResponse {...offer} />
      <Responsibilities {...offer} />
      <Notes {...offer} />
    </>
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
