import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { Client } from 'pg'
import { createApp } from '../src/app/app.tsx'
import { applyCharterFolder } from '../src/app/charters.ts'
import { knownOperators } from '../src/app/operators.ts'
import { postingOutside, reacting } from '../src/app/reactions.ts'
import { logAt } from '../src/app/serve.ts'
import { startEmbedded } from '../src/database/launcher.ts'
import type { EmbeddedDatabase } from '../src/database/launcher.ts'
import { migrate } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/work.ts'
import type { Job } from '../src/database/actor.ts'
import type { Database } from '../src/database/work.ts'
import { keepEvidence } from '../src/rooms/answers/index.ts'
import { tendCalls as tend } from '../src/rooms/callbacks/index.ts'
import { wakeCases } from '../src/rooms/cases/index.ts'
import { traffic } from '../src/app/traffic.ts'
import { listenForChanges } from '../src/jobs/bulletin.ts'
import type { JobData } from '../src/jobs/enqueue.ts'
import { openOutside } from '../src/jobs/post-outside.ts'
import type { OutsideOptions } from '../src/jobs/post-outside.ts'
import { migrateJobs } from '../src/jobs/workers.ts'
import { mailTransport, sendCode, sendMail, tellStaff } from '../src/rooms/channels/index.ts'
import { addAgent, addOrganization, addPerson, createSignIn, issueToken } from '../src/rooms/people/index.ts'
import { keepRelations } from '../src/rooms/rights/index.ts'
import { callerCodes } from '../src/rooms/callers/index.ts'
import { sendDigests, unsubscribing } from '../src/rooms/health-notices/index.ts'
import { statusFilesAt } from '../src/app/status-files.ts'
import type { PublishedFiles } from '../src/jobs/published-files.ts'
import { privateAddresses } from '../src/rooms/status-feeds/api.ts'
import { setPartner } from '../src/rooms/partners/index.ts'

/**
 * A world of one's own for each test file: a database cloned from a template on the embedded server, both shipped operators, the
 * cast, and the whole app over HTTP without a port. Asta runs IT at Havn Logistik (premium), Bo is no administrator there, Liv owns
 * a bakery (standard, sold by a partner); Chen runs IT at Jinling (premium). Mette answers for microsoft, Wang for 21vianet.
 */
export type World = {
  readonly database: Database
  readonly url: string
  readonly superuserUrl: string
  readonly app: ReturnType<typeof createApp>
  /** The files of the public status as others would serve them, by path. */
  readonly published: ReadonlyMap<string, string>
  readonly operators: { readonly microsoft: string; readonly vianet: string }
  readonly people: Record<'asta' | 'bo' | 'liv' | 'chen', Somebody>
  readonly agents: Record<'mette' | 'wang', Somebody>
  /** Moves the standing clock. */
  readonly at: (instant: string) => void
  /** A bearer token of somebody. */
  readonly tokenOf: (who: Somebody, scope?: 'all' | 'read' | 'articles') => Promise<string>
  /** The session cookie of somebody. */
  readonly cookieOf: (who: Somebody) => Promise<string>
  /** Runs every job that is due by the standing clock, and those that these make, until none is left. */
  readonly doJobs: () => Promise<number>
  /** Tells the staff what its charter wants it to know, as the product does every second; answers how many escalations. */
  /** From now on the mail server of this address refuses for good; of nobody when undefined. */
  readonly refuseMail: (recipient: string | undefined) => void
  readonly tellStaff: () => Promise<number>
  /** Looks at the desks of both operators once, as the product does every second. */
  readonly tendCalls: () => Promise<void>
}

export type Somebody = { readonly email: string; readonly operator: string; readonly operatorId: string }

let server: Promise<Server> | undefined
const TEMPLATE = 'svar_template'

/** One server for the whole run; the embedded one in a folder that goes away with the machine's temporary files. */
function sharedServer(): Promise<Server> {
  server ??= startServer()
  return server
}

type Server = Pick<EmbeddedDatabase, 'superuserUrl' | 'loginUrl'>

/** A server of one's own, by its superuser's URL, that trusts local logins: to run the stories on another PostgreSQL. */
async function serverOf(given: string | undefined): Promise<Server> {
  if (given) return { superuserUrl: given, loginUrl: given.replace(/\/\/[^@]*@/, '//svar_login@') }
  const started = await startEmbedded(mkdtempSync(join(tmpdir(), 'svar-test-')), {
    settings: { fsync: 'off', max_connections: '200' },
  })
  endings.push(() => started.stop('anyway'))
  return started
}

