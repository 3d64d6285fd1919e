import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { charterAt, charterInForce } from '../../src/rooms/entitlements/index.ts'
import { addAgent } from '../../src/rooms/people/index.ts'
import { proposeHolidays, writtenLayer } from '../../src/rooms/holidays/index.ts'
import { applyCharterFolder } from '../../src/app/charters.ts'
import { examine } from '../../src/app/doctor.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

/*
 * Mette leads support of microsoft; Wang answers for 21vianet, and Li leads there. The notice of China's State Council
 * for 2027 comes in late autumn.
 */

const here = await world()
const { vianet } = here.operators
const li: Somebody = { email: 'li@svar.test', operator: '21vianet', operatorId: vianet }
await here.database.work({ kind: 'job', operatorIds: [vianet] }, (work) =>
  addAgent(work, {
    operatorId: vianet,
    email: li.email,
    name: 'Li Na',
    language: 'en',
    zone: 'Asia/Shanghai',
    lead: true,
  }),
)

const propose = (days: Record<string, string>, year = 2027, layer = 'china') =>
  here.database.work({ kind: 'job', operatorIds: [vianet] }, (work) =>
    proposeHolidays(work, { operatorId: vianet, layer, year, days, source: 'notice.ics' }),
  )
const inForce = () =>
  here.database.work({ kind: 'visitor', operatorId: vianet }, (work) => charterInForce(work, vianet))

/** A billing request of Chen's, due in working days of the office. */
async function billingRequest(title: string): Promise<{ readonly number: string; readonly due: string }> {
  const chen = programOf(here, here.tokenOf(here.people.chen))
  const request = serviceRequest({
    title,
    supportType: 'billing',
    topic: 'understand-bill',
    requestedSeverity: 'C',
    contact: { method: 'email', email: 'chen@jinling.test' },
  })
  const answer = await chen('POST', '/cases', request, { 'idempotency-key': title.replaceAll(' ', '-') })
  const opened = answer.json as { readonly number: string; readonly initialResponse: { readonly due: string } }
  return { number: opened.number, due: opened.initialResponse.due }
}

test('the page is for support leads: Wang is told so, Mette does not get into another operator', async () => {
  const wang = await browserOf(here, here.agents.wang).get('/21vianet/agent/holidays')
  assert.equal(wang.status, 403)
  assert.match(wang.body, /支持主管/)
  assert.match((await browserOf(here, here.agents.mette).get('/21vianet/agent/holidays')).path, /\/sign-in/)
  assert.equal((await browserOf(here, here.people.chen).get('/21vianet/agent/holidays')).status, 403)
  const mette = await browserOf(here, here.agents.mette).get('/microsoft/agent/holidays')
  assert.equal(mette.status, 200)
  assert.match(mette.body, /Public holidays in Denmark/)
  assert.match((await browserOf(here, here.agents.mette).get('/microsoft/agent')).body, /\/microsoft\/agent\/holidays/)
  assert.doesNotMatch((await browserOf(here, here.agents.wang).get('/21vianet/agent')).body, /agent\/holidays/)
})

test('from 90 days before, a year nobody has approved is a warning on the page and in svar doctor', async () => {
  const page = async () => (await browserOf(here, li).get('/21vianet/agent/holidays')).body
  here.at('2026-10-02T08:00:00Z')
  assert.doesNotMatch(await page(), /no official holidays/)
  here.at('2026-10-03T08:00:00Z')
  assert.match(await page(), /no official holidays for 2027 yet; Monday to Friday is assumed/)
  const connection = { connectionString: here.url }
  const ground = { database: here.database, connection } as unknown as Parameters<typeof examine>[0]
  const settings = { publicUrl: 'http://x', host: '127.0.0.1', dataFolder: '/nowhere' } as Parameters<typeof examine>[1]
  const worry = (await examine(ground, settings)).find(({ finding }) => finding.includes('holidays'))
  assert.equal(worry?.finding, 'china of 21vianet: no official holidays for 2027 yet; Monday to Friday is assumed.')
  assert.match(worry?.remedy ?? '', /svar holidays propose --operator 21vianet --layer china --year 2027/)
})

