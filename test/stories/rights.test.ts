import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { newId } from '../../src/base/ids.ts'
import type { Member } from '../../src/database/actor.ts'
import { proposeRelation } from '../../src/rooms/partners/index.ts'
import { addPerson, findByEmail } from '../../src/rooms/people/index.ts'
import { addAddOn } from '../../src/rooms/rights/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

const here = await world()
const { asta, bo, liv } = here.people
const operatorId = here.operators.microsoft

const FORM = {
  title: 'Five pages',
  description: 'The printer prints five pages and stops.',
  topic: 'user-accounts',
  businessImpact: '',
  method: 'email',
  phone: '',
  email: 'bo@havn.test',
}
const PEOPLE = '/microsoft/organization'

async function memberOf(who: Somebody): Promise<Member> {
  const found = await here.database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    findByEmail(work, operatorId, who.email),
  )
  return found?.actor.kind === 'member' ? found.actor : assert.fail(`${who.email} is no member`)
}

async function rows<T extends object>(statement: string, values: readonly unknown[] = []): Promise<readonly T[]> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  try {
    return (await client.query<T>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

async function refusals(who: Somebody): Promise<readonly string[]> {
  const { organizationId } = await memberOf(who)
  const found = await rows<{ why: string }>(
    `select payload->>'why' as why from svar.right_event where organization_id = $1 and kind = 'request.refused' order by event_id`,
    [organizationId],
  )
  return found.map(({ why }) => why)
}

async function lend(fields: Record<string, string>): Promise<void> {
  const { personId: person } = await memberOf(bo)
  const back = await browserOf(here, asta).send(`${PEOPLE}/delegations`, {
    person,
    role: 'service-support-admin',
    'type-technical': 'on',
    ...fields,
  })
  assert.equal(back.status, 200)
}

async function addPartner(): Promise<{ readonly nora: Somebody; readonly partnerId: string }> {
  const { organizationId } = await memberOf(liv)
  const partner = { partnerId: newId(), name: 'Nordlys IT' }
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const endsAt = work.now.add({ hours: 24 * 40 })
    const roles = ['service-support-admin']
    await proposeRelation(work, { organizationId, operatorId, ...partner, roles, endsAt, extends: true })
    const person = { email: 'nora@nordlys.test', name: 'Nora Vik', phone: null, language: 'en', roles: [] } as const
    await addPerson(work, { ...person, organizationId, operatorId, partner, zone: 'Europe/Copenhagen' })
  })
  return {
    nora: { email: 'nora@nordlys.test', operator: 'microsoft', operatorId },
    partnerId: partner.partnerId,
  }
}

