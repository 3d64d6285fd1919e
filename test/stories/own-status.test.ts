import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import ICAL from 'ical.js'
import { Client } from 'pg'
import { statusFilesAt } from '../../src/app/status-files.ts'
import { knownOperators } from '../../src/app/operators.ts'
import { newId } from '../../src/base/ids.ts'
import { openPublishedFiles } from '../../src/jobs/published-files.ts'
import type { PublishedFiles } from '../../src/jobs/published-files.ts'
import { addPerson } from '../../src/rooms/people/index.ts'
import { addSubscription } from '../../src/rooms/rights/index.ts'
import { changeState, declareIncident, writePost } from '../../src/rooms/service-health/index.ts'
import { OWN_DOCUMENTS } from '../../src/rooms/status-feeds/documents.ts'
import { privateAddresses } from '../../src/rooms/status-feeds/api.ts'
import { browserOf } from '../client.ts'
import { s3 } from '../outside/s3.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

/*
 * An organization's own health at a private address, read without signing in: live, and in files that others serve. Asta makes it for
 * Havn, gives it to a screen on the wall, renews it, and takes it back.
 */

const here = await world()
const client = new Client(here.superuserUrl)
client.on('error', () => {}) // the world ends before it
await client.connect()
after(() => client.end())
const { microsoft } = here.operators
const { asta, bo, liv, chen } = here.people
const job = { kind: 'job', operatorIds: [microsoft] } as const
const FEEDS = '/microsoft/health/feeds'
here.at('2026-06-15T08:00:00Z')

type New = Parameters<typeof declareIncident>[2]

const declare = (title: string, more: Partial<New> = {}) =>
  here.database.work(job, (work) =>
    declareIncident(work, microsoft, {
      kind: 'incident',
      service: 'mail',
      feature: null,
      origin: 'operator',
      state: 'serviceInterruption',
      language: 'da',
      title: { da: title, en: `${title} in English` },
      impact: { da: 'Ingen får mails.', en: 'Nobody gets mail.' },
      startedAt: Temporal.Instant.from('2026-06-15T07:00:00Z'),
      plannedEndAt: null,
      organizations: [],
      regions: [],
      ...more,
    }),
  )

async function idOf(name: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select organization_id as id from svar.organization where name = $1',
    [name],
  )
  return rows[0]?.id ?? assert.fail(`nobody is called ${name}`)
}

const havn = await idOf('Havn Logistik')
// It has everything that needs no subscription, and not the apps.
await here.database.work(job, (work) =>
  addSubscription(work, {
    organizationId: havn,
    operatorId: microsoft,
    subscriptionId: newId(),
    name: 'Exchange Online (Plan 1)',
    seats: 10,
    soldByPartner: false,
  }),
)
const everybodys = await declare('Xalle')
await declare('Xhavn', { organizations: ['Havn Logistik'] })
await declare('Xbageri', { organizations: ['Livs Bageri'] })
await declare('Xsverige', { regions: ['SE'] })
await declare('Xapps', { service: 'office-apps' })
await declare('Xplan', {
  kind: 'maintenance',
  state: 'serviceOperational',
  startedAt: Temporal.Instant.from('2026-06-20T20:00:00Z'),
  plannedEndAt: Temporal.Instant.from('2026-06-20T22:00:00Z'),
  organizations: ['Havn Logistik'],
})
await here.doJobs()

/** The word of the address that somebody's page shows; undefined when there is none. */
async function wordOf(who: Somebody): Promise<string | undefined> {
  return /\/status\/o\/([0-9a-f]{64})\//.exec(
    (await browserOf(here, who).get(`/${who.operator}/health/feeds`)).body,
  )?.[1]
}

async function make(who: Somebody): Promise<string> {
  await browserOf(here, who).send(`/${who.operator}/health/feeds`, { act: 'make' })
  return (await wordOf(who)) ?? assert.fail('no address')
}

async function addressIdOf(who: Somebody): Promise<string> {
  const { body } = await browserOf(here, who).get(FEEDS)
  return /name="address" value="([^"]+)"/.exec(body)?.[1] ?? assert.fail('nothing to end')
}

