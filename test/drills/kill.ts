import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { openLine, written } from '../../bench/loader.ts'
import { startEmbedded } from '../../src/database/launcher.ts'
import { serviceRequest } from '../client.ts'
import { openOutsideMail } from './outside-mail.ts'
import type { OutsideMail } from './outside-mail.ts'
import { freePort, makeData, startProduct } from './product.ts'
import type { Product } from './product.ts'

/*
 * Kills the app or the database with -9 at random moments while service requests come in, and looks afterwards whether every
 * confirmed case is there once and whole, and every mail left once or, after a crash between the other server's yes and our
 * mark, twice. Security.md section 7, R1 to R3. Run with: node --import tsx test/drills/kill.ts [rounds] [--mails]: a minute for 30
 * rounds, and half of one more until the last mail has left
 */

export type Drill = {
  readonly rounds: number
  readonly confirmed: number
  /** Requests that broke off or met a server that was down, and were asked again under the same key. */
  readonly repeated: number
  readonly mails: number
  readonly doubleMails: number
  readonly slowestReturnSeconds: number
  readonly lastMailAfterSeconds: number
  /** What must be empty: each line a broken promise. */
  readonly broken: readonly string[]
}

const CONNECTIONS = 8
const MAIL_PATIENCE_SECONDS = 180

export type Drilling = {
  readonly rounds: number
  /** Waits until every mail has left, which after a crash takes half a minute: jobs of the dead must be missed first. */
  readonly mailsToo: boolean
  readonly say?: (line: string) => void
}

