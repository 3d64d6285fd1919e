import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { ofOrganization } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['clock'] as const

export type ClockSubject = { readonly organizationId: string; readonly operatorId: string; readonly caseId: string }

export type NewClock = ClockSubject & {
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly charterVersion: number
  readonly calendar: string
  readonly target: string
}

/** The insert that starts an initial-response clock, for the one statement that opens a case. */
export function startingClock(clock: NewClock): RawBuilder<unknown> {
  return sql`insert into clock (organization_id, operator_id, case_id, kind, cycle, started_at, due_at, charter_version, calendar, target)
    values (${clock.organizationId}, ${clock.operatorId}, ${clock.caseId}, 'initial-response', 1, ${clock.startedAt}, ${clock.dueAt},
      ${clock.charterVersion}, ${clock.calendar}, ${clock.target})`
}

/** Stops the initial response at `work.now`: met in time, or met after its breach, which stays. */
export async function meetInitialResponse(work: Work, { organizationId, caseId }: ClockSubject): Promise<void> {
  await sql`update clock set met_at = ${work.now}, breached_at = coalesce(breached_at, case when due_at < ${work.now} then due_at end)
    where ${ofOrganization(organizationId)} and case_id = ${caseId} and kind = 'initial-response' and met_at is null`.execute(
    work.tx,
  )
}

/** Writes the breach of an initial response that is overdue and unmet, at the moment it was due; false when it no longer holds. */
export async function noteBreach(work: Work, { organizationId, caseId }: ClockSubject): Promise<boolean> {
  const { numAffectedRows } = await sql`update clock set breached_at = due_at
    where ${ofOrganization(organizationId)} and case_id = ${caseId} and kind = 'initial-response'
      and met_at is null and breached_at is null and due_at <= ${work.now}`.execute(work.tx)
  return numAffectedRows === 1n
}
