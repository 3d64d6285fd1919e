import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import tls from 'node:tls'
import { after, test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import { Client as GraphClient, PageIterator } from '@microsoft/microsoft-graph-client'
import ICAL from 'ical.js'
import { makeAuthority, makeServerCertificate } from '../../src/app/local-authority.ts'
import { changeState, declareIncident, writePost } from '../../src/rooms/service-health/index.ts'

import { freePort } from '../drills/product.ts'
import { world } from '../world.ts'

/*
 * Other people's clients read an operator's service health: Microsoft's own Graph client over TLS, unmodified; Statuspage and
 * calendar readers by what they expect.
 */

const port = await freePort()
const origin = `https://localhost:${port}`
const here = await world({ publicUrl: origin })
const { microsoft } = here.operators
const job = { kind: 'job', operatorIds: [microsoft] } as const
const NOW = '2026-06-15T08:00:00Z'
here.at(NOW)

const authority = await makeAuthority(Temporal.Now.instant())
const shown = await makeServerCertificate(authority, ['localhost'], Temporal.Now.instant())
tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority.certificate])
/** What was answered over TLS, in order. */
const seen: number[] = []
const server = createAdaptorServer({
  fetch: async (request, ...rest) => {
    const answer = await here.app.fetch(request, ...rest)
    seen.push(answer.status)
    return answer
  },
  createServer,
  serverOptions: { key: shown.key, cert: shown.certificate },
})
await new Promise<void>((listening) => server.listen(port, listening))
after(() => {
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
})

const MAIL: Parameters<typeof declareIncident>[2] = {
  kind: 'incident',
  service: 'mail',
  feature: null,
  origin: 'operator',
  state: 'investigating',
  language: 'da',
  title: { da: 'Mail er forsinket', en: 'Mail is late' },
  impact: { da: 'Mail udefra kommer op til en time for sent.', en: 'Mail from outside is up to an hour late.' },
  startedAt: Temporal.Instant.from('2026-06-15T07:00:00Z'),
  plannedEndAt: null,
  organizations: [],
  regions: [],
}

const declare = (more: Partial<typeof MAIL> = {}) =>
  here.database.work(job, (work) => declareIncident(work, microsoft, { ...MAIL, ...more }))

const mail = await declare()
const secret = await declare({
  title: { da: 'Kun bageriet' },
  impact: { da: 'Kun der.' },
  organizations: ['Livs Bageri'],
})
const planned = await declare({
  kind: 'maintenance',
  state: 'serviceOperational',
  title: { da: 'Nye servere', en: 'New servers' },
  impact: { da: 'Korte afbrydelser.', en: 'Short interruptions.' },
  startedAt: Temporal.Instant.from('2026-06-20T20:00:00Z'),
  plannedEndAt: Temporal.Instant.from('2026-06-20T22:00:00Z'),
})
await here.database.work(job, (work) =>
  writePost(work, microsoft, mail, {
    kind: 'regular',
    language: 'da',
    texts: { da: 'Vi har fundet den: <b>en kø</b> & mere.', en: 'We found it: <b>a queue</b> & more.' },
    publishAt: null,
  }),
)

async function graph(token: Promise<string>, language = 'en'): Promise<GraphClient> {
  const shownToken = await token
  return GraphClient.init({
    baseUrl: `${origin}/microsoft`,
    authProvider: (done) => done(null, shownToken),
    customHosts: new Set(['localhost']),
    fetchOptions: { headers: { 'accept-language': language } },
  })
}

type List = { readonly value: readonly Record<string, unknown>[]; readonly '@odata.nextLink'?: string }

test('the Graph client lists, expands, filters and reads one, in the language asked for', async () => {
  const client = await graph(here.tokenOf(here.people.asta))
  const base = '/admin/serviceAnnouncement'
  const overviews: List = await client.api(`${base}/healthOverviews`).expand('issues').get()
  const exchange = overviews.value.find(({ id }) => id === 'mail')
  assert.equal(exchange?.['status'], 'investigating')
  assert.equal((exchange['issues'] as readonly { id: string }[])[0]?.id, mail)

  const issues: List = await client
    .api(`${base}/issues`)
    .filter("isResolved eq false and classification eq 'incident'")
    .get()
  assert.deepEqual(
    issues.value.map(({ id }) => id),
    [mail],
  )
  const [issue] = issues.value
  assert.equal(issue?.['title'], 'Mail is late')
  assert.equal(issue['origin'], 'microsoft')
  assert.deepEqual((issue['posts'] as readonly { description: { content: string } }[])[0]?.description, {
    contentType: 'text',
    content: 'We found it: <b>a queue</b> & more.',
  })
  const danish: Record<string, unknown> = await (
    await graph(here.tokenOf(here.people.asta), 'da')
  )
    .api(`${base}/issues/${mail}`)
    .get()
  assert.equal(danish['title'], 'Mail er forsinket')

  const messages: List = await client
    .api(`${base}/messages`)
    .filter("services/any(s:s eq 'Mail (Exchange Online)')")
    .get()
  assert.deepEqual(
    messages.value.map(({ id }) => id),
    [planned],
  )
  await assert.rejects(client.api(`${base}/issues/${secret}`).get(), { statusCode: 404, code: 'ResourceNotFound' })
  await assert.rejects(client.api(`${base}/issues`).filter('details eq 1').get(), { statusCode: 400 })
  const bakery: List = await (await graph(here.tokenOf(here.people.liv))).api(`${base}/issues`).get()
  assert.equal(bakery.value.length, 2)
})

