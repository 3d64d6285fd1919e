import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { afterTest, afterTry, PATIENCE_SECONDS, PAUSES } from './tries.ts'

const no = { kind: 'answered', status: 500 } as const

test('a yes is a yes; an address that is gone or leads inside is given up at once', () => {
  const first = { tries: 0, waited: 0 }
  assert.deepEqual(afterTry({ kind: 'answered', status: 204 }, first), { kind: 'delivered' })
  assert.deepEqual(afterTry({ kind: 'answered', status: 410 }, first), { kind: 'given-up' })
  assert.deepEqual(afterTry({ kind: 'refused' }, first), { kind: 'given-up' })
})

test('a test is tried once, whatever comes of it', () => {
  assert.deepEqual(afterTest({ kind: 'answered', status: 204 }), { kind: 'delivered' })
  for (const tried of [no, { kind: 'failed' }, { kind: 'refused' }, { kind: 'resting', seconds: 9 }] as const)
    assert.deepEqual(afterTest(tried), { kind: 'given-up' })
})

test('the pauses grow, and end about a day after the first try', () => {
  const waits: number[] = []
  for (let tries = 0; ;) {
    const next = afterTry(no, { tries, waited: 0 })
    if (next.kind !== 'again') break
    waits.push(next.seconds)
    tries = next.tries
  }
  assert.deepEqual(waits, PAUSES)
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  )
  const hours = waits.reduce((sum, one) => sum + one, 0) / 3600
  assert.ok(hours > 23 && hours < 25)
})

test('who asks for time gets it, up to a day; a place that rests costs no try', () => {
  const first = { tries: 0, waited: 0 }
  assert.deepEqual(afterTry({ kind: 'answered', status: 429, asked: 90 }, first), {
    kind: 'again',
    seconds: 90,
    tries: 1,
  })
  assert.deepEqual(afterTry({ kind: 'answered', status: 429, asked: 999_999 }, first), {
    kind: 'again',
    seconds: 86_400,
    tries: 1,
  })
  assert.deepEqual(afterTry({ kind: 'resting', seconds: 30 }, first), { kind: 'again', seconds: 30, tries: 0 })
})

test('whatever comes of the tries, there is an end', () => {
  const tried = fc.oneof(
    fc.record({ kind: fc.constant('answered' as const), status: fc.integer({ min: 100, max: 599 }) }),
    fc.record({ kind: fc.constant('resting' as const), seconds: fc.integer({ min: 1, max: 3600 }) }),
    fc.constant({ kind: 'failed' as const }),
  )
  fc.assert(
    fc.property(fc.infiniteStream(tried), (outcomes) => {
      let at = { tries: 0, waited: 0 }
      for (const one of outcomes) {
        const next = afterTry(one, at)
        if (next.kind !== 'again') return
        at = { tries: next.tries, waited: at.waited + next.seconds }
        assert.ok(at.waited < 3 * PATIENCE_SECONDS && next.seconds > 0)
      }
    }),
  )
})
