import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { outcomeOf } from './outcome.ts'
import type { ClockMoments, Outcome } from './outcome.ts'

const at = (hour: number) => Temporal.Instant.fromEpochMilliseconds(Date.UTC(2026, 4, 4) + hour * 3_600_000)
const clock = (parts: Partial<ClockMoments> = {}): ClockMoments => ({
  startedAt: at(0),
  dueAt: at(8),
  pausedSince: null,
  metAt: null,
  breachedAt: null,
  stoppedAt: null,
  ...parts,
})
const is = (parts: Partial<ClockMoments>, hour: number, outcome: Outcome | undefined) =>
  assert.equal(outcomeOf(clock(parts), at(hour)), outcome)

test('an answer in time is met, at the very moment too, and one too late is a breach', () => {
  is({ metAt: at(7) }, 9, 'met')
  is({ metAt: at(8) }, 9, 'met')
  is({ metAt: at(9), breachedAt: at(8) }, 20, 'breached')
  is({ metAt: at(7) }, 6, 'running')
})

test('what is overdue is a breach without anybody having written it down, also while it stands still', () => {
  is({}, 7, 'running')
  is({}, 8, 'breached')
  is({ dueAt: null, pausedSince: at(9), breachedAt: at(8) }, 10, 'breached')
})

test('what stands still, ended first, was never promised or had not begun counts for nothing', () => {
  is({ dueAt: null, pausedSince: at(3) }, 9, 'paused')
  is({ dueAt: null, pausedSince: at(3) }, 2, 'running')
  is({ stoppedAt: at(5) }, 9, 'stopped')
  is({ stoppedAt: at(9), breachedAt: at(8) }, 9, 'breached')
  is({ dueAt: null }, 9, 'unpromised')
  is({ dueAt: null, metAt: at(3) }, 9, 'unpromised')
  is({}, -1, undefined)
})

const hour = fc.integer({ min: 0, max: 60 })
/** A life of a clock: due at some time, then met, stopped or neither; overdue is written down with the due. */
const lives = fc
  .record({ due: hour, end: hour, how: fc.constantFrom('met', 'stopped', 'running') })
  .map(({ due, end, how }) => {
    const overdue = how === 'running' || end > due
    return clock({
      dueAt: at(due),
      breachedAt: overdue ? at(due) : null,
      metAt: how === 'met' ? at(end) : null,
      stoppedAt: how === 'stopped' ? at(end) : null,
    })
  })

test('what happens after a moment does not change the answer for it', () => {
  fc.assert(
    fc.property(lives, hour, (life, moment) => {
      const known = (what: Temporal.Instant | null) =>
        what && Temporal.Instant.compare(what, at(moment)) <= 0 ? what : null
      const then = {
        ...life,
        metAt: known(life.metAt),
        breachedAt: known(life.breachedAt),
        stoppedAt: known(life.stoppedAt),
      }
      assert.equal(outcomeOf(life, at(moment)), outcomeOf(then, at(moment)))
    }),
  )
})

test('met, breached and stopped stay what they are for ever', () => {
  fc.assert(
    fc.property(lives, hour, hour, (life, moment, later) => {
      const before = outcomeOf(life, at(moment))
      if (before !== 'met' && before !== 'stopped' && before !== 'breached') return
      assert.equal(outcomeOf(life, at(moment + later)), before)
    }),
  )
})
