import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { ofOperator, ofOperators, ofOrganization } from '../../database/wall.ts'
import { announce, leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import { writingClocks } from '../response-targets/index.ts'
import type { ClockRow } from '../response-targets/index.ts'
import type { ClockRecord } from '../response-targets/index.ts'
import type { RecordedEvent } from './rules/facts-of.ts'
import { CLOCK_EVENTS } from './rules/facts-of.ts'
import type { ClockKind } from '../entitlements/index.ts'
import type { AttachmentRow, CaseLine, CaseRow, EventRow, MessageRow } from './tables.ts'

export type NewCase = Omit<
  CaseRow,
  | 'requesterName'
  | 'requesterPartner'
  | 'subscriptionName'
  | 'organizationName'
  | 'assignedTo'
  | 'assignedName'
  | 'waitingFor'
  | 'closedAt'
  | 'due'
  | 'dueAt'
  | 'dueKind'
> & {
  readonly impactAnswers: Readonly<Record<string, string>>
  readonly owed: Owed
  readonly clocks: readonly ClockRecord[]
}

/** What a case owes next and when it is to be looked at again; "infinity" for never. */
export type Owed = { readonly dueAt: string; readonly dueKind: string | null; readonly wakeAt: string }

export type NewMessage = {
  readonly messageId: string
  readonly authorKind: MessageRow['authorKind']
  readonly authorId: string | null
  readonly authorName: string
  readonly visibility: MessageRow['visibility']
  readonly body: string
}

export type NewEvent = {
  readonly eventId: string
  readonly kind: string
  readonly payload: Readonly<Record<string, string>>
}

export type KeptAnswer = { readonly key: string; readonly fingerprint: string; readonly answer: unknown }

type Subject = Pick<CaseRow, 'organizationId' | 'operatorId' | 'caseId'>

/**
 * Writes a case with its number, first message, event, clock, counter, jobs and the answer kept for a repeated key: one statement
 * that travels with the commit, because each round trip costs as much as the rows.
 */
export function insertCase(
  work: Work,
  opened: NewCase,
  parts: {
    readonly message: NewMessage
    readonly event: NewEvent
    readonly jobs: readonly NewJob[]
    readonly kept?: KeptAnswer | undefined
  },
): void {
  const writing = sql`
    with numbered as (insert into case_number (operator_id, number, holder_id, case_id)
        values (${opened.operatorId}, ${opened.number}, ${opened.organizationId}, ${opened.caseId})),
      opened as (insert into support_case (organization_id, operator_id, case_id, number, charter_version, title, support_type, topic,
          severity, capped_from, because, business_impact, impact_answers, answers, contested, subscription_id, requester_id, contact_method, contact_phone, contact_email,
          language, waiting_for, opened_at, next_due_at, next_due_kind, wake_at, last_event)
        values (${opened.organizationId}, ${opened.operatorId}, ${opened.caseId}, ${opened.number}, ${opened.charterVersion}, ${opened.title},
          ${opened.supportType}, ${opened.topic}, ${opened.severity}, ${opened.cappedFrom}, ${JSON.stringify(opened.because)},
          ${opened.businessImpact}, ${JSON.stringify(opened.impactAnswers)}, ${JSON.stringify(opened.answers)},
          ${opened.contested && JSON.stringify(opened.contested)}, ${opened.subscriptionId}, ${opened.requesterId}, ${opened.contactMethod},
          ${opened.contactPhone}, ${opened.contactEmail}, ${opened.language}, 'operator', ${opened.openedAt}, ${opened.owed.dueAt},
          ${opened.owed.dueKind}, ${opened.owed.wakeAt}, 1)),
      written as (${insertingMessage(opened, parts.message, opened.openedAt)}),
      recorded as (${insertingEvent(work, opened, parts.event)}),
      started as (${writingClocks(opened.clocks.map((clock) => rowOf(opened, clock)))}),
      counted as (${counting([{ operatorId: opened.operatorId, waitingFor: 'operator', severity: opened.severity, by: 1 }])}),
      kept as (${keeping(work, opened, parts.kept)})
    ${insertJobs(work, parts.jobs)}`
  leaveToCommit(work, writing)
  announce(work, opened.operatorId)
}

function insertingMessage(of: Subject, message: NewMessage, at: Temporal.Instant): RawBuilder<unknown> {
  return sql`insert into message (organization_id, operator_id, case_id, message_id, author_kind, author_id, author_name, visibility, body, written_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.caseId}, ${message.messageId}, ${message.authorKind}, ${message.authorId},
      ${message.authorName}, ${message.visibility}, ${message.body}, ${at})`
}

function insertingEvent(work: Work, of: Subject, event: NewEvent): RawBuilder<unknown> {
  return sql`insert into event (organization_id, operator_id, case_id, sequence, event_id, kind, actor_kind, actor_id, payload, recorded_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.caseId}, 1, ${event.eventId}, ${event.kind}, ${actorKindOf(work)}, ${actorIdOf(work)},
      ${JSON.stringify(event.payload)}, ${work.now})`
}

function actorIdOf({ actor }: Work): string | null {
  return actor.kind === 'member' ? actor.personId : actor.kind === 'agent' ? actor.agentId : null
}

/** A partner's person is told apart from the organization's own. */
function actorKindOf({ actor }: Work): string {
  return actor.kind === 'member' && actor.partnerId !== undefined ? 'partner' : actor.kind
}

const SLOTS = 16

type Count = {
  readonly operatorId: string
  readonly waitingFor: CaseRow['waitingFor']
  readonly severity: string
  readonly by: number
}

/** Moves kept figures; one of sixteen slots each, so that openings do not wait for one another's commit. */
function counting(counts: readonly Count[]): RawBuilder<unknown> {
  const slot = Math.floor(Math.random() * SLOTS)
  const rows = counts.map(
    ({ operatorId, waitingFor, severity, by }) =>
      sql`(${operatorId}::uuid, ${waitingFor}, ${severity}, ${slot}::smallint, ${by}::bigint)`,
  )
  return sql`insert into queue_counter (operator_id, waiting_for, severity, slot, cases) values ${sql.join(rows)}
    on conflict (operator_id, waiting_for, severity, slot) do update set cases = queue_counter.cases + excluded.cases`
}

function keeping(
  work: Work,
  of: Subject & { readonly requesterId: string },
  kept: KeptAnswer | undefined,
): RawBuilder<unknown> {
  if (!kept) return sql`select`
  return sql`insert into idempotency_key (organization_id, operator_id, person_id, key, fingerprint, answer, created_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.requesterId}, ${kept.key}, ${kept.fingerprint}, ${JSON.stringify(kept.answer)}, ${work.now})`
}

/** The answer kept for a key, if this person used it before. */
export async function keptAnswer(
  work: Work,
  {
    organizationId,
    personId,
    key,
  }: { readonly organizationId: string; readonly personId: string; readonly key: string },
): Promise<{ fingerprint: string; answer: unknown } | undefined> {
  const { rows } = await sql<{ fingerprint: string; answer: unknown }>`select fingerprint, answer from idempotency_key
    where ${ofOrganization(organizationId)} and person_id = ${personId} and key = ${key}`.execute(work.tx)
  return rows[0]
}

const CASE = sql`support_case.organization_id as "organizationId", support_case.operator_id as "operatorId", support_case.case_id as "caseId",
  support_case.number, support_case.charter_version as "charterVersion", support_case.title, support_case.support_type as "supportType",
  support_case.topic, support_case.severity, support_case.capped_from as "cappedFrom", support_case.because,
  support_case.business_impact as "businessImpact", support_case.answers, support_case.contested, support_case.subscription_id as "subscriptionId",
  subscription.name as "subscriptionName", support_case.requester_id as "requesterId", person.name as "requesterName",
  person.partner_name as "requesterPartner",
  organization.name as "organizationName", support_case.contact_method as "contactMethod", support_case.contact_phone as "contactPhone",
  support_case.contact_email as "contactEmail", support_case.language, support_case.assigned_to as "assignedTo", agent.name as "assignedName",
  support_case.waiting_for as "waitingFor", support_case.opened_at as "openedAt", support_case.closed_at as "closedAt",
  support_case.next_due_at as "nextDueAt", support_case.next_due_kind as "dueKind",
  clock.started_at as "startedAt", clock.due_at as "dueAt", clock.met_at as "metAt", clock.breached_at as "breachedAt",
  clock.calendar, clock.target`

const CASE_TABLES = sql`support_case
  join organization on organization.organization_id = support_case.organization_id
  join person on person.organization_id = support_case.organization_id and person.person_id = support_case.requester_id
  join clock on clock.organization_id = support_case.organization_id and clock.case_id = support_case.case_id
    and clock.kind = 'initial-response' and clock.cycle = 1
  left join subscription on subscription.organization_id = support_case.organization_id
    and subscription.subscription_id = support_case.subscription_id
  left join agent on agent.operator_id = support_case.operator_id and agent.agent_id = support_case.assigned_to`

/** A case by its number, within what the actor may see; `undefined` for none and not yours alike. */
export async function caseByNumber(work: Work, number: string): Promise<CaseRow | undefined> {
  return caseWhere(work, withNumber(work, number))
}

export async function caseById(work: Work, organizationId: string, caseId: string): Promise<CaseRow | undefined> {
  return caseWhere(
    work,
    sql`${ofOrganization(organizationId, 'support_case.organization_id')} and support_case.case_id = ${caseId}`,
  )
}

type CaseRead = Omit<CaseRow, 'due' | 'dueAt'> & CaseRow['due'] & { readonly nextDueAt: Temporal.Instant | null }

async function caseWhere(work: Work, which: RawBuilder<unknown>): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRead>`select ${CASE} from ${CASE_TABLES} where ${which}`.execute(work.tx)
  const row = rows[0]
  return row && { ...row, dueAt: row.nextDueAt, due: row }
}

