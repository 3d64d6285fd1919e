import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BEGINNINGS, isOver, KINDS, mayBegin, mayReview, mayStep, STATES, statesAfter } from './states.ts'
import type { Kind, State } from './states.ts'

const kind = fc.constantFrom(...KINDS)
const state = fc.constantFrom(...STATES)
const now = Temporal.Instant.from('2026-06-15T08:00:00Z')
const minutes = fc.integer({ min: -10_000, max: 10_000 })
const after = (by: number) => now.add({ minutes: by })

/** Every state that can be reached. */
function reached(of: Kind): ReadonlySet<State> {
  const found = new Set<State>(BEGINNINGS[of])
  for (const one of found) for (const next of statesAfter(of, one)) found.add(next)
  return found
}

test('whatever happens to it, an incident can still come to an end', () => {
  for (const of of KINDS)
    for (const from of reached(of)) {
      const ahead = new Set<State>([from])
      for (const one of ahead) for (const next of statesAfter(of, one)) ahead.add(next)
      assert.ok([...ahead].some(isOver), `${of} is caught in ${from}`)
    }
})

test('a final review is nothing anybody chooses: it comes with its post, after the end', () => {
  for (const of of KINDS) assert.ok(!reached(of).has('postIncidentReviewPublished'))
  for (const one of STATES) assert.ok(!mayReview(one) || isOver(one))
  assert.equal(mayReview('postIncidentReviewPublished'), false)
})

test('no step leads to the state it came from, and none ahead of time', () => {
  fc.assert(
    fc.property(kind, state, state, minutes, minutes, (of, from, to, begun, at) => {
      const stepped = mayStep(of, { state: from, at: after(begun) }, { state: to, at: after(at) }, now)
      if (!stepped.ok) return
      assert.notEqual(from, to)
      assert.ok(at <= 0)
      assert.ok(at >= begun || (of === 'maintenance' && from === 'serviceOperational'))
    }),
  )
})

test('only maintenance may be declared for a time that has not come', () => {
  fc.assert(
    fc.property(kind, state, minutes, (of, first, at) => {
      const begun = mayBegin(of, { state: first, at: after(at) }, now)
      assert.equal(begun.ok, BEGINNINGS[of].includes(first) && (at <= 0 || of === 'maintenance'))
    }),
  )
})

test('jumps that make no sense are refused', () => {
  const at = now
  for (const [of, from, to] of [
    ['incident', 'postIncidentReviewPublished', 'investigating'],
    ['incident', 'serviceRestored', 'verifyingService'],
    ['incident', 'verifyingService', 'falsePositive'],
    ['incident', 'investigating', 'serviceOperational'],
    ['maintenance', 'serviceRestored', 'serviceInterruption'],
  ] as const)
    assert.deepEqual(mayStep(of, { state: from, at }, { state: to, at }, now), { ok: false, why: 'state-jump' })
})
