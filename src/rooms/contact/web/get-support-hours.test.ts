import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCALES } from '../../../base/locale.ts'
import { aroundTheClock, everyDay, mondayToFriday } from '../../calendars/index.ts'
import type { BusinessCalendar } from '../../calendars/index.ts'
import { exceptionsText, hoursText, openText } from './get-support-hours.ts'

const at = Temporal.Instant.from('2026-09-20T04:00:00Z')
const shanghai = (days: BusinessCalendar['days'], exceptions = {}): BusinessCalendar => ({
  id: 'test',
  zone: 'Asia/Shanghai',
  days,
  exceptions,
})
const office = [{ from: 540, until: 1080 }]
const inEach = (calendar: BusinessCalendar) => LOCALES.map((locale) => hoursText(calendar, locale, at))

test('days with the same hours are one line, in the words of each language', () => {
  assert.deepEqual(inEach(shanghai(mondayToFriday(office))), [
    'Monday–Friday 09:00–18:00, China Standard Time',
    'mandag–fredag 09.00–18.00, Kinesisk normaltid',
    '星期一至星期五 09:00–18:00（中国标准时间）',
  ])
})

test('the day that ends at midnight ends at 24:00', () => {
  assert.deepEqual(inEach(shanghai(everyDay([{ from: 540, until: 1440 }]))), [
    'every day 09:00–24:00, China Standard Time',
    'alle dage 09.00–24.00, Kinesisk normaltid',
    '每天 09:00–24:00（中国标准时间）',
  ])
})

test('around the clock needs no zone', () => {
  assert.deepEqual(inEach(aroundTheClock('always', 'Asia/Shanghai')), [
    '24 hours a day, every day',
    'døgnet rundt, alle dage',
    '全天 24 小时，每天',
  ])
})

test('a shorter Friday and a Saturday are told on their own; a night belongs to the day it begins on', () => {
  const days = {
    ...mondayToFriday(office),
    friday: [{ from: 540, until: 960 }],
    saturday: [{ from: 1320, until: 1800 }],
    sunday: [],
  }
  assert.equal(
    hoursText(shanghai(days), 'en', at),
    'Monday–Thursday 09:00–18:00; Friday 09:00–16:00; Saturday 22:00–06:00, China Standard Time',
  )
})

test('a week from Sunday to Thursday is one run; two days are named; a lunch break is two spans', () => {
  const closed = everyDay([])
  const split = [
    { from: 540, until: 720 },
    { from: 780, until: 1080 },
  ]
  const week = { ...mondayToFriday(office), friday: [], saturday: [], sunday: office }
  assert.match(hoursText(shanghai(week), 'en', at), /^Sunday–Thursday 09:00–18:00,/)
  assert.match(
    hoursText(shanghai({ ...closed, monday: split, wednesday: split }), 'en', at),
    /^Monday and Wednesday 09:00–12:00 and 13:00–18:00,/,
  )
  assert.equal(hoursText(shanghai(closed), 'en', at), 'closed')
})

test('holidays in a row are one line, a make-up working day another; what is past or far ahead is not told', () => {
  const golden = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`2026-10-0${day}`, []]))
  const calendar = shanghai(mondayToFriday(office), {
    '2026-09-18': [],
    ...golden,
    '2026-10-10': office,
    '2026-10-17': [],
    '2027-01-01': [],
  })
  assert.deepEqual(exceptionsText(calendar, 'en', at), [
    'Closed 1 October to 7 October',
    'Open Saturday 10 October 09:00–18:00',
  ])
  assert.deepEqual(exceptionsText(calendar, 'zh-Hans', at), [
    '10月1日至10月7日休息',
    '10月10日星期六 09:00–18:00 照常服务',
  ])
})

test('now, or from when, in the zone of who is looking', () => {
  const calendar = shanghai(mondayToFriday(office))
  const viewer = { locale: 'en', zone: 'Europe/Copenhagen' } as const
  assert.equal(openText(calendar, viewer, Temporal.Instant.from('2026-09-21T02:00:00Z')), 'Open now')
  assert.match(openText(calendar, viewer, at), /^Closed now, opens Mon,? 21 Sept?,? (at )?03:00 \(Central European/)
  assert.equal(openText(shanghai(everyDay([])), viewer, at), 'closed')
})
