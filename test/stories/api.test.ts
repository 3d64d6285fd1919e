import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import { openApi } from '../../src/app/open-api.ts'

const here = await world()

test("Asta's program opens a case: severity A, and the moment the answer is due", async () => {
  here.at('2026-06-15T08:00:00Z')
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const { status, json, headers } = await asta('POST', '/cases', serviceRequest(), { 'idempotency-key': 'one' })
  assert.equal(status, 201)
  assert.equal(json.severity, 'A')
  assert.equal(json.cappedFrom, null)
  assert.equal(json.initialResponse.due, '2026-06-15T09:00:00Z')
  assert.equal(headers.get('location'), `/api/v1/cases/${json.number}`)
  const { json: shown } = await asta('GET', `/cases/${json.number}`)
  assert.equal(shown.messages[0].body, 'Nobody in the company receives external mail.')
  const { json: clocks } = await asta('GET', `/cases/${json.number}/clocks`)
  assert.equal(clocks.clocks[0].state, 'running')
})

test('the same key twice is one case, also a hundred times at once; another request under it is refused', async () => {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const body = serviceRequest({ title: 'Once' })
  const all = await Promise.all(
    Array.from({ length: 100 }, () => asta('POST', '/cases', body, { 'idempotency-key': 'again' })),
  )
  assert.deepEqual([...new Set(all.map(({ status }) => status))], [201])
  assert.equal(new Set(all.map(({ json }) => json.number)).size, 1)
  const other = await asta('POST', '/cases', serviceRequest({ title: 'Other' }), { 'idempotency-key': 'again' })
  assert.equal(other.json.code, 'idempotency-key-reused')
  assert.equal((await asta('POST', '/cases', body)).json.code, 'idempotency-key-missing')
})

test('Liv asks for A on billing: held at B, with both reasons in words', async () => {
  const liv = programOf(here, here.tokenOf(here.people.liv))
  const options = (await liv('GET', '/service-requests/options')).json
  const topic = options.topics.find((one: { supportType: string }) => one.supportType === 'billing').id
  const { json } = await liv(
    'POST',
    '/cases',
    serviceRequest({ supportType: 'billing', topic, contact: { method: 'email', email: 'liv@bageri.test' } }),
    { 'idempotency-key': 'liv' },
  )
  assert.equal(json.severity, 'B')
  assert.equal(json.cappedFrom, 'A')
  assert.ok(json.because.length >= 2)
  assert.ok(json.because.every(({ text }: { text: string }) => text.length > 10))
})

test("what is wrong is said field by field, in the caller's language", async () => {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const send = async (body: unknown) =>
    asta('POST', '/cases', body, { 'idempotency-key': crypto.randomUUID(), 'accept-language': 'da' })
  const fields = async (body: unknown) =>
    Object.fromEntries(
      (await send(body)).json.errors.map((error: { field: string; code: string }) => [error.field, error.code]),
    )
  assert.deepEqual(await fields(serviceRequest({ role: 'admin', operatorId: 'x', is_admin: true })), {
    role: 'unknown-field',
    operatorId: 'unknown-field',
    is_admin: 'unknown-field',
  })
  assert.deepEqual(await fields(serviceRequest({ title: 'x'.repeat(200) })), { title: 'too-long' })
  assert.deepEqual(await fields(serviceRequest({ title: 7, topic: 'no-such' })), {
    title: 'wrong-type',
    topic: 'not-an-option',
  })
  assert.deepEqual(
    await fields(serviceRequest({ contact: { method: 'phone', phone: '12', email: 'asta@havn.test' } })),
    { 'contact.phone': 'not-a-phone' },
  )
  assert.deepEqual(await fields(serviceRequest({ description: 'a\u0000b' })), { description: 'broken-text' })
  assert.match((await send(serviceRequest({ title: '' }))).json.errors[0].message, /Udfyld/)
  assert.equal((await send('{"title": ')).json.errors[0].code, 'wrong-type')
})

test('bytes that are no UTF-8, and a body of two megabytes, are refused', async () => {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const token = await here.tokenOf(here.people.asta)
  const broken = await here.app.fetch(
    new Request('http://svar.test/api/v1/cases', {
      method: 'POST',
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'b' },
    }),
  )
  assert.equal(broken.status, 422)
  assert.equal((await asta('POST', '/cases', 'x'.repeat(2 * 1024 * 1024), { 'idempotency-key': 'c' })).status, 413)
})

test('a token opens what its scope says, and one that is not ours nothing', async () => {
  const reader = programOf(here, here.tokenOf(here.people.asta, 'read'))
  assert.equal((await reader('GET', '/cases')).status, 200)
  assert.equal(
    (await reader('POST', '/cases', serviceRequest(), { 'idempotency-key': 'r' })).json.code,
    'scope-missing',
  )
  const stranger = programOf(here, 'svar_0000000000000000000000000000000000000000000')
  const refused = await stranger('GET', '/me')
  assert.equal(refused.status, 401)
  assert.equal(refused.headers.get('www-authenticate'), 'Bearer')
})

test('cases page by cursor, each once, newest first', async () => {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  for (let at = 0; at < 5; at++)
    await asta('POST', '/cases', serviceRequest({ title: `Page ${at}` }), {
      'idempotency-key': `page ${at}`.replace(' ', '-'),
    })
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { json } = await asta('GET', `/cases?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...json.cases.map((one: { number: string }) => one.number))
    if (json.next === null) break
    cursor = json.next
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.ok(seen.length >= 5)
})

test('an agent answers through the same door, and the initial response is met', async () => {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const mette = programOf(here, here.tokenOf(here.agents.mette))
  const { number } = (
    await asta('POST', '/cases', serviceRequest({ title: 'Answer me' }), { 'idempotency-key': 'answer' })
  ).json
  assert.ok((await mette('GET', '/cases')).json.cases.some((one: { number: string }) => one.number === number))
  assert.equal(
    (await mette('POST', `/cases/${number}/messages`, { body: 'We are on it.', kind: 'answer' })).status,
    201,
  )
  assert.equal((await asta('GET', `/cases/${number}/clocks`)).json.clocks[0].state, 'met')
  assert.equal((await asta('POST', `/cases/${number}/close`)).status, 204)
  assert.equal(
    (await mette('POST', `/cases/${number}/messages`, { body: 'Too late', kind: 'answer' })).json.code,
    'case-closed',
  )
})

test('OpenAPI names every route there is, and no other', () => {
  const written = Object.entries(openApi().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const routes = here.app.app.routes
    .filter(({ path, method }) => path.startsWith('/api/v1/') && method !== 'ALL')
    .map(({ path, method }) => `${method.toLowerCase()} ${path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')}`)
  assert.deepEqual([...new Set(routes)].toSorted(), written.toSorted())
})
