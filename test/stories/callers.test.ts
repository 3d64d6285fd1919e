import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outbox } from '../../src/rooms/channels/index.ts'
import { addAgent } from '../../src/rooms/people/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

const here = await world()
const { asta, bo, chen } = here.people
const { microsoft } = here.operators
const mette = browserOf(here, here.agents.mette)
const job = { kind: 'job', operatorIds: [microsoft] } as const
const mails = () => here.database.work(job, (work) => outbox(work, microsoft))
const jens: Somebody = { email: 'jens@svar.test', operator: 'microsoft', operatorId: microsoft }
await here.database.work(job, (work) =>
  addAgent(work, { ...jens, name: 'Jens Dam', language: 'da', zone: 'Europe/Copenhagen', lead: false }),
)

let day = 20
/** Everybody has been registered for days, and no test counts the codes of another: each is a month later. */
const later = () =>
  here.at(
    Temporal.Instant.from('2026-06-01T08:00:00Z')
      .add({ hours: 24 * (day += 32) })
      .toString(),
  )

async function openedCase(title: string, who: Somebody = asta): Promise<string> {
  const opened = await programOf(here, here.tokenOf(who))('POST', '/cases', serviceRequest({ title }), {
    'idempotency-key': encodeURIComponent(title),
  })
  return (opened.json as { number: string }).number
}

