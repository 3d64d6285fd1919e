import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importArticles } from '../../src/rooms/self-help/index.ts'
import { applyCharter } from '../../src/rooms/entitlements/index.ts'
import { documentInForce } from '../../src/rooms/entitlements/index.ts'
import { outbox } from '../../src/rooms/channels/index.ts'
import { addAgent, addOrganization, addPerson } from '../../src/rooms/people/index.ts'
import { addSubscription } from '../../src/rooms/rights/index.ts'
import { newId } from '../../src/base/ids.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

const here = await world()
const { asta, liv, chen, bo } = here.people
const { microsoft } = here.operators
const mette = browserOf(here, here.agents.mette)
const job = { kind: 'job', operatorIds: [microsoft] } as const

const MAIL_DOWN = {
  kind: 'incident',
  service: 'mail',
  state: 'serviceInterruption',
  startedAt: '2026-06-15T09:30',
  language: 'da',
  origin: 'operator',
  'title-da': 'Mails fra andre firmaer kommer ikke frem',
  'impact-da': 'Ingen får mails udefra. Mails inden for firmaet kommer frem.',
  'title-en': 'Mail from other companies does not arrive',
  'impact-en': 'Nobody receives external mail. Mail within the company arrives.',
}

/** Declares as Mette; answers the incident's id. Her clock says 10:00. */
async function declared(fields: Record<string, string> = {}): Promise<string> {
  const { path, status, body } = await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, ...fields })
  assert.equal(status, 200, body.slice(0, 4000))
  return path.split('/').at(-1) ?? ''
}

const desk = (id: string, part: string, fields: Record<string, string>) =>
  mette.send(`/microsoft/agent/incidents/${id}/${part}`, fields)

async function inEnglish(who: Somebody): Promise<ReturnType<typeof browserOf>> {
  const browser = browserOf(here, who)
  return { ...browser, get: (path, headers) => browser.get(path, { 'accept-language': 'en', ...headers }) }
}

/** What leads were told of proposals so far. */
async function proposalMails() {
  const mails = await here.database.work(job, (work) => outbox(work, microsoft))
  return mails.filter(({ body }) => body.includes('/agent/noticed'))
}

async function agentNamed(name: string, lead: boolean, language: 'en' | 'da' = 'en'): Promise<Somebody> {
  const email = `${name}@svar.test`
  await here.database.work(job, (work) =>
    addAgent(work, { operatorId: microsoft, email, name, language, zone: 'Europe/Copenhagen', lead }),
  )
  return { email, operator: 'microsoft', operatorId: microsoft }
}

test('declared in Danish with an English translation: Asta reads Danish, Liv English, and Chinese readers are told it is missing', async () => {
  const id = await declared()
  const astas = browserOf(here, asta)
  assert.match((await astas.get('/microsoft/health')).body, /Mails fra andre firmaer kommer ikke frem/)
  assert.match((await browserOf(here, liv).get('/microsoft/health')).body, /Mail from other companies does not arrive/)
  const chinese = await browserOf(here).get(`/microsoft/health/incidents/${id}`, { 'accept-language': 'zh' })
  assert.match(chinese.body, /lang="da">Mails fra andre firmaer/)
  assert.match(chinese.body, /尚未翻译/)
  assert.match((await mette.get('/microsoft/agent/incidents')).body, /zh-Hans/)
  await desk(id, 'state', { to: 'falsePositive' })
})

test('Chen is at another operator and learns nothing of it', async () => {
  const id = await declared({ 'title-da': 'Xkunher', 'title-en': 'Xkunher' })
  const chens = browserOf(here, chen)
  assert.doesNotMatch((await chens.get('/21vianet/health')).body, /Xkunher/)
  assert.equal((await chens.get(`/21vianet/health/incidents/${id}`)).status, 404)
  // At the other operator's pages he is a visitor, who sees what that one tells everybody.
  assert.equal((await chens.send(`/21vianet/health/incidents/${id}/follow`, { act: 'follow' })).status, 404)
  await desk(id, 'state', { to: 'falsePositive' })
})

