import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { applyCharter, documentInForce } from '../../src/rooms/entitlements/index.ts'
import { addPerson } from '../../src/rooms/people/index.ts'
import { addSubscription } from '../../src/rooms/rights/index.ts'
import { mailTransport, outbox } from '../../src/rooms/channels/index.ts'
import type { WebhookBody, WebhookTestBody } from '../../src/rooms/health-notices/rules/webhook-body.ts'
import { newId } from '../../src/base/ids.ts'
import { browserOf } from '../client.ts'
import { endpoint, endpointAuthority } from '../outside/endpoint.ts'
import { nameServer } from '../outside/name-server.ts'
import { openOutsideMail } from '../drills/outside-mail.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

/** What each endpoint does with a message: takes it, says no, or never answers. */
let answering: 'yes' | 'no' = 'yes'
const good = await endpoint((_, response) => response.writeHead(answering === 'yes' ? 204 : 500).end())
const hanging = await endpoint(() => {}, { port: good.port, host: '127.0.0.2' })
const names = await nameServer((name) => {
  if (name === 'hooks.test') return ['127.0.0.1']
  if (name === 'slow.hooks.test') return ['127.0.0.2']
  return name === 'inner.hooks.test' ? ['10.0.0.7'] : 'nobody'
})
after(async () => {
  await Promise.all([good.close(), hanging.close(), names.close()])
})

const here = await world({
  outside: {
    letThrough: ['127.0.0.0/8'],
    ports: [good.port],
    ca: endpointAuthority,
    nameServers: [names.address],
    seconds: 1,
  },
})
const client = new Client(here.superuserUrl)
client.on('error', () => {}) // the world ends before it
await client.connect()
after(() => client.end())
const { microsoft } = here.operators
const { asta, bo, liv, chen } = here.people
const job = { kind: 'job', operatorIds: [microsoft] } as const
const mette = browserOf(here, here.agents.mette)
here.at('2026-06-15T08:00:00Z')

const MAIL_DOWN = {
  kind: 'incident',
  service: 'mail',
  state: 'serviceInterruption',
  startedAt: '2026-06-15T09:30',
  language: 'da',
  origin: 'operator',
  'title-da': 'Mails kommer ikke frem',
  'impact-da': 'Ingen får mails udefra.',
}

async function declared(fields: Record<string, string> = {}): Promise<string> {
  const { path, status, body } = await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, ...fields })
  assert.equal(status, 200, body.slice(0, 4000))
  return path.split('/').at(-1) ?? ''
}

async function posted(incident: string, text: string): Promise<void> {
  const fields = { kind: 'regular', language: 'da', 'text-da': text }
  const { status } = await mette.send(`/microsoft/agent/incidents/${incident}/posts`, fields)
  assert.equal(status, 200)
}

type Mail = {
  readonly recipient: string
  readonly subject: string
  readonly body: string
  readonly unsubscribe: string
}

/** What has come to somebody since the last time it was asked for, oldest first. */
async function mailTo({ email }: Somebody): Promise<readonly Mail[]> {
  await here.doJobs()
  const { rows } = await client.query<Mail>(
    `with read as (delete from svar.outbound_mail where recipient = $1 and unsubscribe is not null returning *)
     select recipient, subject, body, unsubscribe from read order by written_at, subject`,
    [email],
  )
  return rows
}

/** Does what is left to do, and forgets the mails of it. */
async function over(...incidents: readonly string[]): Promise<void> {
  for (const id of incidents) await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'falsePositive' })
  await here.doJobs()
  await client.query('delete from svar.outbound_mail')
}

const subscribe = (who: Somebody, fields: Record<string, string> = {}) =>
  browserOf(here, who).send('/microsoft/health/subscriptions', { which: 'own', pace: 'at-once', ...fields })

const unsubscribeAt = (mail: Mail | undefined) => (mail?.unsubscribe ?? '').replace('http://svar.test', '')