test('Bo may not ask: his question goes to Asta, who sends it; nothing typed is lost', async () => {
  here.at('2026-06-15T08:00:00Z')
  const browser = browserOf(here, bo)
  const refused = await browser.send('/microsoft/contact', { ...FORM, 'impact-works': 'impaired' })
  assert.equal(refused.status, 403)
  assert.match(refused.body, /Asta Holm/)
  assert.match(refused.body, /The printer prints five pages/)
  assert.match(refused.body, /name="impact-works" value="impaired"/)
  assert.deepEqual(await refusals(bo), ['not-an-administrator'])

  const asked = await browser.send('/microsoft/contact/colleagues', { ...FORM, 'impact-works': 'impaired' })
  assert.equal(asked.path, '/microsoft/organization/questions?said=asked')
  await here.doJobs()
  const [mail] = await rows<{ body: string }>(`select body from svar.outbound_mail where recipient = $1`, [asta.email])
  assert.match(mail?.body ?? '', /The printer prints five pages/)

  const desk = browserOf(here, asta)
  const draft = /draft=([0-9a-f-]{36})/.exec((await desk.get(`${PEOPLE}/questions`)).body)?.[1] ?? ''
  const form = await desk.get(`/microsoft/contact?draft=${draft}`)
  assert.match(form.body, /The printer prints five pages/)
  assert.match(form.body, /value="impaired" checked/)
  const sent = await desk.send('/microsoft/contact', { ...FORM, draft })
  assert.match(sent.path, /\/contact\/sent\//)
  assert.equal((await desk.send('/microsoft/contact', { ...FORM, draft })).status, 409, 'once only')
  await here.doJobs()
  const told = await rows<{ body: string }>(`select body from svar.outbound_mail where recipient = $1`, [bo.email])
  assert.match(told.at(-1)?.body ?? '', /\d{3}-\d{4}-\d{4}/)
})

test('a question may be declined with a word, by an administrator only', async () => {
  await browserOf(here, bo).send('/microsoft/contact/colleagues', { ...FORM, title: 'May I?' })
  const desk = browserOf(here, asta)
  const question = /draft=([0-9a-f-]{36})/.exec((await desk.get(`${PEOPLE}/questions`)).body)?.[1] ?? ''
  const decline = { question, word: 'Restart it first.' }
  assert.equal((await browserOf(here, bo).send(`${PEOPLE}/questions/decline`, decline)).status, 409)
  assert.equal((await desk.send(`${PEOPLE}/questions/decline`, { question, word: '' })).status, 422)
  assert.equal((await desk.send(`${PEOPLE}/questions/decline`, decline)).status, 200)
  assert.match((await browserOf(here, bo).get(`${PEOPLE}/questions`)).body, /Restart it first\./)
})

test('a delegation counts to the second: Bo asks until it is over, then he is told so and his text is kept', async () => {
  here.at('2026-06-15T08:00:00Z')
  await lend({ until: '2026-06-16T12:00' })
  const browser = browserOf(here, bo)
  here.at('2026-06-16T09:59:59Z')
  const sent = await browser.send('/microsoft/contact', { ...FORM, key: 'in time' })
  assert.match(sent.path, /\/contact\/sent\//)
  assert.equal((await browser.send('/microsoft/contact', { ...FORM, topic: 'understand-bill' })).status, 403)
  here.at('2026-06-16T10:00:00Z')
  const refused = await browser.send('/microsoft/contact', { ...FORM, key: 'too late' })
  assert.equal(refused.status, 403)
  assert.match(refused.body, /gjaldt for en periode, der er udløbet/)
  assert.match(refused.body, /The printer prints five pages/)
  assert.deepEqual((await refusals(bo)).slice(-2), ['role-not-for-type', 'delegation-over'])
  const number = sent.path.split('/').at(-1) ?? ''
  assert.equal((await browser.get(`/microsoft/cases/${number}`)).status, 200, 'he still reads what he asked')
  assert.equal((await browser.send(`/microsoft/cases/${number}/reply`, { body: 'And?' })).status, 403)
})

test('a delegation that ends while the form is open is ended at submit', async () => {
  here.at('2026-06-17T08:00:00Z')
  await lend({ until: '2026-06-18T12:00' })
  const browser = browserOf(here, bo)
  assert.equal((await browser.get('/microsoft/contact')).status, 200)
  const desk = browserOf(here, asta)
  const grant = /name="grant" value="([0-9a-f-]{36})"/.exec((await desk.get(PEOPLE)).body)?.[1] ?? ''
  await desk.send(`${PEOPLE}/delegations/end`, { grant })
  here.at('2026-06-17T08:00:01Z')
  assert.equal((await browser.send('/microsoft/contact', FORM)).status, 403)
  assert.equal((await refusals(bo)).at(-1), 'right-ended')
})

test('a role that is taken while the form is open is gone at submit, and by the API too', async () => {
  const { personId: person } = await memberOf(bo)
  const desk = browserOf(here, asta)
  await desk.send(`${PEOPLE}/roles`, { person, 'role-exchange-admin': 'on' })
  const browser = browserOf(here, bo)
  assert.match((await browser.get('/microsoft/contact')).body, /name="topic"/)
  await desk.send(`${PEOPLE}/roles`, { person })
  assert.equal((await browser.send('/microsoft/contact', FORM)).status, 403)
  const program = programOf(here, here.tokenOf(bo))
  const { status, json } = await program('POST', '/cases', serviceRequest(), { 'idempotency-key': 'bo' })
  assert.deepEqual([status, json.code], [403, 'right-ended'])
})

test('the last administrator cannot be removed, nor two remove each other at once', async () => {
  const [one, two] = [await memberOf(asta), await memberOf(bo)]
  const desk = browserOf(here, asta)
  const alone = await desk.send(`${PEOPLE}/roles`, { person: one.personId })
  assert.equal(alone.status, 409)
  assert.match(alone.body, /den sidste/)
  await desk.send(`${PEOPLE}/roles`, { person: two.personId, 'role-global-admin': 'on' })
  const both = await Promise.all([
    desk.send(`${PEOPLE}/roles`, { person: two.personId }),
    browserOf(here, bo).send(`${PEOPLE}/roles`, { person: one.personId }),
  ])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 403],
  )
  await rows(`update svar.person set roles = '{global-admin}' where email = 'asta@havn.test'`)
  await rows(`update svar.person set roles = '{}' where email = 'bo@havn.test'`)
})

