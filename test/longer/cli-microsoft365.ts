import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { applyCharterFolder } from '../../src/app/charters.ts'
import { bringUpToDate } from '../../src/app/parts.ts'
import { startEmbedded } from '../../src/database/launcher.ts'
import { openDatabase } from '../../src/database/work.ts'
import type { Job } from '../../src/database/actor.ts'
import type { Work } from '../../src/database/work.ts'
import { findByEmail } from '../../src/rooms/people/index.ts'
import { makeProgram } from '../../src/rooms/programs/manage.ts'
import { declareIncident, writePost } from '../../src/rooms/service-health/index.ts'
import { freePort, inhabit, startProduct } from '../drills/product.ts'

/*
 * The CLI for Microsoft 365, as it is published, reads service health from `svar serve --tls`. It knows no other address than Graph's,
 * so the operator has that host, and `elsewhere.mjs` leads connections to it here; TLS is checked against the product's own authority.
 */

const run = promisify(execFile)
const HOST = 'graph.microsoft.com'
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/longer')
const folder = mkdtempSync(join(tmpdir(), 'svar-m365-'))
after(() => rmSync(folder, { recursive: true, force: true }))

async function bringCli(): Promise<string> {
  const cli = join(CACHE, 'node_modules/@pnp/cli-microsoft365/dist/index.js')
  if (existsSync(cli)) return cli
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(join(CACHE, 'package.json'), '{"private":true}')
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', CACHE, '@pnp/cli-microsoft365@11'], {
    cwd: CACHE,
    timeout: 600_000,
  })
  return cli
}

type Seeded = {
  readonly incident: string
  readonly planned: string
  readonly clientId: string
  readonly secret: string
}

/** An operator at Graph's host, with one incident, a hundred advisories, planned maintenance, and a program of its customer's. */
async function seed(): Promise<Seeded> {
  const server = await startEmbedded(folder)
  await bringUpToDate(server.superuserUrl, () => {})
  const { operatorId } = await inhabit(server.loginUrl)
  const database = openDatabase({ connectionString: server.loginUrl, max: 1 })
  try {
    await applyCharterFolder(database, charterAt(HOST))
    const job = { kind: 'job', operatorIds: [operatorId] } as const
    const told = await database.work(job, (work) => declareAll(work, operatorId))
    const { actor } = (await database.work(job, (work) => findByEmail(work, operatorId, 'asta@drill.test'))) ?? {}
    if (actor?.kind !== 'member') return assert.fail('Asta is no member')
    const wish = { name: 'CLI', scopes: ['ServiceHealth.Read.All', 'ServiceMessage.Read.All'] } as const
    const { programId, secret } = await database.work(actor, (work) => makeProgram(work, operatorId, wish))
    return { ...told, clientId: programId, secret }
  } finally {
    await database.end()
    await server.stop('anyway')
  }
}

function charterAt(host: string): string {
  const charter = join(folder, 'charter')
  cpSync('charters/microsoft', charter, { recursive: true })
  const file = join(charter, 'charter.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^services:/m, `hosts: [${host}]\n\nservices:`))
  return charter
}

async function declareAll(work: Work<Job>, operatorId: string): Promise<Pick<Seeded, 'incident' | 'planned'>> {
  const mail = {
    kind: 'incident',
    service: 'mail',
    feature: null,
    origin: 'operator',
    state: 'serviceDegradation',
    language: 'en',
    title: { en: 'Mail is late' },
    impact: { en: 'Up to an hour.' },
    startedAt: work.now.subtract({ minutes: 5 }),
    plannedEndAt: null,
    organizations: [],
    regions: [],
  } as const
  const incident = await declareIncident(work, operatorId, mail)
  const texts = { en: 'We found it.' }
  await writePost(work, operatorId, incident, { kind: 'regular', language: 'en', texts, publishAt: null })
  for (let at = 0; at < 100; at++)
    await declareIncident(work, operatorId, { ...mail, kind: 'advisory', service: 'files', title: { en: `No. ${at}` } })
  const planned = await declareIncident(work, operatorId, {
    ...mail,
    kind: 'maintenance',
    state: 'serviceOperational',
    title: { en: 'New servers' },
    startedAt: work.now.add({ hours: 24 }),
    plannedEndAt: work.now.add({ hours: 26 }),
  })
  return { incident, planned }
}

const seeded = await seed()
const port = await freePort()
const product = await startProduct({ folder, port, tls: true, environment: { SVAR_URL: `https://${HOST}` } })
const identity = createServer((_, response) => {
  void token().then((text) => response.setHeader('content-type', 'application/json').end(text))
})
await new Promise<void>((listening) => identity.listen(0, '127.0.0.1', listening))
after(async () => {
  identity.close()
  product.signal('SIGTERM')
  await product.ended
})

/** A token as the identity of a machine gets one: asked of the product with the program's secret. */
async function token(): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: seeded.clientId,
    client_secret: seeded.secret,
  }).toString()
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { host: HOST, 'content-type': 'application/x-www-form-urlencoded' }
    const options = { port, host: '127.0.0.1', servername: HOST, ca: readFileSync(join(folder, 'tls/ca.pem')), headers }
    request({ ...options, method: 'POST', path: '/oauth2/v2.0/token' }, (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end(form)
  })
  const { access_token, expires_in } = JSON.parse(answer) as { access_token: string; expires_in: number }
  return JSON.stringify({ access_token, expires_on: String(Math.floor(Date.now() / 1000) + expires_in) })
}

