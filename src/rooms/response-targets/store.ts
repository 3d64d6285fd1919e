import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ClockRecord } from './rules/clock-record.ts'

/** The tables this room writes. */
export const TABLES = ['clock'] as const

/** A stored clock and whose it is. */
export type ClockRow = ClockRecord & {
  readonly organizationId: string
  readonly operatorId: string
  readonly caseId: string
}

/** Writes clocks as they are now, new ones and changed ones, as part of a greater statement. */
export function writingClocks(rows: readonly ClockRow[]): RawBuilder<unknown> {
  return sql`insert into clock (organization_id, operator_id, case_id, kind, cycle, severity, started_at, due_at, paused_since, met_at,
      breached_at, stopped_at, charter_version, rule, calendar, target)
    select "organizationId", "operatorId", "caseId", kind, cycle, severity, "startedAt", "dueAt", "pausedSince", "metAt", "breachedAt",
      "stoppedAt", "charterVersion", rule, calendar, target
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("organizationId" uuid, "operatorId" uuid, "caseId" uuid, kind text,
      cycle int, severity text, "startedAt" timestamptz, "dueAt" timestamptz, "pausedSince" timestamptz, "metAt" timestamptz,
      "breachedAt" timestamptz, "stoppedAt" timestamptz, "charterVersion" int, rule int, calendar text, target text)
    on conflict (organization_id, case_id, kind, cycle) do update set severity = excluded.severity, started_at = excluded.started_at,
      due_at = excluded.due_at, paused_since = excluded.paused_since, met_at = excluded.met_at, breached_at = excluded.breached_at,
      stopped_at = excluded.stopped_at, charter_version = excluded.charter_version, rule = excluded.rule, calendar = excluded.calendar,
      target = excluded.target`
}