async function startServer(): Promise<Server> {
  const started = await serverOf(process.env['SVAR_TEST_SERVER'])
  await onSuper(started.superuserUrl, `drop database if exists ${TEMPLATE} with (force)`)
  await onSuper(started.superuserUrl, `create database ${TEMPLATE}`)
  const url = named(started.superuserUrl, TEMPLATE)
  await migrate(url)
  await migrateJobs(url)
  return started
}

async function onSuper(url: string, statement: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}

function named(url: string, database: string): string {
  return url.replace(/\/svar\?/, `/${database}?`)
}

/** Makes a world: `const here = await world()` at the top of a file. It ends when all tests have. */
export async function world({
  publicUrl = 'http://svar.test',
  outside = {},
}: { readonly publicUrl?: string; readonly outside?: OutsideOptions } = {}): Promise<World> {
  return build(endings, publicUrl, outside)
}

/** What the worlds opened, ended in reverse: the server, which the first one started, comes last. */
const endings: (() => Promise<void>)[] = []
after(async () => {
  for (const end of endings.toReversed()) await end()
})

async function build(
  ending: (() => Promise<void>)[],
  publicUrl: string,
  outsideOptions: OutsideOptions,
): Promise<World> {
  const { superuserUrl, loginUrl } = await sharedServer()
  const name = `world_${randomUUID().replaceAll('-', '')}`
  await onSuper(superuserUrl, `create database ${name} template ${TEMPLATE}`)
  let now = Temporal.Instant.from('2026-06-15T08:00:00Z')
  const url = named(loginUrl, name)
  const database = openDatabase({ connectionString: url, max: 4, clock: () => now })
  ending.push(() => database.end())

  const microsoft = (await applyCharterFolder(database, 'charters/microsoft')).operatorId
  const vianet = (await applyCharterFolder(database, 'charters/21vianet')).operatorId
  const cast = await addCast(database, { microsoft, vianet })
  const operators = knownOperators(database)
  const signIn = createSignIn({
    connection: { connectionString: url },
    publicUrl,
    secret: 'a secret for tests that is long enough',
    sendCode: (code) => database.work({ kind: 'job', operatorIds: [code.operatorId] }, (work) => sendCode(work, code)),
  })
  ending.push(() => signIn.end())
  const bulletin = await listenForChanges({ connectionString: url })
  ending.push(() => bulletin.end())
  const log = logAt(process.env['SVAR_TEST_LOG'] ?? 'silent')
  const published = new Map<string, string>()
  const files: PublishedFiles = {
    publish: async (path, _, bytes) => void published.set(path, new TextDecoder().decode(bytes)),
    remove: async (path) => void published.delete(path),
  }
  const addressing = {
    publicUrl,
    statusUrl: 'https://status.svar.test',
    privateAddresses: privateAddresses('a secret for tests that is long enough'),
  }
  const outside = openOutside(outsideOptions)
  const links = {
    linkTo: (operator: string, number: string) => `http://svar.test/${operator}/cases/${number}`,
    linkToPage: (operator: string, path: string) => `http://svar.test/${operator}${path}`,
    unsubscribing: unsubscribing('a secret for tests that is long enough'),
    statusFiles: statusFilesAt({ ...addressing, database, operators, files }),
    callerCodes: callerCodes('a secret for tests that is long enough'),
  }
  const app = createApp({
    database,
    operators,
    signIn,
    bulletin,
    log,
    ...addressing,
    demonstration: true,
    trustProxy: true,
    nudge: () => {},
    counted: traffic().counted,
    unsubscribing: links.unsubscribing,
    callerCodes: links.callerCodes,
    outside,
  })
  const react = reacting(database, links)
  const postOutside = postingOutside(database, outside)
  let refused: string | undefined
  const refusing = async ({ recipient }: { readonly recipient: string }) => {
    if (recipient !== refused) return
    throw Object.assign(new Error('550 no such user'), { code: 'EENVELOPE', responseCode: 550 })
  }
  const jobs = await jobRunner(named(superuserUrl, name), async (queue, data) => {
    if (queue === 'reactions') return react(data)
    if (queue === 'outside') return postOutside(data)
    await sendMail(
      database,
      { operatorId: data.operatorId, mailId: String(data['mailId']), from: 'support@svar.test' },
      { ...mailTransport(undefined), send: refusing },
    )
  })
  ending.push(jobs.end)
  const tendCalls = async () => {
    for (const operatorId of [microsoft, vianet])
      await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => tend(work, operatorId))
  }
  return {
    database,
    url,
    superuserUrl: named(superuserUrl, name),
    app,
    published,
    operators: { microsoft, vianet },
    ...cast,
    at: (instant) => (now = Temporal.Instant.from(instant)),
    tokenOf: ({ operatorId, email }, scope = 'all') =>
      database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => issueToken(work, operatorId, email, scope)),
    cookieOf: async ({ email }) => (await signIn.become(email)).map((cookie) => cookie.split(';')[0]).join('; '),
    refuseMail: (recipient) => (refused = recipient),
    tellStaff: () =>
      database.work({ kind: 'job', operatorIds: [microsoft, vianet] }, (work) =>
        tellStaff(work, (_, number) => `http://svar.test/microsoft/agent/cases/${number}`),
      ),
    tendCalls,
    async doJobs() {
      const job: Job = { kind: 'job', operatorIds: [microsoft, vianet] }
      while ((await database.work(job, (work) => wakeCases(work, 100))) > 0);
      while ((await database.work(job, (work) => keepRelations(work, 100))) > 0);
      while (await database.work(job, (work) => keepEvidence(work, 100)));
      while ((await database.work(job, (work) => sendDigests(work, 100, links))) > 0);
      await tendCalls()
      return jobs.run(() => now)
    },
  }
}

