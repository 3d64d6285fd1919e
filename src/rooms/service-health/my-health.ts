import { isId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import { oncePerWork } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Service } from '../entitlements/index.ts'
import { subscriptionsOf } from '../rights/index.ts'
import { servicesWith } from './rules/services.ts'
import { isOver } from './rules/states.ts'
import type { State } from './rules/states.ts'
import { daysUntil, stretchesOf, uptimeIn, windowOf } from './rules/uptime.ts'
import type { Course, Window } from './rules/uptime.ts'
import { openIncidents, publishedIncident, publishedIncidents, publishedPosts, statesOf } from './store.ts'
import type { Incident, IncidentFilter, Post, StateRow } from './store.ts'

/** So many days, today among them, are shown of the past. */
const DAYS = 30

const MOST_OPEN = 50
const MOST_IN_DAYS = 500

/** How one service is, and how it was. */
export type ServiceHealth = {
  readonly service: Service
  /** That of its worst open incident; `serviceOperational` where there is none. */
  readonly state: State
  /** What is open now, the newest first. */
  readonly open: readonly Incident[]
  /** The last days, oldest first; dates are local to the zone asked for. */
  readonly days: readonly (Window & { readonly date: string })[]
  /** The part of these days in which it was not down, 0 to 1. */
  readonly uptime: number
}

/** The services whose health concerns the actor: those his organization has; all of them for everybody else. */
export async function servicesOf(work: Work, operatorId: string): Promise<readonly Service[]> {
  const { charter } = await charterInForce(work, operatorId)
  const organizationId = organizationOf(work)
  if (organizationId === undefined) return charter.services
  const subscriptions = await subscriptionsOf(work, organizationId)
  return servicesWith(
    charter.services,
    subscriptions.map(({ name }) => name),
  )
}

function organizationOf({ actor }: Work): string | undefined {
  if (actor.kind === 'member' || actor.kind === 'reader') return actor.organizationId
  return actor.kind === 'program' ? (actor.organizationId ?? undefined) : undefined
}

/** The health of the actor's services now and in the last 30 days, in a zone (IANA) whose days they are. */
export async function healthOf(work: Work, operatorId: string, zone: string): Promise<readonly ServiceHealth[]> {
  const services = await servicesOf(work, operatorId)
  const days = daysUntil(work.now, zone, DAYS)
  const first = days[0]?.from ?? work.now.epochMilliseconds
  const incidents = await publishedIncidents(work, operatorId, {
    services: services.map(({ id }) => id),
    since: Temporal.Instant.fromEpochMilliseconds(first),
    limit: MOST_IN_DAYS,
  })
  const states = byIncident(
    await statesOf(
      work,
      operatorId,
      incidents.map(({ incidentId }) => incidentId),
    ),
  )
  return services.map((service) => {
    const own = incidents.filter((one) => one.service === service.id)
    const courses = own.map(({ kind, incidentId }): Course => ({ kind, steps: states.get(incidentId) ?? [] }))
    const stretches = courses.flatMap((course) => stretchesOf(course, work.now.epochMilliseconds))
    const open = own.filter(({ endedAt, state }) => endedAt === null && state !== 'serviceOperational')
    return {
      service,
      state: worstOf(open),
      open,
      days: days.map(({ date, ...day }) => ({ date, ...windowOf(stretches, day) })),
      uptime: uptimeIn(windowOf(stretches, { from: first, until: work.now.epochMilliseconds })),
    }
  })
}

function byIncident(rows: readonly StateRow[]): ReadonlyMap<string, readonly StateRow[]> {
  return Map.groupBy(rows, ({ incidentId }) => incidentId)
}

const FROM_WORST: readonly State[] = [
  'serviceInterruption',
  'serviceDegradation',
  'extendedRecovery',
  'restoringService',
  'verifyingService',
  'investigating',
  'investigationSuspended',
]

/** The state a service is in by what is open: interruptions before degradations; advisories count as they say. */
function worstOf(open: readonly Incident[]): State {
  return FROM_WORST.find((state) => open.some((one) => one.state === state)) ?? 'serviceOperational'
}

/** What is not well at an operator now, as far as it concerns the actor, the newest first; maintenance once it has begun. */
export function currentHealth(work: Work, operatorId: string): Promise<readonly Incident[]> {
  const ask = () => healthNow(work, operatorId)
  // Whoever may change incidents may have done so in this transaction.
  const { kind } = work.actor
  return kind === 'member' || kind === 'visitor' ? current.ask(work, operatorId, ask) : ask()
}

const current = oncePerWork<readonly Incident[]>()

async function healthNow(work: Work, operatorId: string): Promise<readonly Incident[]> {
  const open = await openIncidents(work, operatorId, MOST_OPEN)
  if (open.length === 0) return []
  const own = new Set((await servicesOf(work, operatorId)).map(({ id }) => id))
  return open.filter(({ service, state }) => own.has(service) && state !== 'serviceOperational' && !isOver(state))
}

/** Incidents that concern the actor, by a filter, the newest declared first; in pages by the last one's id. */
export async function incidentsFor(
  work: Work,
  operatorId: string,
  filter: IncidentFilter,
): Promise<readonly Incident[]> {
  const own = (await servicesOf(work, operatorId)).map(({ id }) => id)
  const { services } = filter
  return publishedIncidents(work, operatorId, {
    ...filter,
    services: services === undefined ? own : own.filter((id) => services.includes(id)),
  })
}

/** One of them with its states and its posts, newest post first. Refused with `not-found` for none and not yours alike. */
export async function incidentFor(
  work: Work,
  operatorId: string,
  incidentId: string,
): Promise<{ readonly incident: Incident; readonly states: readonly StateRow[]; readonly posts: readonly Post[] }> {
  const incident = isId(incidentId) ? await publishedIncident(work, operatorId, incidentId) : undefined
  if (!incident) throw new Refused('not-found')
  const [states, posts] = await Promise.all([
    statesOf(work, operatorId, [incidentId]),
    publishedPosts(work, operatorId, [incidentId]),
  ])
  return { incident, states, posts }
}

/** The states of several incidents, each one's oldest first, as far as the actor may see them. */
export async function incidentStates(
  work: Work,
  operatorId: string,
  incidentIds: readonly string[],
): Promise<readonly StateRow[]> {
  return statesOf(work, operatorId, incidentIds.filter(isId))
}

/** The posts of several incidents, newest first, as far as the actor may see them. */
export async function postsFor(
  work: Work,
  operatorId: string,
  incidentIds: readonly string[],
): Promise<readonly Post[]> {
  return publishedPosts(work, operatorId, incidentIds.filter(isId))
}