test('what concerns Havn alone, or Sweden alone, is nobody else’s to see', async () => {
  const havn = await declared({ 'title-da': 'Xhavnalene', 'title-en': 'Xhavnalene', organizations: 'havn logistik\n' })
  const sweden = await declared({ 'title-da': 'Xsverige', 'title-en': 'Xsverige', regions: 'se' })
  const denmark = await declared({ 'title-da': 'Xdanmark', 'title-en': 'Xdanmark', regions: 'dk no' })
  const seen = async (who?: Somebody) => {
    const { body } = await browserOf(here, who).get('/microsoft/health')
    return ['Xhavnalene', 'Xsverige', 'Xdanmark'].filter((word) => body.includes(word))
  }
  assert.deepEqual(await seen(asta), ['Xhavnalene', 'Xdanmark'])
  assert.deepEqual(await seen(liv), ['Xdanmark'])
  assert.deepEqual(await seen(), [])
  assert.equal((await browserOf(here, liv).get(`/microsoft/health/incidents/${havn}`)).status, 404)
  const { number } = (
    await programOf(here, here.tokenOf(liv))(
      'POST',
      '/cases',
      serviceRequest({
        supportType: 'billing',
        topic: 'understand-bill',
        contact: { method: 'email', email: liv.email },
      }),
      { 'idempotency-key': 'liv' },
    )
  ).json
  assert.equal((await mette.send(`/microsoft/agent/cases/${number}/incident`, { incident: havn })).status, 422)
  const nobody = await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, organizations: 'No such company' })
  assert.equal(nobody.status, 422)
  for (const id of [havn, sweden, denmark]) await desk(id, 'state', { to: 'falsePositive' })
})

test('states that make no sense, times that have not come, and texts with tags', async () => {
  assert.equal(
    (await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, startedAt: '2026-06-15T10:30' })).status,
    422,
  )
  assert.equal(
    (await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, state: 'serviceRestored' })).status,
    422,
  )
  assert.equal((await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, service: 'phones' })).status, 422)
  assert.equal((await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, 'title-da': '' })).status, 422)
  const id = await declared({ 'title-da': '<script>alert(1)</script>' })
  assert.equal((await desk(id, 'state', { to: 'serviceOperational' })).status, 409)
  assert.equal((await desk(id, 'state', { to: 'postIncidentReviewPublished' })).status, 409)
  assert.equal((await desk(id, 'state', { to: 'serviceRestored', at: '2026-06-15T11:00' })).status, 422)
  assert.equal((await desk(id, 'state', { to: 'serviceRestored', at: '2026-06-15T09:00' })).status, 422)
  const text = '<b>bold</b> <img src=x onerror=alert(1)>'
  assert.equal((await desk(id, 'posts', { kind: 'regular', language: 'da', 'text-da': text })).status, 200)
  assert.equal((await desk(id, 'posts', { kind: 'strategic', language: 'da', 'text-da': text })).status, 409)
  const { body } = await browserOf(here, asta).get(`/microsoft/health/incidents/${id}`)
  assert.doesNotMatch(body, /<b>bold|<img src=x|<script>alert/)
  assert.match(body, /&lt;b&gt;bold/)
  await desk(id, 'state', { to: 'falsePositive' })
})

test('what is missing is told at once, a template takes nothing away that was written, and nothing chosen to merge into is said', async () => {
  const empty = await mette.send('/microsoft/agent/incidents/new', {
    ...MAIL_DOWN,
    service: '',
    'title-da': '',
    'impact-da': '',
  })
  assert.equal(empty.status, 422)
  for (const field of ['service', 'title-da', 'impact-da']) assert.match(empty.body, new RegExp(`href="#${field}"`))
  assert.match(empty.body, /Nobody receives external mail/)
  const id = await declared()
  const typed = { language: 'da', 'text-da': 'Xegneord', 'text-en': '', publishAt: '2026-06-15T12:00' }
  const begun = (await desk(id, 'posts', { ...typed, template: 'cause' })).body
  assert.match(begun, /Xegneord<[^]*We have found the cause[^]*value="2026-06-15T12:00"/)
  const text = 'We have found the cause: …\r\nWe are working on a fix and will tell you more within an hour.'
  const again = (await desk(id, 'posts', { ...typed, 'text-en': text, template: 'restored' })).body
  assert.match(again, /Xegneord<[^]*The problem is solved/)
  assert.doesNotMatch(again, /We have found the cause/)
  assert.doesNotMatch((await browserOf(here, asta).get(`/microsoft/health/incidents/${id}`)).body, /Xegneord/)
  const merge = await desk(id, 'merge', { into: '' })
  assert.equal(merge.status, 422)
  assert.match(merge.body, /href="#into"/)
  await desk(id, 'state', { to: 'serviceRestored' })
  // On the health page an incident that is over says from when to when it was.
  assert.match(
    (await browserOf(here, asta).get('/microsoft/health')).body,
    /man\. 15\. jun\., 09\.30 til man\. 15\. jun\., 10\.00/,
  )
})

