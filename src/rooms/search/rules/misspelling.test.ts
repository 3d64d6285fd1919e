import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distanceBetween } from './misspelling.ts'

test('a letter too many, too few, another or swapped is one mistake', () => {
  for (const typed of ['quarantiine', 'quarantne', 'quarentine', 'qaurantine'])
    assert.equal(distanceBetween(typed, 'quarantine', 2), 1, typed)
})

test('distance is the same both ways, and nothing only for the same word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
      const there = distanceBetween(one, other, 3)
      return there === distanceBetween(other, one, 3) && (there === 0) === (one === other) && there <= 4
    }),
  )
})
