import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { moveCases } from '../../src/app/move-cases.ts'
import { replayAll } from '../../src/app/replay.ts'
import { applyCharter, documentInForce } from '../../src/rooms/entitlements/index.ts'
import { declareIncident } from '../../src/rooms/service-health/index.ts'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'
import type { World } from '../world.ts'

let here: World
let asta: ReturnType<typeof browserOf>
let mette: ReturnType<typeof browserOf>

before(async () => {
  here = await world()
  here.at('2026-06-15T08:00:00Z')
  asta = browserOf(here, here.people.asta)
  mette = browserOf(here, here.agents.mette)
})

type Clock = {
  readonly kind: string
  readonly cycle: number
  readonly state: string
  readonly severity: string
  readonly due: string | null
  readonly segments: readonly { readonly kind: string }[]
  readonly changes: readonly { readonly rule: string }[]
}

let requests = 0

/** Asta's program opens a case; Monday 15 June 2026 at 10:00 in Copenhagen. */
async function opened(severity: string): Promise<string> {
  here.at('2026-06-15T08:00:00Z')
  const response = await here.app.app.request('/api/v1/cases', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await here.tokenOf(here.people.asta)}`,
      'content-type': 'application/json',
      'idempotency-key': `clocks-${requests++}`,
    },
    body: JSON.stringify({
      title: 'Ingen mail',
      description: 'Ingen modtager mail.',
      supportType: 'technical',
      topic: 'exchange-mail-flow',
      requestedSeverity: severity,
      contact: { method: 'email', email: 'asta@havn.test' },
      language: 'da',
    }),
  })
  assert.equal(response.status, 201)
  return ((await response.json()) as { number: string }).number
}

async function clocks(number: string): Promise<readonly Clock[]> {
  const response = await here.app.app.request(`/api/v1/cases/${number}/clocks`, {
    headers: { authorization: `Bearer ${await here.tokenOf(here.people.asta)}` },
  })
  assert.equal(response.status, 200)
  return ((await response.json()) as { clocks: Clock[] }).clocks
}

async function clockOf(number: string, kind: string, cycle = 1): Promise<Clock> {
  const found = (await clocks(number)).find((one) => one.kind === kind && one.cycle === cycle)
  assert.ok(found, `no ${kind} ${cycle}`)
  return found
}

const answer = (number: string, kind: string) =>
  mette.send(`/microsoft/agent/cases/${number}/messages`, { kind, body: 'Vi har set på det.' })
const reply = (number: string) => asta.send(`/microsoft/cases/${number}/reply`, { body: 'Her er svaret.' })

test('an outage: the first answer is met, news is owed every two hours, and the customer is owed an answer to each message', async () => {
  const number = await opened('A')
  here.at('2026-06-15T08:30:00Z')
  await answer(number, 'answer')
  assert.equal((await clockOf(number, 'initial-response')).state, 'met')
  assert.equal((await clockOf(number, 'progress-update')).due, '2026-06-15T10:30:00Z')
  here.at('2026-06-15T09:00:00Z')
  await reply(number)
  assert.equal((await clockOf(number, 'next-response')).due, '2026-06-15T10:00:00Z')
})

test('the case page says why this time, in the customer’s language, and shows it as a picture', async () => {
  const number = await opened('B')
  const page = await asta.get(`/microsoft/cases/${number}`)
  assert.match(page.body, /Hvorfor dette tidspunkt\?/)
  assert.match(page.body, /Alvorsgrad B: 1 arbejdsdag/)
  assert.match(page.body, /<svg class="clock-picture"/)
  const { segments, changes } = await clockOf(number, 'initial-response')
  assert.ok(segments.length > 0)
  assert.deepEqual(
    changes.map(({ rule }) => rule),
    ['started'],
  )
})

test('a breach is recorded by itself, once, and what stood still meanwhile says how late', async () => {
  const number = await opened('A')
  here.at('2026-06-15T08:59:59Z')
  await here.doJobs()
  assert.equal((await clockOf(number, 'initial-response')).state, 'running')
  here.at('2026-06-15T11:00:00Z')
  await here.doJobs()
  await here.doJobs()
  assert.equal((await clockOf(number, 'initial-response')).state, 'breached')
  const page = await mette.get(`/microsoft/agent/cases/${number}`)
  assert.equal(page.body.match(/Initial response became overdue/g)?.length, 1)
})

// chatwoot#6889, osTicket#1330: the customer may escalate with a reason, within limits.
test('an agent lowers the severity with a reason, the customer asks for more, and the due never goes beyond what was owed', async () => {
  const number = await opened('A')
  here.at('2026-06-15T08:10:00Z')
  const severity = { severity: 'C', reason: 'workaround', why: 'Webmail virker.' }
  await mette.send(`/microsoft/agent/cases/${number}/severity`, severity)
  const lowered = await clockOf(number, 'initial-response')
  assert.equal(lowered.severity, 'C')
  assert.ok((lowered.due ?? '') > '2026-06-17')
  here.at('2026-06-15T08:20:00Z')
  const asked = await asta.send(`/microsoft/cases/${number}/severity`, { severity: 'A', body: 'Skibene venter.' })
  assert.match(asked.body, /Kunden beder om alvorsgrad A/)
  await mette.send(`/microsoft/agent/cases/${number}/severity`, { severity: 'A', reason: 'customer-asked' })
  assert.equal((await clockOf(number, 'initial-response')).due, '2026-06-15T09:00:00Z')
  await here.doJobs()
  const mailbox = await asta.get('/microsoft/demonstration/mailbox')
  assert.match(mailbox.body, /Webmail virker/)
})

test('a silent customer is reminded, told, moved one step down and closed; his answer gives the severity back', async () => {
  const number = await opened('B')
  here.at('2026-06-15T09:00:00Z')
  await answer(number, 'question')
  assert.equal((await clockOf(number, 'customer-answer')).state, 'running')
  const state = async () => {
    await here.doJobs()
    const page = await asta.get(`/microsoft/cases/${number}`)
    return page.body
  }
  here.at('2026-06-16T14:00:00Z')
  assert.match(await state(), /kan ikke komme videre uden dit svar/)
  here.at('2026-06-22T14:00:00Z')
  assert.match(await state(), /sænker vi sagens alvorsgrad/)
  here.at('2026-06-25T14:00:00Z')
  assert.match(await state(), /Alvorsgraden blev ændret fra B til C/)
  await reply(number)
  assert.match(await state(), /Alvorsgraden blev ændret fra C til B/)
  await answer(number, 'question')
  here.at('2026-08-01T10:00:00Z')
  const closed = await state()
  assert.match(closed, /Sagen blev lukket, fordi der ikke kom svar/)
})

test('while a third party is waited for the clocks stand still, and then go on', async () => {
  const number = await opened('A')
  here.at('2026-06-15T08:30:00Z')
  await answer(number, 'third-party')
  assert.equal((await clockOf(number, 'progress-update')).state, 'paused')
  here.at('2026-06-15T12:30:00Z')
  await mette.send(`/microsoft/agent/cases/${number}/resume`, {})
  const update = await clockOf(number, 'progress-update')
  assert.deepEqual([update.state, update.due], ['running', '2026-06-15T14:30:00Z'])
})

// frappe/helpdesk#2967: many cases due in one minute make one digest, not a mail each.
test('escalations of one moment are one mail for each lead, and are told once', async () => {
  const numbers = [await opened('A'), await opened('A'), await opened('A')]
  here.at('2026-06-15T09:00:00Z')
  await here.doJobs()
  here.at('2026-06-15T14:01:00Z')
  await here.doJobs()
  const told = await here.tellStaff()
  assert.ok(told >= 3)
  assert.equal(await here.tellStaff(), 0)
  await here.doJobs()
  const { body } = await asta.get('/microsoft/demonstration/mailbox')
  const digests = body.match(/clocks need you|ure har brug for dig/g)?.length ?? 0
  assert.equal(digests, 1, 'one lead, one mail')
  for (const number of numbers) assert.match(body, new RegExp(`/microsoft/agent/cases/${number}`))
})

test('a case that hangs on an open incident is not closed for silence', async () => {
  const number = await opened('B')
  here.at('2026-06-15T09:00:00Z')
  await answer(number, 'question')
  const incident = await here.database.work({ kind: 'job', operatorIds: [here.operators.microsoft] }, (work) =>
    declareIncident(work, here.operators.microsoft, {
      service: 'mail',
      feature: null,
      kind: 'incident',
      origin: 'operator',
      state: 'serviceDegradation',
      language: 'en',
      plannedEndAt: null,
      organizations: [],
      regions: [],
      title: { en: 'Mail is slow', da: 'Mail er langsom', 'zh-Hans': '邮件缓慢' },
      impact: { en: 'Some', da: 'Nogle', 'zh-Hans': '部分' },
      startedAt: work.now,
    }),
  )
  await mette.send(`/microsoft/agent/cases/${number}/incident`, { incident })
  here.at('2026-09-01T09:00:00Z')
  await here.doJobs()
  const page = (await asta.get(`/microsoft/cases/${number}`)).body
  assert.match(page, /hænger på et kendt problem: Mail er langsom/)
  assert.match(page, /Venter på dit svar/)
  assert.equal((await mette.send(`/microsoft/agent/cases/${number}/incident`, { incident: 'x' })).status, 422)
})

test('merged, the other case keeps the strictest due, and this one says where it went', async () => {
  const strict = await opened('A')
  const mild = await opened('B')
  const wrong = await mette.send(`/microsoft/agent/cases/${strict}/merge`, { into: strict })
  assert.equal(wrong.status, 422)
  await mette.send(`/microsoft/agent/cases/${strict}/merge`, { into: `${mild.slice(0, 3)}-${mild.slice(3)}` })
  const first = await clockOf(mild, 'initial-response')
  assert.deepEqual([first.severity, first.due], ['B', '2026-06-15T09:00:00Z'])
  assert.match((await asta.get(`/microsoft/cases/${strict}`)).body, /lagt sammen med sag/)
})

test('a mail that the other side refuses for good said nothing: the answer is owed again', async () => {
  const number = await opened('A')
  here.at('2026-06-15T08:30:00Z')
  await answer(number, 'answer')
  here.refuseMail('asta@havn.test')
  await here.doJobs()
  here.refuseMail(undefined)
  assert.equal((await clockOf(number, 'initial-response')).state, 'running')
  const page = await asta.get(`/microsoft/cases/${number}`)
  assert.match(page.body, /En besked kunne ikke afleveres/)
})

test('open cases keep their terms until somebody moves them, which is previewed and on record', async () => {
  const number = await opened('B')
  const owed = (await clockOf(number, 'initial-response')).due
  const operatorId = here.operators.microsoft
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const document = (await documentInForce(work, operatorId)) as { targets: { target: string }[] }
    const targets = document.targets.map((one) =>
      one.target === '1 working day' ? { ...one, target: '4 hours' } : one,
    )
    await applyCharter(work, operatorId, { ...document, targets })
  })
  const said: string[] = []
  const move = (...how: string[]) =>
    moveCases(['--operator', 'microsoft', ...how], here.database, (line) => said.push(line))
  assert.equal(await move('--preview'), 0)
  assert.match(said.join('\n'), /would be moved/)
  assert.equal((await clockOf(number, 'initial-response')).due, owed)
  assert.equal(await move('--by', 'Mette Krogh'), 0)
  const moved = await clockOf(number, 'initial-response')
  assert.ok((moved.due ?? '') < (owed ?? ''))
  assert.equal(moved.changes.at(-1)?.rule, 'moved')
  const page = await asta.get(`/microsoft/cases/${number}`)
  assert.match(page.body, /flyttet til nyere vilkår \(charterets version 2\) af Mette Krogh/)
  assert.equal(await move(), 2)
})

test('all clocks that are stored are what a replay of the events makes of them', async () => {
  const { cases, clocks: replayed, differences } = await replayAll(here.database)
  assert.ok(cases >= 6 && replayed > cases)
  assert.deepEqual(differences, [])
})