test('Asta subscribes, and is told of what is declared, posted and over; Liv, who did not, is not', async () => {
  const page = await browserOf(here, asta).get('/microsoft/health/subscriptions')
  assert.match(page.body, /Mail om driftsstatus/)
  assert.match((await browserOf(here, asta).get('/microsoft/health')).body, /\/health\/subscriptions/)
  assert.match((await browserOf(here, asta).get('/microsoft/organization')).body, /\/health\/subscriptions/)
  assert.match((await subscribe(asta)).body, /så snart der er noget at fortælle/)
  const id = await declared()
  await posted(id, 'Vi har fundet fejlen.')
  await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'serviceRestored' })
  const mails = await mailTo(asta)
  assert.equal(mails.length, 3)
  assert.match(mails[0]?.subject ?? '', /Mails kommer ikke frem/)
  assert.ok(mails.some(({ body }) => body.includes('Vi har fundet fejlen.')))
  assert.ok(mails.every(({ body }) => body.includes(`http://svar.test/microsoft/health/incidents/${id}`)))
  assert.deepEqual(await mailTo(liv), [])
  assert.deepEqual(await mailTo(chen), [])
})

test('Liv reads English: she is told that the Danish text is not translated yet, and never given another in silence', async () => {
  await subscribe(liv)
  const id = await declared()
  const [mail] = await mailTo(liv)
  assert.match(mail?.body ?? '', /Mails kommer ikke frem/)
  assert.match(mail?.body ?? '', /Not translated yet; this is the text in Danish/)
  assert.match(mail?.body ?? '', /You get this mail because you subscribe/)
  await over(id)
})

test('who follows an incident is told once, whether he subscribes or not', async () => {
  const id = await declared()
  await mailTo(asta)
  for (const who of [asta, bo])
    await browserOf(here, who).send(`/microsoft/health/incidents/${id}/follow`, { act: 'follow' })
  await posted(id, 'Xnyt')
  for (const who of [asta, bo]) assert.equal((await mailTo(who)).length, 1, who.email)
  await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'serviceRestored' })
  for (const who of [asta, bo])
    assert.deepEqual(
      (await mailTo(who)).map(({ subject }) => subject),
      ['Virker det igen? Mails kommer ikke frem'],
      'whom the end is asked of needs no notice of it',
    )
  await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'investigating' })
  await over(id)
})

test('a chunk that is done twice makes no second mail', async () => {
  const id = await declared()
  await here.doJobs()
  const count = async () =>
    (await client.query(`select from svar.outbound_mail where unsubscribe is not null`)).rows.length
  const before = await count()
  assert.ok(before > 0)
  await client.query(
    `insert into pgboss.job (id, name, data, start_after) values (gen_random_uuid(), 'reactions', $1, '2026-06-15')`,
    [{ reaction: 'tellSubscribers', operatorId: microsoft, incidentId: id, sequence: 1 }],
  )
  assert.ok((await here.doJobs()) > 0)
  assert.equal(await count(), before)
  await over(id)
})

test('of hundreds of subscribers, in several chunks, each gets one mail', async () => {
  await client.query(
    `with made as (insert into svar.person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, active_from, created_at)
       select organization_id, operator_id, gen_random_uuid(), 'many ' || i, 'many' || i || '@havn.test', 'Many ' || i, 'da', 'Europe/Copenhagen',
         '2026-01-01', '2026-01-01'
       from svar.organization, generate_series(1, 600) i where name = 'Havn Logistik' returning *)
     insert into svar.health_subscription (organization_id, operator_id, person_id, subscribed_at)
     select organization_id, operator_id, person_id, '2026-01-01' from made`,
  )
  const id = await declared()
  await here.doJobs()
  const { rows } = await client.query(
    `select count(*)::int as mails, count(distinct recipient)::int as people, count(sent_at)::int as sent from svar.outbound_mail
     where recipient like 'many%'`,
  )
  assert.deepEqual(rows[0], { mails: 600, people: 600, sent: 600 })
  await client.query(`delete from svar.health_subscription using svar.person
    where person.person_id = health_subscription.person_id and person.email like 'many%'`)
  await over(id)
})

