import assert from 'node:assert/strict'
import { test } from 'node:test'
import { always, at, wallOf } from '../../../../test/oracle/named-calendars.ts'
import type { BusinessCalendar } from './calendar.ts'
import { aroundTheClock, everyDay } from './calendar.ts'
import { addOpenMinutes, closingOf, nextOpening, openSecondsBetween } from './opening.ts'
import { addWorkingDays } from './working-days.ts'

function daily(zone: string, from: number, until: number): BusinessCalendar {
  return { id: 'daily', zone, days: everyDay([{ from, until }]) }
}

/** When a daily calendar opens after the evening before, and closes, as its zone's clock shows it. */
function hoursOn(date: string, { zone, from, until }: { zone: string; from: number; until: number }) {
  const calendar = daily(zone, from, until)
  const evening = at(`${Temporal.PlainDate.from(date).subtract({ days: 1 })}T23:50`, zone)
  return [wallOf(nextOpening(calendar, evening), zone), wallOf(closingOf(calendar, date), zone)]
}

function sameTimeTomorrow(calendar: BusinessCalendar, received: string): string | undefined {
  return wallOf(addWorkingDays(calendar, at(received, calendar.zone), 1, 'same-time'), calendar.zone)
}

function openHours(calendar: BusinessCalendar, from: string, until: string): number {
  return openSecondsBetween(calendar, at(from, calendar.zone), at(until, calendar.zone)) / 3600
}

const night = daily('Europe/Copenhagen', 1320, 1800)

test('Copenhagen, 29 March 2026: hours that open at 02:30 open at 03:00, the first valid moment', () => {
  const hours = hoursOn('2026-03-29', { zone: 'Europe/Copenhagen', from: 150, until: 600 })
  assert.deepEqual(hours, ['2026-03-29T03:00+02:00', '2026-03-29T10:00+02:00'])
})

test('Copenhagen, 29 March 2026: owed at 02:30 is due at 03:00, so that asking later is never sooner', () => {
  const calendar = aroundTheClock('always', 'Europe/Copenhagen')
  assert.equal(sameTimeTomorrow(calendar, '2026-03-28T02:30'), '2026-03-29T03:00+02:00')
  assert.equal(sameTimeTomorrow(calendar, '2026-03-28T03:15'), '2026-03-29T03:15+02:00')
})

test('Copenhagen, 25 October 2026: hours open at the first 02:30 and close at the second', () => {
  const opening = hoursOn('2026-10-25', { zone: 'Europe/Copenhagen', from: 150, until: 600 })
  const closing = hoursOn('2026-10-25', { zone: 'Europe/Copenhagen', from: 60, until: 150 })
  assert.deepEqual(opening, ['2026-10-25T02:30+02:00', '2026-10-25T10:00+01:00'])
  assert.deepEqual(closing, ['2026-10-25T01:00+02:00', '2026-10-25T02:30+01:00'])
})

test('Copenhagen, 25 October 2026: an answer owed at 02:30 is due at the second 02:30', () => {
  const calendar = aroundTheClock('always', 'Europe/Copenhagen')
  assert.equal(sameTimeTomorrow(calendar, '2026-10-24T02:30'), '2026-10-25T02:30+01:00')
})

test('Copenhagen, 25 October 2026: asked at the first 02:45 is owed before asked at the second 02:15', () => {
  const calendar = aroundTheClock('always', 'Europe/Copenhagen')
  assert.equal(sameTimeTomorrow(calendar, '2026-10-25T02:45+02:00'), '2026-10-26T02:00+01:00')
  assert.equal(sameTimeTomorrow(calendar, '2026-10-25T02:15+01:00'), '2026-10-26T02:15+01:00')
})

test('Copenhagen, 29 March 2026: hours the clock has skipped do not open the day', () => {
  const spans = [
    { from: 135, until: 165 },
    { from: 540, until: 1080 },
  ]
  const calendar = { ...night, days: everyDay(spans) }
  assert.equal(sameTimeTomorrow(calendar, '2026-03-28T02:20'), '2026-03-29T09:00+02:00')
})

test('the night shift of Copenhagen is seven hours in March and nine in October', () => {
  assert.equal(openHours(night, '2026-03-28T12:00', '2026-03-29T12:00'), 7)
  assert.equal(openHours(night, '2026-10-24T12:00', '2026-10-25T12:00'), 9)
})

