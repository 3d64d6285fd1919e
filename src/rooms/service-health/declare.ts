import { isId, newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { FieldProblems } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import type { Charter } from '../entitlements/index.ts'
import { requireDeclarer } from './declarer.ts'
import { announceHealth } from './news.ts'
import { ownIncidentFor } from './own.ts'
import { mayBegin } from './rules/states.ts'
import type { Kind, State } from './rules/states.ts'
import type { Texts } from './rules/texts.ts'
import { insertIncident, insertState, later, mergeInto, organizationsNamed, setPublished, setTexts } from './store.ts'
import type { Origin } from './store.ts'

export type Declaration = {
  readonly kind: Kind
  readonly service: string
  readonly feature: string | null
  readonly origin: Origin
  readonly state: State
  /** The language it is written in; title and impact are needed in it, and in the others as far as somebody translated. */
  readonly language: Locale
  readonly title: Texts
  readonly impact: Texts
  readonly startedAt: Temporal.Instant
  /** Of maintenance, which needs it: when it is meant to be over. */
  readonly plannedEndAt: Temporal.Instant | null
  /** Names of the organizations it concerns, or countries as ISO 3166-1 alpha-2; nobody named: everybody. */
  readonly organizations: readonly string[]
  readonly regions: readonly string[]
}

/**
 * Declares what is not well. Customers see it at once, or when somebody else has looked at it, where the charter wants that. Refused
 * as `requireDeclarer` says, and with problems of fields: `not-an-option` for a state it cannot begin in, a service or an organization
 * that is not there; `in-the-future` for a beginning that has not come, except of maintenance.
 */
export async function declareIncident(work: Work, operatorId: string, declared: Declaration): Promise<string> {
  const { agentId, charter, reviewed } = await requireDeclarer(work, operatorId)
  const named = await organizationsNamed(work, operatorId, declared.organizations)
  const missing = declared.organizations.length > named.length
  const problems = { ...problemsOf(declared, charter, work.now), ...(missing ? NOBODY : {}) }
  if (Object.keys(problems).length > 0) throw new Refused('invalid-input', problems)
  const incidentId = newId()
  const { kind, service, feature, origin, state, language, title, impact, startedAt, plannedEndAt, regions } = declared
  await insertIncident(work, operatorId, {
    incidentId,
    kind,
    service,
    feature,
    origin,
    state,
    sourceLanguage: language,
    title: offered(title, charter),
    impact: offered(impact, charter),
    organizations: named.length > 0 ? named.map(({ organizationId }) => organizationId) : null,
    regions: named.length === 0 && regions.length > 0 ? regions : null,
    startedAt,
    plannedEndAt: kind === 'maintenance' ? plannedEndAt : null,
    declaredBy: agentId,
    publishedAt: reviewed ? null : work.now,
  })
  await insertState(work, operatorId, { incidentId, sequence: 1, state, at: startedAt, by: agentId })
  if (!reviewed) later(work, [{ reaction: 'tellSubscribers', operatorId, incidentId, sequence: 1 }])
  announceHealth(work, operatorId)
  return incidentId
}

const NOBODY = { organizations: { code: 'not-an-option' } } as const

function problemsOf(declared: Declaration, charter: Charter, now: Temporal.Instant): FieldProblems {
  const { kind, state, startedAt, plannedEndAt, language, title, impact } = declared
  const service = charter.services.find(({ id }) => id === declared.service)
  const begun = mayBegin(kind, { state, at: startedAt }, now)
  return {
    ...(service ? {} : { service: { code: 'not-an-option' } }),
    ...(declared.feature === null || service?.features.some(({ id }) => id === declared.feature)
      ? {}
      : { feature: { code: 'not-an-option' } }),
    ...(charter.languages.includes(language) ? {} : { language: { code: 'not-an-option' } }),
    ...(title[language] ? {} : { [`title-${language}`]: { code: 'missing' } }),
    ...(impact[language] ? {} : { [`impact-${language}`]: { code: 'missing' } }),
    ...(begun.ok
      ? {}
      : begun.why === 'state-jump'
        ? { state: { code: 'not-an-option' } }
        : { startedAt: { code: 'in-the-future' } }),
    ...(kind === 'maintenance' && !plannedEndAt ? { plannedEndAt: { code: 'missing' } } : {}),
    ...(kind === 'maintenance' && plannedEndAt && Temporal.Instant.compare(plannedEndAt, startedAt) <= 0
      ? { plannedEndAt: { code: 'not-later' } }
      : {}),
  }
}

/** The texts in the operator's own languages, without empty ones. */
export function offered(texts: Texts, { languages }: Pick<Charter, 'languages'>): Texts {
  return Object.fromEntries(languages.flatMap((one) => (texts[one] ? [[one, texts[one]]] : [])))
}

/**
 * Somebody else than the writer has looked at a declaration: customers see it from now on. Refused with `own-draft` to its writer,
 * `draft-not-open` where it is published.
 */
export async function approveIncident(work: Work<Agent>, operatorId: string, incidentId: string): Promise<void> {
  const { agentId } = await requireDeclarer(work, operatorId)
  const incident = await ownIncidentFor(work, operatorId, incidentId)
  if (incident.publishedAt) throw new Refused('draft-not-open')
  if (incident.declaredBy === agentId) throw new Refused('own-draft')
  await setPublished(work, operatorId, incidentId)
  later(work, [{ reaction: 'tellSubscribers', operatorId, incidentId, sequence: 1 }])
  announceHealth(work, operatorId)
}

/**
 * Mends title and impact, or translates them. When the source changes, the translations that did not are outdated from then on, and
 * say so to their readers.
 */
export async function rewriteIncident(
  work: Work<Agent>,
  operatorId: string,
  incidentId: string,
  given: { readonly title: Texts; readonly impact: Texts },
): Promise<void> {
  const { charter } = await requireDeclarer(work, operatorId)
  const before = await ownIncidentFor(work, operatorId, incidentId)
  const title = offered(given.title, charter)
  const impact = offered(given.impact, charter)
  const { sourceLanguage: source } = before
  if (!title[source]) throw new Refused('invalid-input', { [`title-${source}`]: { code: 'missing' } })
  if (!impact[source]) throw new Refused('invalid-input', { [`impact-${source}`]: { code: 'missing' } })
  const changed = (one: Locale) => title[one] !== before.title[one] || impact[one] !== before.impact[one]
  const outdated = charter.languages.filter(
    (one) => one !== source && !changed(one) && (changed(source) || before.outdated.includes(one)),
  )
  await setTexts(work, operatorId, { incidentId, title, impact, outdated })
  announceHealth(work, operatorId)
}

/**
 * It turned out to be the same as another of the operator: customers find that one in its place, and its cases go over to it. Refused
 * with `invalid-input` on `into` for itself, one that is over, or one that concerns others: nobody may be told of what is not his.
 */
export async function mergeIncident(
  work: Work<Agent>,
  operatorId: string,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  await requireDeclarer(work, operatorId)
  if (!isId(into)) throw new Refused('invalid-input', { into: { code: 'missing' } })
  const [first, second] = from < into ? [from, into] : [into, from]
  await ownIncidentFor(work, operatorId, first)
  await ownIncidentFor(work, operatorId, second)
  const [one, other] = [await ownIncidentFor(work, operatorId, from), await ownIncidentFor(work, operatorId, into)]
  const concerns =
    JSON.stringify([one.organizations, one.regions]) === JSON.stringify([other.organizations, other.regions])
  const wider = other.organizations === null && other.regions === null
  if (
    from === into ||
    other.endedAt ||
    other.mergedInto ||
    one.mergedInto ||
    !(concerns || wider) ||
    !other.publishedAt
  )
    throw new Refused('invalid-input', { into: { code: 'not-an-option' } })
  await mergeInto(work, operatorId, { from, into })
  later(work, [{ reaction: 'moveCases', operatorId, incidentId: from }])
  announceHealth(work, operatorId)
}
