import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rangeHolds } from './monikers.ts'

test('a range is one name, or several in a list or between bars', () => {
  for (const range of ['a-1', ' a-1 ', 'b || a-1', 'b||a-1', 'b, a-1', 'b a-1', '=a-1'])
    assert.equal(rangeHolds(range, 'a-1'), true, range)
  for (const range of ['a-2', 'b || c', 'a-11', 'A-1']) assert.equal(rangeHolds(range, 'a-1'), false, range)
})

test('later and earlier versions of one name are compared by their numbers', () => {
  for (const range of ['>=a-2.1', '>= a-2.1', '>a-2.0', '<a-10', '<=a-2.1', 'b || >=a-1', '>=a-2'])
    assert.equal(rangeHolds(range, 'a-2.1'), true, range)
  for (const range of ['>a-2.1', '<a-2.1', '>=a-10', '>=b-1', '<=o365-worldwide'])
    assert.equal(rangeHolds(range, 'a-2.1'), false, range)
  assert.equal(rangeHolds('>=o365-worldwide', 'o365-worldwide'), true)
})

test('what is no range is told as such, and nothing else is an answer', () => {
  for (const range of ['', '(a', 'a b (c']) assert.equal(rangeHolds(range, 'a'), undefined, range)
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '1', '2', '>', '<', '=', '|', ',', ' ', '(', '&') }),
      (range) => {
        assert.ok([true, false, undefined].includes(rangeHolds(range, 'a-1')))
      },
    ),
  )
})