test('around the clock an hour is an hour, whatever the clock does', () => {
  for (const change of ['2026-03-29T00:30Z', '2026-10-25T00:30Z']) {
    const start = Temporal.Instant.from(change)
    const due = addOpenMinutes(aroundTheClock('always', 'Europe/Copenhagen'), start, 60)
    assert.deepEqual(due, start.add({ hours: 1 }))
  }
})

test('Shanghai has no clock change now, but had one in April 1988', () => {
  assert.equal(openHours(always, '2026-04-16T12:00', '2026-04-17T12:00'), 24)
  assert.equal(openHours(always, '1988-04-16T12:00', '1988-04-17T12:00'), 23)
})

test('Lord Howe changes by half an hour', () => {
  const calendar = daily('Australia/Lord_Howe', 60, 180)
  assert.equal(openHours(calendar, '2026-10-03T12:00', '2026-10-04T12:00'), 1.5)
  assert.equal(openHours(calendar, '2026-04-04T12:00', '2026-04-05T12:00'), 2.5)
})

test('Apia had no 30 December 2011: no working day, no closing, no open time', () => {
  const calendar = daily('Pacific/Apia', 540, 1080)
  assert.equal(closingOf(calendar, '2011-12-30'), undefined)
  assert.equal(sameTimeTomorrow(calendar, '2011-12-29T10:00'), '2011-12-31T10:00+14:00')
  assert.equal(openHours(calendar, '2011-12-29T12:00', '2011-12-31T12:00'), 9)
})

test('where the clock is put forward at midnight, the day begins at 01:00', () => {
  const first = (zone: string, date: string) => hoursOn(date, { zone, from: 0, until: 600 })[0]
  assert.equal(first('America/Sao_Paulo', '2018-11-04'), '2018-11-04T01:00-02:00')
  assert.equal(first('Asia/Beirut', '2026-03-29'), '2026-03-29T01:00+03:00')
  assert.equal(first('Africa/Cairo', '2026-04-24'), '2026-04-24T01:00+03:00')
})

test('where midnight comes twice, hours until 24:00 end once', () => {
  const calendar = daily('America/Sao_Paulo', 540, 1440)
  assert.equal(wallOf(closingOf(calendar, '2018-02-17'), calendar.zone), '2018-02-18T00:00-03:00')
  assert.equal(openHours(calendar, '2018-02-17T12:00', '2018-02-18T08:00'), 13)
})

test('Kathmandu, Kolkata and Eucla open on their own quarter and half hours', () => {
  assert.equal(
    String(nextOpening(daily('Asia/Kathmandu', 540, 1080), at('2026-06-01T00:00', 'Asia/Kathmandu'))),
    '2026-06-01T03:15:00Z',
  )
  assert.equal(
    String(nextOpening(daily('Asia/Kolkata', 540, 1080), at('2026-06-01T00:00', 'Asia/Kolkata'))),
    '2026-06-01T03:30:00Z',
  )
  assert.equal(
    String(nextOpening(daily('Australia/Eucla', 540, 1080), at('2026-06-01T00:00', 'Australia/Eucla'))),
    '2026-06-01T00:15:00Z',
  )
})

test('Casablanca puts its clock back for Ramadan and forward after it', () => {
  const calendar = daily('Africa/Casablanca', 0, 360)
  assert.equal(openHours(calendar, '2026-02-14T12:00', '2026-02-15T12:00'), 7)
  assert.equal(openHours(calendar, '2026-03-21T12:00', '2026-03-22T12:00'), 5)
})

test("St John's changes by an hour, and in 2008 did so a minute after midnight", () => {
  const calendar = daily('America/St_Johns', 0, 360)
  assert.equal(openHours(calendar, '2026-10-31T12:00', '2026-11-01T12:00'), 7)
  assert.equal(openHours(daily('America/St_Johns', 1380, 1440), '2008-11-01T12:00', '2008-11-02T12:00'), 2)
})

test('Troll changes by two hours', () => {
  const calendar = daily('Antarctica/Troll', 0, 360)
  assert.equal(openHours(calendar, '2026-03-28T12:00', '2026-03-29T12:00'), 4)
  assert.equal(openHours(calendar, '2026-10-24T12:00', '2026-10-25T12:00'), 8)
})

test('Kiritimati and Pago Pago, two dates apart, each open on their own', () => {
  const now = Temporal.Instant.from('2026-12-31T10:30Z')
  const opening = (zone: string) => wallOf(nextOpening(daily(zone, 540, 1080), now), zone)
  assert.equal(opening('Pacific/Kiritimati'), '2027-01-01T09:00+14:00')
  assert.equal(opening('Pacific/Pago_Pago'), '2026-12-31T09:00-11:00')
})