/** As whoever has the address: no session, no token. */
const read = (word: string, path = '', headers: Record<string, string> = {}, operator = 'microsoft') =>
  here.app.fetch(new Request(`http://svar.test/${operator}/status/o/${word}${path}`, { headers }))

const filesOf = (word: string) => [...here.published.keys()].filter((path) => path.includes(word))
const foreign = /Xbageri|Xsverige|Xapps|Livs Bageri/

test('Asta finds it on the page of subscriptions, makes an address, and reads there without signing in what concerns Havn alone', async () => {
  const astas = browserOf(here, asta)
  assert.match((await astas.get('/microsoft/health/subscriptions')).body, /href="\/microsoft\/health\/feeds"/)
  assert.equal(await wordOf(asta), undefined)
  const word = await make(asta)
  assert.match((await astas.get(`${FEEDS}?said=made`)).body, /Adressen er oprettet\.[\s\S]*Oprettet .* af Asta Holm/)

  const atom = await (await read(word, '/da/feed.atom')).text()
  assert.match(atom, /<title>Havn Logistik \([^<]+\): driftsstatus<\/title>/)
  const rss = await (await read(word, '/en/feed.rss')).text()
  const calendarText = await (await read(word, '/da/maintenance.ics')).text()
  const page = await (await read(word, '/da/')).text()
  const summary = await (await read(word, '/da/api/v2/summary.json')).text()
  for (const text of [atom, rss, page, summary]) {
    assert.match(text, /Xalle/)
    assert.match(text, /Xhavn/)
  }
  for (const text of [atom, rss, page, summary, calendarText]) assert.doesNotMatch(text, foreign)
  const [event, ...more] = new ICAL.Component(ICAL.parse(calendarText) as string[]).getAllSubcomponents('vevent')
  assert.equal(event?.getFirstPropertyValue('summary'), 'Mail (Exchange Online): Xplan')
  assert.deepEqual(more, [])
  const { components } = JSON.parse(summary) as { components: readonly { id: string }[] }
  assert.deepEqual(
    components.map(({ id }) => id),
    ['mail', 'files', 'meetings', 'identity', 'billing-portal'],
  )
  for (const path of Object.keys(OWN_DOCUMENTS)) assert.equal((await read(word, `/zh-Hans/${path}`)).status, 200, path)
  assert.match(await (await read(word, '', { 'accept-language': 'zh-CN' })).text(), /<html lang="zh-Hans">/)
})

test('nobody keeps it for others, indexes it, or learns the address from where a link led', async () => {
  const word = await make(asta)
  const page = await read(word, '/en/')
  assert.equal(page.headers.get('cache-control'), 'private, max-age=15')
  assert.match(page.headers.get('x-robots-tag') ?? '', /noindex/)
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  const text = await page.text()
  assert.match(text, /<meta name="robots" content="noindex, nofollow"\/>/)
  assert.match(text, /<meta name="referrer" content="no-referrer"\/>/)
  assert.match(text, /data-at="2026-06-15T08:00:00Z"/)
  assert.match(text, /Whoever has its address can read it\./)
  const calm = await read(word, '/en/feed.atom')
  const again = await read(word, '/en/feed.atom', { 'if-none-match': calm.headers.get('etag') ?? '' })
  assert.equal(again.status, 304)
  // What a reader passes on leads to the page behind the sign-in, not to the private address.
  assert.match(await calm.text(), new RegExp(`<entry>[\\s\\S]*/microsoft/health/incidents/${everybodys}"`))
  const { rows } = await client.query<{ row: string }>('select a::text as row from svar.status_address a')
  for (const { row } of rows) assert.ok(!row.includes(word.slice(32)), 'the table has the secret')
})

test('a word with another end, another operator and another language of it are nothing', async () => {
  const word = await make(asta)
  const other = word.slice(0, -1) + (word.endsWith('0') ? '1' : '0')
  const none = await read(other, '/en/')
  assert.equal(none.status, 404)
  assert.equal((await read(word, '/en/', {}, '21vianet')).status, 404)
  assert.equal((await read(word, '/sv/')).status, 404)
  assert.equal((await read('index.html')).status, 404)
  assert.equal((await read(word, '/en/api/v2/components.json')).status, 404)
  assert.equal((await read(word, '/en/', { 'accept-language': 'en' })).status, 200)
})

