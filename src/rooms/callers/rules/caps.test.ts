import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isSettled, masked, mayCode } from './caps.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = 60 * DAY
const moments = fc.array(fc.integer({ min: 0, max: NOW - 1 }), { maxLength: 40 })

test('three codes in a case, however long ago; five to a person in a day, twenty in thirty days', () => {
  assert.deepEqual(mayCode({ inCase: [1, 2], toPerson: [] }, NOW), { ok: true })
  assert.deepEqual(mayCode({ inCase: [1, 2, 3], toPerson: [] }, NOW), { ok: false, from: undefined })
  const today = [1, 2, 3, 4, 5].map((hours) => NOW - hours * HOUR)
  assert.deepEqual(mayCode({ inCase: [], toPerson: today.slice(1) }, NOW), { ok: true })
  assert.deepEqual(mayCode({ inCase: [], toPerson: today }, NOW), { ok: false, from: NOW - 5 * HOUR + DAY })
  const month = Array.from({ length: 20 }, (_, at) => NOW - (at + 2) * DAY)
  assert.deepEqual(mayCode({ inCase: [], toPerson: month }, NOW), { ok: false, from: NOW - 21 * DAY + 30 * DAY })
})

test('what is refused is allowed from the moment that is told, if nothing is sent meanwhile, and not before', () => {
  fc.assert(
    fc.property(moments, (toPerson) => {
      const answer = mayCode({ inCase: [], toPerson }, NOW)
      if (answer.ok) return
      assert.ok(answer.from !== undefined && answer.from > NOW)
      assert.ok(mayCode({ inCase: [], toPerson }, answer.from).ok)
      assert.ok(!mayCode({ inCase: [], toPerson }, answer.from - 1).ok)
    }),
  )
})

test('however it is tried, nobody gets more than five codes in a day, nor more than twenty in thirty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 300 }), (asked) => {
      const sent: number[] = []
      for (const at of asked.toSorted((a, b) => a - b))
        if (mayCode({ inCase: [], toPerson: sent }, at).ok) sent.push(at)
      for (const at of sent) {
        assert.ok(sent.filter((one) => one >= at && one < at + DAY).length <= 5)
        assert.ok(sent.filter((one) => one >= at && one < at + 30 * DAY).length <= 20)
      }
    }),
  )
})

test('an address of three days is settled; its first character and its host are shown', () => {
  assert.ok(isSettled(0, 3 * DAY))
  assert.ok(!isSettled(1, 3 * DAY))
  assert.equal(masked('asta@havn.example'), 'a…@havn.example')
  assert.equal(masked('𝒜b@havn.example'), '𝒜…@havn.example')
  assert.equal(masked('odd'), 'o…@')
})