function withNumber({ actor }: Work, number: string): RawBuilder<boolean> {
  switch (actor.kind) {
    case 'member':
      return sql`${ofOrganization(actor.organizationId, 'support_case.organization_id')} and support_case.number = ${number}`
    case 'agent':
    case 'job':
      return sql`${ofOperators(actor.operatorIds, 'support_case.operator_id')} and (support_case.organization_id, support_case.case_id) in
        (select holder_id, case_id from case_number where ${ofOperators(actor.operatorIds)} and number = ${number})`
    case 'program':
    case 'reader':
    case 'visitor':
    case 'doorkeeper':
      return sql`false`
  }
}

/** Everything said in a case the actor may read, oldest first; at most 500, the newest of them. */
export async function messagesOf(work: Work, of: Subject): Promise<readonly MessageRow[]> {
  const { rows } =
    await sql<MessageRow>`select message_id as "messageId", author_kind as "authorKind", author_name as "authorName", visibility, body,
      written_at as "writtenAt", coalesce((select json_agg(json_build_object('attachmentId', attachment_id, 'fileName', file_name,
        'mediaType', media_type, 'byteCount', byte_count) order by attachment_id) from attachment
        where attachment.organization_id = message.organization_id and attachment.case_id = message.case_id
          and attachment.message_id = message.message_id), '[]') as attachments
    from message where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId} order by message_id desc limit 500`.execute(
      work.tx,
    )
  return rows.toReversed()
}