test('the Graph client follows pages to the last one', async () => {
  for (let at = 0; at < 12; at++)
    await declare({ kind: 'advisory', state: 'serviceDegradation', title: { da: `Nummer ${at}` } })
  const client = await graph(here.tokenOf(here.people.asta))
  const first: List = await client
    .api('/admin/serviceAnnouncement/issues')
    .header('prefer', 'odata.maxpagesize=5')
    .top(11)
    .get()
  assert.equal(first.value.length, 5)
  assert.ok(String(first['@odata.nextLink']).startsWith(`${origin}/microsoft/v1.0/`))
  const read: string[] = []
  const pages = new PageIterator(
    client,
    { ...first, value: [...first.value] },
    (one: { id: string }) => {
      read.push(one.id)
      return true
    },
    { headers: { prefer: 'odata.maxpagesize=5' } },
  )
  await pages.iterate()
  assert.equal(new Set(read).size, 11)
})

/** Asks until it is refused: the answer that says how long to wait. Some of the allowance comes back meanwhile. */
async function exhausted(token: string): Promise<Response> {
  const url = `${origin}/microsoft/v1.0/admin/serviceAnnouncement/none`
  const ask = async () => here.app.fetch(new Request(url, { headers: { authorization: `Bearer ${token}` } }))
  for (let asked = 0; asked < 5000; asked++) {
    const answer = await ask()
    if (answer.status === 429) return answer
    assert.equal(answer.status, 404)
  }
  return assert.fail('nobody was refused')
}

test('whoever asks too much is told how long to wait; the Graph client waits and asks again by itself', async () => {
  const token = here.tokenOf(here.people.liv)
  const client = await graph(token)
  // On a machine that stands still for a moment, enough may have come back before the client asks.
  for (let tries = 0; tries < 10; tries++) {
    const refused = await exhausted(await token)
    assert.equal(refused.headers.get('retry-after'), '1')
    seen.length = 0
    const overviews: List = await client.api('/admin/serviceAnnouncement/healthOverviews').get()
    assert.ok(overviews.value.length > 0)
    if (seen.length > 1) break
  }
  assert.deepEqual([seen[0], seen.at(-1)], [429, 200])
})

test('what is not offered is told as the protocol tells errors', async () => {
  const client = await graph(here.tokenOf(here.people.asta))
  const base = '/admin/serviceAnnouncement'
  const none = { statusCode: 404, code: 'ResourceNotFound' }
  await assert.rejects(client.api(`${base}/issues/${mail}/incidentReport`).get(), none)
  await assert.rejects(client.api(`${base}/messages/${mail}/attachments`).get(), none)
  await assert.rejects(client.api(`${base}/messages/${planned}/attachments/one/content`).get(), none)
  await assert.rejects(client.api(`${base}/messages/${planned}/attachmentsArchive`).get(), none)
  await assert.rejects(client.api(base).get(), none)
  const attachments: List = await client.api(`${base}/messages/${planned}/attachments`).get()
  assert.deepEqual(attachments.value, [])
  await assert.rejects(client.api(`${base}/messages/markRead`).post({ messageIds: [planned] }), {
    statusCode: 405,
    code: 'MethodNotAllowed',
  })
})

test('without a token, with a wrong one, and at another operator it is 401 with Bearer', async () => {
  const url = `${origin}/21vianet/v1.0/admin/serviceAnnouncement/issues`
  for (const authorization of [
    undefined,
    'Bearer svar_aaaaaaaaaaaaaaaaaaaaaaaaa',
    `Bearer ${await here.tokenOf(here.people.asta)}`,
  ]) {
    const response = await here.app.fetch(new Request(url, { headers: authorization ? { authorization } : {} }))
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('www-authenticate'), 'Bearer')
    const { error } = (await response.json()) as { error: { code: string; innerError: object } }
    assert.equal(error.code, 'InvalidAuthenticationToken')
    assert.deepEqual(Object.keys(error.innerError), ['date', 'request-id', 'client-request-id'])
  }
})

