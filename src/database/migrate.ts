import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'
import { Client, Pool } from 'pg'
import { up as ground } from './migrations/0001-ground.ts'
import { up as demonstration } from './migrations/0002-demonstration.ts'
import { ensureRoles } from './roles.ts'

/** Every migration, in order. Numbered, forward only, safe while the old version still runs. */
const migrations: Record<string, Migration> = {
  '0001-ground': { up: ground },
  '0002-demonstration': { up: demonstration },
}

/**
 * Brings roles and schema up to date and says which migrations ran. `url` logs in as a role that may create roles
 * and become `svar_owner`; everything made belongs to `svar_owner`.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  await prepare(url)
  const pool = new Pool({ connectionString: url, max: 1, options: '-c role=svar_owner -c search_path=svar' })
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'svar',
  })
  try {
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error) throw new Error('a migration failed', { cause: error })
    return results.map(({ migrationName }) => migrationName)
  } finally {
    await database.destroy()
  }
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
