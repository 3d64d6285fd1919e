import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { applyCharterFolder } from '../../src/app/charters.ts'
import { startEmbedded } from '../../src/database/launcher.ts'
import { openDatabase } from '../../src/database/work.ts'
import { addAgent, addOrganization, addPerson, issueToken } from '../../src/rooms/people/index.ts'

/** What `npm start` runs with: a small young generation, because a server that waits should not hold memory. */
const START_OPTIONS = ['--enable-source-maps', '--max-semi-space-size=4']

const ROOT = join(import.meta.dirname, '../..')

/** The built product as a process of its own, as somebody would run it. */
export type Product = {
  readonly pid: number
  readonly port: number
  readonly ended: Promise<void>
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGUSR1'): void
}

export type ProductOptions = {
  readonly folder: string
  readonly port: number
  readonly command?: 'serve' | 'start'
  readonly environment?: NodeJS.ProcessEnv
  readonly nodeOptions?: readonly string[]
  /** Served by https, with the authority in the data folder. */
  readonly tls?: boolean
  /** Where what the process says goes: to ours, or nowhere. */
  readonly output?: 'inherit' | 'ignore'
}

/** Starts `dist/main.js` on a data folder and waits until it is ready to serve. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const {
    folder,
    port,
    command = 'serve',
    environment = {},
    nodeOptions = [],
    output = 'ignore',
    tls = false,
  } = options
  const asked = tls ? [command, '--tls'] : [command]
  const child = spawn(process.execPath, [...START_OPTIONS, ...nodeOptions, join(ROOT, 'dist/main.js'), ...asked], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: { ...process.env, SVAR_DATA: folder, PORT: String(port), SVAR_LOG: 'error', ...environment },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilReady(child, () => (tls ? readyOverTls(folder, port) : readyAt(port)))
  return { pid: child.pid ?? 0, port, ended, signal: (name) => void child.kill(name) }
}

async function readyAt(port: number): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
}

async function readyOverTls(folder: string, port: number): Promise<boolean> {
  const ca = readFileSync(join(folder, 'tls/ca.pem'))
  return (await askOverTls(`https://127.0.0.1:${port}/readyz`, { ca })).status === 200
}

export type TlsAnswer = { readonly status: number; readonly body: string; readonly protocol: string | null }

/** Asks over https, trusting nobody but the authority given; without one, those that every machine trusts. */
export function askOverTls(
  url: string,
  trust: { readonly ca?: Buffer; readonly servername?: string },
): Promise<TlsAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { ...trust, agent: false }, (response) => {
      const protocol = (response.socket as TLSSocket).getProtocol()
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), protocol }),
      )
    })
    asking.on('error', reject)
    asking.end()
  })
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 60_000; ; await pause(20)) {
    if (await isReady().catch(() => false)) return
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode} before it served`)
    if (Date.now() > until) throw new Error('the product did not become ready within a minute')
  }
}

/** A port that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export type Inhabitants = {
  readonly operatorId: string
  readonly organizationId: string
  readonly administrator: string
  readonly agent: string
}

/** One operator, one organization with an administrator, one agent; answers with their bearer tokens. */
export async function inhabit(connectionString: string): Promise<Inhabitants> {
  const database = openDatabase({ connectionString, max: 1 })
  try {
    const { operatorId } = await applyCharterFolder(database, join(ROOT, 'charters/microsoft'))
    return await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
      const at = { operatorId, language: 'en', zone: 'Europe/Copenhagen' } as const
      const organizationId = await addOrganization(work, {
        operatorId,
        name: 'Drill & Søn',
        country: 'DK',
        contract: 'premium',
      })
      await addPerson(work, {
        ...at,
        organizationId,
        email: 'asta@drill.test',
        name: 'Asta Holm',
        phone: null,
        roles: ['global-admin'],
      })
      await addAgent(work, { ...at, email: 'mette@drill.test', name: 'Mette Krogh', lead: true })
      const administrator = await issueToken(work, operatorId, 'asta@drill.test', 'all')
      const agent = await issueToken(work, operatorId, 'mette@drill.test', 'all')
      return { operatorId, organizationId, administrator, agent }
    })
  } finally {
    await database.end()
  }
}

/** Makes the embedded database of a folder with schema and inhabitants, and stops it again. */
export async function makeData(folder: string): Promise<Inhabitants> {
  const { bringUpToDate } = await import('../../src/app/parts.ts')
  const server = await startEmbedded(folder)
  try {
    await bringUpToDate(server.superuserUrl, () => {})
    return await inhabit(server.loginUrl)
  } finally {
    await server.stop('anyway')
  }
}
