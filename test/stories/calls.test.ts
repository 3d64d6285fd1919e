import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { mondayToFriday } from '../../src/rooms/calendars/index.ts'
import { importStaffing, promiseCall } from '../../src/rooms/callbacks/index.ts'
import { Refused } from '../../src/base/refused.ts'
import { addAgent, addOrganization, addPerson, findByEmail } from '../../src/rooms/people/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

const here = await world()
const { microsoft } = here.operators
const job = { kind: 'job', operatorIds: [microsoft] } as const
const jens: Somebody = { email: 'jens@svar.test', operator: 'microsoft', operatorId: microsoft }

async function agentIdOf({ email }: Somebody): Promise<string> {
  const found = await here.database.work(job, (work) => findByEmail(work, microsoft, email))
  return found?.actor.kind === 'agent' ? found.actor.agentId : assert.fail(`${email} is no agent`)
}

async function staff(who: Somebody, languages: readonly string[], spans = [{ from: 540, until: 1020 }]): Promise<void> {
  const agentId = await agentIdOf(who)
  const hours = { id: agentId, zone: 'Europe/Copenhagen', days: mondayToFriday(spans) }
  await here.database.work(job, (work) =>
    importStaffing(work, microsoft, { agentId, skills: { topics: null, severities: null, languages }, hours }),
  )
}

await here.database.work(job, (work) =>
  addAgent(work, {
    operatorId: microsoft,
    email: jens.email,
    name: 'Jens Dam',
    language: 'da',
    zone: 'Europe/Copenhagen',
    lead: false,
  }),
)
await staff(here.agents.mette, ['en', 'da'])
await staff(jens, ['da'])

const asta = browserOf(here, here.people.asta)
const mette = browserOf(here, here.agents.mette)
const danish = browserOf(here, jens)

async function openedCase(title: string, who = here.people.asta): Promise<string> {
  const opened = await programOf(here, here.tokenOf(who))('POST', '/cases', serviceRequest({ title, language: 'da' }), {
    'idempotency-key': encodeURIComponent(title),
  })
  return (opened.json as { number: string }).number
}

const ask = (number: string, fields: Record<string, string>) =>
  asta.send(`/microsoft/cases/${number}/call`, { phone: '+45 32 12 34 56', confirmed: 'yes', ...fields })

/** What the buttons of an agent's page would send. */
async function press(browser: ReturnType<typeof browserOf>, move: string): Promise<{ status: number; body: string }> {
  const { body } = await browser.get('/microsoft/agent/calls')
  const action = /action="(\/microsoft\/agent\/calls\/[0-9a-f-]{36})"/.exec(body)?.[1]
  return action ? browser.send(action, { move }) : { status: 0, body }
}

const beReady = (browser: ReturnType<typeof browserOf>) =>
  browser.send('/microsoft/agent/calls/presence', { presence: 'ready' })
const pause = (browser: ReturnType<typeof browserOf>) =>
  browser.send('/microsoft/agent/calls/presence', { presence: 'paused' })