/** What the page offers for a number or an address, as the values of its choices. */
async function offered(
  told: string,
  browser = mette,
): Promise<{ readonly who: readonly string[]; readonly body: string }> {
  const { body } = await browser.get(`/microsoft/agent/callers?told=${encodeURIComponent(told)}`)
  return { who: [...body.matchAll(/name="who" value="([^"]+)"/g)].map(([, one = '']) => one), body }
}

/** Asks for a code; answers the check's address and the code as the mail has it. */
async function checked(number: string, at = 0): Promise<{ readonly path: string; readonly code: string }> {
  const { who } = await offered(number)
  const { path, status, body } = await mette.send('/microsoft/agent/callers', {
    who: who[at] ?? '',
    number,
    told: number,
  })
  assert.equal(status, 200, body.slice(0, 2000))
  await here.doJobs()
  const mail = (await mails()).find(({ subject }) => /code for the call|kode til samtalen/.test(subject))
  const [, one = '', two = ''] = /\n(\d{3}) (\d{3})\n/.exec(mail?.body ?? '') ?? assert.fail('no code was mailed')
  return { path, code: `${one}${two}` }
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('a code goes to the registered address only; read out, it proves the caller, and administrators and the case are told', async () => {
  later()
  const number = await openedCase('Who is calling')
  const { body } = await offered(number)
  assert.match(body, /a…@havn\.test/)
  assert.doesNotMatch(body, /asta@havn\.test|Who is calling/, 'nothing of the case is shown before')
  const { path, code } = await checked(number)
  const page = await mette.get(path)
  assert.doesNotMatch(page.body, new RegExp(code), 'the agent never sees the code')
  const { body: proven } = await mette.send(path, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
  assert.match(proven, /It is Asta Holm|Det er Asta Holm/)
  await here.doJobs()
  assert.match((await browserOf(here, asta).get(`/microsoft/cases/${number}`)).body, /Asta Holm[^<]*Mette/)
  assert.ok((await mails()).some(({ recipient, subject }) => recipient === asta.email && /Asta Holm/.test(subject)))
  assert.match((await mette.get(`/microsoft/agent/cases/${number}`)).body, /✓ Asta Holm/)
  const again = await mette.send(path, { code })
  assert.doesNotMatch(again.body, /name="code"/, 'a code is good once')
})

test('five wrong codes end it; the right one afterwards proves nothing, and administrators hear of it', async () => {
  later()
  const { path, code } = await checked(await openedCase('Five wrong codes'))
  for (const left of [4, 3, 2, 1]) {
    const { status, body } = await mette.send(path, { code: wrong(code) })
    assert.equal(status, 422)
    assert.match(body, left === 1 ? /One try is left|ét forsøg/ : new RegExp(`${left} (tries|forsøg)`))
  }
  assert.match((await mette.send(path, { code: wrong(code) })).body, /Not proven|Ikke bevist/)
  assert.doesNotMatch((await mette.send(path, { code })).body, /It is Asta|Det er Asta/)
  await here.doJobs()
  assert.ok((await mails()).some(({ recipient, subject }) => recipient === asta.email && /tried|prøvede/.test(subject)))
})

test('twenty guesses at once are five', async () => {
  later()
  const { path, code } = await checked(await openedCase('Twenty guesses at once'))
  const answers = await Promise.all(Array.from({ length: 20 }, () => mette.send(path, { code: wrong(code) })))
  assert.equal(answers.filter(({ status }) => status === 422).length, 4)
  assert.match((await mette.get(path)).body, /Not proven|Ikke bevist/)
})

test('after ten minutes a code is too old; a new one makes the old worthless; a fourth in a case is refused', async () => {
  later()
  const number = await openedCase('Too old')
  const first = await checked(number)
  here.at(
    Temporal.Instant.from('2026-06-01T08:00:00Z')
      .add({ hours: 24 * day, minutes: 11 })
      .toString(),
  )
  assert.doesNotMatch((await mette.send(first.path, { code: first.code })).body, /It is Asta|Det er Asta/)
  const second = await checked(number)
  here.at(
    Temporal.Instant.from('2026-06-01T08:00:00Z')
      .add({ hours: 24 * day, minutes: 12 })
      .toString(),
  )
  const third = await checked(number)
  assert.doesNotMatch((await mette.send(second.path, { code: second.code })).body, /It is Asta|Det er Asta/)
  assert.match((await mette.send(third.path, { code: third.code })).body, /It is Asta|Det er Asta/)
  const { who } = await offered(number)
  const { status, body } = await mette.send('/microsoft/agent/callers', { who: who[0] ?? '', number, told: number })
  assert.equal(status, 409)
  assert.match(body, /No more codes|ikke sendes flere koder/)
})

test('an address that was registered yesterday proves nothing', async () => {
  here.at('2026-06-16T08:00:00Z')
  const number = await openedCase('Registered yesterday')
  const { who } = await offered(number)
  const { status, body } = await mette.send('/microsoft/agent/callers', { who: who[0] ?? '', number, told: number })
  assert.equal(status, 409)
  assert.match(body, /less than three days|under tre dage/)
})

test('the caller sees who asks and the number only the agent can tell; says it is not him, and the agent is warned', async () => {
  later()
  const { path } = await checked(await openedCase('Not me on the phone'))
  const said = /class="spoken-number">(\d{4})</.exec((await mette.get(path)).body)?.[1] ?? ''
  const astas = browserOf(here, asta)
  const { body } = await astas.get('/microsoft/caller')
  assert.match(body, new RegExp(`Mette[\\s\\S]*>${said}<`))
  assert.doesNotMatch(
    (await browserOf(here, bo).get('/microsoft/caller')).body,
    /spoken-number/,
    'his colleague sees nothing',
  )
  const check = /name="check" value="([^"]+)"/.exec(body)?.[1] ?? ''
  assert.equal((await browserOf(here, bo).send('/microsoft/caller', { check })).status, 409)
  assert.equal((await astas.send('/microsoft/caller', { check })).status, 200)
  assert.match((await mette.get(path)).body, /says that it is somebody else|siger, at det er en anden/)
})

test('another agent, another operator and a customer find no check; an unknown number is not told from a foreign one', async () => {
  later()
  const { path } = await checked(await openedCase('Whose check'))
  assert.equal((await browserOf(here, jens).get(path)).status, 404)
  assert.equal((await browserOf(here, here.agents.wang).get(path.replace('microsoft', '21vianet'))).status, 404)
  assert.notEqual((await browserOf(here, asta).get(path)).status, 200)
  const foreign = await programOf(here, here.tokenOf(chen))('POST', '/cases', serviceRequest({ title: 'Foreign' }), {
    'idempotency-key': 'foreign',
  })
  const strange = await offered((foreign.json as { number: string }).number)
  const unknown = await offered('000-0000-0000')
  assert.deepEqual([strange.who, unknown.who], [[], []])
  assert.equal((await offered(asta.email)).who.length, 1)
  assert.equal((await offered(chen.email)).who.length, 0)
})