export async function eventsOf(work: Work, of: Subject): Promise<readonly EventRow[]> {
  const { rows } =
    await sql<EventRow>`select sequence, kind, actor_kind as "actorKind", payload, recorded_at as "recordedAt"
    from event where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId} order by sequence limit 500`.execute(
      work.tx,
    )
  return rows
}

/** What an event carries, by its id: for the reactions that answer it. */
export async function eventPayload(
  work: Work,
  organizationId: string,
  eventId: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { rows } = await sql<{ payload: Readonly<Record<string, string>> }>`select payload from event
    where ${ofOrganization(organizationId)} and event_id = ${eventId}`.execute(work.tx)
  return rows[0]?.payload
}

const LINE = sql`support_case.case_id as "caseId", support_case.number, support_case.title, support_case.severity,
  support_case.support_type as "supportType", support_case.topic, support_case.waiting_for as "waitingFor",
  organization.name as "organizationName", agent.name as "assignedName", support_case.opened_at as "openedAt",
  support_case.closed_at as "closedAt", support_case.next_due_at as "dueAt", support_case.next_due_kind as "dueKind"`

const LINE_TABLES = sql`support_case
  join organization on organization.organization_id = support_case.organization_id
  left join agent on agent.operator_id = support_case.operator_id and agent.agent_id = support_case.assigned_to`

export type After = { readonly at: string; readonly caseId: string }

/** The organization's cases, or those of one who asked, newest first, from after a known one. */
export async function casesOf(
  work: Work,
  organizationId: string,
  limit: number,
  after?: After,
  requesterId?: string,
): Promise<readonly CaseLine[]> {
  const whose = requesterId === undefined ? sql`` : sql`and support_case.requester_id = ${requesterId}`
  const from = after
    ? sql`and (support_case.opened_at, support_case.case_id) < (${after.at}::timestamptz, ${after.caseId}::uuid)`
    : sql``
  const { rows } = await sql<CaseLine>`select ${LINE} from ${LINE_TABLES}
    where ${ofOrganization(organizationId, 'support_case.organization_id')} ${whose} ${from}
    order by support_case.opened_at desc, support_case.case_id desc limit ${limit}`.execute(work.tx)
  return rows
}

/** An operator's open cases that wait for one side, most urgent first, from after a known one. */
export async function casesDue(
  work: Work,
  of: {
    readonly operatorId: string
    readonly waitingFor: CaseRow['waitingFor']
    readonly limit: number
    readonly after?: After | undefined
  },
): Promise<readonly CaseLine[]> {
  const from = of.after
    ? sql`and (support_case.next_due_at, support_case.case_id) > (${of.after.at}::timestamptz, ${of.after.caseId}::uuid)`
    : sql``
  // Written out, not as a parameter: the planner takes a partial index only when it can see the value.
  const waiting =
    of.waitingFor === 'operator'
      ? sql`support_case.waiting_for = 'operator'`
      : sql`support_case.waiting_for = 'customer'`
  const { rows } = await sql<CaseLine>`select ${LINE} from ${LINE_TABLES}
    where ${ofOperator(of.operatorId, 'support_case.operator_id')} and support_case.closed_at is null and ${waiting} ${from}
    order by support_case.next_due_at, support_case.case_id limit ${of.limit}`.execute(work.tx)
  return rows
}

export type QueueFigure = {
  readonly waitingFor: CaseRow['waitingFor']
  readonly severity: string
  readonly cases: number
}

/** How many cases wait for whom, by severity: kept figures, added up over their slots. */
export async function queueFigures(work: Work, operatorId: string): Promise<readonly QueueFigure[]> {
  const { rows } =
    await sql<QueueFigure>`select waiting_for as "waitingFor", severity, sum(cases)::bigint as cases from queue_counter
    where ${ofOperator(operatorId)} group by waiting_for, severity`.execute(work.tx)
  return rows
}

/** An open case whose first answer is still owed in time, as a charter looks at it. */
export type AwaitingFirstAnswer = {
  readonly number: string
  readonly title: string
  readonly severity: string
  readonly supportType: string
  readonly contract: string | null
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
}

/**
 * A page of the cases of an operator whose initial-response clock runs, those due first first; what is due at one moment is
 * on one page.
 */
