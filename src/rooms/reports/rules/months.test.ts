import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthsBetween, questionOf } from './months.ts'

const shanghai = { zone: 'Asia/Shanghai', now: Temporal.Instant.from('2026-06-30T16:30:00Z') }

test('without months the last six are asked for, and this month is that of the operator', () => {
  const { months, bounds, asOf, knownAt } = questionOf({}, shanghai)
  assert.deepEqual([months[0], months.at(-1), months.length], ['2026-02', '2026-07', 6])
  assert.equal(bounds.length, 7)
  assert.equal(bounds[5]?.toString(), '2026-06-30T16:00:00Z')
  assert.deepEqual([asOf, knownAt], ['2026-07-01', shanghai.now])
})

test('a date asks for what was known at its end, and brings its own six months', () => {
  const { months, knownAt } = questionOf({ asOf: '2026-01-31' }, shanghai)
  assert.deepEqual([months[0], months.at(-1)], ['2025-08', '2026-01'])
  assert.equal(knownAt.toString(), '2026-01-31T15:59:59.999Z')
})

test('the future is not known: a date to come means now', () => {
  const { knownAt, asOf } = questionOf({ asOf: '2027-01-01' }, shanghai)
  assert.deepEqual([knownAt, asOf], [shanghai.now, '2026-07-01'])
})

test('months may be given in any order, over the turn of a year', () => {
  assert.deepEqual(monthsBetween('2026-02', '2025-11'), ['2025-11', '2025-12', '2026-01', '2026-02'])
  assert.deepEqual(questionOf({ from: '2026-03' }, shanghai).months, ['2026-03'])
})
