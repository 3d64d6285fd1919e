import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Job, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { addPerson, peopleOf, personOf, requireMember, setRoles } from '../people/index.ts'
import type { PersonRow, Presence, Requester } from '../people/index.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import { hasChecklists } from './ask.ts'
import { decideRoles, manages } from './rules/managing.ts'
import {
  endGrant,
  freeSeat,
  grantsOf,
  insertColleagueInvitation,
  insertGrant,
  insertRightEvent,
  oneAtATime,
  rightEventsOf,
  seatsOf,
  subscriptionsOf,
  takeInvitation,
} from './store.ts'
import type { GrantRow, Invitation, RightEventRow, Seat, Subscription } from './store.ts'

export type { GrantRow, RightEventRow } from './store.ts'

/** Everything the page of an organization's people shows. */
export type PeopleAndRights = {
  readonly charter: Charter
  readonly me: Requester
  /** Whether the one who looks gives and ends rights; others only look. */
  readonly manages: boolean
  readonly people: readonly (PersonRow & Presence)[]
  readonly grants: readonly GrantRow[]
  readonly seats: readonly Seat[]
  readonly subscriptions: readonly Subscription[]
  readonly events: readonly RightEventRow[]
  /** Whether checklists come with what the organization has. */
  readonly checklists: boolean
  readonly now: Temporal.Instant
}

/** Who may do what in the member's organization: for its administrators. Refused with `not-an-administrator`. */
export async function peopleAndRights(work: Work<Member>): Promise<PeopleAndRights> {
  const { organizationId, operatorId } = work.actor
  const me = await requireMember(work)
  if (me.roles.length === 0) throw new Refused('not-an-administrator')
  const [{ charter }, people, grants, seats, subscriptions, events] = await Promise.all([
    charterInForce(work, operatorId),
    peopleOf(work, organizationId),
    grantsOf(work, organizationId),
    seatsOf(work, organizationId),
    subscriptionsOf(work, organizationId),
    rightEventsOf(work, organizationId),
  ])
  const checklists = await hasChecklists(work)
  return {
    charter,
    me,
    manages: manages(charter, me),
    people,
    grants,
    seats,
    subscriptions,
    events,
    checklists,
    now: work.now,
  }
}

/** The administrator who gives and ends rights in his organization; `not-a-manager` for everybody else. */
export async function requireManager(
  work: Work<Member>,
): Promise<{ readonly me: Requester; readonly charter: Charter }> {
  const [me, { charter }] = await Promise.all([requireMember(work), charterInForce(work, work.actor.operatorId)])
  if (!manages(charter, me)) throw new Refused('not-a-manager')
  return { me, charter }
}

/**
 * Gives a colleague exactly these roles, for everything and without an end. Refused with `last-administrator` when nobody would be
 * left who gives rights, with `not-found` for people of others, with `invalid-input` for a role the charter does not have.
 */
export async function changeRoles(work: Work<Member>, personId: string, roles: readonly string[]): Promise<void> {
  const { organizationId } = work.actor
  await oneAtATime(work, organizationId)
  const { charter } = await requireManager(work)
  const people = await peopleOf(work, organizationId)
  const decision = decideRoles(charter, people, { personId, roles })
  if (decision === 'unknown-role') throw new Refused('invalid-input', { role: { code: 'not-an-option' } })
  if (decision !== 'ok') throw new Refused(decision)
  const before = people.find((one) => one.personId === personId)
  await setRoles(work, { organizationId, personId, roles })
  tell(work, 'roles.changed', { person: before?.name ?? '', from: before?.roles.join(' ') ?? '', to: roles.join(' ') })
}

/** A role for somebody for a part of what there is, from one moment up to another. */
export type Delegation = {
  readonly personId: string
  readonly role: string
  /** Absent or empty: whatever the role may ask. */
  readonly supportTypes: readonly string[]
  readonly subscriptionId: string | null
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
}