test('my services only: whose organization has others, or who chose others, is not told; nor whom it does not concern', async () => {
  const organization = await client.query<{ id: string }>(
    `select organization_id as id from svar.organization where name = 'Livs Bageri'`,
  )
  const organizationId = organization.rows[0]?.id ?? ''
  await here.database.work(job, (work) =>
    addSubscription(work, {
      organizationId,
      operatorId: microsoft,
      subscriptionId: newId(),
      name: 'Something else',
      seats: 1,
      soldByPartner: false,
    }),
  )
  const before = await here.database.work(job, (work) => documentInForce(work, microsoft))
  const document = before as { readonly services: readonly { readonly id: string }[] }
  const sold = document.services.map((one) => (one.id === 'mail' ? { ...one, subscriptions: ['Business Basic'] } : one))
  await here.database.work(job, (work) => applyCharter(work, microsoft, { ...document, services: sold }))
  const services = (await browserOf(here, asta).get('/microsoft/health/subscriptions')).body
  const other = [...services.matchAll(/name="service-([\w-]+)"/g)].map(([, id]) => id).find((id) => id !== 'mail') ?? ''
  assert.equal((await subscribe(asta, { which: 'chosen' })).status, 422)
  assert.equal((await subscribe(asta, { which: 'chosen', 'service-phones-of-nobody': 'on' })).status, 422)
  assert.equal((await subscribe(asta, { which: 'chosen', [`service-${other}`]: 'on' })).status, 200)
  const mail = await declared()
  assert.deepEqual([...(await mailTo(asta)), ...(await mailTo(liv))], [])
  await subscribe(asta)
  const sweden = await declared({ regions: 'se' })
  assert.deepEqual(await mailTo(asta), [])
  const bakery = await declared({ organizations: 'Livs Bageri' })
  assert.deepEqual(await mailTo(asta), [])
  await over(mail, sweden, bakery)
  await here.database.work(job, (work) => applyCharter(work, microsoft, before))
})

test('a click in the mail ends it, without signing in: a page asks a person, a program posts', async () => {
  const id = await declared()
  const [mail] = await mailTo(asta)
  const address = unsubscribeAt(mail)
  const stranger = browserOf(here)
  assert.match((await stranger.get(address, { 'accept-language': 'da' })).body, /<button[^>]*>Afmeld/)
  await posted(id, 'Stadig i gang.')
  assert.equal((await mailTo(asta)).length, 1, 'a look at the page ends nothing')
  const clicked = await here.app.fetch(
    new Request(`http://svar.test${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '192.0.2.1' },
      body: 'List-Unsubscribe=One-Click',
    }),
  )
  assert.equal(clicked.status, 200)
  await posted(id, 'Mere.')
  assert.deepEqual(await mailTo(asta), [])
  for (const made of [address.slice(0, -1), `${address.slice(0, -5)}AAAAA`, '/microsoft/health/unsubscribe/x'])
    assert.equal((await stranger.get(made)).status, 404, made)
  // At another operator the same word is nobody's mail.
  await subscribe(asta)
  await stranger.send(address.replace('/microsoft', '/21vianet'), {})
  await posted(id, 'Igen.')
  assert.equal((await mailTo(asta)).length, 1)
  await over(id)
})

test('the mail that asks whether it works again is ended in the same way: a look changes nothing, a program’s click unfollows', async () => {
  const id = await declared({ 'title-en': 'Mail does not arrive', 'impact-en': 'None.' })
  const page = `/microsoft/health/incidents/${id}`
  const bos = browserOf(here, bo)
  await bos.send(`${page}/follow`, { act: 'follow' })
  await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'serviceRestored' })
  const asked = (await mailTo(bo)).filter(({ subject }) => /Virker det igen\?/.test(subject))
  assert.equal(asked.length, 1)
  const [mail] = asked
  assert.match(mail?.body ?? '', /Virker det igen hos jer\?[^]*du følger[^]*health\/unsubscribe/)
  const address = unsubscribeAt(mail)
  assert.equal((await browserOf(here).get(address)).status, 200)
  assert.match((await bos.get(page)).body, /value="unfollow"/)
  const clicked = await here.app.fetch(
    new Request(`http://svar.test${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '192.0.2.1' },
      body: 'List-Unsubscribe=One-Click',
    }),
  )
  assert.equal(clicked.status, 200)
  assert.match((await bos.get(page)).body, /value="follow"/)
  await mette.send(`/microsoft/agent/incidents/${id}/state`, { to: 'investigating' })
  await over(id)
  assert.deepEqual(await mailTo(bo), [])
})

