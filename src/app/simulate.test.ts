import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { charterSchema } from '../rooms/entitlements/index.ts'
import type { Severity } from '../rooms/entitlements/index.ts'
import { readCharterFolder } from './charters.ts'
import { simulate } from './simulate.ts'
import { answerTo, arrivalsIn } from './simulation.ts'

const vianet = charterSchema.parse(readCharterFolder('charters/21vianet'))

/** What a wall clock in Beijing shows when the answer is due, the severity given, and the codes of the reasons. */
function inBeijing(wall: string, severity: Severity, supportType = 'technical', contract: string | null = 'premium') {
  const received = Temporal.PlainDateTime.from(wall).toZonedDateTime('Asia/Shanghai').toInstant()
  const { due, granted, because } = answerTo(vianet, { received, severity, supportType, contract })
  const shown = due.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'minute' })
  return { due: shown, granted, codes: because.map(({ code }) => code) }
}

test("the model page's table", () => {
  // Severity A: within one hour, around the clock. 5 June 2026 is a Friday.
  const a = inBeijing('2026-06-05T23:30', 'A')
  assert.deepEqual([a.due, a.granted], ['2026-06-06T00:30', 'A'])

  // B: within one working day, 09:00-24:00, 365 days a year; at night it is counted from the opening.
  assert.equal(inBeijing('2026-06-05T03:00', 'B').due, '2026-06-06T09:00')

  // C: within three working days; National Day is open for technical support, and not for billing.
  assert.equal(inBeijing('2026-09-30T20:00', 'C').due, '2026-10-03T20:00')
  const billing = inBeijing('2026-09-30T20:00', 'C', 'billing')
  // From Thursday 8 October 09:00: Friday, the make-up Saturday 10 October, Monday.
  assert.deepEqual([billing.due, billing.granted], ['2026-10-12T09:00', 'C'])

  // Billing stops at B, and says why.
  const capped = inBeijing('2026-06-05T10:00', 'A', 'billing')
  assert.deepEqual([capped.granted, capped.due], ['B', '2026-06-08T10:00'])
  assert.deepEqual(capped.codes.slice(0, 3), ['requested', 'highest-of-support-type', 'granted'])

  // A needs the advanced agreement; without it B is offered.
  const standard = inBeijing('2026-06-05T10:00', 'A', 'technical', null)
  assert.deepEqual([standard.granted, standard.due], ['B', '2026-06-06T10:00'])
  assert.deepEqual(standard.codes.slice(0, 3), ['requested', 'needs-contract', 'granted'])
})

test('a due in a year nobody has approved says so, where the calendar follows holidays', () => {
  assert.ok(inBeijing('2026-12-31T12:00', 'C', 'billing').codes.includes('unknown-year'))
  assert.ok(!inBeijing('2026-12-31T12:00', 'C').codes.includes('unknown-year'))
  assert.ok(!inBeijing('2026-06-05T12:00', 'C', 'billing').codes.includes('unknown-year'))
})

async function run(
  arguments_: readonly string[],
  input = '',
): Promise<{ code: number; output: string; errors: string }> {
  const output = new PassThrough()
  const errors = new PassThrough()
  const [code, said, complained] = await Promise.all([
    simulate(arguments_, { input: Readable.from([input]), output, errors }).finally(() => (output.end(), errors.end())),
    text(output),
    text(errors),
  ])
  return { code, output: said, errors: complained }
}

const ONE = ['--operator', '21vianet', '--severity', 'A', '--support-type', 'technical', '--contract', 'premium']

test('one request is answered as JSON with its due in UTC, and why', async () => {
  const { code, output } = await run([...ONE, '--received', '2026-06-05T15:30:00Z', '--json'])
  assert.equal(code, 0)
  const { due, because } = JSON.parse(output) as { due: string; because: readonly Record<string, unknown>[] }
  assert.equal(due, '2026-06-05T16:30:00Z')
  assert.deepEqual(
    because.map((reason) => reason['code']),
    ['requested', 'granted', 'target', 'segments'],
  )
  const target = because.find((reason) => reason['code'] === 'target')
  assert.deepEqual(
    [target?.['rule'], target?.['calendar'], target?.['zone'], target?.['target']],
    ['open-time', 'always', 'Asia/Shanghai', '1 hour'],
  )
  assert.deepEqual(because.at(-1)?.['segments'], [
    { kind: 'open', from: '2026-06-05T15:30:00Z', until: '2026-06-05T16:30:00Z' },
  ])
})

