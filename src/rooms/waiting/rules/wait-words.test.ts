import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { waitWords, waitWordsWhenClosed } from '../index.ts'

const minutes = (low: number, high: number) => ({
  low: low * 60,
  expected: (low + high) * 30,
  high: high * 60,
  learnedFrom: 100,
})

test('12 to 23 minutes are said in fives, an afternoon in half hours, nothing as now', () => {
  assert.deepEqual(waitWords(minutes(12, 23)), { kind: 'range', lowMinutes: 10, highMinutes: 25 })
  assert.deepEqual(waitWords(minutes(2.2, 6.1)), { kind: 'range', lowMinutes: 2, highMinutes: 7 })
  assert.deepEqual(waitWords(minutes(100, 170)), { kind: 'range', lowMinutes: 90, highMinutes: 180 })
  assert.deepEqual(waitWords(minutes(0, 0.3)), { kind: 'now' })
})

test('what is not known is not said', () => {
  assert.deepEqual(waitWords({ ...minutes(1, 5), learnedFrom: 3 }), { kind: 'unknown' })
  assert.deepEqual(waitWords(minutes(5, 600)), { kind: 'unknown' })
})

test('rounding never promises less than the range', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 900, noNaN: true }), fc.double({ min: 0, max: 900, noNaN: true }), (a, b) => {
      const words = waitWords(minutes(Math.min(a, b), Math.max(a, b)))
      if (words.kind !== 'range') return
      assert.ok(words.lowMinutes <= Math.min(a, b) && words.highMinutes >= Math.max(a, b))
      assert.ok(Number.isInteger(words.lowMinutes) && Number.isInteger(words.highMinutes))
    }),
  )
})

test('closed: when it opens, and the wait from then on', () => {
  const now = Temporal.Instant.from('2026-11-23T20:00+01:00')
  const opensAt = Temporal.Instant.from('2026-11-24T09:00+01:00')
  const after = (low: number, high: number) =>
    waitWordsWhenClosed(minutes(13 * 60 + low, 13 * 60 + high), { now, opensAt })
  assert.deepEqual(after(6, 9.5), { kind: 'opens', opensAt, after: { lowMinutes: 6, highMinutes: 10 } })
  assert.deepEqual(after(0, 0), { kind: 'opens', opensAt, after: { lowMinutes: 0, highMinutes: 1 } })
  const few = { ...minutes(800, 900), learnedFrom: 0 }
  assert.deepEqual(waitWordsWhenClosed(few, { now, opensAt }), { kind: 'opens', opensAt, after: undefined })
  assert.deepEqual(waitWordsWhenClosed(few, { now, opensAt: undefined }), { kind: 'unknown' })
})
