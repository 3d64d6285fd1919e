import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { before, test } from 'node:test'
import { applyCharterFolder } from '../../src/app/charters.ts'
import { simulate } from '../../src/app/simulate.ts'
import { addAgent, addOrganization, addPerson } from '../../src/rooms/people/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody, World } from '../world.ts'

/** The whole example of docs/charter.md, as somebody would copy it into a folder of his own. */
const folder = mkdtempSync(join(tmpdir(), 'svar-pampa-'))
const [, example = ''] =
  /## A small one, whole[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/charter.md', 'utf8')) ?? []
writeFileSync(join(folder, 'charter.yaml'), example)

/** Friday 17:30 in São Paulo; Monday 7 September is a holiday there. */
const FRIDAY = '2026-09-04T20:30:00Z'

let here: World
let bruna: Somebody
let ana: Somebody

before(async () => {
  here = await world()
  here.at(FRIDAY)
  const { operatorId } = await applyCharterFolder(here.database, folder)
  bruna = { email: 'bruna@gaucho.test', operator: 'pampa', operatorId }
  ana = { email: 'ana@pampa.test', operator: 'pampa', operatorId }
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const organizationId = await addOrganization(work, { operatorId, name: 'Gaúcho', country: 'BR', contract: 'duty' })
    const zone = 'America/Sao_Paulo'
    const common = { operatorId, language: 'en', zone } as const
    await addPerson(work, {
      ...common,
      organizationId,
      email: bruna.email,
      name: 'Bruna',
      phone: null,
      roles: ['owner'],
    })
    await addAgent(work, { ...common, email: ana.email, name: 'Ana', lead: true })
  })
})

type Opened = {
  readonly number: string
  readonly severity: string
  readonly cappedFrom: string | null
  readonly initialResponse: { readonly due: string }
}

let requests = 0

async function opened(parts: Record<string, unknown>): Promise<Opened> {
  const program = programOf(here, here.tokenOf(bruna))
  const contact = { method: 'email', phone: '', email: bruna.email }
  const request = serviceRequest({ supportType: 'operations', topic: 'server-down', contact, ...parts })
  const answer = await program('POST', '/cases', request, { 'idempotency-key': `pampa-${requests++}` })
  assert.equal(answer.status, 201, JSON.stringify(answer.json))
  return answer.json as Opened
}

async function simulated(severity: string, supportType = 'operations'): Promise<string> {
  const output = new PassThrough()
  const asked = ['--received', FRIDAY, '--severity', severity, '--support-type', supportType, '--contract', 'duty']
  const pipes = { input: Readable.from([]), output, errors: new PassThrough() }
  assert.equal(await simulate(['--folder', folder, ...asked, '--json'], pipes), 0)
  output.end()
  return (JSON.parse(await text(output)) as { due: string }).due
}

test('a third operator is the example of docs/charter.md: P1 in a quarter of an hour, P4 on the third day that is open', async () => {
  const down = await opened({ requestedSeverity: 'P1' })
  assert.deepEqual([down.severity, down.initialResponse.due], ['P1', '2026-09-04T20:45:00Z'])
  const question = await opened({ requestedSeverity: 'P4' })
  // Saturday 5, Tuesday 8 and Wednesday 9 September; that Wednesday closes at 18:00.
  assert.deepEqual([question.severity, question.initialResponse.due], ['P4', '2026-09-09T21:00:00Z'])
  assert.equal(await simulated('P1'), down.initialResponse.due)
  assert.equal(await simulated('P4'), question.initialResponse.due)
})

test('billing stops at P3, and a contract makes the difference at P2', async () => {
  const invoice = await opened({ requestedSeverity: 'P1', supportType: 'billing', topic: 'invoice' })
  assert.deepEqual([invoice.severity, invoice.cappedFrom], ['P3', 'P1'])
  assert.equal(invoice.initialResponse.due, await simulated('P3', 'billing'))
  assert.equal((await opened({ requestedSeverity: 'P2' })).initialResponse.due, '2026-09-04T21:30:00Z')
})

test('its page speaks its two languages, and the first of them to those who ask for another', async () => {
  const visitor = browserOf(here)
  const english = await visitor.get('/pampa/', { 'accept-language': 'en' })
  assert.equal(english.status, 200)
  assert.match(english.body, /<html lang="en"/)
  for (const words of ['Pampa hosting', 'Operations', 'P1', 'P4', '15 minutes', '3 working days', '3003-0303'])
    assert.ok(english.body.includes(words), words)
  const chinese = await browserOf(here).get('/pampa/', { 'accept-language': 'zh-CN' })
  assert.match(chinese.body, /<html lang="zh-Hans"/)
  for (const words of ['Pampa 托管服务', '运维', '中断', '15 分钟', '3 个工作日'])
    assert.ok(chinese.body.includes(words), words)
  const danish = await browserOf(here).get('/pampa/', { 'accept-language': 'da' })
  assert.match(danish.body, /<html lang="en"/)
})

test('its agents see the requests in the queue, the one that is due first on top', async () => {
  const queue = await browserOf(here, ana).get('/pampa/agent')
  assert.equal(queue.status, 200)
  assert.ok(queue.body.includes('P1') && queue.body.includes('P4'))
  assert.ok(queue.body.includes('Gaúcho'))
  const mine = await programOf(here, here.tokenOf(bruna))('GET', '/cases')
  const { cases } = mine.json as { cases: readonly Opened[] }
  const places = ['P1', 'P4'].map((severity) =>
    queue.body.indexOf(cases.find((one) => one.severity === severity)?.number ?? 'none'),
  )
  assert.ok(places[0] !== -1 && (places[0] ?? 0) < (places[1] ?? 0), places.join())
})
