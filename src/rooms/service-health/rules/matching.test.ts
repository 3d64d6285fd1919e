import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearIncidents } from './matching.ts'

const weighed = fc.array(
  fc.record({
    id: fc.constantFrom('one', 'two', 'three', 'four', 'five'),
    score: fc.double({ min: 0, max: 12, noNaN: true }),
  }),
)
const best = fc.double({ min: 0, max: 12, noNaN: true })

test('a better article never makes more incidents near, and the nearest comes first, each once', () => {
  fc.assert(
    fc.property(weighed, best, best, (texts, one, other) => {
      const near = nearIncidents(texts, Math.min(one, other))
      assert.ok(nearIncidents(texts, Math.max(one, other)).length <= near.length)
      assert.equal(new Set(near.map(({ id }) => id)).size, near.length)
      assert.ok(near.length <= 3)
      near.slice(1).forEach(({ score }, at) => assert.ok(score <= (near[at]?.score ?? 0)))
    }),
  )
})

test('what says next to nothing about the question is not shown, even where no article does better', () => {
  assert.deepEqual(nearIncidents([{ id: 'one', score: 1 }], 0), [])
  assert.deepEqual(nearIncidents([{ id: 'one', score: 3 }], 9), [])
  assert.deepEqual(
    nearIncidents(
      [
        { id: 'one', score: 3 },
        { id: 'one', score: 5 },
      ],
      6,
    ),
    [{ id: 'one', score: 5 }],
  )
})