test('the mail says by RFC 8058 how it is ended', async () => {
  const mails = await openOutsideMail()
  const transport = mailTransport(mails.url)
  const id = await declared()
  await here.doJobs()
  const [mail] = (await here.database.work(job, (work) => outbox(work, microsoft))).filter(
    ({ recipient, unsubscribe }) => recipient === asta.email && unsubscribe,
  )
  assert.ok(mail?.unsubscribe)
  await transport.send(mail, 'support@svar.test')
  const raw = mails.newest()
  assert.equal(/^List-Unsubscribe:\s+<([^>]+)>/m.exec(raw)?.[1], mail.unsubscribe)
  assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
  transport.close()
  await mails.end()
  await over(id)
})

test('a daily digest comes at its hour where its reader is, once, and not when nothing happened', async () => {
  await subscribe(asta, { pace: 'daily', hour: '7' })
  const id = await declared()
  await posted(id, 'Xdigest')
  assert.deepEqual(await mailTo(asta), [])
  here.at('2026-06-16T04:59:59Z')
  assert.deepEqual(await mailTo(asta), [])
  here.at('2026-06-16T05:00:00Z')
  const [digest, ...more] = await mailTo(asta)
  assert.deepEqual(more, [])
  assert.match(digest?.body ?? '', /Mails kommer ikke frem[\s\S]*Xdigest/)
  here.at('2026-06-17T05:00:00Z')
  assert.deepEqual(await mailTo(asta), [])
  here.at('2026-06-17T10:00:00Z')
  await posted(id, 'Xnextday')
  here.at('2026-06-18T05:00:30Z')
  const [second] = await mailTo(asta)
  assert.match(second?.body ?? '', /Xnextday/)
  assert.doesNotMatch(second?.body ?? '', /Xdigest/)
  await subscribe(asta)
  await over(id)
})

test('who gives rights subscribes as many colleagues as there are; others may not', async () => {
  const astas = browserOf(here, asta)
  const colleagues = '/microsoft/health/subscriptions/colleagues'
  for (const name of ['ida', 'jens', 'kaj']) {
    await here.database.work(job, async (work) => {
      const { rows } = await client.query<{ id: string }>(
        `select organization_id as id from svar.organization where name = 'Havn Logistik'`,
      )
      await addPerson(work, {
        operatorId: microsoft,
        organizationId: rows[0]?.id ?? '',
        email: `${name}@havn.test`,
        name,
        phone: null,
        language: 'da',
        zone: 'Europe/Copenhagen',
        roles: [],
      })
    })
    assert.equal((await astas.send(colleagues, { email: `${name.toUpperCase()}@havn.test` })).status, 200)
  }
  assert.equal((await astas.send(colleagues, { email: liv.email })).status, 422)
  assert.equal((await browserOf(here, bo).send(colleagues, { email: 'ida@havn.test' })).status, 403)
  const { body } = await astas.get('/microsoft/health/subscriptions')
  for (const name of ['ida', 'jens', 'kaj']) assert.match(body, new RegExp(`${name}@havn.test`))
  const person = /name="person" value="([^"]+)"\/?>\s*ida/.exec(body)?.[1] ?? ''
  await astas.send(colleagues, { person })
  assert.doesNotMatch((await astas.get('/microsoft/health/subscriptions')).body, /ida@havn.test/)
})

