import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rateLimit } from './rate-limit.ts'

test('as many as are allowed at once, then one each time its part of the seconds has passed', () => {
  let at = 0
  const limit = rateLimit({ most: 2, seconds: 60, now: () => at })
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 30])
  at = 29_500
  assert.equal(limit.take('a'), 1)
  assert.equal(limit.take('b'), 0)
  at = 30_000
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 30])
  at = 90_000
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 30])
})

test('who waits as long as he is told is let in; nobody gets more than twice what is allowed, however he asks', () => {
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
      // What was saved up, and what came back meanwhile.
      for (const from of admitted)
        assert.ok(admitted.filter((one) => one >= from && one < from + 10_000).length <= 2 * most)
    }),
  )
})
