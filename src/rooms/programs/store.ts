import { sql } from 'kysely'
import type { Doorkeeper, Job } from '../../database/actor.ts'
import { ofOperator, ofOperators, ofOrganization } from '../../database/wall.ts'
import type { Database, Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['program', 'program_token', 'program_event'] as const

export type ProgramRow = {
  readonly programId: string
  /** Whose program it is; null for the operator's own. */
  readonly holderId: string | null
  readonly name: string
  readonly scopes: readonly string[]
  readonly madeAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly lastTokenAt: Temporal.Instant | null
}

const PROGRAM = sql`program.program_id as "programId", program.holder_id as "holderId", program.name, program.scopes,
  program.made_at as "madeAt", program.expires_at as "expiresAt", program.last_token_at as "lastTokenAt"`

/** The living programs of an organization, by name. */
export async function programsOfHolder(
  work: Work,
  of: { readonly operatorId: string; readonly organizationId: string },
): Promise<readonly ProgramRow[]> {
  const { rows } = await sql<ProgramRow>`select ${PROGRAM} from program
    where ${ofOperator(of.operatorId)} and ${ofOrganization(of.organizationId, 'program.holder_id')} and revoked_at is null
    order by lower(name), program_id limit 100`.execute(work.tx)
  return rows
}

/** The living programs of an operator and of all its organizations, its own first; at most 500. */
export async function programsOfOperator(
  work: Work,
  operatorId: string,
): Promise<readonly (ProgramRow & { readonly holderName: string | null })[]> {
  const { rows } = await sql<ProgramRow & { readonly holderName: string | null }>`
    select ${PROGRAM}, organization.name as "holderName"
    from program left join organization on organization.organization_id = program.holder_id and organization.operator_id = program.operator_id
    where ${ofOperator(operatorId, 'program.operator_id')} and revoked_at is null
    order by holder_id nulls first, lower(program.name), program_id limit 500`.execute(work.tx)
  return rows
}

export type NewProgram = {
  readonly operatorId: string
  readonly programId: string
  readonly holderId: string | null
  readonly name: string
  readonly scopes: readonly string[]
  readonly secretHash: string
  readonly expiresAt: Temporal.Instant
}

export async function insertProgram(work: Work, row: NewProgram): Promise<void> {
  await sql`insert into program (operator_id, program_id, holder_id, name, scopes, secret_hash, made_at, expires_at)
    values (${row.operatorId}, ${row.programId}, ${row.holderId}, ${row.name}, ${row.scopes}, ${row.secretHash}, ${work.now},
      ${row.expiresAt})`.execute(work.tx)
}

/** Ends a program; answers whose it was, or undefined when there is none that lives. */
export async function endProgram(
  work: Work,
  of: { readonly operatorId: string; readonly programId: string },
): Promise<{ readonly holderId: string | null } | undefined> {
  const { rows } = await sql<{ holderId: string | null }>`update program set revoked_at = ${work.now}
    where ${ofOperator(of.operatorId)} and program_id = ${of.programId} and revoked_at is null
    returning holder_id as "holderId"`.execute(work.tx)
  return rows[0]
}

export type Shown = ProgramRow & { readonly secretHash: string; readonly revokedAt: Temporal.Instant | null }

/** The program a client id names, with what its secret is compared to. */
export async function programShown(work: Work, operatorId: string, programId: string): Promise<Shown | undefined> {
  const { rows } =
    await sql<Shown>`select ${PROGRAM}, secret_hash as "secretHash", revoked_at as "revokedAt" from program
    where ${ofOperator(operatorId)} and program_id = ${programId}`.execute(work.tx)
  return rows[0]
}

export type NewToken = {
  readonly operatorId: string
  readonly programId: string
  readonly tokenHash: string
  readonly scopes: readonly string[]
  readonly expiresAt: Temporal.Instant
}

/** Writes a token, and that its program got one. */
export async function insertProgramToken(work: Work<Job>, row: NewToken): Promise<void> {
  await sql`with told as (update program set last_token_at = ${work.now}
      where ${ofOperator(row.operatorId)} and program_id = ${row.programId})
    insert into program_token (operator_id, program_id, token_hash, scopes, created_at, expires_at)
    values (${row.operatorId}, ${row.programId}, ${row.tokenHash}, ${row.scopes}, ${work.now}, ${row.expiresAt})`.execute(
    work.tx,
  )
}

/** Forgets tokens that are over; at most so many. */
export async function deleteTokensOver(work: Work<Job>, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`delete from program_token where token_hash in (
    select token_hash from program_token where expires_at <= ${work.now} and ${ofOperators(work.actor.operatorIds)} limit ${most})`.execute(
    work.tx,
  )
  return Number(numAffectedRows)
}

export type TokenBearer = {
  readonly operatorId: string
  readonly programId: string
  readonly organizationId: string | null
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: Temporal.Instant
}

/** Whose living token this is; a revoked program and one whose secret is over have none. */
export async function bearerOf(
  database: Database,
  doorkeeper: Doorkeeper & { readonly tokenHash: string },
): Promise<TokenBearer | undefined> {
  const { rows, now } = await database.ask(
    doorkeeper,
    sql<TokenBearer & { readonly secretUntil: Temporal.Instant }>`
    select program.operator_id as "operatorId", program.program_id as "programId", program.holder_id as "organizationId", program.name,
      token.scopes, token.expires_at as "expiresAt", program.expires_at as "secretUntil"
    from program_token token join program using (operator_id, program_id)
    where token.token_hash = ${doorkeeper.tokenHash} and program.revoked_at is null`,
  )
  const [found] = rows
  if (!found) return undefined
  const { secretUntil, ...bearer } = found
  const isOver = [found.expiresAt, secretUntil].some((end) => Temporal.Instant.compare(end, now) <= 0)
  return isOver ? undefined : bearer
}

export type ProgramEvent = {
  readonly kind: 'made' | 'revoked' | 'token-issued' | 'token-refused'
  readonly why?: 'wrong-secret' | 'revoked' | 'over' | 'scope'
}

/** Writes what happened to a program, and by whom. */
export async function insertProgramEvent(
  work: Work,
  of: {
    readonly operatorId: string
    readonly eventId: string
    readonly programId: string
    readonly holderId: string | null
  },
  { kind, why }: ProgramEvent,
): Promise<void> {
  const { actor } = work
  const actorId = actor.kind === 'member' ? actor.personId : actor.kind === 'agent' ? actor.agentId : null
  await sql`insert into program_event (operator_id, event_id, program_id, holder_id, kind, actor_kind, actor_id, why, recorded_at)
    values (${of.operatorId}, ${of.eventId}, ${of.programId}, ${of.holderId}, ${kind}, ${actor.kind}, ${actorId}, ${why ?? null},
      ${work.now})`.execute(work.tx)
}

export type ToldEvent = {
  readonly kind: 'made' | 'revoked' | 'token-refused'
  readonly why: NonNullable<ProgramEvent['why']> | null
  readonly programName: string
  readonly actorName: string | null
  readonly recordedAt: Temporal.Instant
}

/** What happened to the programs of an organization, or with `organizationId` undefined of the whole operator; the newest 30. */
export async function toldEvents(
  work: Work,
  of: { readonly operatorId: string; readonly organizationId: string | undefined },
): Promise<readonly ToldEvent[]> {
  const whose =
    of.organizationId === undefined ? sql`true` : ofOrganization(of.organizationId, 'program_event.holder_id')
  const { rows } = await sql<ToldEvent>`
    select told.kind, told.why, told.recorded_at as "recordedAt",
      (select name from program where program.operator_id = told.operator_id and program.program_id = told.program_id) as "programName",
      coalesce((select name from person where person.organization_id = told.holder_id and person.person_id = told.actor_id),
        (select name from agent where agent.operator_id = told.operator_id and agent.agent_id = told.actor_id)) as "actorName"
    from (select * from program_event where ${ofOperator(of.operatorId)} and ${whose} and kind <> 'token-issued'
      order by event_id desc limit 30) told
    order by told.event_id desc`.execute(work.tx)
  return rows
}