// ---- Webhooks

const astasHooks = browserOf(here, asta)

async function hook(host: string, path = '/', telling: Record<string, string> = {}): Promise<string> {
  const { body, status } = await astasHooks.send('/microsoft/health/webhooks', {
    url: `https://${host}:${good.port}${path}`,
    ...telling,
  })
  assert.equal(status, 200)
  return /whsec_[\w+/=]+/.exec(body)?.[0] ?? assert.fail('no secret')
}

test('an endpoint is told in the words of Graph, signed; one that hangs or leads inside holds up nobody else', async () => {
  assert.equal((await astasHooks.send('/microsoft/health/webhooks', { url: 'http://hooks.test/' })).status, 422)
  assert.equal(
    (await astasHooks.send('/microsoft/health/webhooks', { url: `https://10.0.0.1:${good.port}/` })).status,
    422,
  )
  assert.equal((await browserOf(here, bo).get('/microsoft/health/webhooks')).status, 403)
  await hook('slow.hooks.test')
  await hook('inner.hooks.test')
  const secret = await hook('hooks.test', '/health')
  assert.doesNotMatch((await astasHooks.get('/microsoft/health/webhooks')).body, /whsec_/)
  const id = await declared()
  await posted(id, 'Xkrog')
  await here.doJobs()
  assert.equal(good.received.length, 2)
  const told = good.received.find(({ body }) => body.includes('incident.posted'))
  assert.equal(told?.path, '/health')
  const { type, timestamp, data } = JSON.parse(told?.body ?? '{}') as WebhookBody
  assert.equal(type, 'incident.posted')
  assert.ok(Temporal.Instant.from(timestamp))
  assert.equal(data.incident.id, id)
  assert.equal('status' in data.incident && data.incident.status, 'serviceInterruption')
  assert.deepEqual(data.post?.description, { contentType: 'text', content: 'Xkrog' })
  const { 'webhook-id': messageId, 'webhook-timestamp': at, 'webhook-signature': signature } = told?.headers ?? {}
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(`${messageId}.${at}.${told?.body}`).digest('base64')
  assert.equal(signature, `v1,${expected}`)
  const page = (await astasHooks.get('/microsoft/health/webhooks')).body
  assert.match(page, /Svarede 204/)
  assert.match(page, /Intet svar i tide|Holder pause/)
  assert.match(page, /Fører til en intern adresse/)
  assert.match(page, /Opgivet/)
  assert.ok(hanging.connections() > 0)
  await over(id)
})