test('Liv’s bakery has an address and news of its own; Chen’s operator another', async () => {
  const livs = await make(liv)
  const text = await (await read(livs, '/da/feed.atom')).text()
  assert.match(text, /Xbageri/)
  assert.match(text, /Xapps/)
  assert.doesNotMatch(text, /Xhavn|Havn Logistik/)
  const chens = await (await read(await make(chen), '/en/', {}, '21vianet')).text()
  assert.match(chens, /金陵物流/)
  assert.doesNotMatch(chens, /Xalle/)
})

test('files are written by jobs for whom it concerns, and left alone for others', async () => {
  const [word, livs] = [await make(asta), await make(liv)]
  here.at('2026-06-15T08:01:00Z')
  await here.doJobs()
  for (const path of ['index.html', 'da/index.html', 'zh-Hans/feed.atom', 'en/api/v2/summary.json'])
    assert.ok(here.published.has(`microsoft/o/${word}/${path}`), path)
  assert.match(here.published.get(`microsoft/o/${word}/en/index.html`) ?? '', /Xhavn[\s\S]*data-at|data-at[\s\S]*Xhavn/)
  assert.match(
    here.published.get(`microsoft/o/${word}/en/index.html`) ?? '',
    new RegExp(`href="https://status.svar.test/microsoft/o/${word}/en/feed.atom"`),
  )
  for (const path of filesOf(word)) assert.doesNotMatch(here.published.get(path) ?? '', foreign, path)
  for (const [path, text] of here.published) if (!path.includes('/o/')) assert.doesNotMatch(text, /Xhavn|Xbageri/, path)

  here.at('2026-06-15T08:02:00Z')
  const known = here.published.get(`microsoft/o/${livs}/da/index.html`)
  const late = await declare('Xsent', { organizations: ['Havn Logistik'] })
  await here.doJobs()
  assert.match(here.published.get(`microsoft/o/${word}/da/feed.rss`) ?? '', /Xsent/)
  assert.equal(
    here.published.get(`microsoft/o/${livs}/da/index.html`),
    known,
    'what concerns Havn alone was no news there',
  )

  here.at('2026-06-15T08:03:00Z')
  await here.database.work(job, (work) =>
    writePost(work, microsoft, late, { kind: 'regular', language: 'da', texts: { da: 'Xnyt' }, publishAt: null }),
  )
  await here.doJobs()
  assert.match(here.published.get(`microsoft/o/${word}/da/feed.rss`) ?? '', /Xnyt/)
  await here.database.work(job, (work) => changeState(work, microsoft, late, { to: 'serviceRestored', at: work.now }))
  await here.doJobs()
  assert.doesNotMatch(here.published.get(`microsoft/o/${word}/da/api/v2/summary.json`) ?? '', /Xsent/)
})

test('Asta renews it: the old address is nothing, its files go, and the page says so; a second press ends nothing more', async () => {
  const word = await make(asta)
  await here.doJobs()
  assert.ok(filesOf(word).length > 20)
  const addressId = await addressIdOf(asta)
  const renewed = await browserOf(here, asta).send(FEEDS, { act: 'renew', address: addressId })
  assert.match(renewed.body, /Adressen er fornyet/)
  const next = (await wordOf(asta)) ?? assert.fail('none')
  assert.notEqual(next, word)
  assert.equal((await read(word, '/da/')).status, 404)
  assert.equal((await read(next, '/da/')).status, 200)
  await here.doJobs()
  assert.deepEqual(filesOf(word), [])
  assert.ok(filesOf(next).length > 20)
  await browserOf(here, asta).send(FEEDS, { act: 'renew', address: addressId })
  assert.equal(await wordOf(asta), next)
  await browserOf(here, liv).send(FEEDS, { act: 'withdraw', address: await addressIdOf(asta) })
  assert.equal((await read(next, '/da/')).status, 200, 'Liv ends nothing of Havn’s')
})

