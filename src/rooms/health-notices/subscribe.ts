import { Refused } from '../../base/refused.ts'
import type { Job, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter, Service } from '../entitlements/index.ts'
import { requireMember } from '../people/index.ts'
import { manages } from '../rights/index.ts'
import { endFollowing, servicesOf } from '../service-health/index.ts'
import { nextDigest } from './rules/digest-time.ts'
import {
  addSubscription,
  colleagueBy,
  deleteSubscription,
  putSubscription,
  subscribersOf,
  subscriptionOf,
} from './store.ts'
import type { NamedSubscription, Subscription } from './store.ts'
import type { Unsubscribed } from './unsubscribing.ts'

/** As many people as one page names. */
const SUBSCRIBERS = 100

/** A service of the operator, and whether the member's organization has it. */
export type OfferedService = Service & { readonly had: boolean }

/** How a person is told of service health, and what he may choose from; his colleagues for who gives rights. */
export type OwnSubscription = {
  readonly own: Subscription | undefined
  readonly services: readonly OfferedService[]
  readonly manages: boolean
  readonly subscribers: readonly NamedSubscription[]
  /** The person after whom there are more. */
  readonly more: string | undefined
  readonly now: Temporal.Instant
}

/** What the page of subscriptions shows. Refused as `requireMember` says. */
export async function ownSubscription(work: Work<Member>, after: string | undefined): Promise<OwnSubscription> {
  const { charter, mayManage } = await requireReader(work)
  const limit = SUBSCRIBERS + 1
  const found = mayManage ? await subscribersOf(work, work.actor.organizationId, { after, limit }) : []
  const subscribers = found.slice(0, SUBSCRIBERS)
  return {
    own: await subscriptionOf(work, work.actor),
    services: await offeredServices(work, charter),
    manages: mayManage,
    subscribers,
    more: found.length > SUBSCRIBERS ? subscribers.at(-1)?.personId : undefined,
    now: work.now,
  }
}

/** What there is to choose from. */
export async function offeredServices(
  work: Work<Member>,
  { services }: Pick<Charter, 'services'>,
): Promise<readonly OfferedService[]> {
  const had = new Set((await servicesOf(work, work.actor.operatorId)).map(({ id }) => id))
  return services.map((service) => ({ ...service, had: had.has(service.id) }))
}

/** Refuses problems of the field `services`: `missing` when none is chosen, `not-an-option` for one that the operator does not have. */
export function requireServices(chosen: readonly string[] | null, { services }: Pick<Charter, 'services'>): void {
  if (chosen?.length === 0) throw new Refused('invalid-input', { services: { code: 'missing' } })
  if (chosen?.some((one) => !services.some(({ id }) => id === one)))
    throw new Refused('invalid-input', { services: { code: 'not-an-option' } })
}

export type Wish = Pick<Subscription, 'services' | 'digestMinute'>

/** Subscribes the member to service health, or changes how he is told. Refused as `requireServices` says. */
export async function subscribe(work: Work<Member>, { services, digestMinute }: Wish): Promise<void> {
  const { charter, zone } = await requireReader(work)
  requireServices(services, charter)
  const digestDueAt = digestMinute === null ? null : nextDigest(work.now, { minute: digestMinute, zone })
  await putSubscription(work, { ...work.actor, services, digestMinute, digestDueAt })
}

/** The member gets no more mails. */
export async function unsubscribe(work: Work<Member>): Promise<void> {
  await requireMember(work)
  await deleteSubscription(work, work.actor)
}

/** Who gives rights subscribes a colleague, as many as he likes. Refused with `not-a-manager`, and with a problem of the field `email`. */
export async function subscribeColleague(work: Work<Member>, email: string): Promise<void> {
  await requireManager(work)
  const colleague = await colleagueBy(work, email)
  if (!colleague) throw new Refused('invalid-input', { email: { code: 'not-an-option' } })
  await addSubscription(work, { ...work.actor, personId: colleague.personId })
}

/** He ends a colleague's mails. Refused with `not-a-manager`. */
export async function unsubscribeColleague(work: Work<Member>, personId: string): Promise<void> {
  await requireManager(work)
  await deleteSubscription(work, { ...work.actor, personId })
}

/** Whoever has the mail ends such mails: its subscription, and that its reader follows what it was about. Twice is once. */
export async function unsubscribeByMail(work: Work<Job>, { incidentId, ...person }: Unsubscribed): Promise<void> {
  await deleteSubscription(work, person)
  if (incidentId) await endFollowing(work, { ...person, incidentId })
}

/** Who looks after what his organization gets. Refused with `not-a-manager`. */
export async function requireManager(work: Work<Member>) {
  const reader = await requireReader(work)
  if (!reader.mayManage) throw new Refused('not-a-manager')
  return reader
}

async function requireReader(work: Work<Member>) {
  const me = await requireMember(work)
  const { charter } = await charterInForce(work, work.actor.operatorId)
  return { charter, zone: me.zone, mayManage: manages(charter, me) }
}