async function addCast(
  database: Database,
  { microsoft, vianet }: World['operators'],
): Promise<Pick<World, 'people' | 'agents'>> {
  await database.work({ kind: 'job', operatorIds: [microsoft] }, async (work) => {
    const at = { operatorId: microsoft, zone: 'Europe/Copenhagen', phone: '+4532123456' } as const
    const havn = await addOrganization(work, {
      operatorId: microsoft,
      name: 'Havn Logistik',
      country: 'DK',
      contract: 'premium',
    })
    await addPerson(work, {
      ...at,
      organizationId: havn,
      email: 'asta@havn.test',
      name: 'Asta Holm',
      language: 'da',
      roles: ['global-admin'],
    })
    await addPerson(work, {
      ...at,
      organizationId: havn,
      email: 'bo@havn.test',
      name: 'Bo Lind',
      language: 'da',
      roles: [],
    })
    const bakery = await addOrganization(work, {
      operatorId: microsoft,
      name: 'Livs Bageri',
      country: 'DK',
      contract: null,
    })
    await addPerson(work, {
      ...at,
      organizationId: bakery,
      email: 'liv@bageri.test',
      name: 'Liv Bager',
      language: 'en',
      roles: ['global-admin', 'billing-admin'],
    })
    await setPartner(
      work,
      { organizationId: bakery, operatorId: microsoft },
      { name: 'Nordlys IT', phone: '+4570101010', email: 'help@nordlys.test', website: null },
    )
    await addAgent(work, {
      operatorId: microsoft,
      email: 'mette@svar.test',
      name: 'Mette Krogh',
      language: 'en',
      zone: 'Europe/Copenhagen',
      lead: true,
    })
  })
  await database.work({ kind: 'job', operatorIds: [vianet] }, async (work) => {
    const jinling = await addOrganization(work, {
      operatorId: vianet,
      name: '金陵物流',
      country: 'CN',
      contract: 'premium',
    })
    await addPerson(work, {
      operatorId: vianet,
      organizationId: jinling,
      email: 'chen@jinling.test',
      name: '陈静',
      phone: null,
      language: 'zh-Hans',
      zone: 'Asia/Shanghai',
      roles: ['global-admin'],
    })
    await addAgent(work, {
      operatorId: vianet,
      email: 'wang@svar.test',
      name: '王芳',
      language: 'zh-Hans',
      zone: 'Asia/Shanghai',
      lead: false,
    })
  })
  const of = (email: string, operator: string, operatorId: string): Somebody => ({ email, operator, operatorId })
  return {
    people: {
      asta: of('asta@havn.test', 'microsoft', microsoft),
      bo: of('bo@havn.test', 'microsoft', microsoft),
      liv: of('liv@bageri.test', 'microsoft', microsoft),
      chen: of('chen@jinling.test', '21vianet', vianet),
    },
    agents: { mette: of('mette@svar.test', 'microsoft', microsoft), wang: of('wang@svar.test', '21vianet', vianet) },
  }
}

/** Does jobs in order without pg-boss's pauses, so that a story need not wait. */
async function jobRunner(url: string, work: (queue: string, data: JobData) => Promise<void>) {
  const client = new Client(url)
  await client.connect()
  const next = async (now: Temporal.Instant) =>
    (
      await client.query<{ name: string; data: JobData }>(
        `delete from pgboss.job where id = (select id from pgboss.job where start_after <= $1 order by start_after, id limit 1) returning name, data`,
        [now.toString()],
      )
    ).rows[0]
  return {
    end: () => client.end(),
    async run(clock: () => Temporal.Instant): Promise<number> {
      for (let done = 0; ; done++) {
        const job = await next(clock())
        if (!job) return done
        await work(job.name, job.data)
      }
    },
  }
}