export async function drill(drilling: Drilling): Promise<Drill> {
  const folder = mkdtempSync(join(tmpdir(), 'svar-kill-'))
  const mail = await openOutsideMail()
  try {
    return await drillIn(folder, mail, drilling)
  } finally {
    await mail.end()
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function drillIn(folder: string, mail: OutsideMail, { rounds, mailsToo, say }: Drilling): Promise<Drill> {
  const { administrator } = await makeData(folder)
  const start = async () => startProduct({ folder, port, environment: { SVAR_SMTP_URL: mail.url, SVAR_LOG: 'silent' } })
  const port = await freePort()
  let product = await start()
  const customers = openCustomers(port, administrator)
  let slowest = 0
  for (let round = 1; round <= rounds; round++) {
    await pause(100 + Math.random() * 400)
    const victim = round % 3 === 0 ? 'database' : 'app'
    const before = performance.now()
    await kill(victim, folder, product)
    product = await start()
    const seconds = (performance.now() - before) / 1000
    slowest = Math.max(slowest, seconds)
    say?.(
      `round ${round}: killed the ${victim}, back in ${seconds.toFixed(1)} s; ${customers.confirmed.size} cases confirmed`,
    )
  }
  await customers.stop()
  const stopped = performance.now()
  if (mailsToo) await untilMailed(folder, mail, customers.confirmed.size)
  const lastMailAfterSeconds = (performance.now() - stopped) / 1000
  product.signal('SIGTERM')
  await product.ended
  const counted = [...mail.copies.values()]
  return {
    rounds,
    confirmed: customers.confirmed.size,
    repeated: customers.repeated(),
    mails: counted.length,
    doubleMails: counted.filter((copies) => copies > 1).length,
    slowestReturnSeconds: slowest,
    lastMailAfterSeconds,
    broken: [
      ...customers.surprises,
      ...(await brokenPromises(folder, customers.confirmed, mailsToo ? 1 : 0)),
      ...brokenMails(mail, rounds),
    ],
  }
}

/** The database takes the app with it: who supervises the app starts both again. */
async function kill(victim: 'app' | 'database', folder: string, product: Product): Promise<void> {
  if (victim === 'database') process.kill(postmasterOf(folder), 'SIGKILL')
  if (victim === 'database') await pause(Math.random() * 300)
  product.signal('SIGKILL')
  await product.ended
}

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

// ---- Customers

type Customers = {
  /** Title by case number: what was promised with 201. */
  readonly confirmed: ReadonlyMap<string, string>
  readonly surprises: readonly string[]
  repeated(): number
  stop(): Promise<void>
}

function openCustomers(port: number, token: string): Customers {
  const confirmed = new Map<string, string>()
  const surprises: string[] = []
  let repeated = 0
  const shop = { open: true }
  const customer = async (at: number) => {
    for (let request = 0; shop.open; request++) {
      const title = `Customer ${at}, request ${request}`
      const answer = await untilAnswered(port, requestOf(token, title), () => repeated++)
      if (answer.status !== 201) surprises.push(`${title}: ${answer.status} ${answer.body}`)
      else confirmed.set((JSON.parse(answer.body) as { number: string }).number, title)
    }
  }
  const all = Array.from({ length: CONNECTIONS }, (_, at) => customer(at))
  return {
    confirmed,
    surprises,
    repeated: () => repeated,
    async stop() {
      shop.open = false
      await Promise.all(all)
    },
  }
}

function requestOf(token: string, title: string): string {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': title.replaceAll(/\W/g, '-'),
  }
  return written({
    method: 'POST',
    path: '/api/v1/cases',
    headers,
    body: JSON.stringify(serviceRequest({ title, description: `About ${title}` })),
  })
}

/** Asks again under the same key until there is an answer that is not "broken": as a program that takes promises seriously does. */
async function untilAnswered(port: number, request: string, again: () => void) {
  for (;;) {
    const line = await openLine(port).catch(() => undefined)
    const answer = await line?.ask(request).catch(() => undefined)
    line?.close()
    if (answer && answer.status < 500) return answer
    again()
    await pause(20)
  }
}

// ---- Promises

/** Looks into the database only when the last mail has arrived: looking costs what sending does. */
async function untilMailed(folder: string, mail: OutsideMail, cases: number): Promise<void> {
  for (const until = Date.now() + MAIL_PATIENCE_SECONDS * 1000; Date.now() < until; await pause(100)) {
    if (mail.copies.size < cases) continue
    const [row] = await ask<{ sent: number }>(
      folder,
      'select count(*)::int as sent from svar.outbound_mail where sent_at is not null',
    )
    if (row && row.sent >= cases) return
  }
}

async function ask<Row extends Record<string, unknown>>(folder: string, statement: string): Promise<Row[]> {
  const server = await startEmbedded(folder)
  const client = new Client(server.superuserUrl)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

type Found = {
  readonly number: string
  readonly title: string
  readonly messages: number
  readonly events: number
  readonly clocks: number
  readonly numbers: number
  readonly keys: number
  readonly mails: number
}

const FOUND = `select number, title,
    (select count(*)::int from svar.message where case_id = one.case_id and body = 'About ' || one.title) as messages,
    (select count(*)::int from svar.event where case_id = one.case_id and kind = 'case.opened') as events,
    (select count(*)::int from svar.clock where case_id = one.case_id) as clocks,
    (select count(*)::int from svar.case_number where case_id = one.case_id and number = one.number) as numbers,
    (select count(*)::int from svar.idempotency_key where answer ->> 'number' = one.number) as keys,
    (select count(*)::int from svar.outbound_mail where sent_at is not null and mail_id in
      (select event_id from svar.event where case_id = one.case_id)) as mails
  from svar.support_case one`

async function brokenPromises(
  folder: string,
  confirmed: ReadonlyMap<string, string>,
  mailsAtLeast: number,
): Promise<readonly string[]> {
  const found = await ask<Found>(folder, FOUND)
  const byNumber = new Map(found.map((one) => [one.number, one]))
  const lost = [...confirmed].filter(([number, title]) => byNumber.get(number)?.title !== title)
  const [figures] = await ask<{ kept: number; open: number; orphans: number }>(
    folder,
    `select (select coalesce(sum(cases), 0)::int from svar.queue_counter) as kept,
      (select count(*)::int from svar.support_case where closed_at is null) as open,
      (select count(*)::int from svar.case_number where case_id not in (select case_id from svar.support_case)) as orphans`,
  )
  return [
    ...lost.map(([number, title]) => `confirmed and lost: ${number}, ${title}`),
    ...found
      .filter(({ number }) => !confirmed.has(number))
      .map(({ number, title }) => `there, but confirmed to nobody: ${number}, ${title}`),
    ...found.filter((one) => !isWhole(one, mailsAtLeast)).map((one) => `half a case: ${JSON.stringify(one)}`),
    ...(figures?.kept === figures?.open
      ? []
      : [`kept figures say ${figures?.kept}, there are ${figures?.open} open cases`]),
    ...(figures?.orphans === 0 ? [] : [`${figures?.orphans} numbers without a case`]),
  ]
}

function isWhole({ messages, events, clocks, numbers, keys, mails }: Found, mailsAtLeast: number): boolean {
  const once = [messages, events, clocks, numbers, keys].every((count) => count === 1)
  return once && mails >= mailsAtLeast && mails <= 1
}

/** A crash may cost one more copy of the mails that were under way, two at a time; never a third of the same. */
function brokenMails({ copies }: OutsideMail, rounds: number): readonly string[] {
  const counts = [...copies.values()]
  const doubles = counts.filter((count) => count > 1).length
  return [
    ...counts.filter((count) => count > 2).map((count) => `a mail arrived ${count} times`),
    ...(doubles > 2 * rounds ? [`${doubles} mails arrived twice in ${rounds} crashes`] : []),
  ]
}

if (import.meta.filename === process.argv[1]) {
  const start = performance.now()
  const { broken, ...figures } = await drill({
    rounds: Number(process.argv[2] ?? 30),
    mailsToo: process.argv.includes('--mails'),
    say: console.log,
  })
  console.log({ ...figures, seconds: Math.round((performance.now() - start) / 1000) })
  broken.forEach((line) => console.error(line))
  process.exitCode = broken.length > 0 ? 1 : 0
}
