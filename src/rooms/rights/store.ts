import { sql } from 'kysely'
import type { Job, Member } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { AddOn, Grant } from './rules/may-ask.ts'

/** The tables this room writes. */
export const TABLES = [
  'subscription',
  'add_on',
  'add_on_seat',
  'right_grant',
  'right_event',
  'colleague_question',
  'colleague_invitation',
] as const

type Of = { readonly organizationId: string; readonly operatorId: string }

export type Subscription = {
  readonly subscriptionId: string
  readonly name: string
  readonly seats: number
  readonly soldByPartner: boolean
}

const GRANT = sql`grant_id as "grantId", right_grant.person_id as "personId", role, support_types as "supportTypes",
  subscription_id as "subscriptionId", starts_at as "startsAt", ends_at as "endsAt", ended_at as "endedAt"`

export type GrantRow = Grant & { readonly personId: string }

/** The grants of a person, or of everybody; the newest last. Those that ended long ago are among them, up to 500. */
export async function grantsOf(work: Work, organizationId: string, personId?: string): Promise<readonly GrantRow[]> {
  const whose = personId === undefined ? sql`true` : sql`right_grant.person_id = ${personId}`
  const { rows } = await sql<GrantRow>`select ${GRANT} from right_grant
    where ${ofOrganization(organizationId)} and ${whose} order by grant_id desc limit 500`.execute(work.tx)
  return rows.toReversed()
}

/** What an organization has bought on top, with whether one of the seats is a person's own. */
export async function addOnsOf(work: Work, organizationId: string, personId: string): Promise<readonly AddOn[]> {
  const seats = sql`from add_on_seat where add_on_seat.organization_id = add_on.organization_id and add_on_seat.add_on = add_on.add_on`
  const { rows } = await sql<AddOn>`select add_on as "addOn", seats, starts_at as "startsAt", ends_at as "endsAt",
      (select count(*) ${seats}) as taken, exists (select ${seats} and person_id = ${personId}) as own
    from add_on where ${ofOrganization(organizationId)} order by add_on limit 20`.execute(work.tx)
  return rows
}

/** The add-ons of any organization of an operator, for its agents: of nobody's own seats. */
export async function boughtBy(
  work: Work,
  { operatorId, organizationId }: { readonly operatorId: string; readonly organizationId: string },
): Promise<readonly AddOn[]> {
  const { rows } = await sql<AddOn>`select add_on as "addOn", seats, starts_at as "startsAt", ends_at as "endsAt",
      0 as taken, false as own
    from add_on where ${ofOperator(operatorId)} and organization_id = ${organizationId} order by add_on limit 20`.execute(
    work.tx,
  )
  return rows
}

export async function subscriptionsOf(work: Work, organizationId: string): Promise<readonly Subscription[]> {
  const { rows } = await sql<Subscription>`select subscription_id as "subscriptionId", name, seats,
      sold_by_partner as "soldByPartner"
    from subscription where ${ofOrganization(organizationId)} order by name, subscription_id limit 100`.execute(work.tx)
  return rows
}

export type Seat = { readonly addOn: string; readonly number: number; readonly personId: string }

export async function seatsOf(work: Work, organizationId: string): Promise<readonly Seat[]> {
  const { rows } = await sql<Seat>`select add_on as "addOn", number, person_id as "personId" from add_on_seat
    where ${ofOrganization(organizationId)} order by add_on, number limit 500`.execute(work.tx)
  return rows
}

/**
 * Takes the lowest free seat for a person; false when none is free. Two who reach for one seat at once: one transaction is tried
 * again, because a number exists once.
 */
export async function takeSeat(
  work: Work,
  of: Of & { readonly addOn: string; readonly personId: string },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into add_on_seat (organization_id, operator_id, add_on, number, person_id, taken_at)
    select ${of.organizationId}, ${of.operatorId}, add_on.add_on, free.number, ${of.personId}, ${work.now}
    from add_on cross join lateral (select number from generate_series(1, add_on.seats) number
      where not exists (select from add_on_seat seat where seat.organization_id = add_on.organization_id
        and seat.add_on = add_on.add_on and seat.number = number.number) order by number limit 1) free
    where ${ofOrganization(of.organizationId, 'add_on.organization_id')} and add_on.add_on = ${of.addOn}`.execute(
      work.tx,
    )
  return numAffectedRows === 1n
}

export async function freeSeat(
  work: Work,
  of: { readonly organizationId: string; readonly addOn: string; readonly personId: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from add_on_seat
    where ${ofOrganization(of.organizationId)} and add_on = ${of.addOn} and person_id = ${of.personId}`.execute(work.tx)
  return numAffectedRows === 1n
}

