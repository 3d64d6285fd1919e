import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  always,
  at,
  beijingTechnical,
  chinaOffice,
  copenhagenOffice,
  nightShift,
  wallOf,
} from '../../../../test/oracle/named-calendars.ts'
import { delays, runs, situations } from '../../../../test/oracle/random-calendars.ts'
import type { BusinessCalendar } from './calendar.ts'
import { everyDay } from './calendar.ts'
import { closingOf, nextOpening } from './opening.ts'
import { addWorkingDays, workingDayDue } from './working-days.ts'

type Line = { calendar: BusinessCalendar; received: string; n: number; sameTime: string; closing: string }

/** A line of the table in response-targets section 4; wall times of the calendar, "24:00" as 00:00 of the next date. */
function owes({ calendar, received, n, sameTime, closing }: Line): void {
  const from = at(received, calendar.zone)
  const [same, end] = [addWorkingDays(calendar, from, n, 'same-time'), addWorkingDays(calendar, from, n, 'closing')]
  assert.equal(wallOf(same, calendar.zone)?.slice(0, 16), sameTime)
  assert.equal(wallOf(end, calendar.zone)?.slice(0, 16), closing)
}

test('received on Monday 10:12: due on Tuesday 10:12, or at its closing', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2026-06-01T10:12',
    n: 1,
    sameTime: '2026-06-02T10:12',
    closing: '2026-06-02T18:00',
  })
})

test('received on Monday 19:30, after hours: starts on Tuesday 09:00', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2026-06-01T19:30',
    n: 1,
    sameTime: '2026-06-03T09:00',
    closing: '2026-06-02T18:00',
  })
})

test('received on Saturday 11:00: starts on Monday 09:00', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2026-06-06T11:00',
    n: 1,
    sameTime: '2026-06-09T09:00',
    closing: '2026-06-08T18:00',
  })
})

test('received on Friday 16:00: due on Monday', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2026-06-05T16:00',
    n: 1,
    sameTime: '2026-06-08T16:00',
    closing: '2026-06-08T18:00',
  })
})

test('received on Friday 16:00 before a holiday Monday: due on Tuesday', () => {
  const calendar = { ...copenhagenOffice, exceptions: { '2026-06-08': [] } }
  owes({ calendar, received: '2026-06-05T16:00', n: 1, sameTime: '2026-06-09T16:00', closing: '2026-06-09T18:00' })
})

test('received on Thursday 16:30 before a Friday that closes at 15:00: clamped to that closing', () => {
  const calendar = { ...copenhagenOffice, days: { ...copenhagenOffice.days, friday: [{ from: 540, until: 900 }] } }
  owes({ calendar, received: '2026-06-04T16:30', n: 1, sameTime: '2026-06-05T15:00', closing: '2026-06-05T15:00' })
})

test('severity B at 03:00 in Beijing: starts at 09:00, due next day at 09:00', () => {
  owes({
    calendar: beijingTechnical,
    received: '2026-06-03T03:00',
    n: 1,
    sameTime: '2026-06-04T09:00',
    closing: '2026-06-05T00:00',
  })
})

test('severity C on Saturday 23:59 in Beijing: due on Tuesday 23:59', () => {
  owes({
    calendar: beijingTechnical,
    received: '2026-06-06T23:59',
    n: 3,
    sameTime: '2026-06-09T23:59',
    closing: '2026-06-10T00:00',
  })
})

test('received on 30 September 2026 in China: the holidays of 1 to 7 October lie between', () => {
  owes({
    calendar: chinaOffice,
    received: '2026-09-30T15:00',
    n: 1,
    sameTime: '2026-10-08T15:00',
    closing: '2026-10-08T18:00',
  })
})

test('received on Friday 18 September 2026 in China: the make-up Sunday counts', () => {
  owes({
    calendar: chinaOffice,
    received: '2026-09-18T11:00',
    n: 1,
    sameTime: '2026-09-20T11:00',
    closing: '2026-09-20T18:00',
  })
})

test('a wall time before that day opens is clamped to its opening', () => {
  const calendar = { ...copenhagenOffice, exceptions: { '2026-06-02': [{ from: 660, until: 1080 }] } }
  owes({ calendar, received: '2026-06-01T10:12', n: 1, sameTime: '2026-06-02T11:00', closing: '2026-06-02T18:00' })
})

test('a wall time in the lunch break of that day stays as it is', () => {
  const lunch = [
    { from: 540, until: 720 },
    { from: 780, until: 1080 },
  ]
  const calendar = { ...copenhagenOffice, exceptions: { '2026-06-02': lunch } }
  owes({ calendar, received: '2026-06-01T12:20', n: 1, sameTime: '2026-06-02T12:20', closing: '2026-06-02T18:00' })
})

test('three in the morning of a night shift belongs to the evening it began on', () => {
  const saturdaysOff = { ...nightShift, days: { ...nightShift.days, saturday: [] } }
  owes({
    calendar: saturdaysOff,
    received: '2026-06-06T03:00',
    n: 1,
    sameTime: '2026-06-08T03:00',
    closing: '2026-06-08T06:00',
  })
})

test('around the clock a working day is the same time tomorrow, or the end of tomorrow', () => {
  owes({
    calendar: always,
    received: '2026-06-03T03:00',
    n: 1,
    sameTime: '2026-06-04T03:00',
    closing: '2026-06-05T00:00',
  })
})

