import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { newId } from '../base/ids.ts'
import type { Work } from '../database/work.ts'

export const QUEUES = ['reactions', 'mail', 'outside'] as const
export type Queue = (typeof QUEUES)[number]

/** A job as a verb asks for it: which reaction, what it is about (ids, never text), and not before when. */
export type NewJob = {
  readonly queue: Queue
  readonly data: JobData
  readonly startAfter?: Temporal.Instant | undefined
}

export type JobData = { readonly reaction: string; readonly operatorId: string } & Readonly<
  Record<string, string | number>
>

/**
 * The insert of jobs into the verb's own transaction, also as part of a greater statement: they exist if and only if the change
 * does. pg-boss allows inserts into its table; NOTIFY stays out of here, because it makes commits wait for one another. The worker
 * of this process is nudged after the answer. Without the heartbeat of ten seconds, a job under way in a process that is killed
 * would wait a quarter of an hour.
 */
export function insertJobs(work: Work, jobs: readonly NewJob[]): RawBuilder<unknown> {
  const rows = jobs.map(({ queue, data, startAfter }) => ({
    id: newId(),
    name: queue,
    data,
    at: (startAfter ?? work.now).toString(),
  }))
  return sql`insert into pgboss.job (id, name, data, start_after, created_on, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, heartbeat_seconds)
    select id, name, data, at, ${work.now}::timestamptz, at + interval '30 days', 8, 2, true, 3600, 10
    from json_to_recordset(${JSON.stringify(rows)}::json) as job (id uuid, name text, data jsonb, at timestamptz)`
}