test('maintenance is planned ahead, begins when it begins, and is no downtime', async () => {
  const planned = {
    kind: 'maintenance',
    state: 'serviceOperational',
    startedAt: '2026-06-20T22:00',
    plannedEndAt: '2026-06-21T02:00',
  }
  const id = await declared({ ...planned, 'title-da': 'Xvedligehold', 'title-en': 'Xvedligehold' })
  const astas = browserOf(here, asta)
  assert.match((await astas.get('/microsoft/health')).body, /Planlagt vedligeholdelse[\s\S]*Xvedligehold/)
  assert.doesNotMatch((await astas.get('/microsoft/help')).body, /Xvedligehold/)
  assert.equal(
    (await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, ...planned, plannedEndAt: '2026-06-20T21:00' }))
      .status,
    422,
  )
  here.at('2026-06-20T20:05:00Z')
  assert.equal((await desk(id, 'state', { to: 'serviceInterruption', at: '2026-06-20T22:00' })).status, 200)
  assert.match((await astas.get('/microsoft/help')).body, /Xvedligehold/)
  await desk(id, 'state', { to: 'serviceRestored' })
  here.at('2026-06-15T08:00:00Z')
})

test('before a request is sent it is asked whether it is this; who asks something else is shown nothing', async () => {
  const id = await declared()
  const livs = await inEnglish(liv)
  const found = await livs.get('/microsoft/help?q=mail+from+another+company+does+not+arrive')
  assert.match(found.body, /Is it this\?/)
  assert.doesNotMatch((await livs.get('/microsoft/help?q=how+do+I+cancel+my+subscription')).body, /Is it this\?/)
  const suggested = JSON.parse((await livs.get('/microsoft/help/suggest?q=mail+from+other+compan')).body) as {
    results: { url: string }[]
  }
  assert.equal(suggested.results[0]?.url, `/microsoft/health/incidents/${id}`)
  const pane = JSON.parse(
    (await browserOf(here).get('/microsoft/pane/known?language=en&q=external+mail+does+not+arrive')).body,
  ) as { known: { url: string }[] }
  assert.match(pane.known[0]?.url ?? '', new RegExp(id))

  const astas = browserOf(here, asta)
  const request = {
    key: newId(),
    title: 'Mails fra andre firmaer kommer ikke',
    description: 'Siden halv ti.',
    topic: 'exchange-mail-flow',
    businessImpact: '',
    method: 'email',
    phone: '',
    email: asta.email,
  }
  const asked = await astas.send('/microsoft/contact', request)
  assert.equal(asked.path, '/microsoft/contact')
  assert.match(asked.body, /Er det dette\?/)
  const known = /name="known" value="([^"]+)"/.exec(asked.body)?.[1] ?? ''
  assert.equal(known, id)
  const sent = await astas.send('/microsoft/contact', { ...request, known })
  assert.match(sent.path, /\/contact\/sent\//)
  assert.doesNotMatch(sent.body, /Ja, det er dette/, 'he has seen it and gone on')
  await desk(id, 'state', { to: 'falsePositive' })
})

test('who shares no word with it, but an article, is asked too', async () => {
  const folder = new URL('../../demonstration/articles/en', import.meta.url).pathname
  await importArticles(here.database, { operatorId: microsoft, operator: 'microsoft', language: 'en', folder })
  const titles = { 'title-da': 'Lyden falder ud i møder', 'title-en': 'Sound breaks up in meetings' }
  const id = await declared({
    service: 'meetings',
    ...titles,
    'impact-da': 'Siden i dag.',
    'impact-en': 'Since today.',
  })
  const livs = await inEnglish(liv)
  const shown = new RegExp(`Is it this\\?[\\s\\S]*${id}`)
  assert.match((await livs.get('/microsoft/help?q=others+cannot+hear+you')).body, shown)
  assert.doesNotMatch((await livs.get('/microsoft/help?q=meeting+lobby')).body, shown)
  await desk(id, 'state', { to: 'falsePositive' })
})

const MAIL_REQUEST = {
  title: 'Mails fra andre firmaer kommer ikke frem',
  description: 'Siden halv ti.',
  topic: 'exchange-mail-flow',
  businessImpact: '',
  method: 'email',
  phone: '',
  email: asta.email,
}