export async function awaitingFirstAnswer(
  work: Work,
  operatorId: string,
  { dueAfter, limit }: { readonly dueAfter?: Temporal.Instant | undefined; readonly limit: number },
): Promise<readonly AwaitingFirstAnswer[]> {
  const later = dueAfter ? sql`clock.due_at > ${dueAfter}` : sql`true`
  const { rows } = await sql<AwaitingFirstAnswer>`select support_case.number, support_case.title, support_case.severity,
      support_case.support_type as "supportType", clock.started_at as "startedAt", clock.due_at as "dueAt",
      (select nullif(event.payload->>'contract', '') from event where event.organization_id = clock.organization_id
        and event.case_id = clock.case_id and event.sequence = 1) as contract
    from clock
    join support_case on support_case.organization_id = clock.organization_id and support_case.case_id = clock.case_id
    where ${ofOperator(operatorId, 'clock.operator_id')} and clock.kind = 'initial-response' and clock.met_at is null
      and clock.breached_at is null and clock.stopped_at is null and clock.due_at < 'infinity'
      and support_case.closed_at is null and ${later}
    order by clock.due_at fetch first ${limit} rows with ties`.execute(work.tx)
  return rows
}

/** A case's events in order, its row locked until the commit, so that writers of one case come one after the other. */
export async function lockedEvents(
  work: Work,
  { organizationId, caseId }: Subject,
): Promise<{ readonly lastEvent: number; readonly events: readonly RecordedEvent[] } | undefined> {
  const { rows } = await sql<LockedRow>`select last_event as "lastEvent", ${EVENTS} as events from support_case
    where ${ofOrganization(organizationId, 'support_case.organization_id')} and support_case.case_id = ${caseId} for update`.execute(
    work.tx,
  )
  const row = rows[0]
  return row && { lastEvent: row.lastEvent, events: row.events.map(recordedOf) }
}

type LockedRow = { readonly lastEvent: number; readonly events: readonly WrittenEvent[] }
type WrittenEvent = { readonly kind: string; readonly payload: Readonly<Record<string, string>>; readonly at: string }

/** Events that move clocks, and those that say what has happened by itself. */
const EVENTS = sql`coalesce((select json_agg(json_build_object('kind', kind, 'payload', payload, 'at', recorded_at) order by sequence)
  from event where event.organization_id = support_case.organization_id and event.case_id = support_case.case_id
    and (event.kind in (${sql.join(CLOCK_EVENTS.map((kind) => sql.lit(kind)))}) or event.payload ? 'moment')), '[]')`

function recordedOf({ kind, payload, at }: WrittenEvent): RecordedEvent {
  return { kind, payload, at: Temporal.Instant.from(at).epochMilliseconds }
}

/** The same events for a case that is only read. */
export async function clockEventsOf(
  work: Work,
  { organizationId, caseId }: Subject,
): Promise<readonly RecordedEvent[]> {
  const { rows } = await sql<LockedRow>`select last_event as "lastEvent", ${EVENTS} as events from support_case
    where ${ofOrganization(organizationId, 'support_case.organization_id')} and support_case.case_id = ${caseId}`.execute(
    work.tx,
  )
  return (rows[0]?.events ?? []).map(recordedOf)
}

export type WakingCase = Pick<
  CaseRow,
  'organizationId' | 'operatorId' | 'caseId' | 'severity' | 'waitingFor' | 'closedAt'
> & {
  readonly number: string
  readonly language: string
  readonly lastEvent: number
  readonly wakeAt: Temporal.Instant
  readonly events: readonly RecordedEvent[]
}

const WAKING = sql`organization_id as "organizationId", operator_id as "operatorId", case_id as "caseId", severity, waiting_for as "waitingFor",
      closed_at as "closedAt", number, language, last_event as "lastEvent", wake_at as "wakeAt", ${EVENTS} as events`

/** Cases of an operator by their keys, locked, from after a known one: for what is done to all of them. */
export async function casesToChange(
  work: Work,
  operatorId: string,
  { limit, after }: { readonly limit: number; readonly after?: Pick<Subject, 'organizationId' | 'caseId'> | undefined },
): Promise<readonly WakingCase[]> {
  const from = after
    ? sql`and (organization_id, case_id) > (${after.organizationId}::uuid, ${after.caseId}::uuid)`
    : sql``
  const { rows } = await sql<Omit<WakingCase, 'events'> & LockedRow>`select ${WAKING} from support_case
    where ${ofOperator(operatorId)} ${from} order by organization_id, case_id limit ${limit} for update`.execute(
    work.tx,
  )
  return rows.map((row) => ({ ...row, events: row.events.map(recordedOf) }))
}

/** Cases of these operators to which something happens by itself by now, longest ago first; locked, and skipped where another has them. */
export async function wakingCases(
  work: Work,
  operatorIds: readonly string[],
  limit: number,
): Promise<readonly WakingCase[]> {
  const { rows } = await sql<
    Omit<WakingCase, 'events'> & LockedRow
  >`with waking as materialized (select organization_id, case_id
      from support_case where ${ofOperators(operatorIds)} and wake_at <= ${work.now} and wake_at < 'infinity'
      order by wake_at limit ${limit} for update skip locked)
    select ${WAKING}
    from waking join support_case using (organization_id, case_id) order by wake_at, case_id`.execute(work.tx)
  return rows.map((row) => ({ ...row, events: row.events.map(recordedOf) }))
}

export type KeptClocks = Subject & {
  readonly number: string
  readonly events: readonly RecordedEvent[]
  /** As they are stored, in the form they were written in. */
  readonly clocks: readonly ClockRecord[]
}

