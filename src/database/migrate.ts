import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { Client, Pool } from 'pg'
import { ground } from './migrations/0001-ground.ts'
import { demonstration } from './migrations/0002-demonstration.ts'
import { ensureRoles } from './roles.ts'

/** The SQL of every migration, in order. Numbered, forward only, safe while the old version still runs. */
const MIGRATIONS: Readonly<Record<string, string>> = {
  '0001-ground': ground(),
  '0002-demonstration': demonstration(),
}

/**
 * Brings roles and schema up to date and says which migrations ran. `url` logs in as a role that may create roles
 * and become `svar_owner`; everything made belongs to `svar_owner`. Throws, and changes nothing, where a migration that ran
 * has been edited since.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  await prepare(url)
  const pool = new Pool({ connectionString: url, max: 1, options: '-c role=svar_owner -c search_path=svar' })
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations() },
    migrationTableSchema: 'svar',
  })
  try {
    for (const { name, executedAt } of await migrator.getMigrations())
      if (executedAt) await requireUnedited(database, name)
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error) throw new Error('a migration failed', { cause: error })
    return results.map(({ migrationName }) => migrationName)
  } finally {
    await database.destroy()
  }
}

/** Each migration leaves the digest of its text behind. */
function migrations() {
  return Object.fromEntries(
    Object.entries(MIGRATIONS).map(([name, text]) => {
      const up = async (database: Kysely<unknown>) => {
        await sql.raw(text).execute(database)
        await sql`create table if not exists kysely_migration_digest (name text primary key, digest text not null)`.execute(
          database,
        )
        await sql`insert into kysely_migration_digest (name, digest) values (${name}, ${digestOf(text)})`.execute(
          database,
        )
      }
      return [name, { up }]
    }),
  )
}

async function requireUnedited(database: Kysely<unknown>, name: string): Promise<void> {
  const kept = await sql`select where to_regclass('svar.kysely_migration_digest') is not null`.execute(database)
  const { rows } = kept.rows.length
    ? await sql<{ digest: string }>`select digest from kysely_migration_digest where name = ${name}`.execute(database)
    : { rows: [] }
  if (rows[0]?.digest === digestOf(MIGRATIONS[name] ?? '')) return
  throw new Error(
    `This database was made by an earlier Svar, whose ${name} was another. Until the first release migrations are edited, and such a database is emptied: delete the data folder (SVAR_DATA), or drop the schemas svar, pgboss and signin of your own PostgreSQL, and start again.`,
  )
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function prepare(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await ensureRoles(client)
    await client.query('grant svar_owner to current_user').catch(() => {}) // a superuser needs no grant
    await client.query('create schema if not exists svar authorization svar_owner')
    await client.query('create schema if not exists pgboss authorization svar_owner')
    await client.query('create schema if not exists signin authorization svar_owner')
  } finally {
    await client.end()
  }
}