test('ten thousand lines are answered in order within five seconds, and a broken one spoils only itself', async () => {
  const asks = Array.from({ length: 10_000 }, (_, at) => {
    const received = Temporal.Instant.from('2026-01-01T00:00Z')
      .add({ minutes: at * 47 })
      .toString()
    return JSON.stringify({ received, severity: 'ABC'[at % 3], supportType: at % 2 ? 'billing' : 'technical' })
  })
  const broken = ['{', '[]', '{"received":"yesterday","severity":"A","supportType":"technical"}']
  const unknown = '{"received":"2026-06-05T15:30:00Z","severity":"D","supportType":"technical","contract":null}'
  const begun = performance.now()
  const { code, output } = await run(['--operator', '21vianet', '--stdin'], [...broken, unknown, ...asks].join('\n'))
  assert.ok(performance.now() - begun < 5000)
  assert.equal(code, 0)
  const answers = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { due?: string; error?: string })
  assert.equal(answers.length, asks.length + 4)
  assert.deepEqual(
    answers.slice(0, 4).map(({ error }) => typeof error),
    ['string', 'string', 'string', 'string'],
  )
  assert.match(answers[2]?.error ?? '', /"yesterday" is no moment such as/)
  assert.match(answers[3]?.error ?? '', /severity/)
  assert.ok(answers.slice(4).every(({ due }) => due?.endsWith('Z')))
})

test('without a moment there is a table of a year: every severity of every support type, eves and clock changes included', async () => {
  const { code, output } = await run(['--operator', '21vianet', '--year', '2026'])
  assert.equal(code, 0)
  const lines = output.trim().split('\n')
  assert.equal(lines.length, arrivalsIn(vianet, 2026).length * 12)
  assert.match(output, /Wed 2026-09-30 20:00\+08:00 {2}billing .* the evening before holidays \(china\)/)
  const microsoft = await run(['--operator', 'microsoft', '--year', '2026', '--support-type', 'technical'])
  assert.match(microsoft.output, /just before the clock changes/)
  assert.equal((await run(['--operator', '21vianet', '--support-type', 'magic'])).code, 1)
})

test('a week is drawn as SVG that can be read aloud and works in light and dark', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'svar-week-')), 'week.svg')
  const billing = ['--operator', '21vianet', '--svg', file, '--severity', 'C', '--support-type', 'billing']
  assert.equal((await run([...billing, '--week', '2026-10-08'])).code, 0)
  const drawing = readFileSync(file, 'utf8')
  assert.match(drawing, /role="img" aria-labelledby="week-title week-desc"/)
  assert.match(drawing, /<title id="week-title">Billing and pre-sales: severity C, billing, 2026-10-05 to 2026-10-11</)
  assert.match(drawing, /Wed,? 7 Oct closed\. Thu,? 8 Oct open 09:00-18:00\..*Sat,? 10 Oct open 09:00-18:00\./)
  assert.match(drawing, /prefers-color-scheme:dark/)
})

test('what is asked wrongly is answered with what to give', async () => {
  assert.equal((await run([])).code, 2)
  const wrong = await run([...ONE, '--received', 'Friday'])
  assert.deepEqual([wrong.code, wrong.output], [1, ''])
  assert.match(wrong.errors, /"Friday" is no moment such as 2026-06-05T15:30:00Z/)
  const json = await run(['--operator', '21vianet', '--received', '2026-06-05T15:30:00Z', '--severity', 'B', '--json'])
  assert.deepEqual([json.code, Object.keys(JSON.parse(json.output) as object)], [1, ['error']])
})