/** Cases with their events and their stored clocks, in the order of their keys, from after a known one: for a replay. */
export async function keptClocks(
  work: Work,
  operatorIds: readonly string[],
  { limit, after }: { readonly limit: number; readonly after?: Subject | undefined },
): Promise<readonly KeptClocks[]> {
  const from = after
    ? sql`and (support_case.organization_id, support_case.case_id) > (${after.organizationId}::uuid, ${after.caseId}::uuid)`
    : sql``
  const { rows } = await sql<
    Subject & LockedRow & { readonly number: string; readonly clocks: readonly ClockRecord[] }
  >`
    select organization_id as "organizationId", operator_id as "operatorId", case_id as "caseId", number, last_event as "lastEvent",
      ${EVENTS} as events, coalesce((select json_agg(json_build_object('kind', kind, 'cycle', cycle, 'severity', clock.severity,
        'startedAt', started_at, 'dueAt', due_at, 'pausedSince', paused_since, 'metAt', met_at, 'breachedAt', breached_at,
        'stoppedAt', stopped_at, 'charterVersion', clock.charter_version, 'rule', rule, 'calendar', calendar, 'target', target))
        from clock where clock.organization_id = support_case.organization_id and clock.case_id = support_case.case_id), '[]') as clocks
    from support_case where ${ofOperators(operatorIds)} ${from}
    order by support_case.organization_id, support_case.case_id limit ${limit}`.execute(work.tx)
  return rows.map((row) => ({ ...row, events: row.events.map(recordedOf) }))
}

/** What becomes of a case: its events, in order, and what follows from them. */
export type CaseChange = {
  readonly of: Pick<CaseRow, 'organizationId' | 'operatorId' | 'caseId' | 'severity' | 'waitingFor' | 'closedAt'>
  readonly lastEvent: number
  readonly events: readonly NewEvent[]
  readonly to: {
    readonly severity: string
    readonly waitingFor: CaseRow['waitingFor']
    readonly closedAt: string | null
    readonly charterVersion: number
    /** Taken by this agent; by nobody new where absent. */
    readonly assignedTo?: string | undefined
  }
  readonly owed: Owed
  /** Those that are new or changed. */
  readonly clocks: readonly ClockRecord[]
  readonly messages: readonly NewMessage[]
  readonly escalations: readonly NewEscalation[]
  readonly jobs: readonly NewJob[]
}

/** Somebody is to be told of a clock: who, and not before when. Moments as ISO 8601 in UTC. */
export type NewEscalation = {
  readonly eventId: string
  readonly clock: string
  readonly dueAt: string
  readonly tell: readonly ('assignee' | 'leads')[]
  readonly notifyAt: string
}

/** Writes what becomes of cases, as one statement for all of them: events, clocks, figures, messages and jobs in one commit. */
export async function writeChanges(work: Work, changes: readonly CaseChange[]): Promise<void> {
  if (changes.length === 0) return
  for (const { of } of changes) announce(work, of.operatorId)
  const counts = summed(changes.flatMap(({ of, to }) => movedCounts(of, to)))
  const clocks = changes.flatMap(({ of, clocks: some }) => some.map((clock) => rowOf(of, clock)))
  await sql`with changed as (${changing(changes)}),
      recorded as (${recording(work, changes)}),
      kept as (${writingClocks(clocks)}),
      said as (${saying(work, changes)})
      ${changes.some(({ escalations }) => escalations.length > 0) ? sql`, escalated as (${escalating(changes)})` : sql``}
      ${counts.length > 0 ? sql`, counted as (${counting(counts)})` : sql``}
    ${insertJobs(
      work,
      changes.flatMap(({ jobs }) => jobs),
    )}`.execute(work.tx)
}

function changing(changes: readonly CaseChange[]): RawBuilder<unknown> {
  const rows = changes.map(({ of, lastEvent, events, to, owed }) => ({
    organizationId: of.organizationId,
    caseId: of.caseId,
    lastEvent: lastEvent + events.length,
    ...to,
    assignedTo: to.assignedTo ?? null,
    ...owed,
  }))
  return sql`update support_case set last_event = row."lastEvent", severity = row.severity, waiting_for = row."waitingFor",
      closed_at = row."closedAt", charter_version = row."charterVersion", assigned_to = coalesce(row."assignedTo", assigned_to),
      next_due_at = row."dueAt", next_due_kind = row."dueKind", wake_at = row."wakeAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("organizationId" uuid, "caseId" uuid, "lastEvent" int, severity text,
      "waitingFor" text, "closedAt" timestamptz, "charterVersion" int, "assignedTo" uuid, "dueAt" timestamptz, "dueKind" text,
      "wakeAt" timestamptz)
    where support_case.organization_id = row."organizationId" and support_case.case_id = row."caseId"`
}

function recording(work: Work, changes: readonly CaseChange[]): RawBuilder<unknown> {
  const rows = changes.flatMap(({ of, lastEvent, events }) =>
    events.map((event, at) => ({
      organizationId: of.organizationId,
      operatorId: of.operatorId,
      caseId: of.caseId,
      sequence: lastEvent + at + 1,
      ...event,
    })),
  )
  return sql`insert into event (organization_id, operator_id, case_id, sequence, event_id, kind, actor_kind, actor_id, payload, recorded_at)
    select "organizationId", "operatorId", "caseId", sequence, "eventId", kind, ${actorKindOf(work)}, ${actorIdOf(work)}::uuid, payload, ${work.now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("organizationId" uuid, "operatorId" uuid, "caseId" uuid, sequence int,
      "eventId" uuid, kind text, payload jsonb)`
}

