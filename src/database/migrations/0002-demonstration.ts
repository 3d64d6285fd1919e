import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** Whether an operator belongs to the demonstration, and whether all of it is there: a filling that was killed is gone on with. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table operator add column demonstration text check (demonstration in ('filling', 'filled'));
       grant update (demonstration) on operator to svar_job;`,
    )
    .execute(database)
}
