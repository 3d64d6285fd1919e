import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { addAgent } from '../../src/rooms/people/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

/*
 * Monday 15 June 2026, 10:00 in Copenhagen: Asta opens cases of severity A, each owed an answer within the hour. Mette, who
 * leads support, asks in June and in December how the promises of June were kept.
 */

const here = await world()
const { microsoft } = here.operators
const mette = browserOf(here, here.agents.mette)
const asta = browserOf(here, here.people.asta)
const ole: Somebody = { email: 'ole@svar.test', operator: 'microsoft', operatorId: microsoft }
const JUNE = 'from=2026-06&to=2026-06&clock=initial-response'
const DECEMBER = '2026-12-10T09:00:00Z'

async function opened(title: string, severity = 'A', who = here.people.asta, parts = {}): Promise<string> {
  here.at('2026-06-15T08:00:00Z')
  const contact = { method: 'email', email: who.email }
  const request = serviceRequest({ title, requestedSeverity: severity, contact, ...parts })
  const headers = { 'idempotency-key': title.replaceAll(/\W/g, '-') }
  const answer = await programOf(here, here.tokenOf(who))('POST', '/cases', request, headers)
  assert.equal(answer.status, 201)
  return answer.headers.get('location')?.split('/').at(-1) ?? ''
}

const write = (number: string, kind: string) =>
  mette.send(`/microsoft/agent/cases/${number}/messages`, { kind, body: 'Vi er på sagen.' })

before(async () => {
  await here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) =>
    addAgent(work, {
      operatorId: microsoft,
      email: ole.email,
      name: 'Ole Bak',
      language: 'en',
      zone: 'Europe/Copenhagen',
      lead: false,
    }),
  )
  const inTime = await opened('Answered in time')
  here.at('2026-06-15T08:30:00Z')
  await write(inTime, 'third-party')
  const late = await opened('Answered late')
  here.at('2026-06-16T10:00:00Z')
  await write(late, 'answer')
  await opened('=Never answered')
  const closed = await opened('Closed at once')
  here.at('2026-06-15T08:20:00Z')
  await asta.send(`/microsoft/cases/${closed}/close`, {})
  await opened('Not due yet', 'C')
  await opened('其他运营商的案例', 'A', here.people.chen)
})

type Json = { readonly total: Total; readonly rows: readonly (Total & Record<string, unknown>)[] }
type Total = {
  readonly met: number
  readonly breached: number
  readonly compliance: number | null
  readonly excluded: Readonly<Record<string, number>>
}

async function report(query: string): Promise<Json> {
  const answer = await programOf(here, here.tokenOf(here.agents.mette))('GET', `/reports/response-targets?${query}`)
  assert.equal(answer.status, 200)
  return answer.json as Json
}

test('in December, Mette reads in one sentence how the promises of June were kept, and the figures behind it', async () => {
  here.at(DECEMBER)
  const { body, status } = await mette.get(`/microsoft/agent/reports?${JUNE}&severity=A`)
  assert.equal(status, 200)
  assert.match(body, /We kept 33.3% of our promises: 1 of 3\./)
  assert.match(body, /closed before it was due/)
  assert.match(body, /Due in June 2026, as known on 10 December 2026\./)
  assert.match(body, /<title id="chart-title">/)
  assert.match(body, /June 2026: 33.3%, 1 met and 2 breached\./)
  assert.match((await mette.get('/microsoft/agent')).body, /\/microsoft\/agent\/reports/)
  assert.doesNotMatch((await browserOf(here, ole).get('/microsoft/agent')).body, /\/agent\/reports/)
})

test('a date in the past gives the answer of that date, then and later', async () => {
  const then = async (asOf: string) => (await report(`${JUNE}&severity=A&asOf=${asOf}`)).total
  const none = { running: 0, paused: 0, stopped: 0, unpromised: 0 }
  const june = { met: 1, breached: 2, compliance: 0.333, excluded: { ...none, stopped: 1 } }
  here.at('2026-06-15T07:00:00Z')
  assert.equal((await then('2026-06-15')).met, 0)
  here.at('2026-06-15T08:40:00Z')
  assert.deepEqual((await then('2026-06-15')).excluded, { ...none, running: 2, stopped: 1 })
  here.at('2026-06-15T23:00:00Z')
  const asked = await then('2026-06-15')
  assert.deepEqual(asked, june)
  here.at(DECEMBER)
  assert.deepEqual(await then('2026-06-15'), asked)
  assert.deepEqual(await then('2026-06-14'), { met: 0, breached: 0, compliance: null, excluded: none })
})