function saying(work: Work, changes: readonly CaseChange[]): RawBuilder<unknown> {
  const rows = changes.flatMap(({ of, messages }) =>
    messages.map((message) => ({
      organizationId: of.organizationId,
      operatorId: of.operatorId,
      caseId: of.caseId,
      ...message,
    })),
  )
  return sql`insert into message (organization_id, operator_id, case_id, message_id, author_kind, author_id, author_name, visibility, body, written_at)
    select "organizationId", "operatorId", "caseId", "messageId", "authorKind", "authorId", "authorName", visibility, body, ${work.now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("organizationId" uuid, "operatorId" uuid, "caseId" uuid, "messageId" uuid,
      "authorKind" text, "authorId" uuid, "authorName" text, visibility text, body text)`
}

function escalating(changes: readonly CaseChange[]): RawBuilder<unknown> {
  const rows = changes.flatMap(({ of, escalations }) =>
    escalations.map((one) => ({
      organizationId: of.organizationId,
      operatorId: of.operatorId,
      caseId: of.caseId,
      ...one,
    })),
  )
  return sql`insert into escalation (organization_id, operator_id, case_id, event_id, clock, due_at, tell, notify_at)
    select "organizationId", "operatorId", "caseId", "eventId", clock, "dueAt", array(select json_array_elements_text(tell)), "notifyAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("organizationId" uuid, "operatorId" uuid, "caseId" uuid,
      "eventId" uuid, clock text, "dueAt" timestamptz, tell json, "notifyAt" timestamptz)`
}

export type UntoldEscalation = {
  readonly organizationId: string
  readonly operatorId: string
  readonly eventId: string
  readonly clock: ClockKind
  readonly dueAt: Temporal.Instant
  readonly tell: readonly ('assignee' | 'leads')[]
  readonly number: string
  readonly title: string
  readonly severity: string
  readonly assignedTo: string | null
  readonly charterVersion: number
}

/** What nobody was told yet though it was time by then, most urgent first; locked, and passed over where another tells it. */
export async function untoldEscalations(
  work: Work,
  operatorIds: readonly string[],
  { by, limit }: { readonly by: Temporal.Instant; readonly limit: number },
): Promise<readonly UntoldEscalation[]> {
  const { rows } = await sql<UntoldEscalation>`with untold as materialized (select * from escalation
      where ${ofOperators(operatorIds)} and told_at is null and notify_at <= ${by} order by notify_at limit ${limit} for update skip locked)
    select untold.organization_id as "organizationId", untold.operator_id as "operatorId", event_id as "eventId", clock, due_at as "dueAt",
      tell, number, title, severity, assigned_to as "assignedTo", charter_version as "charterVersion"
    from untold join support_case using (organization_id, case_id) order by due_at, number`.execute(work.tx)
  return rows
}

export async function markTold(work: Work, told: readonly UntoldEscalation[]): Promise<void> {
  const keys = told.map(({ organizationId, eventId }) => ({ organizationId, eventId }))
  await sql`update escalation set told_at = ${work.now} from json_to_recordset(${JSON.stringify(keys)}::json)
      as row ("organizationId" uuid, "eventId" uuid)
    where escalation.organization_id = row."organizationId" and escalation.event_id = row."eventId"`.execute(work.tx)
}

function rowOf({ organizationId, operatorId, caseId }: Subject, clock: ClockRecord): ClockRow {
  return { organizationId, operatorId, caseId, ...clock }
}

function movedCounts(
  from: Pick<CaseRow, 'operatorId' | 'severity' | 'waitingFor' | 'closedAt'>,
  to: { readonly severity: string; readonly waitingFor: CaseRow['waitingFor']; readonly closedAt: string | null },
): readonly Count[] {
  const { operatorId } = from
  const left: Count[] =
    from.closedAt === null ? [{ operatorId, waitingFor: from.waitingFor, severity: from.severity, by: -1 }] : []
  const joined: Count[] =
    to.closedAt === null ? [{ operatorId, waitingFor: to.waitingFor, severity: to.severity, by: 1 }] : []
  return [...left, ...joined]
}

/** One row for each figure, because a statement may touch a row only once; those that stay are left out. */
function summed(counts: readonly Count[]): readonly Count[] {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const key = `${count.operatorId} ${count.waitingFor} ${count.severity}`
    sums.set(key, { ...count, by: (sums.get(key)?.by ?? 0) + count.by })
  }
  return [...sums.values()].filter(({ by }) => by !== 0)
}

export type NewAttachment = AttachmentRow & { readonly content: Buffer }

export function insertAttachment(work: Work, of: Subject, messageId: string, file: NewAttachment): void {
  const writing = sql`insert into attachment (organization_id, operator_id, case_id, attachment_id, message_id, file_name, media_type, byte_count, content)
    values (${of.organizationId}, ${of.operatorId}, ${of.caseId}, ${file.attachmentId}, ${messageId}, ${file.fileName}, ${file.mediaType},
      ${file.byteCount}, ${file.content})`
  leaveToCommit(work, writing)
}

