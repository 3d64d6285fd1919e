import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { newId } from '../../base/ids.ts'
import { ofOperator, ofOperators, ofOrganization } from '../../database/wall.ts'
import { announce } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import type { AgentAtDesk, Call, Happened, Presence } from './rules/desk.ts'
import type { Seat } from './rules/slots.ts'
import type { Shift } from './rules/staffing.ts'
import type { Told } from './told.ts'

/** The tables this room writes. */
export const TABLES = [
  'promised_call',
  'call_event',
  'call_seat',
  'call_staffing',
  'call_presence',
  'call_desk',
  'call_forecast',
] as const

/** A promised call with whose it is and what was said of it. Moments are milliseconds since 1970 UTC. */
export type CallRow = Call & {
  readonly organizationId: string
  readonly operatorId: string
  readonly caseId: string
  readonly zone: string
  /** E.164. */
  readonly phone: string
  readonly phoneWritten: string
  readonly askedAt: number
  readonly place: number | null
  readonly told: Told | null
  /** Until when somebody calls, as it was promised; null where nothing could be promised. */
  readonly promisedUntil: number | null
  readonly calledAt: number | null
}

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`

const CALL = sql`promised_call.organization_id as "organizationId", promised_call.operator_id as "operatorId", call_id as "callId",
  promised_call.case_id as "caseId", queue, promised_call.topic, promised_call.severity, severity_rank as rank,
  promised_call.language, zone, phone, phone_written as "phoneWritten", state, ${ms('asked_at')} as "askedAt",
  ${ms('slot_at')} as "slotAt", ${ms('waiting_since')} as since, misses, agent_id as "agentId",
  ${ms('promised_call.wake_at')} as "wakeAt", passed, place, told, ${ms('promised_until')} as "promisedUntil", ${ms('called_at')} as "calledAt"`

const IN_DESK = sql`state not in ('done', 'cancelled', 'new-time')`

function at(moment: number | null): string | null {
  return moment === null ? null : Temporal.Instant.fromEpochMilliseconds(Math.round(moment)).toString()
}

type Subject = { readonly organizationId: string; readonly caseId: string }

/** The call of a case that is alive, or else the last one. */
export async function callOf(work: Work, { organizationId, caseId }: Subject): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`select ${CALL} from promised_call
    where ${ofOrganization(organizationId)} and case_id = ${caseId} order by asked_at desc, call_id desc limit 1`.execute(
    work.tx,
  )
  return rows[0]
}

/** The same, held until the commit: whoever changes it too waits here. */
export async function lockedCallOf(work: Work, { organizationId, caseId }: Subject): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`select ${CALL} from promised_call
    where ${ofOrganization(organizationId)} and case_id = ${caseId} and state not in ('done', 'cancelled') for update`.execute(
    work.tx,
  )
  return rows[0]
}

/** Calls in line, to come, offered or in hand, held until the commit. */
export async function lockedCalls(work: Work, operatorId: string): Promise<readonly CallRow[]> {
  const { rows } = await sql<CallRow>`select ${CALL} from promised_call
    where ${ofOperator(operatorId)} and ${IN_DESK} order by call_id for update`.execute(work.tx)
  return rows
}

export type CallLine = CallRow & { readonly number: string; readonly title: string; readonly organizationName: string }

/** What the agents see: calls with their cases. */
export async function callLines(work: Work, operatorId: string): Promise<readonly CallLine[]> {
  const { rows } =
    await sql<CallLine>`select ${CALL}, support_case.number, support_case.title, organization.name as "organizationName"
    from promised_call join support_case using (organization_id, case_id) join organization using (organization_id)
    where ${ofOperator(operatorId, 'promised_call.operator_id')} and ${IN_DESK} order by call_id limit 500`.execute(
      work.tx,
    )
  return rows
}

/** Writes a new call; a second one of the same case is refused by its index, and the verb tried again. */
export async function insertCall(work: Work, call: CallRow): Promise<void> {
  await sql`insert into promised_call (organization_id, operator_id, call_id, case_id, queue, topic, severity, severity_rank, language, zone,
      phone, phone_written, state, asked_at, slot_at, waiting_since, misses, agent_id, wake_at, passed, promised_until)
    values (${call.organizationId}, ${call.operatorId}, ${call.callId}, ${call.caseId}, ${call.queue}, ${call.topic}, ${call.severity},
      ${call.rank}, ${call.language}, ${call.zone}, ${call.phone}, ${call.phoneWritten}, ${call.state}, ${at(call.askedAt)},
      ${at(call.slotAt)}, ${at(call.since)}, ${call.misses}, ${call.agentId}, ${at(call.wakeAt)}, ${JSON.stringify(call.passed)},
      ${at(call.promisedUntil)})`.execute(work.tx)
}

/** Writes where a call stands now. What stands at the desk is reckoned anew by whoever tends it. */
export async function updateCall(work: Work, call: CallRow): Promise<void> {
  const isOver = call.state === 'done' || call.state === 'cancelled'
  await sql`update promised_call set state = ${call.state}, language = ${call.language}, zone = ${call.zone}, phone = ${call.phone},
      phone_written = ${call.phoneWritten}, asked_at = ${at(call.askedAt)}, slot_at = ${at(call.slotAt)}, waiting_since = ${at(call.since)},
      misses = ${call.misses}, agent_id = ${call.agentId}, wake_at = ${at(call.wakeAt)}, passed = ${JSON.stringify(call.passed)},
      place = ${call.place}, told = ${call.told && JSON.stringify(call.told)}, promised_until = ${at(call.promisedUntil)},
      called_at = ${at(call.calledAt)}, ended_at = ${isOver ? work.now : null}
    where ${ofOrganization(call.organizationId)} and call_id = ${call.callId}`.execute(work.tx)
}

/** Writes what happened, and has the pages that follow the calls told. */
export async function insertEvents(
  work: Work,
  events: readonly (Pick<CallRow, 'organizationId' | 'operatorId' | 'callId' | 'queue' | 'rank'> &
    Pick<Happened, 'kind' | 'agentId'>)[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(
    (
      one,
    ) => sql`(${one.organizationId}::uuid, ${one.operatorId}::uuid, ${one.callId}::uuid, ${newId()}::uuid, ${one.kind},
      ${one.agentId}::uuid, ${one.queue}, ${one.rank}::smallint, ${work.now}::timestamptz)`,
  )
  await sql`insert into call_event (organization_id, operator_id, call_id, event_id, kind, agent_id, queue, severity_rank, recorded_at)
    values ${sql.join(rows)}`.execute(work.tx)
  for (const { operatorId } of events) announceCalls(work, operatorId)
}

/** The name under which pages follow the calls of an operator. */
export function callsOfOperator(operatorId: string): string {
  return `calls ${operatorId}`
}

export function announceCalls(work: Work, operatorId: string): void {
  announce(work, callsOfOperator(operatorId))
}

// ---- Seats

/** Seats that are taken from a moment on. */
export async function seatsFrom(work: Work, operatorId: string, from: Temporal.Instant): Promise<readonly Seat[]> {
  const { rows } = await sql<Seat>`select ${ms('starts_at')} as at, agent_id as "agentId" from call_seat
    where ${ofOperator(operatorId)} and starts_at >= ${from}`.execute(work.tx)
  return rows
}

/** Takes the first seat that is free at a moment, with one of these agents; false when somebody else has the last one. */
export async function takeSeat(
  work: Work,
  {
    operatorId,
    callId,
    at: moment,
    agents,
  }: { operatorId: string; callId: string; at: number; agents: readonly string[] },
): Promise<boolean> {
  for (const agentId of agents) {
    const { rows } = await sql<{ agentId: string }>`insert into call_seat (operator_id, starts_at, agent_id, call_id)
      values (${operatorId}, ${at(moment)}, ${agentId}, ${callId}) on conflict do nothing returning agent_id as "agentId"`.execute(
      work.tx,
    )
    if (rows.length > 0) return true
  }
  return false
}

/** Gives back the seats of a call but the one of a moment. */
export async function leaveSeats(
  work: Work,
  operatorId: string,
  { callId, except }: { readonly callId: string; readonly except: number | null },
): Promise<void> {
  await sql`delete from call_seat where ${ofOperator(operatorId)} and call_id = ${callId}
    and starts_at is distinct from ${at(except)}::timestamptz`.execute(work.tx)
}

// ---- Staffing and presence

type StaffingRow = Shift['skills'] & {
  readonly agentId: string
  readonly zone: string
  readonly days: Shift['hours']['days']
  readonly exceptions: NonNullable<Shift['hours']['exceptions']>
}

/** Who takes calls: skills and shifts, as a support lead declared them. */
export async function shiftsOf(work: Work, operatorId: string): Promise<readonly Shift[]> {
  const { rows } =
    await sql<StaffingRow>`select agent_id as "agentId", topics, severities, languages, zone, days, exceptions
    from call_staffing where ${ofOperator(operatorId)} order by agent_id limit 5000`.execute(work.tx)
  return rows.map(({ agentId, topics, severities, languages, zone, days, exceptions }) => ({
    agentId,
    skills: { topics, severities, languages },
    hours: { id: agentId, zone, days, exceptions },
  }))
}

export async function writeShift(work: Work, operatorId: string, { agentId, skills, hours }: Shift): Promise<void> {
  await sql`insert into call_staffing (operator_id, agent_id, topics, severities, languages, zone, days, exceptions)
    values (${operatorId}, ${agentId}, ${skills.topics}, ${skills.severities}, ${skills.languages}, ${hours.zone},
      ${JSON.stringify(hours.days)}, ${JSON.stringify(hours.exceptions ?? {})})
    on conflict (operator_id, agent_id) do update set topics = excluded.topics, severities = excluded.severities,
      languages = excluded.languages, zone = excluded.zone, days = excluded.days, exceptions = excluded.exceptions`.execute(
    work.tx,
  )
}

export type PresenceRow = Omit<AgentAtDesk, 'skills'>

export async function presencesOf(work: Work, operatorId: string): Promise<readonly PresenceRow[]> {
  const { rows } =
    await sql<PresenceRow>`select agent_id as "agentId", presence, ${ms('seen_at')} as "seenAt", ${ms('idle_since')} as "idleSince"
    from call_presence where ${ofOperator(operatorId)} order by agent_id limit 5000`.execute(work.tx)
  return rows
}

/** Somebody says whether he takes calls. */
export async function writePresence(
  work: Work,
  of: { operatorId: string; agentId: string; presence: Presence },
): Promise<void> {
  await sql`insert into call_presence (operator_id, agent_id, presence, seen_at, idle_since)
    values (${of.operatorId}, ${of.agentId}, ${of.presence}, ${work.now}, ${work.now})
    on conflict (operator_id, agent_id) do update set presence = excluded.presence, seen_at = excluded.seen_at,
      idle_since = case when call_presence.presence = 'ready' then call_presence.idle_since else excluded.idle_since end`.execute(
    work.tx,
  )
}

/** A sign of an agent whose page is open; whoever was taken for gone stays so until he says that he is back. */
export async function sawAgent(work: Work, operatorId: string, agentId: string): Promise<void> {
  await sql`update call_presence set seen_at = ${work.now}
    where ${ofOperator(operatorId)} and agent_id = ${agentId} and presence <> 'away'`.execute(work.tx)
}

export async function setPresence(
  work: Work,
  operatorId: string,
  { agentId, presence }: Pick<PresenceRow, 'agentId' | 'presence'>,
): Promise<void> {
  await sql`update call_presence set presence = ${presence} where ${ofOperator(operatorId)} and agent_id = ${agentId}`.execute(
    work.tx,
  )
}

/** From now on he has nothing in hand. */
export async function setIdle(work: Work, operatorId: string, agentId: string): Promise<void> {
  await sql`update call_presence set idle_since = ${work.now}, seen_at = ${work.now}
    where ${ofOperator(operatorId)} and agent_id = ${agentId}`.execute(work.tx)
}

// ---- The desk

export type DeskRow = {
  readonly operatorId: string
  readonly waits: string | null
  readonly agents: Readonly<Record<string, number>>
  readonly saidAt: Temporal.Instant | null
}

const DESK = sql`operator_id as "operatorId", waits, agents, said_at as "saidAt"`

/** Operators at whose desk there may be something to do: somebody waits, a moment has come, somebody has gone, or words are old. */
export async function restlessOperators(
  work: Work,
  operatorIds: readonly string[],
  { lostSeconds, wordsSeconds }: { readonly lostSeconds: number; readonly wordsSeconds: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ operatorId: string }>`
    select operator_id as "operatorId" from promised_call where ${ofOperators(operatorIds)} and wake_at <= ${work.now}
    union select operator_id from promised_call where ${ofOperators(operatorIds)} and state in ('calling', 'talking')
    union select operator_id from call_event where ${ofOperators(operatorIds)} and not learned
    union select operator_id from call_presence where ${ofOperators(operatorIds)} and presence <> 'away'
      and seen_at <= ${work.now.subtract({ seconds: lostSeconds })}
    union select id from unnest(${operatorIds}::uuid[]) id where not exists (select from call_desk where call_desk.operator_id = id
      and said_at > ${work.now.subtract({ seconds: wordsSeconds })} and said_at <= ${work.now})`.execute(work.tx)
  return rows.map(({ operatorId }) => operatorId)
}

/** The desk of an operator, held until the commit; whoever acts at it waits for one another. */
export async function lockDesk(work: Work, operatorId: string): Promise<DeskRow> {
  await sql`insert into call_desk (operator_id) values (${operatorId}) on conflict do nothing`.execute(work.tx)
  const { rows } =
    await sql<DeskRow>`select ${DESK} from call_desk where ${ofOperator(operatorId)} and operator_id = ${operatorId} for update`.execute(
      work.tx,
    )
  if (!rows[0]) throw new Error('the desk that was just made is gone')
  return rows[0]
}

/** The desk, unless another process has it at this moment. */
export async function freeDesk(work: Work, operatorId: string): Promise<DeskRow | undefined> {
  await sql`insert into call_desk (operator_id) values (${operatorId}) on conflict do nothing`.execute(work.tx)
  const { rows } =
    await sql<DeskRow>`select ${DESK} from call_desk where operator_id = ${operatorId} for update skip locked`.execute(
      work.tx,
    )
  return rows[0]
}

export async function writeDesk(work: Work, { operatorId, waits, agents, saidAt }: DeskRow): Promise<void> {
  await sql`update call_desk set waits = ${waits}, agents = ${JSON.stringify(agents)}, said_at = ${saidAt}
    where operator_id = ${operatorId}`.execute(work.tx)
}

export type Lesson = {
  readonly callId: string
  readonly kind: Happened['kind']
  readonly queue: string
  readonly rank: number
  readonly at: number
}

/** What the waits have not learned yet, oldest first; marked as learned. */
export async function takeLessons(work: Work, operatorId: string): Promise<readonly Lesson[]> {
  const { rows } = await sql<Lesson & { eventId: string }>`update call_event set learned = true
    where ${ofOperator(operatorId)} and not learned
    returning call_id as "callId", event_id as "eventId", kind, queue, severity_rank as rank, ${ms('recorded_at')} as at`.execute(
    work.tx,
  )
  // Of one moment: whoever asks anew leaves his old place before he joins.
  const joins = ({ kind }: Lesson) => (kind === 'joined' ? 1 : 0)
  return rows.toSorted((a, b) => a.at - b.at || joins(a) - joins(b) || (a.eventId < b.eventId ? -1 : 1))
}

// ---- What is said of waits

export type ForecastRow = {
  readonly queue: string
  readonly severity: string
  readonly said: Told
  /** The end of the range in seconds from when it was said, for a promise; null where nothing is promised. */
  readonly highSeconds: number | null
}

export async function forecastsOf(work: Work, operatorId: string): Promise<readonly ForecastRow[]> {
  const { rows } = await sql<ForecastRow>`select queue, severity, said, high_seconds as "highSeconds" from call_forecast
    where ${ofOperator(operatorId)} order by queue, severity`.execute(work.tx)
  return rows
}

export async function writeForecasts(work: Work, operatorId: string, forecasts: readonly ForecastRow[]): Promise<void> {
  if (forecasts.length === 0) return
  const rows: RawBuilder<unknown>[] = forecasts.map(
    ({ queue, severity, said, highSeconds }) =>
      sql`(${operatorId}::uuid, ${queue}, ${severity}, ${JSON.stringify(said)}::jsonb, ${highSeconds}::float8, ${work.now}::timestamptz)`,
  )
  await sql`insert into call_forecast (operator_id, queue, severity, said, high_seconds, said_at) values ${sql.join(rows)}
    on conflict (operator_id, queue, severity) do update set said = excluded.said, high_seconds = excluded.high_seconds,
      said_at = excluded.said_at`.execute(work.tx)
}

export type KeptPromises = { readonly promised: number; readonly kept: number; readonly unpromised: number }

/** Of the calls asked for since a moment whose time has come: how many were made as promised. */
export async function keptPromisesSince(
  work: Work,
  operatorId: string,
  since: Temporal.Instant,
): Promise<KeptPromises> {
  const { rows } = await sql<KeptPromises>`select
      count(*) filter (where promised_until is not null) as promised,
      count(*) filter (where called_at <= promised_until) as kept,
      count(*) filter (where promised_until is null) as unpromised
    from promised_call where ${ofOperator(operatorId)} and asked_at >= ${since}
      and (called_at is not null or promised_until < ${work.now}) and not (state = 'cancelled' and called_at is null)`.execute(
    work.tx,
  )
  return rows[0] ?? { promised: 0, kept: 0, unpromised: 0 }
}