const read = async (path: string, headers: Record<string, string> = {}) =>
  here.app.fetch(new Request(`${origin}/microsoft/status${path}`, { headers }))

test('Statuspage readers get components, open incidents and maintenance; what concerns some is told to nobody', async () => {
  const summary = await read('/en/api/v2/summary.json')
  assert.equal(summary.headers.get('access-control-allow-origin'), '*')
  const body = (await summary.json()) as {
    status: { indicator: string; description: string }
    components: { id: string; status: string }[]
    incidents: { name: string; status: string; incident_updates: { body: string }[] }[]
    scheduled_maintenances: { status: string; scheduled_for: string }[]
  }
  assert.deepEqual(body.status, { indicator: 'minor', description: 'Some services are impaired' })
  assert.equal(body.components.find(({ id }) => id === 'mail')?.status, 'degraded_performance')
  const late = body.incidents.find(({ name }) => name === 'Mail is late')
  assert.equal(late?.status, 'investigating')
  assert.equal(late.incident_updates.length, 2)
  assert.deepEqual(
    body.scheduled_maintenances.map(({ status, scheduled_for: at }) => [status, at]),
    [['scheduled', '2026-06-20T20:00:00Z']],
  )
  assert.doesNotMatch(JSON.stringify(body), /bageriet/)
  const again = await read('/en/api/v2/summary.json', { 'if-none-match': summary.headers.get('etag') ?? '' })
  assert.equal(again.status, 304)
  assert.equal((await read('/sv/api/v2/summary.json')).status, 404)
})

test('Atom, RSS, a calendar and a page tell the same, as text', async () => {
  const atom = await (await read('/en/feed.atom')).text()
  assert.match(atom, /<entry>[\s\S]*Mail is late/)
  assert.doesNotMatch(atom, /<b>a queue/, 'readers take texts for HTML')
  assert.match(await (await read('/da/feed.rss')).text(), /Mail er forsinket/)
  const calendar = new ICAL.Component(ICAL.parse(await (await read('/en/maintenance.ics')).text()))
  const [event] = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  assert.equal(event?.summary, 'Mail (Exchange Online): New servers')
  assert.equal(event.startDate.toJSDate().toISOString(), '2026-06-20T20:00:00.000Z')
  const page = await (await read('/zh-Hans/')).text()
  assert.match(page, /<html lang="zh-Hans">/)
  assert.match(page, /<span lang="da">Vi har fundet den[^]*尚未翻译，此为丹麦语原文。/)
  assert.match(await (await read('/zh-Hans/feed.atom')).text(), /尚未翻译，此为丹麦语原文。/)
  assert.doesNotMatch(await (await read('/en/feed.atom')).text(), /Not translated/)
  assert.match(page, /Vi har fundet den: &lt;b&gt;en kø&lt;\/b&gt; &amp; mere\./)
})

test('what others serve while Svar is down is written by a job of the same transaction, and tells visitors no more', async () => {
  await here.doJobs()
  const paths = [...here.published.keys()]
  for (const path of ['index.html', 'da/index.html', 'zh-Hans/feed.atom', 'en/api/v2/summary.json'])
    assert.ok(paths.includes(`microsoft/${path}`), path)
  assert.match(here.published.get('microsoft/da/index.html') ?? '', /Mail er forsinket/)
  assert.match(here.published.get('microsoft/en/index.html') ?? '', /data-at="2026-06-15T08:00:00Z"/)
  for (const text of here.published.values()) assert.doesNotMatch(text, /bageriet/)
})

test('when it is over, it says so everywhere', async () => {
  here.at('2026-06-15T09:00:00Z')
  await here.database.work(job, (work) =>
    changeState(work, microsoft, mail, { to: 'serviceRestored', at: Temporal.Instant.from('2026-06-15T08:30:00Z') }),
  )
  const unresolved = (await (await read('/en/api/v2/incidents/unresolved.json')).json()) as {
    incidents: { id: string }[]
  }
  assert.ok(!unresolved.incidents.some(({ id }) => id === mail))
  const client = await graph(here.tokenOf(here.people.asta))
  const issue: Record<string, unknown> = await client.api(`/admin/serviceAnnouncement/issues/${mail}`).get()
  assert.equal(issue['isResolved'], true)
  assert.equal(issue['endDateTime'], '2026-06-15T08:30:00Z')
})