test('Asta asks to be called now from the contact form, is told her place, and is called', async () => {
  here.at('2026-06-15T08:00:00Z')
  const form = await asta.get('/microsoft/contact')
  assert.match(form.body, /Ring til mig nu/)
  assert.match(form.body, /første ledige tid man\. 15\. jun/)
  const request = {
    title: 'Ring til mig',
    description: 'Ingen mail.',
    topic: 'exchange-online',
    method: 'now',
    phone: '+45 32 12 34 56',
    email: 'asta@havn.test',
  }
  const { body: first } = await asta.get('/microsoft/contact')
  const topic = /<option value="([^"]+)"/.exec(first.slice(first.indexOf('id="topic"')))?.[1] ?? ''
  const unconfirmed = await asta.send('/microsoft/contact', { ...request, topic })
  assert.equal(unconfirmed.status, 422)
  assert.match(unconfirmed.body, /Bekræft, at du kan træffes på dette nummer/)
  const sent = await asta.send('/microsoft/contact', { ...request, topic, callConfirmed: 'yes' })
  assert.match(sent.body, /Du står i køen/)
  const number = /cases\/(\d{11})/.exec(sent.body)?.[1] ?? ''

  await here.tendCalls()
  const { body: waiting } = await asta.get(`/microsoft/cases/${number}`)
  assert.match(
    waiting.slice(waiting.indexOf('call-title')),
    /Du er nummer 1 i køen; der sidder ingen ved telefonerne lige nu/,
  )
  assert.match((await mette.get('/microsoft/agent/calls')).body, /nobody is ready for calls/)

  await beReady(mette)
  await here.tendCalls()
  assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /Du er den næste/)
  assert.match((await mette.get('/microsoft/agent/calls')).body, /A call for you/)
  const accepted = await press(mette, 'accept')
  assert.match(accepted.body, /\+45 32 12 34 56/)
  assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /Vi ringer til dig nu på \+45 32 12 34 56/)
  await press(mette, 'reached')
  const talked = await asta.get(`/microsoft/cases/${number}`)
  assert.match(talked.body, /Vi talte i telefon/)
  assert.match(talked.body, /givet man\. 15\. jun\., [0-9.]+, til tiden/)
  assert.equal((await ask(number, { when: 'now' })).status, 409)
  await press(mette, 'done')
  assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /Vi talte sammen/)
  await pause(mette)
})

test('a call at a time is chosen, changed and called off; what it held is free again', async () => {
  here.at('2026-06-15T09:00:00Z')
  const number = await openedCase('Opkald på et tidspunkt')
  const page = await asta.get(`/microsoft/cases/${number}/call`)
  const slots = [...page.body.matchAll(/value="(2026-[^"]+Z)"/g)].map(([, slot = '']) => slot)
  assert.ok(slots.includes('2026-06-16T08:00:00Z'))
  assert.match(page.body, /10\.00 CEST/)
  const promised = await ask(number, { when: 'at', slot: '2026-06-16T08:00:00Z' })
  assert.match(promised.body, /Vi ringer til dig tirsdag 16\. juni kl\. 10\.00 Centraleuropæisk sommertid/)
  const moved = await ask(number, { when: 'at', slot: '2026-06-16T09:30:00Z' })
  assert.match(moved.body, /tirsdag 16\. juni kl\. 11\.30/)
  const wrong = await ask(number, { when: 'at', slot: '2026-06-14T09:30:00Z' })
  assert.equal(wrong.status, 409)
  assert.match(wrong.body, /Tidspunktet er netop blevet taget/)
  const off = await asta.send(`/microsoft/cases/${number}/call/cancel`, {})
  assert.match(off.body, /Opkaldet er aflyst/)
  const client = new Client(here.superuserUrl)
  await client.connect()
  assert.equal((await client.query('select from svar.call_seat')).rowCount, 0)
  await client.end()
})

test('somebody who is not reached is tried again, and then asked for a new time in his case and by mail', async () => {
  here.at('2026-06-15T10:00:00Z')
  const number = await openedCase('Ikke truffet')
  await ask(number, { when: 'now' })
  for (const minute of ['10:00', '10:16', '10:32']) {
    here.at(`2026-06-15T${minute}:00Z`)
    await beReady(danish)
    await here.tendCalls()
    await press(danish, 'accept')
    await press(danish, 'not-reached')
    if (minute !== '10:32')
      assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /Vi prøver igen mandag 15\. juni/)
  }
  await here.doJobs()
  const { body } = await asta.get(`/microsoft/cases/${number}`)
  assert.match(body, /Vi kunne ikke få fat i dig\. Har du stadig brug for hjælp\?/)
  assert.match(body, /Vi prøvede at ringe til dig på/)
  await asta.send(`/microsoft/cases/${number}/call/cancel`, {})
  await pause(danish)
})