/** Gives a colleague a role for a time. Refused with `invalid-input` by field, and with `not-found` for people of others. */
export async function delegate(work: Work<Member>, wish: Delegation): Promise<void> {
  const { organizationId, personId: givenBy } = work.actor
  const { charter } = await requireManager(work)
  const person = await personOf(work, organizationId, wish.personId)
  if (!person || person.partnerId !== null) throw new Refused('not-found')
  const subscriptions = await subscriptionsOf(work, organizationId)
  if (!charter.roles.some(({ id }) => id === wish.role))
    throw new Refused('invalid-input', { role: { code: 'not-an-option' } })
  if (!wish.supportTypes.every((id) => charter.supportTypes.some((type) => type.id === id)))
    throw new Refused('invalid-input', { supportTypes: { code: 'not-an-option' } })
  if (wish.subscriptionId && !subscriptions.some(({ subscriptionId }) => subscriptionId === wish.subscriptionId))
    throw new Refused('invalid-input', { subscription: { code: 'not-an-option' } })
  if (Temporal.Instant.compare(wish.endsAt, work.now) <= 0 || Temporal.Instant.compare(wish.endsAt, wish.startsAt) <= 0)
    throw new Refused('invalid-input', { until: { code: 'not-later' } })
  const { supportTypes, ...grant } = wish
  await insertGrant(
    work,
    { ...work.actor, givenBy },
    { ...grant, grantId: newId(), supportTypes: supportTypes.length > 0 ? supportTypes : null },
  )
  tell(work, 'right.given', {
    person: person.name,
    role: wish.role,
    types: supportTypes.join(' '),
    from: wish.startsAt.toString(),
    until: wish.endsAt.toString(),
  })
}

/** Ends a delegation at once. Refused with `not-found` for one that is not there or has been ended. */
export async function endDelegation(work: Work<Member>, grantId: string): Promise<void> {
  const { organizationId } = work.actor
  await requireManager(work)
  const ended = await endGrant(work, organizationId, grantId)
  if (!ended) throw new Refused('not-found')
  const person = await personOf(work, organizationId, ended.personId)
  tell(work, 'right.ended', { person: person?.name ?? '', role: ended.role })
}

/** Takes somebody's seat of an add-on back, so that a colleague may have it. */
export async function takeSeatBack(work: Work<Member>, addOn: string, personId: string): Promise<void> {
  const { organizationId } = work.actor
  await requireManager(work)
  if (!(await freeSeat(work, { organizationId, addOn, personId }))) throw new Refused('not-found')
  const person = await personOf(work, organizationId, personId)
  tell(work, 'seat.freed', { addOn, person: person?.name ?? '' })
}

/** Invites a colleague: a job makes him a person, without a role, and writes to him. Refused with `already-a-colleague`. */
export async function inviteColleague(
  work: Work<Member>,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<void> {
  const { organizationId, operatorId } = work.actor
  await requireManager(work)
  const people = await peopleOf(work, organizationId)
  if (people.some((one) => one.partnerId === null && one.email.toLowerCase() === email.toLowerCase()))
    throw new Refused('already-a-colleague')
  const invitationId = newId()
  await insertColleagueInvitation(work, { invitationId, email, name })
  const data = { reaction: 'welcomeColleague', operatorId, organizationId, invitationId }
  tell(work, 'colleague.invited', { person: name }, [{ queue: 'reactions', data }])
}

/** Makes an invited colleague a person; undefined when that was done. For the job that writes to him. */
export async function acceptColleague(
  work: Work<Job>,
  of: { readonly organizationId: string; readonly operatorId: string; readonly invitationId: string },
): Promise<(Invitation & { readonly host: PersonRow }) | undefined> {
  const invitation = await takeInvitation(work, of.organizationId, of.invitationId)
  const host = invitation && (await personOf(work, of.organizationId, invitation.invitedBy))
  if (!host) return undefined
  const { organizationId, operatorId } = of
  const { language, zone } = host
  const { email, name } = invitation
  await addPerson(work, { organizationId, operatorId, email, name, phone: null, language, zone, roles: [] })
  return { ...invitation, host }
}

function tell(
  work: Work<Member>,
  kind: string,
  payload: Readonly<Record<string, string>>,
  jobs: readonly NewJob[] = [],
): void {
  insertRightEvent(work, work.actor, { eventId: newId(), kind, payload }, jobs)
}