// osTicket#6739: a calendar open on Tuesday and Friday only gives right dates.
test('with hours on Tuesday and Friday only, the working day after Tuesday is Friday', () => {
  const hours = [{ from: 540, until: 1080 }]
  const calendar = { ...copenhagenOffice, days: { ...everyDay([]), tuesday: hours, friday: hours } }
  owes({ calendar, received: '2026-06-02T10:00', n: 1, sameTime: '2026-06-05T10:00', closing: '2026-06-05T18:00' })
  owes({ calendar, received: '2026-06-03T10:00', n: 2, sameTime: '2026-06-12T09:00', closing: '2026-06-09T18:00' })
})

test('a working week from Sunday to Thursday counts Sunday, one with a short Friday clamps to it', () => {
  const hours = [{ from: 480, until: 960 }]
  const riyadh = { id: 'ksa', zone: 'Asia/Riyadh', days: { ...everyDay(hours), friday: [], saturday: [] } }
  const dubai = {
    id: 'uae',
    zone: 'Asia/Dubai',
    days: { ...everyDay(hours), friday: [{ from: 480, until: 720 }], sunday: [] },
  }
  owes({
    calendar: riyadh,
    received: '2026-06-04T15:00',
    n: 1,
    sameTime: '2026-06-07T15:00',
    closing: '2026-06-07T16:00',
  })
  owes({
    calendar: dubai,
    received: '2026-06-04T15:00',
    n: 1,
    sameTime: '2026-06-05T12:00',
    closing: '2026-06-05T12:00',
  })
})

test('29 February 2028 and New Year are working days like others', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2028-02-28T10:00',
    n: 1,
    sameTime: '2028-02-29T10:00',
    closing: '2028-02-29T18:00',
  })
  owes({
    calendar: beijingTechnical,
    received: '2026-12-31T10:00',
    n: 3,
    sameTime: '2027-01-03T10:00',
    closing: '2027-01-04T00:00',
  })
})

test('a thousand working days from now is still a weekday at the same time', () => {
  owes({
    calendar: copenhagenOffice,
    received: '2026-06-01T10:00',
    n: 1000,
    sameTime: '2030-04-01T10:00',
    closing: '2030-04-01T18:00',
  })
})

test('no working day owed is due at the first open moment, and half a working day does not exist', () => {
  const saturday = at('2026-06-06T11:00', 'Europe/Copenhagen')
  const monday = at('2026-06-08T09:00', 'Europe/Copenhagen')
  assert.deepEqual(addWorkingDays(copenhagenOffice, saturday, 0, 'same-time'), monday)
  assert.throws(() => addWorkingDays(copenhagenOffice, saturday, 0.5, 'same-time'), RangeError)
})

test('without a working day ahead nothing is ever due', () => {
  const once = { ...copenhagenOffice, days: everyDay([]), exceptions: { '2026-06-07': [{ from: 540, until: 1080 }] } }
  const before = at('2026-06-01T10:00', 'Europe/Copenhagen')
  assert.equal(addWorkingDays({ ...once, exceptions: {} }, before, 1, 'closing'), undefined)
  assert.equal(addWorkingDays(once, before, 1, 'same-time'), undefined)
  assert.equal(wallOf(addWorkingDays(once, before, 1, 'closing'), once.zone), '2026-06-07T18:00+02:00')
})

test('asking later never makes the answer due earlier, in either reading', () => {
  const monotone = fc.property(situations, delays, fc.integer({ min: 1, max: 5 }), ({ calendar, start }, delay, n) => {
    const [early, late] = [start.epochMilliseconds, start.epochMilliseconds + delay * 1000]
    for (const reading of ['same-time', 'closing'] as const)
      assert.ok(dueOrNever(calendar, early, n, reading) <= dueOrNever(calendar, late, n, reading))
  })
  fc.assert(monotone, runs(400))
})

test('one more working day is never due earlier, and nothing is due before it could start', () => {
  const monotone = fc.property(situations, fc.integer({ min: 1, max: 5 }), ({ calendar, start }, n) => {
    const opening = nextOpening(calendar, start)?.epochMilliseconds ?? Infinity
    for (const reading of ['same-time', 'closing'] as const) {
      const due = dueOrNever(calendar, start.epochMilliseconds, n, reading)
      assert.ok(opening <= due)
      assert.ok(due <= dueOrNever(calendar, start.epochMilliseconds, n + 1, reading))
    }
  })
  fc.assert(monotone, runs(300))
})

test('a due in working days lies between opening and closing of a working day', () => {
  const within = fc.property(situations, fc.integer({ min: 1, max: 5 }), ({ calendar, start }, n) => {
    const due = addWorkingDays(calendar, start, n, 'same-time')
    fc.pre(due !== undefined)
    assert.ok(datesAround(due, calendar.zone).some((date) => isWithin(calendar, date, due)))
  })
  fc.assert(within, runs(300))
})

function dueOrNever(calendar: BusinessCalendar, from: number, n: number, reading: 'same-time' | 'closing'): number {
  return workingDayDue(calendar, from, n, reading)?.due ?? Infinity
}

function datesAround(due: Temporal.Instant, zone: string): readonly Temporal.PlainDate[] {
  const date = due.toZonedDateTimeISO(zone).toPlainDate()
  return [-2, -1, 0].map((days) => date.add({ days }))
}

function isWithin(calendar: BusinessCalendar, date: Temporal.PlainDate, due: Temporal.Instant): boolean {
  const closing = closingOf(calendar, date.toString())
  const opening = nextOpening(calendar, date.toZonedDateTime(calendar.zone).toInstant())
  if (closing === undefined || opening === undefined) return false
  return Temporal.Instant.compare(opening, due) <= 0 && Temporal.Instant.compare(due, closing) <= 0
}