// zammad#390: a holiday feed is a proposal; nothing moves until a person approved the day, and the difference is shown.
test('a proposal moves nothing until Li approves it; open cases are listed, and keep their due', async () => {
  here.at('2026-12-29T03:00:00Z')
  const before = await billingRequest('Opened before')
  assert.equal(before.due, '2027-01-01T03:00:00Z')

  await propose({ '2027-01-01': 'closed', '2027-01-02': 'closed', '2027-01-09': 'open as monday' })
  const { version } = await inForce()
  const lead = browserOf(here, li)
  const { body } = await lead.get('/21vianet/agent/holidays')
  assert.match(body, /Friday,? 1 January 2027/)
  assert.match(body, /make-up working day, open as on Monday/)
  assert.match(body, /1 open case would be due at another time/)
  assert.match(body, /Opened before/)
  assert.match(body, /keep the terms and the due times/)
  assert.deepEqual((await inForce()).charter.calendars['office']?.exceptions?.['2027-01-01'], undefined)

  const [, address = ''] = /action="([^"]*agent\/holidays\/[^"]+)"/.exec(body) ?? []
  assert.equal((await browserOf(here, here.agents.wang).send(address, { decision: 'approve' })).status, 403)
  assert.equal((await lead.send(address, { decision: 'perhaps' })).status, 422)
  const approved = await lead.send(address, { decision: 'approve' })
  assert.equal(approved.status, 200)
  assert.match(approved.body, /Approved by Li Na/)
  assert.doesNotMatch(approved.body, /no official holidays/)
  assert.equal((await lead.send(address, { decision: 'reject' })).status, 409)

  const now = await inForce()
  assert.equal(now.version, version + 1)
  assert.deepEqual(now.charter.holidays['china']?.approved.at(-1), { year: 2027, by: 'Li Na', on: '2026-12-29' })
  assert.deepEqual(now.charter.calendars['office']?.exceptions?.['2027-01-01'], [])
  assert.deepEqual(now.charter.calendars['office']?.exceptions?.['2026-10-01'], [])
  const old = await here.database.work({ kind: 'visitor', operatorId: vianet }, (work) =>
    charterAt(work, vianet, version),
  )
  assert.equal(old.calendars['office']?.exceptions?.['2027-01-01'], undefined)

  const chen = programOf(here, here.tokenOf(here.people.chen))
  const answer = await chen('GET', `/cases/${before.number}/clocks`)
  const { clocks } = answer.json as { readonly clocks: readonly { readonly due: string }[] }
  assert.equal(clocks[0]?.due, before.due)
  assert.equal((await billingRequest('Opened after')).due, '2027-01-04T03:00:00Z')
})

test('who approved which days stands in the audit, beside the version', async () => {
  const { version } = await inForce()
  const { rows } = await here.database.ask<{ version: number; kind: string; payload: { difference: unknown[] } }>(
    { kind: 'job', operatorIds: [vianet] },
    sql`select version, kind, payload from charter_audit`,
  )
  assert.deepEqual(
    rows.map((row) => [row.version, row.kind, row.payload.difference.length]),
    [[version, 'holidays-approved', 3]],
  )
})

test('a rejected proposal changes nothing', async () => {
  await propose({ '2028-01-03': 'closed' }, 2028)
  const { version } = await inForce()
  const lead = browserOf(here, li)
  const { body } = await lead.get('/21vianet/agent/holidays')
  const [, address = ''] = /action="([^"]*agent\/holidays\/[^"]+)"/.exec(body) ?? []
  assert.match((await lead.send(address, { decision: 'reject' })).body, /Rejected by Li Na/)
  assert.equal((await inForce()).version, version)
})

test('the folder of the charter, which knows nothing of the approval, cannot take it away', async () => {
  const { version } = await inForce()
  await assert.rejects(
    applyCharterFolder(here.database, 'charters/21vianet'),
    /holidays\.china: 2027, approved by Li Na, is not in these files.*svar holidays print --operator 21vianet --layer china/s,
  )
  assert.equal((await inForce()).version, version)
  const layer = await here.database.work({ kind: 'visitor', operatorId: vianet }, (work) =>
    writtenLayer(work, vianet, 'china'),
  )
  assert.equal((layer as { days: Record<string, unknown> }).days['2027-01-09'], 'open as monday')
})

test('a layer the charter does not have cannot be proposed for', async () => {
  await assert.rejects(propose({}, 2027, 'atlantis'), /no holiday layer "atlantis" \(it has china\)/)
})