test('a request with a file is sent at once, and asked about afterwards: yes hangs it on the incident, whose posts answer it', async () => {
  const id = await declared()
  await desk(id, 'posts', { kind: 'regular', language: 'da', 'text-da': 'Xfundet' })
  await here.doJobs()
  const astas = browserOf(here, asta)
  const log = new File(['a log'], 'mail.log', { type: 'text/plain' })
  const sent = await astas.send('/microsoft/contact', { ...MAIL_REQUEST, key: newId() }, [log])
  assert.match(sent.path, /\/contact\/sent\//)
  assert.match(sent.body, /handler måske om et kendt problem[^]*Mails fra andre firmaer[^]*Ja, det er dette/)
  const number = sent.path.split('/').at(-1) ?? ''
  const page = `/microsoft/cases/${number}`
  assert.match((await astas.get(page)).body, /Ja, det er dette[^]*mail\.log/)
  const about = `${page}/about`
  const other = await declared({ 'title-da': 'Xsvensk', 'title-en': 'Xsvensk', regions: 'se' })
  for (const incident of [other, newId(), 'nothing'])
    assert.equal((await astas.send(about, { yes: incident })).status, 404, incident)
  for (const who of [liv, bo, chen])
    assert.notEqual((await browserOf(here, who).send(about, { yes: id })).status, 200, who.email)
  const said = await astas.send(about, { yes: id, back: 'sent' })
  assert.equal(said.path, sent.path)
  assert.doesNotMatch(said.body, /Ja, det er dette/)
  await astas.send(about, { yes: id })
  await here.doJobs()
  const hanging = (await astas.get(page)).body
  assert.match(hanging, /Sagen hænger på et kendt problem[^]*Xfundet/)
  const { clocks } = (await programOf(here, here.tokenOf(asta))('GET', `/cases/${number}/clocks`)).json
  assert.ok(
    clocks.some((clock: { kind: string; metAt: string | null }) => clock.kind === 'initial-response' && clock.metAt),
  )
  assert.match((await mette.get(`/microsoft/agent/incidents/${id}/cases`)).body, new RegExp(`agent/cases/${number}`))
  for (const one of [id, other]) await desk(one, 'state', { to: 'falsePositive' })
})

test('“No, something else” is asked once; a case that came by a program is asked about on its page and at its door', async () => {
  const program = programOf(here, here.tokenOf(asta))
  const opened = async (key: string, parts: Record<string, unknown>) =>
    String((await program('POST', '/cases', serviceRequest(parts), { 'idempotency-key': key })).json.number)
  const early = await opened('about-early', { title: MAIL_DOWN['title-da'], language: 'da' })
  const elsewhere = await opened('about-other', { title: 'How do I cancel my subscription?' })
  here.at('2026-06-17T08:00:00Z')
  const id = await declared({ startedAt: '2026-06-17T09:30' })
  const number = await opened('about-late', { title: MAIL_DOWN['title-da'], language: 'da' })
  const seen = async (one: string) => (await program('GET', `/cases/${one}`)).json.mayBeAbout
  assert.deepEqual(await seen(number), [{ id, title: MAIL_DOWN['title-en'] }])
  assert.deepEqual(await seen(elsewhere), [])
  assert.deepEqual(await seen(early), [], 'it was there two days before')
  const astas = browserOf(here, asta)
  assert.match((await astas.get(`/microsoft/cases/${number}`)).body, /Nej, noget andet/)
  const no = await astas.send(`/microsoft/cases/${number}/about`, { no: id })
  assert.equal(no.path, `/microsoft/cases/${number}`)
  assert.doesNotMatch(no.body, /Nej, noget andet/)
  assert.deepEqual(await seen(number), [])

  // What an agent takes off an incident is not asked about again.
  const second = await opened('about-second', { title: MAIL_DOWN['title-da'], language: 'da' })
  assert.equal((await program('POST', `/cases/${second}/about`, { yes: newId() })).status, 404)
  assert.equal((await program('POST', `/cases/${second}/about`, { yes: id })).status, 204)
  assert.deepEqual(await seen(second), [])
  await mette.send(`/microsoft/agent/cases/${second}/incident`, { incident: '' })
  assert.deepEqual(await seen(second), [])
  const third = await opened('about-third', { title: MAIL_DOWN['title-da'], language: 'da' })
  assert.equal((await program('POST', `/cases/${third}/about`, { no: [id] })).status, 204)
  assert.deepEqual(await seen(third), [])
  await desk(id, 'state', { to: 'falsePositive' })
  here.at('2026-06-15T08:00:00Z')
})

test('posts answer the cases that hang on it, its end asks them, and what they say is counted', async () => {
  const id = await declared()
  const numbers: string[] = []
  for (const key of ['one', 'two', 'three']) {
    const request = serviceRequest({ title: 'Mails fra andre firmaer kommer ikke frem', language: 'da' })
    const { json } = await programOf(here, here.tokenOf(asta))('POST', '/cases', request, { 'idempotency-key': key })
    numbers.push(String(json.number))
  }
  const [one = '', two = '', three = ''] = numbers
  const cases = `/microsoft/agent/incidents/${id}/cases`
  assert.match((await mette.get(cases)).body, /seem to be about it/)
  const linked = await mette.send(cases, {
    act: 'link',
    numbers: `${one}\n99999999999`,
    [`case-${two}`]: 'on',
    [`case-${three}`]: 'on',
  })
  assert.match(linked.body, /3 cases are linked/)
  assert.match(linked.body, /not concerned: 999[^]*<textarea[^>]*>\s*99999999999/)
  assert.match((await mette.send(cases, { act: 'unlink' })).body, /Choose at least one case first/)
  await mette.send(cases, { act: 'unlink', [`case-${three}`]: 'on' })

  here.at('2026-06-15T08:10:00Z')
  await desk(id, 'posts', {
    kind: 'regular',
    language: 'da',
    'text-da': 'Vi har fundet fejlen.',
    'text-en': 'We found it.',
  })
  await here.doJobs()
  const astas = browserOf(here, asta)
  const page = (await astas.get(`/microsoft/cases/${one}`)).body
  assert.match(page, /Vi har fundet fejlen\./)
  assert.match(page, /Sagen hænger på et kendt problem/)
  const clocks = (await programOf(here, here.tokenOf(asta))('GET', `/cases/${one}/clocks`)).json
  assert.ok(
    clocks.clocks.some(
      (clock: { kind: string; metAt: string | null }) => clock.kind === 'initial-response' && clock.metAt,
    ),
  )
  assert.doesNotMatch((await astas.get(`/microsoft/cases/${three}`)).body, /Vi har fundet fejlen/)

  // Linked late, it is told the last post at once.
  await mette.send(`/microsoft/agent/cases/${three}/incident`, { incident: id })
  await here.doJobs()
  assert.match((await astas.get(`/microsoft/cases/${three}`)).body, /Vi har fundet fejlen/)

  here.at('2026-06-15T09:00:00Z')
  await desk(id, 'state', { to: 'serviceRestored' })
  await here.doJobs()
  assert.match((await astas.get(`/microsoft/cases/${one}`)).body, /Virker det igen\?/)
  await astas.send(`/microsoft/cases/${one}/works`, { works: 'yes', body: '' })
  await astas.send(`/microsoft/cases/${two}/works`, { works: 'no', body: 'Kun halvdelen kommer.' })
  assert.match((await astas.get(`/microsoft/cases/${one}`)).body, /lukket/i)
  assert.match((await astas.get(`/microsoft/cases/${two}`)).body, /Kun halvdelen kommer\./)
  assert.equal((await astas.send(`/microsoft/cases/${two}/works`, { works: 'yes', body: '' })).status, 404)
  const after = (await mette.get(cases)).body
  assert.match(after, /Works again/)
  assert.match(after, /Still does not work/)

  const review = await desk(id, 'posts', { kind: 'strategic', language: 'da', 'text-da': 'Sådan gik det.' })
  assert.equal(review.status, 200)
  assert.match((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Endelig gennemgang udgivet/)
  here.at('2026-06-15T08:00:00Z')
})

test('a post that is to go out later is seen then, and answers cases then', async () => {
  const id = await declared()
  const later = { kind: 'regular', language: 'da', 'text-da': 'Xsenere', publishAt: '2026-06-15T12:00' }
  assert.equal((await desk(id, 'posts', { ...later, publishAt: '2026-06-15T09:00' })).status, 422)
  await desk(id, 'posts', later)
  const astas = browserOf(here, asta)
  await here.doJobs()
  assert.doesNotMatch((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Xsenere/)
  here.at('2026-06-15T10:00:00Z')
  await here.doJobs()
  assert.match((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Xsenere/)
  await desk(id, 'posts', { ...later, 'text-da': 'Xaldrig', publishAt: '2026-06-15T13:00' })
  const post = /name="post" value="([0-9a-f-]{36})"\/>[^]{0,200}Do not publish it/.exec(
    (await mette.get(`/microsoft/agent/incidents/${id}`)).body,
  )
  await desk(id, 'review', { review: 'rejected', post: post?.[1] ?? '' })
  here.at('2026-06-15T12:00:00Z')
  await here.doJobs()
  assert.doesNotMatch((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Xaldrig/)
  await desk(id, 'state', { to: 'falsePositive' })
  here.at('2026-06-15T08:00:00Z')
})

test('Asta follows, adds her impact, and says afterwards that it works', async () => {
  const id = await declared()
  const astas = browserOf(here, asta)
  const page = `/microsoft/health/incidents/${id}`
  assert.equal((await astas.send(`${page}/works`, { works: 'yes' })).status, 409)
  assert.equal((await astas.send(`${page}/impact`, { people: '0', word: '' })).status, 422)
  await astas.send(`${page}/impact`, { people: '40', word: 'Skibe venter på papirer.' })
  await browserOf(here, bo).send(`${page}/follow`, { act: 'follow' })
  assert.match(
    (await mette.get(`/microsoft/agent/incidents/${id}`)).body,
    /2 followers; 1 organization with 40 people hit[\s\S]*Skibe venter på papirer/,
  )
  await desk(id, 'posts', { kind: 'quick', language: 'en', 'text-en': 'A new pump is on its way.' })
  await desk(id, 'state', { to: 'serviceRestored' })
  await here.doJobs()
  const mails = (await browserOf(here).get('/microsoft/demonstration/mailbox')).body
  for (const told of [
    'Endnu ikke oversat; her er teksten på engelsk',
    'A new pump is on its way.',
    'Problemet, du følger, er overstået',
  ])
    assert.match(mails, new RegExp(told))
  assert.match((await astas.get(page)).body, /Virker det igen hos jer\?/)
  await astas.send(`${page}/works`, { works: 'yes' })
  assert.match((await mette.get(`/microsoft/agent/incidents/${id}`)).body, /Works again: 1/)
})

test('three organizations report the same: the lead is proposed an incident, with what they said', async () => {
  const report = { service: 'files', since: '2026-06-15T09:00', people: '12', symptom: 'Cannot open shared folders' }
  assert.equal(
    (await browserOf(here, asta).send('/microsoft/health/report', { ...report, since: '2026-06-15T12:00' })).status,
    422,
  )
  for (const people of ['many', '0', '1.5', '']) {
    const refused = await browserOf(here, asta).send('/microsoft/health/report', { ...report, people })
    assert.equal(refused.status, 422)
    assert.match(refused.body, people ? /Skriv et helt tal fra 1 til 1\.000\.000/ : /Udfyld feltet/)
    assert.match(refused.body, /Cannot open shared folders/)
  }
  const others: Somebody[] = []
  for (const name of ['Nord', 'Syd']) {
    const email = `it@${name.toLowerCase()}.test`
    await here.database.work(job, async (work) => {
      const organizationId = await addOrganization(work, { operatorId: microsoft, name, country: 'DK', contract: null })
      await addPerson(work, {
        operatorId: microsoft,
        organizationId,
        email,
        name,
        phone: null,
        language: 'en',
        zone: 'Europe/Copenhagen',
        roles: ['global-admin'],
      })
    })
    others.push({ email, operator: 'microsoft', operatorId: microsoft })
  }
  const lene = await agentNamed('Lene', true, 'da')
  const ole = await agentNamed('Ole', true)
  await agentNamed('Nobody', false)
  const oles = browserOf(here, ole)
  assert.match((await oles.get('/microsoft/agent/incidents')).body, /You get a mail when/)
  assert.match((await oles.send('/microsoft/agent/incidents/mail', { act: 'stop' })).body, /You get no mail when/)
  await browserOf(here, liv).send('/microsoft/health/report', report)
  await here.doJobs()
  assert.deepEqual(await proposalMails(), [])
  for (const who of others)
    await browserOf(here, who).send('/microsoft/health/report', { ...report, symptom: 'Shared folders do not open' })
  await here.doJobs()
  const told = await proposalMails()
  assert.deepEqual(told.map(({ recipient }) => recipient).toSorted(), [lene.email, here.agents.mette.email].toSorted())
  const [mail] = told.filter(({ recipient }) => recipient !== lene.email)
  assert.match(mail?.subject ?? '', /Proposed incident: 3 organizations notice/)
  assert.match(
    mail?.body ?? '',
    /the first since .*09:00[^]*Livs Bageri · .*12 people\nCannot open[^]*Nord[^]*Syd[^]*agent\/noticed[^]*agent\/incidents/,
  )
  assert.match(told.find(({ recipient }) => recipient === lene.email)?.subject ?? '', /Foreslået hændelse/)
  await browserOf(here, asta).send('/microsoft/health/report', report)
  await here.doJobs()
  assert.equal((await proposalMails()).length, 2, 'a further report makes no further mail')
  assert.match((await oles.send('/microsoft/agent/incidents/mail', { act: 'start' })).body, /You get a mail when/)
  assert.match((await mette.get('/microsoft/agent')).body, /1 incident is proposed/)
  const { body } = await mette.get('/microsoft/agent/noticed')
  assert.match(body, /Proposed incident: 4 organizations/)
  for (const said of ['Livs Bageri', 'Nord', 'Syd', 'Shared folders do not open']) assert.match(body, new RegExp(said))

  const id = await declared({ service: 'files', 'title-da': 'Delte mapper kan ikke åbnes' })
  const reports = /name="reports" value="([^"]+)"/.exec(body)?.[1] ?? ''
  await mette.send('/microsoft/agent/noticed', { reports, incident: id })
  assert.doesNotMatch((await mette.get('/microsoft/agent')).body, /proposed/)
  assert.match((await browserOf(here, liv).get('/microsoft/health')).body, /Now a known problem/)
  await desk(id, 'state', { to: 'falsePositive' })
})

test('a case of a third organization makes a proposal of two reports, and what was refused is proposed anew by new reports', async () => {
  const before = (await proposalMails()).length
  const symptom = 'Calendar invitations vanish from shared mailbox'
  const report = { service: 'mail', since: '2026-06-15T09:00', people: '2', symptom }
  for (const who of [asta, liv]) await browserOf(here, who).send('/microsoft/health/report', report)
  await here.doJobs()
  assert.equal((await proposalMails()).length, before)
  const nord = { email: 'it@nord.test', operator: 'microsoft', operatorId: microsoft }
  const request = serviceRequest({
    title: symptom,
    supportType: 'billing',
    topic: 'understand-bill',
    contact: { method: 'email', email: nord.email },
  })
  await programOf(here, here.tokenOf(nord))('POST', '/cases', request, { 'idempotency-key': 'nord' })
  await here.doJobs()
  const told = (await proposalMails()).filter(({ body: said }) => said.includes(symptom))
  assert.equal(told.length, 3)
  assert.ok(told.every(({ body: said }) => /(case|sag) \d/.test(said)))
  const { body } = await mette.get('/microsoft/agent/noticed')
  const reports = [...body.matchAll(/name="reports" value="([^"]+)"/g)].map(([, ids]) => ids ?? '').join(' ')
  await mette.send('/microsoft/agent/noticed', { reports, incident: '' })
  await browserOf(here, liv).send('/microsoft/health/report', report)
  await here.doJobs()
  assert.equal((await proposalMails()).length, before + 3)
  await browserOf(here, asta).send('/microsoft/health/report', report)
  await here.doJobs()
  assert.equal((await proposalMails()).length, before + 6)
})

test('an organization sees the services of its subscriptions only', async () => {
  await withCharter(
    {
      services: (services) =>
        services.map((one) => (one['id'] === 'meetings' ? { ...one, subscriptions: ['Teams Premium'] } : one)),
    },
    async () => {
      await here.database.work(job, async (work) => {
        const organizationId = await addOrganization(work, {
          operatorId: microsoft,
          name: 'Uden møder',
          country: 'DK',
          contract: null,
        })
        await addPerson(work, {
          operatorId: microsoft,
          organizationId,
          email: 'it@uden.test',
          name: 'Uden',
          phone: null,
          language: 'da',
          zone: 'Europe/Copenhagen',
          roles: ['global-admin'],
        })
        await addSubscription(work, {
          organizationId,
          operatorId: microsoft,
          subscriptionId: newId(),
          name: 'Business Basic',
          seats: 3,
          soldByPartner: false,
        })
      })
      const id = await declared({ service: 'meetings', 'title-da': 'Xmøder' })
      const uden = browserOf(here, { email: 'it@uden.test', operator: 'microsoft', operatorId: microsoft })
      const { body } = await uden.get('/microsoft/health')
      assert.doesNotMatch(body, /Møder og chat|Xmøder/)
      assert.doesNotMatch((await uden.get('/microsoft/help')).body, /Xmøder/)
      assert.match(
        (await browserOf(here, asta).get('/microsoft/health')).body,
        /Møder og chat[\s\S]*Xmøder|Xmøder[\s\S]*Møder og chat/,
      )
      await desk(id, 'state', { to: 'falsePositive' })
    },
  )
})

test('where the charter wants a second look, nobody sees what only its writer has seen', async () => {
  const anna = browserOf(here, await agentNamed('Anna', true))
  const agent = browserOf(here, await agentNamed('Per', false))
  await withCharter({ serviceHealth: () => ({ review: 'required' }) }, async () => {
    const id = await declared({ 'title-da': 'Xkladde', 'title-en': 'Xkladde' })
    const astas = browserOf(here, asta)
    assert.doesNotMatch((await astas.get('/microsoft/health')).body, /Xkladde/)
    assert.equal((await astas.get(`/microsoft/health/incidents/${id}`)).status, 404)
    assert.equal((await desk(id, 'review', { review: 'approved' })).status, 409)
    assert.equal((await agent.send(`/microsoft/agent/incidents/${id}/review`, { review: 'approved' })).status, 403)
    // Who looks sees what every reader will.
    const looked = (await anna.get(`/microsoft/agent/incidents/${id}`)).body
    assert.match(
      looked,
      /Ingen får mails udefra[^]*Nobody receives external mail[^]*Publish it|Nobody receives external mail[^]*Publish it/,
    )
    await anna.send(`/microsoft/agent/incidents/${id}/review`, { review: 'approved' })
    assert.match((await astas.get('/microsoft/health')).body, /Xkladde/)
    await desk(id, 'posts', { kind: 'quick', language: 'da', 'text-da': 'Xpost', 'text-en': 'Xtranslated' })
    assert.match((await anna.get(`/microsoft/agent/incidents/${id}`)).body, /Xtranslated/)
    assert.doesNotMatch((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Xpost/)
    const post =
      /name="post" value="([0-9a-f-]{36})"/.exec((await anna.get(`/microsoft/agent/incidents/${id}`)).body)?.[1] ?? ''
    await anna.send(`/microsoft/agent/incidents/${id}/review`, { review: 'approved', post })
    assert.match((await astas.get(`/microsoft/health/incidents/${id}`)).body, /Xpost/)
    await desk(id, 'state', { to: 'falsePositive' })
  })
  assert.equal((await agent.send('/microsoft/agent/incidents/new', MAIL_DOWN)).status, 403)
})

test('a mended original makes its translations outdated, and they say so', async () => {
  const id = await declared()
  const texts = {
    'title-da': 'Nyt ord',
    'impact-da': 'Nyt',
    'title-en': MAIL_DOWN['title-en'],
    'impact-en': MAIL_DOWN['impact-en'],
  }
  await desk(id, 'texts', texts)
  const { body } = await browserOf(here, liv).get(`/microsoft/health/incidents/${id}`)
  assert.match(body, /The original has changed since this was translated/)
  await desk(id, 'texts', { ...texts, 'title-en': 'New word', 'impact-en': 'New' })
  assert.doesNotMatch(
    (await browserOf(here, liv).get(`/microsoft/health/incidents/${id}`)).body,
    /original has changed/,
  )
  const previewed = await mette.send('/microsoft/agent/incidents/new', { ...MAIL_DOWN, preview: 'yes' })
  assert.match(previewed.body, /尚未翻译/)
  await desk(id, 'state', { to: 'falsePositive' })
})

test('two that are the same become one: cases and followers go over, and the old address leads there', async () => {
  const [from, into] = [await declared({ 'title-da': 'Den ene' }), await declared({ 'title-da': 'Den anden' })]
  const { json } = await programOf(here, here.tokenOf(asta))('POST', '/cases', serviceRequest(), {
    'idempotency-key': 'merged',
  })
  await mette.send(`/microsoft/agent/cases/${json.number}/incident`, { incident: from })
  const astas = browserOf(here, asta)
  await astas.send(`/microsoft/health/incidents/${from}/follow`, { act: 'follow' })
  assert.equal((await desk(from, 'merge', { into: from })).status, 422)
  const merged = await desk(from, 'merge', { into })
  assert.match(merged.body, new RegExp(`href="/microsoft/agent/incidents/${into}"`))
  await here.doJobs()
  assert.equal((await astas.get(`/microsoft/health/incidents/${from}`)).path, `/microsoft/health/incidents/${into}`)
  assert.match((await astas.get(`/microsoft/health/incidents/${into}`)).body, /Du følger dette/)
  assert.match(
    (await mette.get(`/microsoft/agent/incidents/${into}/cases`)).body,
    new RegExp(`/agent/cases/${json.number}`),
  )
  await desk(into, 'state', { to: 'falsePositive' })
})

type Parts = {
  readonly services?: (services: readonly Record<string, unknown>[]) => unknown
  readonly serviceHealth?: () => unknown
}

/** The charter with parts replaced, for the length of a story. */
async function withCharter(parts: Parts, story: () => Promise<void>): Promise<void> {
  const before = await here.database.work(job, (work) => documentInForce(work, microsoft))
  const document = before as Record<string, unknown>
  const next = {
    ...document,
    ...(parts.services ? { services: parts.services(document['services'] as Record<string, unknown>[]) } : {}),
    ...(parts.serviceHealth ? { serviceHealth: parts.serviceHealth() } : {}),
  }
  await here.database.work(job, (work) => applyCharter(work, microsoft, next))
  await story()
  await here.database.work(job, (work) => applyCharter(work, microsoft, before))
}
