import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KINDS, STATES } from './states.ts'
import { daysUntil, stretchesOf, uptimeIn, windowOf } from './uptime.ts'
import type { Course } from './uptime.ts'

const START = Date.parse('2026-06-01T00:00:00Z')
const HOUR = 3_600_000
const at = (hours: number) => Temporal.Instant.fromEpochMilliseconds(START + hours * HOUR)

const course = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    first: fc.integer({ min: 0, max: 400 }),
    steps: fc.array(fc.record({ state: fc.constantFrom(...STATES), after: fc.integer({ min: 0, max: 90 }) }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map(({ kind, first, steps }): Course => {
    let hour = first
    return { kind, steps: steps.map(({ state, after }) => ({ state, at: at((hour += after)) })) }
  })

test('an interruption counts until it is restored, also while it is repaired', () => {
  const of: Course = {
    kind: 'incident',
    steps: [
      { state: 'serviceInterruption', at: at(1) },
      { state: 'restoringService', at: at(2) },
      { state: 'serviceDegradation', at: at(3) },
      { state: 'verifyingService', at: at(4) },
      { state: 'serviceRestored', at: at(5) },
    ],
  }
  const day = windowOf(stretchesOf(of, START + 48 * HOUR), { from: START, until: START + 24 * HOUR })
  assert.deepEqual(day, { worst: 'down', downFor: 2 * HOUR, degradedFor: 2 * HOUR, length: 24 * HOUR })
  assert.equal(uptimeIn(day), 1 - 2 / 24)
})

test('a false alarm was never one, and maintenance was announced', () => {
  const alarm: Course = {
    kind: 'incident',
    steps: [
      { state: 'serviceInterruption', at: at(1) },
      { state: 'falsePositive', at: at(2) },
    ],
  }
  assert.deepEqual(stretchesOf(alarm, START + 48 * HOUR), [])
  const planned: Course = {
    kind: 'maintenance',
    steps: [
      { state: 'serviceOperational', at: at(0) },
      { state: 'serviceInterruption', at: at(1) },
    ],
  }
  const day = windowOf(stretchesOf(planned, START + 3 * HOUR), { from: START, until: START + 24 * HOUR })
  assert.equal(day.worst, 'maintenance')
  assert.equal(uptimeIn(day), 1)
})

test('days add up to their whole, and no window has more trouble than time', () => {
  fc.assert(
    fc.property(fc.array(course, { maxLength: 5 }), fc.integer({ min: 1, max: 600 }), (courses, hours) => {
      const now = START + hours * HOUR
      const stretches = courses.flatMap((one) => stretchesOf(one, now))
      const days = daysUntil(Temporal.Instant.fromEpochMilliseconds(now), 'Europe/Copenhagen', 30)
      const parts = days.map((day) => windowOf(stretches, day))
      const whole = windowOf(stretches, { from: days[0]?.from ?? 0, until: now })
      const sum = (of: (one: (typeof parts)[number]) => number) => parts.reduce((all, one) => all + of(one), 0)
      assert.equal(
        sum(({ downFor }) => downFor),
        whole.downFor,
      )
      assert.equal(
        sum(({ degradedFor }) => degradedFor),
        whole.degradedFor,
      )
      for (const { downFor, degradedFor, length } of parts) assert.ok(downFor + degradedFor <= length)
      assert.ok(uptimeIn(whole) >= 0 && uptimeIn(whole) <= 1)
    }),
  )
})

test('there are thirty days also where a clock was changed', () => {
  for (const moment of ['2026-04-02T10:00:00Z', '2026-11-01T23:30:00Z']) {
    const days = daysUntil(Temporal.Instant.from(moment), 'Europe/Copenhagen', 30)
    assert.equal(days.length, 30)
    days.slice(1).forEach(({ from }, place) => assert.equal(from, days[place]?.until))
  }
})