export async function addSubscription(work: Work<Job>, of: Of & Subscription): Promise<void> {
  await sql`insert into subscription (organization_id, operator_id, subscription_id, name, seats, sold_by_partner, bought_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.subscriptionId}, ${of.name}, ${of.seats}, ${of.soldByPartner}, ${work.now})`.execute(
    work.tx,
  )
}

export async function addAddOn(
  work: Work<Job>,
  of: Of & {
    readonly addOn: string
    readonly seats: number
    /** Absent: now. */
    readonly startsAt?: Temporal.Instant
  },
): Promise<void> {
  await sql`insert into add_on (organization_id, operator_id, add_on, seats, starts_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.addOn}, ${of.seats}, ${of.startsAt ?? work.now})`.execute(
    work.tx,
  )
}

export type NewGrant = Omit<GrantRow, 'endedAt'>

export async function insertGrant(work: Work, of: Of & { readonly givenBy: string }, grant: NewGrant): Promise<void> {
  await sql`insert into right_grant (organization_id, operator_id, grant_id, person_id, role, support_types, subscription_id,
      starts_at, ends_at, given_by, given_at)
    values (${of.organizationId}, ${of.operatorId}, ${grant.grantId}, ${grant.personId}, ${grant.role}, ${grant.supportTypes},
      ${grant.subscriptionId}, ${grant.startsAt}, ${grant.endsAt}, ${of.givenBy}, ${work.now})`.execute(work.tx)
}

/** Ends a grant that has not ended; answers whose it was and which role. */
export async function endGrant(
  work: Work,
  organizationId: string,
  grantId: string,
): Promise<{ readonly personId: string; readonly role: string } | undefined> {
  const { rows } = await sql<{ personId: string; role: string }>`update right_grant set ended_at = ${work.now}
    where ${ofOrganization(organizationId)} and grant_id = ${grantId} and ended_at is null
    returning person_id as "personId", role`.execute(work.tx)
  return rows[0]
}

/** Whoever changes the rights of an organization waits here for others who do, so that two last ones cannot end each other. */
export async function oneAtATime(work: Work, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rights of ${organizationId}`}, 0))`.execute(work.tx)
}

export type NewRightEvent = {
  readonly eventId: string
  readonly kind: string
  readonly payload: Readonly<Record<string, string>>
}

/** Writes what happened to rights, with the jobs that tell of it. */
export function insertRightEvent(work: Work, of: Of, event: NewRightEvent, jobs: readonly NewJob[] = []): void {
  const { actor } = work
  const actorId = actor.kind === 'member' ? actor.personId : null
  const kind = actor.kind === 'member' && actor.partnerId !== undefined ? 'partner' : actor.kind
  leaveToCommit(
    work,
    sql`with recorded as (insert into right_event (organization_id, operator_id, event_id, kind, actor_kind, actor_id, payload, recorded_at)
      values (${of.organizationId}, ${of.operatorId}, ${event.eventId}, ${event.kind}, ${kind}, ${actorId},
        ${JSON.stringify(event.payload)}, ${work.now}))
    ${insertJobs(work, jobs)}`,
  )
}

export type RightEventRow = {
  readonly kind: string
  readonly actorName: string | null
  readonly payload: Readonly<Record<string, string>>
  readonly recordedAt: Temporal.Instant
}

/** What happened to the rights of an organization, the newest first; at most 50. */
export async function rightEventsOf(work: Work, organizationId: string): Promise<readonly RightEventRow[]> {
  const { rows } =
    await sql<RightEventRow>`select kind, person.name as "actorName", payload, recorded_at as "recordedAt"
    from right_event left join person on person.organization_id = right_event.organization_id and person.person_id = right_event.actor_id
    where ${ofOrganization(organizationId, 'right_event.organization_id')} order by event_id desc limit 50`.execute(
      work.tx,
    )
  return rows
}

