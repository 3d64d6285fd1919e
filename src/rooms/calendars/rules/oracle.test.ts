import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  dueAfterSeconds,
  dueAtClosing,
  dueAtSameTime,
  firstOpen,
  isOpenAt,
  openSeconds,
  paint,
} from '../../../../test/oracle/open-hours.ts'
import { delays, runs, situations } from '../../../../test/oracle/random-calendars.ts'
import { addOpenMinutesMs, isOpenMs, nextOpeningMs, openSecondsBetweenMs } from './opening.ts'
import { addWorkingDaysMs } from './working-days.ts'

test('whatever the calendar, zone and clock change, the slow oracle finds the same openings', () => {
  const openings = fc.property(situations, delays, ({ calendar, start }, delay) => {
    const picture = paint(calendar, start)
    const from = start.epochMilliseconds / 1000
    assert.equal(isOpenMs(calendar, from * 1000), isOpenAt(picture, from))
    assert.equal(
      openSecondsBetweenMs(calendar, from * 1000, (from + delay) * 1000),
      openSeconds(picture, from, from + delay),
    )
    agree(nextOpeningMs(calendar, from * 1000), firstOpen(picture, from), picture.lastSecond)
  })
  fc.assert(openings, runs(100))
})

test('whatever the calendar, zone and clock change, the slow oracle owes the same answer in open minutes', () => {
  const dues = fc.property(situations, fc.integer({ min: 1, max: 4000 }), ({ calendar, start }, minutes) => {
    const picture = paint(calendar, start)
    const oracle = dueAfterSeconds(picture, start.epochMilliseconds / 1000, minutes * 60)
    agree(addOpenMinutesMs(calendar, start.epochMilliseconds, minutes), oracle, picture.lastSecond)
  })
  fc.assert(dues, runs(100))
})

test('whatever the calendar, zone and clock change, the slow oracle owes the same answer in working days', () => {
  const dues = fc.property(situations, fc.integer({ min: 1, max: 6 }), ({ calendar, start }, n) => {
    const picture = paint(calendar, start)
    const from = start.epochMilliseconds
    const sameTime = dueAtSameTime(picture, from / 1000, n)
    agree(addWorkingDaysMs(calendar, from, n, 'same-time'), sameTime, picture.lastSecond)
    // Without any opening ahead there is no working day to count to either.
    const closing = firstOpen(picture, from / 1000) === undefined ? undefined : dueAtClosing(picture, from / 1000, n)
    agree(addWorkingDaysMs(calendar, from, n, 'closing'), closing, picture.lastSecond)
  })
  fc.assert(dues, runs(100))
})

/** The oracle sees 120 days; beyond them it only knows that the answer is not within. */
function agree(rule: number | undefined, oracle: number | undefined, lastSecond: number): void {
  if (oracle === undefined && rule !== undefined) assert.ok(rule / 1000 >= lastSecond - 3 * 86_400)
  else assert.equal(rule, oracle === undefined ? undefined : oracle * 1000)
}
