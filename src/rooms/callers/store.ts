import { sql } from 'kysely'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { Locale } from '../../base/locale.ts'

/** The tables this room writes. */
export const TABLES = ['caller_check'] as const

export type CheckState = 'asked' | 'sent' | 'verified' | 'locked' | 'denied' | 'replaced'

/** The check of a caller: who he says he is, who asks, and how it stands. `expiresAt` is null until the code is sent. */
export type Check = {
  readonly organizationId: string
  readonly operatorId: string
  readonly checkId: string
  readonly caseId: string | null
  readonly personId: string
  readonly agentId: string
  readonly state: CheckState
  readonly tries: number
  readonly askedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  readonly name: string
  readonly email: string
  readonly language: Locale
  readonly agentName: string
}

const CHECK = sql`caller_check.organization_id as "organizationId", caller_check.operator_id as "operatorId", check_id as "checkId",
  case_id as "caseId", caller_check.person_id as "personId", caller_check.agent_id as "agentId", state, tries,
  asked_at as "askedAt", expires_at as "expiresAt", ended_at as "endedAt", person.name, person.email, person.language,
  agent.name as "agentName"`
const CHECKED = sql`caller_check join person using (organization_id, person_id)
  join agent on agent.operator_id = caller_check.operator_id and agent.agent_id = caller_check.agent_id`

/** Jobs that follow, left to the commit. */
export function later(work: Work, jobs: readonly NewJob[]): void {
  leaveToCommit(work, insertJobs(work, jobs))
}

export type Of = { readonly organizationId: string; readonly checkId: string }

/** Codes are asked for one after the other: what was sent before counts. */
export async function lockPerson(
  work: Work,
  { organizationId, personId }: { readonly organizationId: string; readonly personId: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`caller ${organizationId} ${personId}`}, 0))`.execute(
    work.tx,
  )
}

/** When codes were asked for, in UTC milliseconds: in a case, and to a person in the last 30 days. */
export async function askedBefore(
  work: Work,
  of: { readonly organizationId: string; readonly personId: string; readonly caseId: string | null },
): Promise<{ readonly inCase: readonly number[]; readonly toPerson: readonly number[] }> {
  const { organizationId, personId, caseId } = of
  const { rows } = await sql<{ at: Temporal.Instant; inCase: boolean }>`
    select asked_at as at, false as "inCase" from caller_check
      where ${ofOrganization(organizationId)} and person_id = ${personId} and asked_at > ${work.now.subtract({ hours: 720 })}
    union all
    select asked_at, true from caller_check where ${ofOrganization(organizationId)} and case_id = ${caseId}
    limit 200`.execute(work.tx)
  const moments = (inCase: boolean) => rows.filter((row) => row.inCase === inCase).map(({ at }) => at.epochMilliseconds)
  return { inCase: moments(true), toPerson: moments(false) }
}

export async function insertCheck(
  work: Work,
  check: Pick<Check, 'organizationId' | 'operatorId' | 'checkId' | 'caseId' | 'personId' | 'agentId'>,
): Promise<void> {
  await sql`insert into caller_check (organization_id, operator_id, check_id, case_id, person_id, agent_id, asked_at)
    values (${check.organizationId}, ${check.operatorId}, ${check.checkId}, ${check.caseId}, ${check.personId}, ${check.agentId},
      ${work.now})`.execute(work.tx)
}

/** Codes that were sent to a person before are worth nothing any more. */
export async function replaceOpen(
  work: Work,
  { organizationId, personId }: { readonly organizationId: string; readonly personId: string },
): Promise<void> {
  await sql`update caller_check set state = 'replaced', ended_at = ${work.now}
    where ${ofOrganization(organizationId)} and person_id = ${personId} and state in ('asked', 'sent')`.execute(work.tx)
}

/** A check of an operator, for whoever may see it. */
export async function checkOf(work: Work, operatorId: string, checkId: string): Promise<Check | undefined> {
  const { rows } = await sql<Check>`select ${CHECK} from ${CHECKED}
    where ${ofOperator(operatorId, 'caller_check.operator_id')} and check_id = ${checkId}`.execute(work.tx)
  return rows[0]
}

/** Keeps the digest of a code that is about to be sent; false where one was sent before. */
export async function setSent(
  work: Work,
  { organizationId, checkId }: Of,
  { digest, expiresAt }: { readonly digest: string; readonly expiresAt: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await sql`update caller_check set state = 'sent', digest = ${digest}, expires_at = ${expiresAt}
    where ${ofOrganization(organizationId)} and check_id = ${checkId} and state = 'asked' returning check_id`.execute(
    work.tx,
  )
  return rows.length > 0
}

/** Compares and counts in one statement: two guesses at once are two. No row where there is nothing to guess any more. */
export async function tryDigest(
  work: Work,
  { organizationId, checkId }: Of,
  { agentId, digest, most }: { readonly agentId: string; readonly digest: string; readonly most: number },
): Promise<{ readonly state: CheckState; readonly tries: number } | undefined> {
  const { rows } = await sql<{ state: CheckState; tries: number }>`update caller_check set tries = tries + 1,
      state = case when digest = ${digest} then 'verified' when tries + 1 >= ${most} then 'locked' else state end,
      ended_at = case when digest = ${digest} or tries + 1 >= ${most} then ${work.now}::timestamptz end
    where ${ofOrganization(organizationId)} and check_id = ${checkId} and agent_id = ${agentId} and state = 'sent'
      and expires_at > ${work.now}
    returning state, tries`.execute(work.tx)
  return rows[0]
}

/** The checks of a person that wait for his code now, the newest first. */
export async function openChecksOf(
  work: Work,
  { organizationId, personId }: { readonly organizationId: string; readonly personId: string },
): Promise<readonly Check[]> {
  const { rows } = await sql<Check>`select ${CHECK} from ${CHECKED}
    where ${ofOrganization(organizationId, 'caller_check.organization_id')} and caller_check.person_id = ${personId}
      and state = 'sent' and expires_at > ${work.now}
    order by asked_at desc limit 5`.execute(work.tx)
  return rows
}

/** The person says that it was not him; false where the check was over. */
export async function setDenied(
  work: Work,
  { organizationId, checkId, personId }: Of & { readonly personId: string },
): Promise<boolean> {
  const { rows } = await sql`update caller_check set state = 'denied', ended_at = ${work.now}
    where ${ofOrganization(organizationId)} and check_id = ${checkId} and person_id = ${personId} and state = 'sent'
    returning check_id`.execute(work.tx)
  return rows.length > 0
}

/** Marks a check whose end is told now; false where it was told before. */
export async function markTold(work: Work, { organizationId, checkId }: Of): Promise<boolean> {
  const { rows } = await sql`update caller_check set told_at = ${work.now}
    where ${ofOrganization(organizationId)} and check_id = ${checkId} and told_at is null returning check_id`.execute(
    work.tx,
  )
  return rows.length > 0
}
