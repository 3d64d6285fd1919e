import { sql } from 'kysely'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['status_file'] as const

/**
 * Notes that an operator's files are written as they were read at a moment, and keeps others from writing them until the commit.
 * Answers false when what is written already was read later.
 */
export async function mayWriteFiles(work: Work<Job>, operatorId: string, readAt: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into status_file (operator_id, read_at) values (${operatorId}, ${readAt})
    on conflict (operator_id) do update set read_at = excluded.read_at where status_file.read_at <= excluded.read_at
    returning read_at`.execute(work.tx)
  return rows.length > 0
}
