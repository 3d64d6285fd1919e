import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { afterAgentMessage, decideReopening, mayWrite } from './lifecycle.ts'
import type { Standing } from './lifecycle.ts'

const moment = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))
const standing: fc.Arbitrary<Standing> = fc.record({
  closedAt: fc.option(moment),
  waitingFor: fc.constantFrom('operator' as const, 'customer' as const),
  initialResponseOwed: fc.option(moment),
})

test('a note changes nothing and is no response', () => {
  fc.assert(
    fc.property(standing, (one) => {
      assert.deepEqual(afterAgentMessage(one, 'note'), { waitingFor: one.waitingFor, meets: false })
    }),
  )
})

test('an answer and a question hand the case to the customer, and meet what was owed once', () => {
  fc.assert(
    fc.property(standing, fc.constantFrom('answer' as const, 'question' as const), (one, kind) => {
      assert.deepEqual(afterAgentMessage(one, kind), {
        waitingFor: 'customer',
        meets: one.initialResponseOwed !== null,
      })
    }),
  )
})

test('whoever may not reopen today may not tomorrow either', () => {
  fc.assert(
    fc.property(standing, moment, fc.nat(1000), fc.nat(60), (one, now, hours, days) => {
      const today = decideReopening(one, days, now)
      const later = decideReopening(one, days, now.add({ hours }))
      assert.ok(today !== 'reopen-too-late' || later === 'reopen-too-late')
      assert.equal(today === 'case-is-open', mayWrite(one))
    }),
  )
})

test('a case closed a fortnight ago to the minute may be reopened, a minute later not', () => {
  const closedAt = Temporal.Instant.from('2026-06-01T10:00Z')
  const closed = { closedAt, waitingFor: 'operator', initialResponseOwed: null } as const
  assert.equal(decideReopening(closed, 14, Temporal.Instant.from('2026-06-15T10:00Z')), 'ok')
  assert.equal(decideReopening(closed, 14, Temporal.Instant.from('2026-06-15T10:01Z')), 'reopen-too-late')
})