export async function attachmentOf(
  work: Work,
  of: Subject,
  attachmentId: string,
): Promise<(AttachmentRow & { readonly content: Buffer }) | undefined> {
  const { rows } = await sql<
    AttachmentRow & { content: Buffer }
  >`select attachment_id as "attachmentId", file_name as "fileName",
      media_type as "mediaType", byte_count as "byteCount", content
    from attachment where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId} and attachment_id = ${attachmentId}`.execute(
    work.tx,
  )
  return rows[0]
}

/** Notes that an agent has the case open, and answers who else had it open within the last half minute. */
export async function lookAt(
  work: Work,
  of: Subject,
  agent: { readonly agentId: string; readonly name: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string
  }>`with seen as (insert into case_view (organization_id, operator_id, case_id, agent_id, agent_name, seen_at)
      values (${of.organizationId}, ${of.operatorId}, ${of.caseId}, ${agent.agentId}, ${agent.name}, ${work.now})
      on conflict (organization_id, case_id, agent_id) do update set seen_at = excluded.seen_at)
    select agent_name as name from case_view where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId}
      and agent_id <> ${agent.agentId} and seen_at > ${work.now}::timestamptz - interval '30 seconds' order by agent_name`.execute(
    work.tx,
  )
  return rows.map(({ name }) => name)
}

/** Writes a visitor's question before buying, with the job that makes a case of it. */
export async function insertInquiry(
  work: Work,
  of: { readonly operatorId: string; readonly inquiryId: string; readonly request: object },
  jobs: readonly NewJob[],
): Promise<void> {
  await sql`with written as (insert into inquiry (operator_id, inquiry_id, request, asked_at)
      values (${of.operatorId}, ${of.inquiryId}, ${JSON.stringify(of.request)}, ${work.now}))
    ${insertJobs(work, jobs)}`.execute(work.tx)
}

/** A question before buying, and how many came from its e-mail address in the day up to it. */
export async function takeInquiry(
  work: Work,
  operatorId: string,
  inquiryId: string,
): Promise<{ readonly request: unknown; readonly outcome: string | null; readonly ofAddress: number } | undefined> {
  const { rows } = await sql<{ request: unknown; outcome: string | null; ofAddress: number }>`select request, outcome,
      (select count(*) from inquiry other where ${ofOperator(operatorId, 'other.operator_id')}
        and lower(other.request->>'email') = lower(inquiry.request->>'email')
        and other.asked_at > inquiry.asked_at - interval '24 hours'
        and (other.asked_at, other.inquiry_id) <= (inquiry.asked_at, inquiry.inquiry_id)) as "ofAddress"
    from inquiry where ${ofOperator(operatorId)} and inquiry_id = ${inquiryId}`.execute(work.tx)
  return rows[0]
}

export async function settleInquiry(
  work: Work,
  of: { readonly operatorId: string; readonly inquiryId: string; readonly outcome: 'opened' | 'held' },
): Promise<void> {
  await sql`update inquiry set outcome = ${of.outcome}
    where ${ofOperator(of.operatorId)} and inquiry_id = ${of.inquiryId}`.execute(work.tx)
}

// ---- Cases that hang on a known problem

export type LinkedCase = Subject & {
  readonly number: string
  readonly title: string
  readonly language: string
  readonly organizationName: string
  readonly linkedAt: Temporal.Instant
  readonly closedAt: Temporal.Instant | null
  /** When its customer was asked whether it works again, and what he said. */
  readonly askedAt: Temporal.Instant | null
  readonly works: boolean | null
}

const LINKED = sql`incident_case.organization_id as "organizationId", incident_case.operator_id as "operatorId",
  incident_case.case_id as "caseId", support_case.number, support_case.title, support_case.language, organization.name as "organizationName",
  incident_case.linked_at as "linkedAt", support_case.closed_at as "closedAt", incident_case.asked_at as "askedAt", incident_case.works`
const LINKED_TABLES = sql`incident_case
  join support_case on support_case.organization_id = incident_case.organization_id and support_case.case_id = incident_case.case_id
  join organization on organization.organization_id = incident_case.organization_id`

/** The cases that hang or hung on an incident, the newest linked first. */
export async function linkedCases(work: Work, operatorId: string, incidentId: string): Promise<readonly LinkedCase[]> {
  const { rows } = await sql<LinkedCase>`select ${LINKED} from ${LINKED_TABLES}
    where ${ofOperator(operatorId, 'incident_case.operator_id')} and incident_case.incident_id = ${incidentId}
    order by incident_case.linked_at desc, incident_case.case_id desc limit 500`.execute(work.tx)
  return rows
}

/** What is to be done to cases that hang on an incident; a post is told to those that were told none or an earlier one. */
export type IncidentTurn =
  | { readonly turn: 'tell'; readonly postId: string }
  | { readonly turn: 'ask' }
  | { readonly turn: 'move' }

