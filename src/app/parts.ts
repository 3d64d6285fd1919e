import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Connection } from '../database/connection.ts'
import { startEmbedded } from '../database/launcher.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/work.ts'
import type { Database, DatabaseOptions } from '../database/work.ts'
import { migrateJobs } from '../jobs/workers.ts'
import type { Settings } from './settings.ts'

/** A running database with its schema up to date, and how to end it. */
export type Ground = {
  readonly database: Database
  readonly connection: Connection
  readonly end: () => Promise<void>
}

/**
 * The embedded database of the data folder, started or attached to, migrated. While it is held it keeps a connection, however long
 * nothing is asked: whoever ends with the last one stops the server, and a filling in a process of its own takes its time.
 */
export async function embeddedGround(
  settings: Pick<Settings, 'dataFolder' | 'namedStatements'>,
  say: (line: string) => void,
  options: Pick<DatabaseOptions, 'idleTimeoutMillis'> = {},
): Promise<Ground> {
  const folder = resolve(settings.dataFolder)
  mkdirSync(folder, { recursive: true })
  const server = await startEmbedded(folder)
  if (server.attached) say('Attached to the database that is already running on this data.')
  await bringUpToDate(server.superuserUrl, say)
  const connection = { connectionString: server.loginUrl }
  const database = openDatabase({ ...connection, ...options, namedStatements: settings.namedStatements, min: 1 })
  await database.ping()
  return {
    database,
    connection,
    async end() {
      await database.end()
      await server.stop('if-unused')
    },
  }
}

/** Somebody's own PostgreSQL: migrated by the owner's login beforehand (`svar migrate`), served by a login that owns nothing. */
export async function givenGround(settings: Settings & { readonly databaseUrl: string }): Promise<Ground> {
  const connection = { connectionString: settings.databaseUrl }
  const database = openDatabase({ ...connection, namedStatements: settings.namedStatements })
  await database.ping()
  return { database, connection, end: () => database.end() }
}

/** Runs what is missing of schema and queues. `url` is the owner's. */
export async function bringUpToDate(url: string, say: (line: string) => void): Promise<void> {
  const ran = await migrate(url)
  for (const name of ran) say(`Migrated ${name}.`)
  await migrateJobs(url)
}

/** The secret sessions are signed with: given, or made at the first run and kept beside the data. */
export function secretOf(settings: Settings): string {
  if (settings.secret) return settings.secret
  const file = join(settings.dataFolder, 'secret')
  if (!existsSync(file)) {
    mkdirSync(settings.dataFolder, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}