test('what stands still has no due, and is shown beside the figures with its case', async () => {
  here.at('2026-06-15T08:45:00Z')
  const { rows } = await report('from=2026-06&clock=progress-update')
  const undated = rows.filter(({ month }) => month === null)
  assert.deepEqual(
    undated.map(({ excluded }) => excluded['paused']),
    [1],
  )
  const { body } = await mette.get('/microsoft/agent/reports/cases?from=2026-06&outcome=excluded&due=none')
  assert.match(body, /Answered in time/)
  assert.doesNotMatch(body, /Never answered/)
})

test('each figure leads to its cases, and each case to its page', async () => {
  here.at(DECEMBER)
  const { body } = await mette.get(`/microsoft/agent/reports?${JUNE}`)
  const links = [...body.matchAll(/href="([^"]*reports\/cases\?[^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
  const breached = links.find((link) => link.includes('outcome=breached')) ?? ''
  const list = await mette.get(breached)
  assert.match(list.body, /Answered late/)
  assert.match(list.body, /=Never answered/)
  assert.doesNotMatch(list.body, /Answered in time|Closed at once|其他/)
  const [, address = ''] = /href="(\/microsoft\/agent\/cases\/\d+)"/.exec(list.body) ?? []
  assert.equal((await mette.get(address)).status, 200)
  const met = await mette.get(links.find((link) => link.includes('outcome=met')) ?? '')
  assert.match(met.body, /Answered in time/)
  const excluded = await mette.get(links.find((link) => link.includes('outcome=excluded')) ?? '')
  assert.match(excluded.body, /Closed at once/)
})

test('a list of more than fifty goes on where it ended', async () => {
  for (let at = 0; at < 52; at++) await opened(`Many ${at}`)
  here.at(DECEMBER)
  const first = await mette.get(`/microsoft/agent/reports/cases?${JUNE}&outcome=breached`)
  const [, next = ''] = /href="([^"]*after=[^"]*)"/.exec(first.body) ?? []
  const second = await mette.get(next.replaceAll('&amp;', '&'))
  const numbers = [first, second].flatMap(({ body }) =>
    [...body.matchAll(/agent\/cases\/(\d{11})/g)].map(([, number]) => number),
  )
  assert.deepEqual([numbers.length, new Set(numbers).size], [55, 55])
  assert.doesNotMatch(second.body, /after=/)
})

test('figures and cases are taken away as CSV that opens as text, with moments in UTC', async () => {
  here.at(DECEMBER)
  const figures = await mette.get(`/microsoft/agent/reports.csv?${JUNE}`)
  assert.equal(figures.headers.get('content-disposition'), 'attachment; filename="response-targets-2026-12-10.csv"')
  assert.match(figures.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/)
  assert.match(figures.body, /\r\n2026-06,initial-response,A,technical,1,54,0.018,0,0,1,0\r\n/)
  const cases = await mette.get(`/microsoft/agent/reports/cases.csv?${JUNE}&outcome=breached`)
  const lines = cases.body.split('\r\n')
  assert.equal(lines.length, 1 + 55 + 1)
  const never = lines.find((line) => line.includes('Never answered'))
  assert.match(
    never ?? '',
    /^\d{11},'=Never answered,Havn Logistik,technical,initial-response,1,A,breached,2026-06-15T09:00:00Z,,2026-06-15T09:00:00Z$/,
  )
})

test('reports are for support leads: not for Ole, not for Asta, and not for another operator', async () => {
  for (const path of ['reports', 'reports.csv', 'reports/cases', 'reports/cases.csv']) {
    assert.equal((await browserOf(here, ole).get(`/microsoft/agent/${path}`)).status, 403, path)
    assert.equal((await asta.get(`/microsoft/agent/${path}`)).status, 403, path)
    assert.match((await mette.get(`/21vianet/agent/${path}`)).path, /\/sign-in/)
  }
  for (const who of [ole, here.people.asta, here.agents.wang]) {
    const { status } = await programOf(here, here.tokenOf(who))('GET', '/reports/response-targets')
    assert.equal(status, 403, who.email)
  }
})

test('what nobody can mean is refused: a thirteenth month, a day that is none, a century', async () => {
  for (const query of ['from=2026-13', 'asOf=2026-02-30', 'from=2000-01&to=2100-01', 'clock=customer-answer']) {
    const ask = programOf(here, here.tokenOf(here.agents.mette))
    assert.equal((await ask('GET', `/reports/response-targets?${query}`)).status, 422, query)
    assert.equal((await mette.get(`/microsoft/agent/reports?${query}`)).status, 422, query)
  }
  assert.equal((await mette.get('/microsoft/agent/reports?from=&to=&clock=&asOf=')).status, 200)
})
