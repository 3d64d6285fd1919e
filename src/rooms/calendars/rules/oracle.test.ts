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
import { delays, runs, situations, situationsIn, ZONES } from '../../../../test/oracle/random-calendars.ts'
import { addOpenMinutesMs, isOpenMs, nextOpeningMs, openSecondsBetweenMs } from './opening.ts'
import { addWorkingDaysMs } from './working-days.ts'

test('whatever the calendar, zone and clock change, the slow oracle finds the same openings', () => {
  const openings = fc.property(situations, delays, ({ calendar, written, start }, delay) => {
    const picture = paint(written, start)
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
  const dues = fc.property(situations, fc.integer({ min: 1, max: 4000 }), ({ calendar, written, start }, minutes) => {
    const picture = paint(written, start)
    const oracle = dueAfterSeconds(picture, start.epochMilliseconds / 1000, minutes * 60)
    agree(addOpenMinutesMs(calendar, start.epochMilliseconds, minutes), oracle, picture.lastSecond)
  })
  fc.assert(dues, runs(100))
})

test('whatever the calendar, zone and clock change, the slow oracle owes the same answer in working days', () => {
  const dues = fc.property(situations, fc.integer({ min: 1, max: 6 }), ({ calendar, written, start }, n) => {
    const picture = paint(written, start)
    const from = start.epochMilliseconds
    const sameTime = dueAtSameTime(picture, from / 1000, n)
    agree(addWorkingDaysMs(calendar, from, n, 'same-time'), sameTime, picture.lastSecond)
    // Without any opening ahead there is no working day to count to either.
    const closing = firstOpen(picture, from / 1000) === undefined ? undefined : dueAtClosing(picture, from / 1000, n)
    agree(addWorkingDaysMs(calendar, from, n, 'closing'), closing, picture.lastSecond)
  })
  fc.assert(dues, runs(100))
})

test('the proofs cover forty zones and more, with all that are named in response-targets section 7', () => {
  assert.ok(ZONES.length >= 40)
  const named =
    `Europe/Copenhagen Asia/Shanghai Australia/Lord_Howe Pacific/Apia America/Sao_Paulo Asia/Beirut Africa/Cairo
    Asia/Kathmandu Asia/Kolkata Australia/Eucla Africa/Casablanca America/St_Johns Asia/Riyadh Asia/Dubai Antarctica/Troll
    Pacific/Kiritimati Pacific/Pago_Pago`.split(/\s+/)
  assert.deepEqual(
    named.filter((zone) => !ZONES.includes(zone)),
    [],
  )
})

for (const zone of ZONES) {
  test(`in ${zone}, with holidays, a due and its elapsed time are the oracle's, both ways, and later never means earlier`, () => {
    const both = fc.property(
      situationsIn(zone),
      delays,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 5 }),
      ({ calendar, written, start }, delay, minutes, n) => {
        const picture = paint(written, start)
        const from = start.epochMilliseconds
        const then = from + delay * 1000

        const due = addOpenMinutesMs(calendar, from, minutes)
        agree(due, dueAfterSeconds(picture, from / 1000, minutes * 60), picture.lastSecond)
        if (due !== undefined) assert.equal(openSecondsBetweenMs(calendar, from, due), minutes * 60)

        const elapsed = openSecondsBetweenMs(calendar, from, then)
        assert.equal(elapsed, openSeconds(picture, from / 1000, then / 1000))
        if (isOpenMs(calendar, then) && isOpenMs(calendar, then - 1))
          assert.equal(addOpenMinutesMs(calendar, from, elapsed / 60), then)

        const sameTime = addWorkingDaysMs(calendar, from, n, 'same-time')
        agree(sameTime, dueAtSameTime(picture, from / 1000, n), picture.lastSecond)

        assert.ok(notLater(due, addOpenMinutesMs(calendar, then, minutes)))
        assert.ok(notLater(sameTime, addWorkingDaysMs(calendar, then, n, 'same-time')))
      },
    )
    fc.assert(both, runs(12))
  })
}

/** Never is later than any moment. */
function notLater(one: number | undefined, other: number | undefined): boolean {
  return (one ?? Infinity) <= (other ?? Infinity)
}

/** The oracle sees 120 days; beyond them it only knows that the answer is not within. */
function agree(rule: number | undefined, oracle: number | undefined, lastSecond: number): void {
  if (oracle === undefined && rule !== undefined) assert.ok(rule / 1000 >= lastSecond - 3 * 86_400)
  else assert.equal(rule, oracle === undefined ? undefined : oracle * 1000)
}
