import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { bringUpToDate } from '../src/app/parts.ts'
import { startEmbedded } from '../src/database/launcher.ts'
import { freePort, inhabit, startProduct } from '../test/drills/product.ts'
import type { Inhabitants, Product, ProductOptions } from '../test/drills/product.ts'

/** A database of the bench's own, on the embedded server or on the one whose superuser URL was given, and how to serve on it. */
export type Ground = {
  /** The superuser's URL of a database by name. */
  readonly url: (database: string) => string
  readonly folder: string
  /** Makes a database with schema and inhabitants. */
  make(database: string): Promise<Inhabitants>
  /** The built product on a database that was made. */
  serve(database: string, more?: Pick<ProductOptions, 'nodeOptions' | 'environment'>): Promise<Product>
  end(): Promise<void>
}

/** What sessions are signed with here; nobody has one but the bench. */
export const SECRET = 'x'.repeat(32)

export async function openGround(given?: string): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'svar-bench-'))
  const server = given ? undefined : await startEmbedded(folder)
  const superuser = given ?? server?.superuserUrl ?? ''
  const login = (database: string) => named(asLogin(superuser), database)
  const made: string[] = []
  return {
    url: (database) => named(superuser, database),
    folder,
    async make(database) {
      await on(named(superuser, 'postgres'), `drop database if exists ${database} with (force)`)
      await on(named(superuser, 'postgres'), `create database ${database}`)
      made.push(database)
      await bringUpToDate(named(superuser, database), () => {})
      return inhabit(login(database))
    },
    serve: async (database, { environment, ...more } = {}) =>
      startProduct({
        folder,
        port: await freePort(),
        ...more,
        environment: { DATABASE_URL: login(database), SVAR_SECRET: SECRET, ...environment },
      }),
    async end() {
      for (const database of made)
        await on(named(superuser, 'postgres'), `drop database if exists ${database} with (force)`)
      await server?.stop('anyway')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function named(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The login that serves, on a server that trusts its local users. */
function asLogin(url: string): string {
  const changed = new URL(url)
  changed.username = 'svar_login'
  changed.password = ''
  return changed.href
}

export async function on<Row extends Record<string, unknown>>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Commits a second, by pgbench with prepared statements. */
export function pgbench(
  url: string,
  script: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): number {
  const at = new URL(url)
  const host = at.searchParams.get('host') ?? at.hostname
  const clients = [
    '--client',
    String(connections),
    '--jobs',
    String(Math.min(connections, 2)),
    '--time',
    String(seconds),
  ]
  const place = ['--host', host, '--port', at.port || '5432', '--username', at.username]
  const { stdout, stderr, status } = spawnSync(
    program(),
    ['--no-vacuum', '--protocol=prepared', '--file', script, ...clients, ...place, at.pathname.slice(1)],
    { encoding: 'utf8' },
  )
  const tps = /tps = ([\d.]+)/.exec(stdout ?? '')?.[1]
  if (status !== 0 || !tps || /[1-9]\d* \(\d+\.\d+%\)|aborted/.test(stderr))
    throw new Error(`pgbench: ${stderr || stdout}`)
  return Number(tps)
}

function program(): string {
  if (spawnSync('pgbench', ['--version']).status === 0) return 'pgbench'
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).toSorted((one, other) => Number(other) - Number(one)) : []
  const found = versions.map((version) => join(root, version, 'bin/pgbench')).find((path) => existsSync(path))
  if (!found) throw new Error('pgbench is missing: install the postgresql package, or put pgbench in the PATH')
  return found
}
