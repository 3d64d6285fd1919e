import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rateLimit } from './rate-limit.ts'

test('as many as are allowed, then the seconds to wait, then as many again', () => {
  let at = 0
  const limit = rateLimit({ most: 2, seconds: 60, now: () => at })
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 60])
  at = 59_500
  assert.equal(limit.take('a'), 1)
  assert.equal(limit.take('b'), 0)
  at = 60_000
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 60])
})

test('who waits as long as he is told is let in; nobody gets more than allowed in a window', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 0, max: 20_000 })), (most, pauses) => {
      let at = 0
      const limit = rateLimit({ most, seconds: 10, now: () => at })
      const admitted: number[] = []
      for (const pause of pauses) {
        at += pause
        const wait = limit.take('a')
        if (wait > 0) {
          at += wait * 1000
          assert.equal(limit.take('a'), 0)
        }
        admitted.push(at)
      }
      // Windows do not slide: twice as many may come around the change of one to the next.
      for (const from of admitted)
        assert.ok(admitted.filter((one) => one >= from && one < from + 10_000).length <= 2 * most)
    }),
  )
})