export type ColleagueQuestion = {
  readonly questionId: string
  readonly askedBy: string
  readonly askedByName: string
  readonly askedByEmail: string
  readonly title: string
  readonly description: string
  readonly rest: Readonly<Record<string, string>>
  readonly askedAt: Temporal.Instant
  readonly decision: 'sent' | 'declined' | null
  readonly word: string | null
  readonly caseNumber: string | null
}

export async function insertQuestion(
  work: Work<Member>,
  question: Pick<ColleagueQuestion, 'questionId' | 'title' | 'description' | 'rest'>,
): Promise<void> {
  const { organizationId, operatorId, personId } = work.actor
  await sql`insert into colleague_question (organization_id, operator_id, question_id, asked_by, title, description, rest, asked_at)
    values (${organizationId}, ${operatorId}, ${question.questionId}, ${personId}, ${question.title}, ${question.description},
      ${JSON.stringify(question.rest)}, ${work.now})`.execute(work.tx)
}

const QUESTION = sql`question_id as "questionId", asked_by as "askedBy", person.name as "askedByName", person.email as "askedByEmail", title,
  description, rest, asked_at as "askedAt", decision, word, case_number as "caseNumber"`

/** Questions of colleagues, those that wait first, then the newest; all of them, or those of one who asked. At most 100. */
export async function questionsOf(
  work: Work,
  organizationId: string,
  askedBy?: string,
): Promise<readonly ColleagueQuestion[]> {
  const whose = askedBy === undefined ? sql`true` : sql`asked_by = ${askedBy}`
  const { rows } = await sql<ColleagueQuestion>`select ${QUESTION} from colleague_question
    join person on person.organization_id = colleague_question.organization_id and person.person_id = asked_by
    where ${ofOrganization(organizationId, 'colleague_question.organization_id')} and ${whose}
    order by decision is not null, question_id desc limit 100`.execute(work.tx)
  return rows
}

export async function questionOf(
  work: Work,
  organizationId: string,
  questionId: string,
): Promise<ColleagueQuestion | undefined> {
  const { rows } = await sql<ColleagueQuestion>`select ${QUESTION} from colleague_question
    join person on person.organization_id = colleague_question.organization_id and person.person_id = asked_by
    where ${ofOrganization(organizationId, 'colleague_question.organization_id')} and question_id = ${questionId}`.execute(
    work.tx,
  )
  return rows[0]
}

/** Decides on a question that waits; false when somebody was first. */
export async function decideQuestion(
  work: Work<Member>,
  questionId: string,
  decision: {
    readonly decision: 'sent' | 'declined'
    readonly word: string | null
    readonly caseNumber: string | null
  },
): Promise<boolean> {
  const { organizationId, personId } = work.actor
  const { numAffectedRows } =
    await sql`update colleague_question set decision = ${decision.decision}, decided_at = ${work.now},
      decided_by = ${personId}, word = ${decision.word}, case_number = ${decision.caseNumber}
    where ${ofOrganization(organizationId)} and question_id = ${questionId} and decision is null`.execute(work.tx)
  return numAffectedRows === 1n
}

export type Invitation = {
  readonly invitationId: string
  readonly email: string
  readonly name: string
  readonly invitedBy: string
}

export async function insertColleagueInvitation(
  work: Work<Member>,
  invitation: Omit<Invitation, 'invitedBy'>,
): Promise<void> {
  const { organizationId, operatorId, personId } = work.actor
  await sql`insert into colleague_invitation (organization_id, operator_id, invitation_id, email, name, invited_by, invited_at)
    values (${organizationId}, ${operatorId}, ${invitation.invitationId}, ${invitation.email}, ${invitation.name}, ${personId},
      ${work.now})`.execute(work.tx)
}

/** Takes an invitation out, to be acted on in this transaction; undefined when that was done. */
export async function takeInvitation(
  work: Work<Job>,
  organizationId: string,
  invitationId: string,
): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`delete from colleague_invitation
    where ${ofOrganization(organizationId)} and invitation_id = ${invitationId}
    returning invitation_id as "invitationId", email, name, invited_by as "invitedBy"`.execute(work.tx)
  return rows[0]
}