/** Cases that hang on an incident and wait for their turn, their link locked; the open ones, or all where they move. */
export async function waitingLinks(
  work: Work,
  of: { readonly operatorId: string; readonly incidentId: string; readonly limit: number } & IncidentTurn,
): Promise<readonly LinkedCase[]> {
  const waiting =
    of.turn === 'tell'
      ? sql`support_case.closed_at is null and (incident_case.told_post is null or incident_case.told_post < ${of.postId}::uuid)`
      : of.turn === 'ask'
        ? sql`support_case.closed_at is null`
        : sql`true`
  const { rows } = await sql<LinkedCase>`select ${LINKED} from ${LINKED_TABLES}
    where ${ofOperator(of.operatorId, 'incident_case.operator_id')} and incident_case.incident_id = ${of.incidentId}
      and incident_case.asked_at is null and ${waiting}
    order by incident_case.organization_id, incident_case.case_id limit ${of.limit} for update of incident_case`.execute(
    work.tx,
  )
  return rows
}

export async function putLink(work: Work, of: Subject & { readonly incidentId: string }): Promise<void> {
  await sql`insert into incident_case (organization_id, operator_id, case_id, incident_id, linked_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.caseId}, ${of.incidentId}, ${work.now})
    on conflict (organization_id, case_id) do update set incident_id = excluded.incident_id, linked_at = excluded.linked_at,
      told_post = null, asked_at = null, works = null, answered_at = null`.execute(work.tx)
}

export async function deleteLink(work: Work, of: Subject): Promise<void> {
  await sql`delete from incident_case where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId}`.execute(
    work.tx,
  )
}

export async function markPostTold(work: Work, of: Subject & { readonly postId: string }): Promise<void> {
  await sql`update incident_case set told_post = ${of.postId} where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId}`.execute(
    work.tx,
  )
}

export async function markAsked(work: Work, of: Subject): Promise<void> {
  await sql`update incident_case set asked_at = ${work.now} where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId}`.execute(
    work.tx,
  )
}

/** Writes down what a customer who was asked says; false for one who was not, or has said so already. */
export async function markWorks(work: Work, of: Subject & { readonly works: boolean }): Promise<boolean> {
  const { numAffectedRows } = await sql`update incident_case set works = ${of.works}, answered_at = ${work.now}
    where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId} and asked_at is not null and works is null`.execute(
    work.tx,
  )
  return numAffectedRows === 1n
}

/** The problem a case hangs or hung on, and whether its customer is still to say if it works again. */
export async function linkOf(
  work: Work,
  of: Subject,
): Promise<{ readonly incidentId: string; readonly asked: boolean; readonly hangs: boolean } | undefined> {
  const { rows } = await sql<{ incidentId: string; asked: boolean; hangs: boolean }>`select incident_id as "incidentId",
      asked_at is not null and works is null as asked, asked_at is null as hangs
    from incident_case where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId}`.execute(work.tx)
  return rows[0]
}

/** Known problems of which somebody has said that a case is not about them. */
export async function notAbout(work: Work, of: Subject): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ incidentId: string }>`select incident_id as "incidentId" from case_not_about
    where ${ofOrganization(of.organizationId)} and case_id = ${of.caseId} limit 1000`.execute(work.tx)
  return new Set(rows.map(({ incidentId }) => incidentId))
}

/** Cases of which somebody has said that they are not about a known problem. */
export async function casesNotAbout(work: Work, operatorId: string, incidentId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ caseId: string }>`select case_id as "caseId" from case_not_about
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} order by organization_id, case_id limit 5000`.execute(
    work.tx,
  )
  return new Set(rows.map(({ caseId }) => caseId))
}

/** Says so, with the commit, of a case by its number; twice is once. */
export function putNotAbout(
  work: Work,
  organizationId: string,
  { number, incidentIds }: { readonly number: string; readonly incidentIds: readonly string[] },
): void {
  leaveToCommit(
    work,
    sql`insert into case_not_about (organization_id, operator_id, case_id, incident_id, said_at)
      select organization_id, operator_id, case_id, unnest(${incidentIds}::uuid[]), ${work.now}::timestamptz from support_case
      where ${ofOrganization(organizationId)} and number = ${number} on conflict do nothing`,
  )
}

export type OpenedCase = Subject & {
  readonly number: string
  readonly title: string
  readonly language: string
  readonly organizationName: string
  readonly openedAt: Temporal.Instant
}

/** Of the cases that are due next so many are looked through: what was opened lately is not due before it was opened. */
const LOOKED_THROUGH = 1000

/** Cases that wait for the operator, were opened since a moment and hang on no problem, those due first; of a long queue its beginning. */
export async function openedSince(
  work: Work,
  operatorId: string,
  { since, limit }: { readonly since: Temporal.Instant; readonly limit: number },
): Promise<readonly OpenedCase[]> {
  const { rows } =
    await sql<OpenedCase>`with next as materialized (select organization_id, operator_id, case_id, number, title, language, opened_at, next_due_at
      from support_case where ${ofOperator(operatorId)} and closed_at is null and waiting_for = 'operator' and next_due_at >= ${since}
      order by next_due_at, case_id limit ${LOOKED_THROUGH})
    select next.organization_id as "organizationId", next.operator_id as "operatorId", next.case_id as "caseId", number, title, language,
      organization.name as "organizationName", opened_at as "openedAt"
    from next join organization on organization.organization_id = next.organization_id
    where opened_at >= ${since} and (select incident_case.case_id from incident_case
      where incident_case.organization_id = next.organization_id and incident_case.case_id = next.case_id) is null
    order by next_due_at, next.case_id limit ${limit}`.execute(work.tx)
  return rows
}