test('an endpoint that says no is tried again with growing pauses, with the same id and body, until it says yes', async () => {
  const before = good.received.length
  answering = 'no'
  here.at('2026-06-19T08:00:00Z')
  const id = await declared()
  await here.doJobs()
  assert.equal(good.received.length, before + 1)
  here.at('2026-06-19T08:00:09Z')
  await here.doJobs()
  assert.equal(good.received.length, before + 1)
  here.at('2026-06-19T08:00:11Z')
  await here.doJobs()
  answering = 'yes'
  here.at('2026-06-19T08:01:30Z')
  await here.doJobs()
  const tries = good.received.slice(before)
  assert.equal(tries.length, 3)
  assert.equal(new Set(tries.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size, 1)
  here.at('2026-06-19T20:00:00Z')
  await here.doJobs()
  assert.equal(good.received.length, before + 3)
  await over(id)
})

/** The id of the address that was added last. */
async function newestHook(): Promise<string> {
  const { body } = await astasHooks.get('/microsoft/health/webhooks')
  return [...body.matchAll(/id="hook-([0-9a-f-]{36})"/g)].at(-1)?.[1] ?? assert.fail('no address')
}

test('an address is told of chosen services alone, in its language; both are changed and its secret stays', async () => {
  const refused = await astasHooks.send('/microsoft/health/webhooks', { url: 'https://hooks.test/', which: 'chosen' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /value="https:\/\/hooks\.test\/"/)
  const secret = await hook('hooks.test', '/chosen', { which: 'chosen', 'service-files': 'on', language: 'en' })
  const webhook = await newestHook()
  const toldThere = () => good.received.filter(({ path }) => path === '/chosen')
  const page = `/microsoft/health/webhooks/${webhook}`
  assert.match((await astasHooks.get('/microsoft/health/webhooks')).body, /Får besked om: Filer[^<]*Tekster på engelsk/)
  const mail = await declared()
  await here.doJobs()
  assert.equal(toldThere().length, 0)
  const files = await declared({ service: 'files', 'title-en': 'Folders do not open', 'impact-en': 'None.' })
  await here.doJobs()
  assert.match(toldThere()[0]?.body ?? '', /Folders do not open/)

  assert.equal((await astasHooks.send(page, { which: 'chosen' })).status, 422)
  assert.equal((await astasHooks.send(page, { which: 'chosen', 'service-phones': 'on' })).status, 422)
  assert.equal((await astasHooks.send(page, { which: 'own', language: 'fr' })).status, 422)
  for (const who of [bo, liv, chen])
    assert.notEqual((await browserOf(here, who).send(page, { which: 'own' })).status, 200, who.email)
  assert.match((await astasHooks.send(page, { which: 'own', language: 'da' })).body, /Hemmeligheden er den samme/)
  await posted(mail, 'Xændret')
  await here.doJobs()
  const last = toldThere().at(-1) ?? assert.fail('nothing came')
  assert.match(last.body, /Mails kommer ikke frem/)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = last.headers
  assert.equal(signature, `v1,${createHmac('sha256', key).update(`${id}.${at}.${last.body}`).digest('base64')}`)
  await over(mail, files)
})

test('a test message is tried once, and what went wrong is said in words', async () => {
  const webhook = await newestHook()
  const tried = () => astasHooks.send('/microsoft/health/webhooks/test', { webhook })
  const before = good.received.length
  here.at('2026-06-19T21:00:00Z')
  await tried()
  await tried()
  await here.doJobs()
  assert.equal(good.received.length, before + 1, 'pressed twice is one message')
  const { type, data } = JSON.parse(good.received.at(-1)?.body ?? '{}') as WebhookTestBody
  assert.equal(type, 'webhook.test')
  assert.match(data.text, /Dette er en prøve/)
  assert.match((await astasHooks.get('/microsoft/health/webhooks')).body, /En prøve<[^]*?Leveret<[^]*?Svarede 204/)
  answering = 'no'
  here.at('2026-06-19T21:01:00Z')
  await tried()
  await here.doJobs()
  here.at('2026-06-20T21:01:00Z')
  await here.doJobs()
  answering = 'yes'
  assert.equal(good.received.length, before + 2)
  assert.match(
    (await astasHooks.get('/microsoft/health/webhooks?part=list')).body,
    /En prøve<[^]*?Opgivet<[^]*?Svarede 500: noget er gået i stykker på den side/,
  )
  for (const who of [bo, liv, chen])
    assert.notEqual(
      (await browserOf(here, who).send('/microsoft/health/webhooks/test', { webhook })).status,
      200,
      who.email,
    )
})

test('an endpoint that is removed is told no more; another organization knows of none', async () => {
  assert.doesNotMatch((await browserOf(here, liv).get('/microsoft/health/webhooks')).body, /hooks\.test/)
  const { body } = await astasHooks.get('/microsoft/health/webhooks')
  const ids = [...body.matchAll(/id="hook-([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '')
  assert.equal(ids.length, 4)
  assert.equal(
    (await browserOf(here, liv).send('/microsoft/health/webhooks/remove', { webhook: ids[0] ?? '' })).status,
    404,
  )
  for (const webhook of ids) await astasHooks.send('/microsoft/health/webhooks/remove', { webhook })
  const before = good.received.length
  await declared()
  await here.doJobs()
  assert.equal(good.received.length, before)
})
