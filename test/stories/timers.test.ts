import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../src/database/work.ts'
import type { Job } from '../../src/database/actor.ts'
import { wakeCases } from '../../src/rooms/cases/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'

const here = await world()
const program = programOf(here, here.tokenOf(here.people.asta))
const asta = browserOf(here, here.people.asta)
const mette = browserOf(here, here.agents.mette)
const job: Job = { kind: 'job', operatorIds: Object.values(here.operators) }

let requests = 0

async function opened(at: string, severity = 'A'): Promise<string> {
  here.at(at)
  const answer = await program('POST', '/cases', serviceRequest({ requestedSeverity: severity }), {
    'idempotency-key': `timers-${requests++}`,
  })
  assert.equal(answer.status, 201)
  return (answer.json as { number: string }).number
}

/** How often the breach of a case was recorded, and its events in order. */
async function events(number: string): Promise<readonly { readonly kind: string; readonly at: string }[]> {
  const answer = await programOf(here, here.tokenOf(here.agents.mette))('GET', `/cases/${number}`)
  return (answer.json as { events: { kind: string; at: string }[] }).events
}

const breaches = async (number: string) => (await events(number)).filter(({ kind }) => kind === 'clock.breached').length

async function wakeAt(instant: string): Promise<void> {
  here.at(instant)
  while ((await here.database.work(job, (work) => wakeCases(work, 100))) > 0);
}

test('no timer is early, and each comes once, over clocks that jump an hour and 21 hours forth and back', async () => {
  const number = await opened('2026-06-15T08:00:00Z')
  for (const jump of ['2026-06-15T08:59:59Z', '2026-06-14T11:00:00Z', '2026-06-15T07:00:00Z']) {
    await wakeAt(jump)
    assert.equal(await breaches(number), 0, jump)
  }
  for (const jump of ['2026-06-16T06:00:00Z', '2026-06-15T08:30:00Z', '2026-06-16T07:00:00Z', '2026-06-17T04:00:00Z']) {
    await wakeAt(jump)
    assert.equal(await breaches(number), 1, jump)
  }
})

test('in the nights the clocks change, an hour is an hour', async () => {
  const spring = await opened('2026-03-29T00:30:00Z')
  await wakeAt('2026-03-29T01:29:59Z')
  assert.equal(await breaches(spring), 0)
  await wakeAt('2026-03-29T01:30:00Z')
  assert.equal(await breaches(spring), 1)
  const autumn = await opened('2026-10-25T00:30:00Z')
  await wakeAt('2026-10-25T01:29:59Z')
  assert.equal(await breaches(autumn), 0)
  await wakeAt('2026-10-25T01:30:00Z')
  assert.equal(await breaches(autumn), 1)
})

test('two processes look at the same time: each breach is recorded by one of them', async () => {
  const numbers: string[] = []
  for (let i = 0; i < 30; i++) numbers.push(await opened('2026-11-02T08:00:00Z'))
  const now = Temporal.Instant.from('2026-11-02T09:00:30Z')
  here.at(now.toString())
  const other = openDatabase({ connectionString: here.url, max: 2, clock: () => now })
  try {
    const both = [here.database, other, here.database, other]
    for (let round = 0; round < 20; round++)
      await Promise.all(both.map((database) => database.work(job, (work) => wakeCases(work, 5))))
  } finally {
    await other.end()
  }
  for (const number of numbers) assert.equal(await breaches(number), 1)
})

test('after a standstill what was missed is recorded in its order, and says that it is late', async () => {
  const number = await opened('2026-11-03T08:00:00Z')
  await wakeAt('2026-11-03T15:00:00Z')
  const kinds = (await events(number)).map(({ kind }) => kind)
  assert.ok(kinds.indexOf('clock.warned') < kinds.indexOf('clock.breached'))
  assert.equal(await breaches(number), 1)
})

// osTicket#5160: "overdue" disappears when the due moves to the future: derived, never a flag.
test('a case is overdue in the queue for as long as its next due lies behind, and no longer', async () => {
  const number = await opened('2026-11-04T08:00:00Z')
  await wakeAt('2026-11-04T09:30:00Z')
  assert.match((await mette.get('/microsoft/agent')).body, /overdue/)
  await mette.send(`/microsoft/agent/cases/${number}/messages`, { kind: 'answer', body: 'Vi er i gang.' })
  const line = (await mette.get('/microsoft/agent?waiting=customer')).body
    .split('<tr>')
    .find((row) => row.includes(number))
  assert.ok(line)
  assert.doesNotMatch(line, /overdue/)
})

// chatwoot#13392: page, job and report give the same due for the same case: one engine.
test('list, case, clocks and confirmation mail name one due', async () => {
  const number = await opened('2026-11-05T08:00:00Z', 'B')
  const one = (await program('GET', `/cases/${number}`)).json as { initialResponse: { due: string } }
  const { clocks } = (await program('GET', `/cases/${number}/clocks`)).json as {
    clocks: { kind: string; due: string }[]
  }
  const { cases } = (await program('GET', '/cases?limit=1')).json as { cases: { due: string }[] }
  const { due } = one.initialResponse
  assert.deepEqual([clocks[0]?.due, cases[0]?.due], [due, due])
  await here.doJobs()
  const mail = (await asta.get('/microsoft/demonstration/mailbox')).body
  const wall = Temporal.Instant.from(due).toZonedDateTimeISO('America/New_York')
  assert.match(mail, new RegExp(`${wall.hour}.${String(wall.minute).padStart(2, '0')}`))
})

// frappe/helpdesk#3776: an agent in Kolkata, a customer in Copenhagen and the log agree on the instant.
test('whoever looks from wherever, the moment is one, and leaves the server with its offset', async () => {
  const number = await opened('2026-11-06T08:00:00Z')
  const due = '2026-11-06T09:00:00Z'
  const customer = (await asta.get(`/microsoft/cases/${number}`)).body
  const agent = (await mette.get(`/microsoft/agent/cases/${number}`)).body
  assert.match(customer, /10\.00/, 'Copenhagen, in November')
  assert.match(agent, new RegExp(`datetime="${due}"`))
  const { clocks } = (await program('GET', `/cases/${number}/clocks`)).json as { clocks: { due: string }[] }
  assert.equal(clocks[0]?.due, due)
})