const cli = await bringCli()

/** Asks the CLI, at home in the folder of this check; answers what it writes as JSON. */
async function m365(...words: readonly string[]): Promise<unknown> {
  const settings = join(folder, '.config/configstore')
  mkdirSync(settings, { recursive: true })
  writeFileSync(join(settings, 'cli-m365-config.json'), '{"disableTelemetry":true}')
  const { stdout } = await run(process.execPath, [cli, ...words, '--output', 'json'], {
    timeout: 60_000,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, '.config'),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'elsewhere.mjs')}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'tls/ca.pem'),
      ELSEWHERE_HOST: HOST,
      ELSEWHERE_PORT: String(port),
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(identity.address() as AddressInfo).port}/token`,
      IDENTITY_HEADER: 'none',
    },
  })
  return stdout.trim() === '' ? undefined : JSON.parse(stdout)
}

type Entry = Readonly<Record<string, unknown>>
const ANNOUNCEMENT = ['tenant', 'serviceannouncement'] as const

test('the CLI signs in, and lists the health of services with their issues', async () => {
  await m365('login', '--authType', 'identity')
  const all = (await m365(...ANNOUNCEMENT, 'health', 'list', '--issues')) as readonly Entry[]
  const mail = all.find(({ id }) => id === 'mail')
  assert.equal(mail?.['status'], 'serviceDegradation')
  assert.deepEqual(
    (mail['issues'] as readonly Entry[]).map(({ title }) => title),
    ['Mail is late'],
  )
  const one = (await m365(...ANNOUNCEMENT, 'health', 'get', '--serviceName', 'mail')) as Entry
  assert.equal(one['id'], 'mail')
})

test('it follows all pages of issues, and narrows them to a service', async () => {
  const all = (await m365(...ANNOUNCEMENT, 'healthissue', 'list')) as readonly Entry[]
  assert.equal(all.length, 101)
  const own = (await m365(
    ...ANNOUNCEMENT,
    'healthissue',
    'list',
    '--service',
    'Mail (Exchange Online)',
  )) as readonly Entry[]
  assert.deepEqual(
    own.map(({ id }) => id),
    [seeded.incident],
  )
  const one = (await m365(...ANNOUNCEMENT, 'healthissue', 'get', '--id', seeded.incident)) as Entry
  assert.deepEqual(
    (one['posts'] as readonly { description: { content: string } }[]).map(({ description }) => description.content),
    ['We found it.'],
  )
})

test('it reads messages of planned maintenance, and tells errors of the protocol', async () => {
  const messages = (await m365(
    ...ANNOUNCEMENT,
    'message',
    'list',
    '--service',
    'Mail (Exchange Online)',
  )) as readonly Entry[]
  assert.deepEqual(
    messages.map(({ id }) => id),
    [seeded.planned],
  )
  await assert.rejects(m365(...ANNOUNCEMENT, 'healthissue', 'get', '--id', 'EX226792'), /There is no such resource/)
})