test('an agent who closes the laptop loses the offer; the next one gets it, and nobody else does meanwhile', async () => {
  here.at('2026-06-15T11:00:00Z')
  const number = await openedCase('Bærbar')
  await ask(number, { when: 'now' })
  await beReady(danish)
  await here.tendCalls()
  assert.match((await danish.get('/microsoft/agent/calls')).body, /Et opkald til dig/)
  await beReady(mette)
  here.at('2026-06-15T11:00:31Z')
  await here.tendCalls()
  assert.match((await mette.get('/microsoft/agent/calls')).body, /A call for you/)
  const late = await press(danish, 'accept')
  assert.equal(late.status, 0, 'the offer is gone from the page')
  await press(mette, 'decline')
  here.at('2026-06-15T11:03:00Z')
  await here.tendCalls()
  const { body: waiting } = await asta.get(`/microsoft/cases/${number}`)
  assert.match(waiting.slice(waiting.indexOf('call-title')), /Du er nummer 1 i køen/)
  await here.doJobs()
  await asta.send(`/microsoft/cases/${number}/close`, {})
  await here.doJobs()
  assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /Opkaldet er aflyst/)
})

test('after closing time the form says when work starts', async () => {
  here.at('2026-06-15T21:00:00Z')
  await here.tendCalls()
  const { body } = await asta.get('/microsoft/contact')
  assert.match(body.slice(body.indexOf('Ring til mig nu')), /åbner tirs\. 16\. jun/)
})

test('skills and shifts are declared by a support lead, and what cannot be read is told', async () => {
  here.at('2026-06-15T08:00:00Z')
  const agentId = await agentIdOf(jens)
  const wrong = await mette.send(`/microsoft/agent/staffing/${agentId}`, {
    monday: 'nine to five',
    'language-da': 'yes',
  })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /Write hours such as 09:00-17:00/)
  assert.match(wrong.body, /value="nine to five"/)
  const fields = {
    monday: '09:00-12:00, 13:00-17:00',
    exceptions: '2026-12-24:',
    'language-da': 'yes',
    'severity-A': 'yes',
  }
  const right = await mette.send(`/microsoft/agent/staffing/${agentId}`, fields)
  assert.match(right.body, /value="09:00-12:00, 13:00-17:00"/)
  assert.equal((await danish.get('/microsoft/agent/staffing')).status, 403)
  await staff(jens, ['da'])
})

test('of a hundred who try for the last place one gets it, and the others are offered the next', async () => {
  here.at('2026-06-15T08:00:00Z')
  await staff(jens, ['da'], [])
  await here.database.work(job, async (work) => {
    const organizationId = await addOrganization(work, {
      operatorId: microsoft,
      name: 'Mange',
      country: 'DK',
      contract: null,
    })
    await addPerson(work, {
      operatorId: microsoft,
      organizationId,
      email: 'alle@mange.test',
      name: 'Alle',
      phone: null,
      language: 'da',
      zone: 'Europe/Copenhagen',
      roles: ['global-admin'],
    })
  })
  const crowd: Somebody = { email: 'alle@mange.test', operator: 'microsoft', operatorId: microsoft }
  const numbers = await Promise.all(Array.from({ length: 100 }, (_, i) => openedCase(`Mange ${i}`, crowd)))
  const actor = (await here.database.work(job, (work) => findByEmail(work, microsoft, crowd.email)))?.actor
  if (actor?.kind !== 'member') assert.fail('nobody asks')
  const at = Temporal.Instant.from('2026-06-16T08:00:00Z')
  const asked = await Promise.allSettled(
    numbers.map((number) =>
      here.database.work(actor, (work) =>
        promiseCall(work, number, {
          at,
          phone: '+4532123456',
          phoneWritten: '32 12 34 56',
          language: 'da',
          zone: 'Europe/Copenhagen',
        }),
      ),
    ),
  )
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const one of asked)
    if (one.status === 'rejected') assert.equal(one.reason instanceof Refused && one.reason.code, 'slot-taken')
  const loser = numbers[asked.findIndex(({ status }) => status === 'rejected')]
  const { body, status } = await browserOf(here, crowd).send(`/microsoft/cases/${loser}/call`, {
    when: 'at',
    slot: '2026-06-16T08:00:00Z',
    phone: '+45 32 12 34 56',
    confirmed: 'yes',
  })
  assert.equal(status, 409)
  assert.doesNotMatch(body, /value="2026-06-16T08:00:00Z"/)
  assert.match(body, /value="2026-06-16T08:30:00Z"/)
})