test('taken back there is none, until another is made', async () => {
  const word = await make(asta)
  await here.doJobs()
  const said = await browserOf(here, asta).send(FEEDS, { act: 'withdraw', address: await addressIdOf(asta) })
  assert.match(said.body, /Adressen er taget tilbage/)
  assert.equal(await wordOf(asta), undefined)
  assert.equal((await read(word, '/da/')).status, 404)
  await here.doJobs()
  assert.deepEqual(filesOf(word), [])
  const { rows } = await client.query('select from svar.status_address_file where organization_id = $1', [havn])
  assert.equal(rows.length, 0)
  assert.notEqual(await make(asta), word)
})

test('who gives no rights makes, renews and sees nothing, also when he could yesterday', async () => {
  const word = await make(asta)
  const addressId = await addressIdOf(asta)
  const visitor = await browserOf(here).get(FEEDS)
  assert.match(visitor.path, /sign-in/)
  assert.doesNotMatch(visitor.body, new RegExp(word))
  for (const who of [bo, here.agents.mette])
    for (const act of ['make', 'renew', 'withdraw']) {
      assert.equal((await browserOf(here, who).get(FEEDS)).status, 403)
      assert.equal((await browserOf(here, who).send(FEEDS, { act, address: addressId })).status, 403)
    }
  assert.doesNotMatch((await browserOf(here, bo).get('/microsoft/health/subscriptions')).body, /health\/feeds/)
  const kim = { email: 'kim@havn.test', operator: 'microsoft', operatorId: microsoft }
  await here.database.work(job, (work) =>
    addPerson(work, {
      ...kim,
      organizationId: havn,
      name: 'Kim Lund',
      phone: null,
      language: 'da',
      zone: 'Europe/Copenhagen',
      roles: ['global-admin'],
    }),
  )
  assert.equal(await wordOf(kim), word)
  await client.query(`update svar.person set roles = '{}' where email = $1`, [kim.email])
  const refused = await browserOf(here, kim).send(FEEDS, { act: 'renew', address: addressId })
  assert.equal(refused.status, 403)
  assert.doesNotMatch(refused.body, new RegExp(word))
  assert.equal(await wordOf(asta), word)
  const bad: readonly Record<string, string>[] = [
    {},
    { act: 'renew' },
    { act: 'renew', address: 'x' },
    { act: 'x', address: addressId },
  ]
  for (const fields of bad) assert.equal((await browserOf(here, asta).send(FEEDS, fields)).status, 404)
})

/** The house at a place of one's own choice, as the product has it by its settings. */
const filesAt = (files: PublishedFiles | undefined) =>
  statusFilesAt({
    database: here.database,
    operators: knownOperators(here.database),
    files,
    privateAddresses: privateAddresses('a secret for tests that is long enough'),
    publicUrl: 'http://svar.test',
    statusUrl: undefined,
  })

async function ofHavn(): Promise<{ readonly organizationId: string; readonly addressId: string }> {
  return { organizationId: havn, addressId: await addressIdOf(asta) }
}

test('in a folder and in a store that speaks S3 they are written and taken away; both may be asked twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svar-own-status-'))
  const store = await s3({ key: 'KEY', secret: 'SECRET', region: 'eu-north-1' })
  try {
    for (const place of [folder, `s3+http://KEY:SECRET@${store.host}/pages?region=eu-north-1`]) {
      const word = await make(asta)
      const of = await ofHavn()
      const keeping = filesAt(openPublishedFiles(place))
      await client.query('delete from svar.status_address_file')
      await keeping.publishOwn(microsoft, undefined)
      await keeping.publishOwn(microsoft, undefined)
      const path = `microsoft/o/${word}/en/feed.atom`
      const there = () => (place === folder ? existsSync(join(folder, path)) : store.files.has(`/pages/${path}`))
      assert.ok(there())
      await browserOf(here, asta).send(FEEDS, { act: 'renew', address: of.addressId })
      await keeping.removeOwn(microsoft, of)
      await keeping.removeOwn(microsoft, of)
      assert.ok(!there())
      assert.deepEqual(
        [...store.files.keys()].filter((one) => one.includes(word)),
        [],
      )
      // A job that was on its way all the time comes too late.
      await keeping.publishOwn(microsoft, undefined)
      assert.ok(!there())
    }
    assert.ok(readFileSync(join(folder, `microsoft/o/${readdirSync(join(folder, 'microsoft/o'))[0]}/da/feed.atom`)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await store.close()
  }
})

