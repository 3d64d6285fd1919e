import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideReopening, severityToRestore } from './lifecycle.ts'

const moment = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))

test('whoever may not reopen today may not tomorrow either', () => {
  fc.assert(
    fc.property(fc.option(moment), moment, fc.nat(1000), fc.nat(60), (closedAt, now, hours, days) => {
      const today = decideReopening(closedAt, days, now)
      const later = decideReopening(closedAt, days, now.add({ hours }))
      assert.ok(today !== 'reopen-too-late' || later === 'reopen-too-late')
      assert.equal(today === 'case-is-open', closedAt === null)
    }),
  )
})

test('a case closed a fortnight ago to the minute may be reopened, a minute later not', () => {
  const closedAt = Temporal.Instant.from('2026-06-01T10:00Z')
  assert.equal(decideReopening(closedAt, 14, Temporal.Instant.from('2026-06-15T10:00Z')), 'ok')
  assert.equal(decideReopening(closedAt, 14, Temporal.Instant.from('2026-06-15T10:01Z')), 'reopen-too-late')
})

test('an answer gives back what silence took, and nothing that somebody decided since', () => {
  const taken = { from: 'A', to: 'B', reason: 'no-answer' }
  assert.equal(severityToRestore(true, [taken]), 'A')
  assert.equal(severityToRestore(false, [taken]), undefined)
  assert.equal(severityToRestore(true, [taken, { from: 'B', to: 'C', reason: 'workaround' }]), undefined)
  assert.equal(severityToRestore(true, []), undefined)
})
