import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { extendedUntil, isLive, nextStep } from './relation.ts'
import type { Relation } from './relation.ts'

const END = Temporal.Instant.from('2027-01-31T00:00:00Z')
const relation = (parts: Partial<Relation> = {}): Relation => ({
  consentedAt: Temporal.Instant.from('2026-01-31T00:00:00Z'),
  withdrawnAt: null,
  endsAt: END,
  extends: false,
  ...parts,
})

function stepsOf(one: Relation, from: Temporal.Instant): readonly string[] {
  const next = nextStep(one, from)
  return next ? [`${next.at.toString().slice(0, 10)} ${next.step}`, ...stepsOf(one, next.at)] : []
}

test('thirty days, seven days and a day before its end both sides are told, then it ends or goes on', () => {
  const from = Temporal.Instant.from('2026-06-01T00:00:00Z')
  const notices = ['2027-01-01 notice-30', '2027-01-24 notice-7', '2027-01-30 notice-1']
  assert.deepEqual(stepsOf(relation(), from), [...notices, '2027-01-31 ended'])
  assert.deepEqual(stepsOf(relation({ extends: true }), from), [...notices, '2027-01-31 extended'])
})

test('nothing happens by itself to what was not consented to, or was withdrawn', () => {
  assert.equal(nextStep(relation({ consentedAt: null }), END.subtract({ hours: 1 })), undefined)
  assert.equal(nextStep(relation({ withdrawnAt: END }), END.subtract({ hours: 1 })), undefined)
})

test('a partner may act up to, but not including, the end', () => {
  assert.equal(isLive(relation(), END.subtract({ nanoseconds: 1 })), true)
  assert.equal(isLive(relation(), END), false)
  assert.equal(isLive(relation({ consentedAt: null }), END.subtract({ hours: 1 })), false)
})

test('after any standstill the next term ends in the future, a whole number of years later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (days) => {
      const now = END.add({ hours: days * 24 })
      const until = extendedUntil(END, now)
      assert.ok(Temporal.Instant.compare(until, now) > 0)
      const later = until.since(END).total('hours') / 24
      assert.ok(later % 365 === 0 && later - days <= 365)
    }),
  )
})