test('a store that does not answer is asked again later, and what is to go is not written meanwhile', async () => {
  const kept = new Set<string>()
  let broken = false
  const may = () => {
    if (broken) throw new Error('the store is away')
  }
  const keeping = filesAt({
    publish: async (path) => (may(), void kept.add(path)),
    remove: async (path) => (may(), void kept.delete(path)),
  })
  here.at('2026-06-15T10:00:00Z')
  const word = await make(asta)
  const of = await ofHavn()
  await client.query('delete from svar.status_address_file')
  await keeping.publishOwn(microsoft, undefined)
  assert.ok(kept.has(`microsoft/o/${word}/index.html`))
  broken = true
  await browserOf(here, asta).send(FEEDS, { act: 'withdraw', address: of.addressId })
  await assert.rejects(keeping.removeOwn(microsoft, of), /the store is away/)
  await here.doJobs() // to another place, where there is nothing of it
  await client.query('insert into svar.status_address_file values ($1, $2, $3, now(), null, $4)', [
    havn,
    microsoft,
    of.addressId,
    '2026-06-15T10:00:00Z',
  ])
  broken = false
  here.at('2026-06-15T10:11:00Z')
  await client.query('delete from pgboss.job')
  await keeping.publishOwn(microsoft, undefined)
  const { rows } = await client.query<{ data: Record<string, string> }>(
    `select data from pgboss.job where data->>'reaction' = 'removeOwnStatus'`,
  )
  assert.deepEqual(
    rows.map(({ data }) => data['addressId']),
    [of.addressId],
  )
  await keeping.removeOwn(microsoft, of)
  assert.deepEqual(
    [...kept].filter((path) => path.includes(word)),
    [],
  )
})

test('after five minutes the page is written anew, and nothing else as long as nothing happened', async () => {
  const written: string[] = []
  const keeping = filesAt({ publish: async (path) => void written.push(path), remove: async () => {} })
  const word = await make(asta)
  const own = () => written.splice(0).filter((path) => path.includes(word))
  await client.query('delete from svar.status_address_file')
  here.at('2026-06-15T11:00:00Z')
  await keeping.publishOwn(microsoft, undefined)
  assert.equal(own().length, 4 * Object.keys(OWN_DOCUMENTS).length)
  here.at('2026-06-15T11:01:00Z')
  await keeping.publishOwn(microsoft, undefined)
  assert.deepEqual(own(), [])
  here.at('2026-06-15T11:05:00Z')
  await keeping.publishOwn(microsoft, undefined)
  assert.deepEqual(
    own().toSorted(),
    ['da/', 'en/', '', 'zh-Hans/'].map((at) => `microsoft/o/${word}/${at}index.html`).toSorted(),
  )
})

test('many organizations: each job writes a part and leaves the rest to another', async () => {
  await client.query(
    `with made as (insert into svar.organization (organization_id, operator_id, name, country, contract, created_at)
       select gen_random_uuid(), $1, 'Mange ' || i, 'DK', null, now() from generate_series(1, 45) i returning *),
     people as (insert into svar.person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, active_from, created_at)
       select organization_id, operator_id, organization_id, name, name || '@mange.test', name, 'da', 'UTC', now(), now() from made returning *)
     insert into svar.status_address (organization_id, operator_id, address_id, made_by, made_at)
     select organization_id, operator_id, gen_random_uuid(), person_id, now() from people`,
    [microsoft],
  )
  here.at('2026-06-15T12:00:00Z')
  await declare('Xmange')
  await here.doJobs()
  const { rows } = await client.query<{ id: string }>(
    'select address_id as id from svar.status_address where operator_id = $1',
    [microsoft],
  )
  assert.ok(rows.length > 45)
  const { wordFor } = privateAddresses('a secret for tests that is long enough')
  for (const { id } of rows)
    assert.match(here.published.get(`microsoft/o/${wordFor(id)}/da/feed.atom`) ?? '', /Xmange/, id)
})