test('a colleague is invited by mail and can sign in', async () => {
  const desk = browserOf(here, asta)
  await desk.send(`${PEOPLE}/invite`, { name: 'Cai Lund', email: 'cai@havn.test' })
  await here.doJobs()
  const [mail] = await rows<{ body: string }>(`select body from svar.outbound_mail where recipient = 'cai@havn.test'`)
  assert.match(mail?.body ?? '', /Cai Lund/)
  const cai = browserOf(here, { email: 'cai@havn.test', operator: 'microsoft', operatorId })
  assert.equal((await cai.get('/microsoft/contact')).status, 403)
  assert.equal((await desk.send(`${PEOPLE}/invite`, { name: 'Cai', email: 'CAI@havn.test' })).status, 409)
})

test('Business Assist: every employee asks within the seats, and an administrator takes a seat back', async () => {
  const { organizationId, personId } = await memberOf(bo)
  const form = { ...FORM, topic: 'getting-started' }
  const browser = browserOf(here, bo)
  assert.equal((await browser.send('/microsoft/contact', form)).status, 403)
  assert.equal((await refusals(bo)).at(-1), 'add-on-missing')
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    addAddOn(work, { organizationId, operatorId, addOn: 'business-assist', seats: 1 }),
  )
  const sent = await browser.send('/microsoft/contact', { ...form, key: 'assist' })
  assert.match(sent.path, /\/contact\/sent\//)
  const desk = browserOf(here, asta)
  assert.equal((await desk.send('/microsoft/contact', { ...form, key: 'second seat' })).status, 409)
  await desk.send(`${PEOPLE}/seats/free`, { addOn: 'business-assist', person: personId })
  assert.match((await desk.send('/microsoft/contact', { ...form, key: 'second seat' })).path, /\/contact\/sent\//)
})

test('out of scope ends with the reason and where to go, and is contested in a case that says so', async () => {
  const desk = browserOf(here, asta)
  const form = { ...FORM, key: 'scope', 'scope-technical': 'own-network', 'answer-technical-error-code': '0x80040115' }
  const told = await desk.send('/microsoft/contact', form)
  assert.equal(told.status, 422)
  assert.match(told.body, /internetudbyder/)
  const sent = await desk.send('/microsoft/contact', { ...form, 'contest-technical': 'It happens at home, too.' })
  const number = sent.path.split('/').at(-1) ?? ''
  const seen = await browserOf(here, here.agents.mette).get(`/microsoft/agent/cases/${number}`)
  assert.match(seen.body, /It happens at home, too\./)
  assert.match(seen.body, /0x80040115/)
})

test('a visitor asks before buying: a case in an organization of its own, and no more than five a day of one address', async () => {
  const visitor = browserOf(here)
  const form = {
    ...FORM,
    name: 'Ida Vang',
    company: 'Vang & Co',
    country: 'DK',
    topic: 'plans-and-prices',
    email: 'ida@vang.test',
    'answer-pre-sales-how-many': 'up-to-5',
  }
  assert.equal((await visitor.send('/microsoft/pre-sales', { ...form, company: '' })).status, 422)
  for (let sent = 0; sent < 6; sent++) {
    const { path } = await visitor.send('/microsoft/pre-sales', form)
    assert.match(path, /said=sent/)
  }
  assert.equal((await visitor.send('/microsoft/pre-sales', form)).status, 429)
  await here.doJobs()
  const found = await rows<{ prospect: boolean; requester: string }>(
    `select prospect, person.name as requester from svar.support_case join svar.organization using (organization_id)
     join svar.person on person.person_id = requester_id where organization.name = 'Vang & Co'`,
  )
  assert.equal(found.length, 5)
  assert.deepEqual(found[0], { prospect: true, requester: 'Ida Vang' })
})

test('a partner acts on behalf as long as there is consent, marked wherever he does; withdrawn, his text is kept', async () => {
  here.at('2026-07-01T08:00:00Z')
  const { nora, partnerId } = await addPartner()
  const browser = browserOf(here, nora)
  const form = { ...FORM, email: nora.email }
  assert.equal((await browser.get('/microsoft/contact')).status, 403)
  assert.equal((await browser.send('/microsoft/contact', form)).status, 403)
  assert.equal((await refusals(liv)).at(-1), 'consent-missing')

  const owner = browserOf(here, liv)
  assert.equal((await owner.send(`${PEOPLE}/partner`, { partner: partnerId, act: 'give' })).status, 200)
  here.at('2026-07-01T08:00:02Z')
  assert.match((await browser.get('/microsoft/contact')).body, /<textarea/, 'he is not sent to himself first')
  const sent = await browser.send('/microsoft/contact', { ...form, key: 'for liv' })
  const number = sent.path.split('/').at(-1) ?? ''
  assert.match(sent.body, /You act on behalf of Livs Bageri, as Nordlys IT/)
  assert.match((await owner.get(`/microsoft/cases/${number}`)).body, /Nora Vik, Nordlys IT/)
  const program = programOf(here, here.tokenOf(liv))
  const { json } = await program('GET', `/cases/${number}`)
  assert.equal(json.messages[0].author.kind, 'partner')

  await owner.send(`${PEOPLE}/partner`, { partner: partnerId, act: 'withdraw' })
  const refused = await browser.send('/microsoft/contact', form)
  assert.equal(refused.status, 403)
  assert.match(refused.body, /The printer prints five pages/)
  assert.doesNotMatch(refused.body, /liv@bageri\.test/)
  assert.equal((await browser.get(`/microsoft/cases/${number}`)).status, 403)
  assert.equal((await refusals(liv)).at(-1), 'consent-withdrawn')
})

test('a case is handed to the partner and back: he is told, our clocks stand still meanwhile, and his time stands apart', async () => {
  here.at('2026-07-02T08:00:00Z')
  const { organizationId } = await memberOf(liv)
  const [relation] = await rows<{ partnerId: string }>(
    `select partner_id as "partnerId" from svar.partner_relation where organization_id = $1`,
    [organizationId],
  )
  const partner = relation?.partnerId ?? ''
  const [owner, desk] = [browserOf(here, liv), browserOf(here, here.agents.mette)]
  await owner.send(`${PEOPLE}/partner`, { partner, act: 'give' })
  const sent = await owner.send('/microsoft/contact', { ...FORM, email: liv.email, key: 'to hand over' })
  const number = sent.path.split('/').at(-1) ?? ''
  const path = `/microsoft/agent/cases/${number}`
  const hand = { kind: 'partner', body: 'Please check the connector.' }

  here.at('2026-07-02T09:00:00Z')
  const nowhere = await desk.send(`${path}/messages`, { ...hand, partner: '00000000-0000-0000-0000-000000000000' })
  assert.equal(nowhere.status, 404)
  const handed = await desk.send(`${path}/messages`, { ...hand, partner })
  assert.match(handed.body, /Handed to Nordlys IT/)
  await here.doJobs()
  const [mail] = await rows<{ recipient: string; body: string }>(
    `select recipient, body from svar.outbound_mail where subject like '%is with you now%'`,
  )
  assert.equal(mail?.recipient, 'nora@nordlys.test')
  assert.match(mail.body, /Please check the connector/)

  here.at('2026-07-02T11:30:00Z')
  const nora: Somebody = { email: 'nora@nordlys.test', operator: 'microsoft', operatorId }
  const back = await browserOf(here, nora).send(`/microsoft/cases/${number}/reply`, {
    body: 'The connector is right.',
  })
  assert.equal(back.status, 200)
  const { body } = await desk.get(path)
  assert.match(body, /Nora Vik, Nordlys IT has handed the case back/)
  assert.match(body, /With Nordlys IT<\/dt>\s*<dd>2 (hr|hrs),? 30 (min|mins) in all/)

  here.at('2026-07-02T12:00:00Z')
  await desk.send(`${path}/messages`, { ...hand, partner })
  const again = await desk.send(`${path}/resume`, {})
  assert.doesNotMatch(again.body, /Take back from the partner/)
  await owner.send(`${PEOPLE}/partner`, { partner, act: 'withdraw' })
  assert.equal((await desk.send(`${path}/messages`, { ...hand, partner })).status, 404)
})

test('thirty days, seven days and a day before its end both sides are told, and it goes on by itself for a year', async () => {
  const { organizationId } = await memberOf(liv)
  const owner = browserOf(here, liv)
  const { partnerId = '' } =
    (
      await rows<{ partnerId: string }>(
        `select partner_id as "partnerId" from svar.partner_relation where organization_id = $1`,
        [organizationId],
      )
    )[0] ?? {}
  await owner.send(`${PEOPLE}/partner`, { partner: partnerId, act: 'give' })
  for (const at of ['2026-07-12T08:00:00Z', '2026-08-04T08:00:00Z', '2026-08-09T08:00:00Z', '2026-08-10T08:00:00Z']) {
    here.at(at)
    await here.doJobs()
  }
  const mails = await rows<{ recipient: string }>(
    `select recipient from svar.outbound_mail where subject like '%Nordlys IT%' order by recipient`,
  )
  assert.deepEqual(
    mails.map(({ recipient }) => recipient),
    ['liv@bageri.test', 'nora@nordlys.test'].flatMap((address) => [address, address, address, address]),
  )
  const [relation] = await rows<{ until: Date }>(
    `select ends_at as until from svar.partner_relation where organization_id = $1`,
    [organizationId],
  )
  assert.equal(relation?.until.toISOString(), '2027-08-10T08:00:00.000Z')
})
