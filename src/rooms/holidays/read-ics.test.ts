import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { HolidayProblem } from './holiday-problem.ts'
import { readChineseDays } from './read-chinese-days.ts'
import { readIcs } from './read-ics.ts'

/** A feed of events, each a list of property lines. */
function feed(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT'])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

const daysOf = (...events: readonly (readonly string[])[]) => readIcs(feed(...events), 2027).days

function refusedWith(pattern: RegExp, text: string): void {
  assert.throws(
    () => readIcs(text, 2027),
    (error) => error instanceof HolidayProblem && pattern.test(error.message),
  )
}

test('all-day events are local dates, one day or several, and never move with the zone they are read in', () => {
  const before = process.env['TZ']
  try {
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai']) {
      process.env['TZ'] = zone
      const days = daysOf(
        ['SUMMARY:New Year', 'DTSTART;VALUE=DATE:20270101'],
        ['SUMMARY:Spring', 'DTSTART;VALUE=DATE:20270206', 'DTEND;VALUE=DATE:20270209'],
        ['SUMMARY:Midnights in UTC', 'DTSTART:20271225T000000Z', 'DTEND:20271226T000000Z'],
        ['SUMMARY:Two days', 'DTSTART;VALUE=DATE:20270501', 'DURATION:P2D'],
      )
      assert.deepEqual(Object.keys(days), [
        '2027-01-01',
        '2027-02-06',
        '2027-02-07',
        '2027-02-08',
        '2027-05-01',
        '2027-05-02',
        '2027-12-25',
      ])
      assert.deepEqual([...new Set(Object.values(days))], ['closed'])
    }
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
})

test('a holiday of every year is read for the year asked for, except where the feed leaves it out', () => {
  const christmas = ['SUMMARY:Christmas', 'DTSTART;VALUE=DATE:19701225', 'RRULE:FREQ=YEARLY']
  assert.deepEqual(Object.keys(daysOf(christmas)), ['2027-12-25'])
  const thanks = ['SUMMARY:Thanksgiving', 'DTSTART;VALUE=DATE:20201126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH']
  assert.deepEqual(Object.keys(daysOf(thanks)), ['2027-11-25'])
  refusedWith(/no all-day event in 2027/, feed([...christmas, 'EXDATE;VALUE=DATE:20271225']))
  const newYear = ['SUMMARY:Turn of the year', 'DTSTART;VALUE=DATE:20201231', 'DURATION:P2D', 'RRULE:FREQ=YEARLY']
  assert.deepEqual(Object.keys(daysOf(newYear)), ['2027-01-01', '2027-12-31'])
})

test('a make-up working day is known by its words, by its category, by Apple, or by blocking no time where others do', () => {
  const day = (date: string, summary: string, ...more: readonly string[]) => [
    `DTSTART;VALUE=DATE:${date}`,
    `SUMMARY:${summary}`,
    ...more,
  ]
  assert.deepEqual(
    daysOf(
      day('20271001', '国庆节（休）', 'TRANSP:OPAQUE'),
      day('20270926', '国庆节（班）'),
      day('20271009', '补班'),
      day('20270220', 'Working day for the Spring Festival'),
      day('20270221', 'Spring Festival', 'CATEGORIES:Workday'),
      day('20270227', 'Spring Festival', 'X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY'),
      day('20270508', 'Labour Day', 'TRANSP:TRANSPARENT'),
      day('20270503', "International Workers' Day, a non-working day", 'TRANSP:TRANSPARENT'),
    ),
    {
      '2027-02-20': 'open as monday',
      '2027-02-21': 'open as monday',
      '2027-02-27': 'open as monday',
      '2027-05-03': 'closed',
      '2027-05-08': 'open as monday',
      '2027-09-26': 'open as monday',
      '2027-10-01': 'closed',
      '2027-10-09': 'open as monday',
    },
  )
})

test('where no event blocks time, as in many feeds, a weekend holiday stays a holiday', () => {
  const days = daysOf(['DTSTART;VALUE=DATE:20271225', 'SUMMARY:Christmas', 'TRANSP:TRANSPARENT'])
  assert.deepEqual(days, { '2027-12-25': 'closed' })
})

test('an event with hours is left out and named', () => {
  const read = readIcs(
    feed(
      ['SUMMARY:New Year', 'DTSTART;VALUE=DATE:20270101'],
      ['SUMMARY:Town hall', 'DTSTART:20270102T090000', 'DTEND:20270102T100000'],
    ),
    2027,
  )
  assert.deepEqual(read, { days: { '2027-01-01': 'closed' }, leftOut: ['Town hall'] })
})

test('what cannot be vouched for is refused with what to do', () => {
  refusedWith(/no iCalendar file/, 'hello')
  refusedWith(/no iCalendar file/, '')
  refusedWith(/no iCalendar file/, 'BEGIN:VCARD\r\nFN:Asta\r\nEND:VCARD')
  refusedWith(/no iCalendar file/, 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense')
  refusedWith(/2027-ab-01 is no date/, feed(['SUMMARY:x', 'DTSTART;VALUE=DATE:2027ab01']))
  refusedWith(/no events at all/, feed())
  refusedWith(/begin in 2024, 2025/, feed(['DTSTART;VALUE=DATE:20240101'], ['DTSTART;VALUE=DATE:20250101']))
  refusedWith(/lasts 400 days/, feed(['SUMMARY:x', 'DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20280205']))
  refusedWith(/"Leap": 2027-02-29 is no date/, feed(['SUMMARY:Leap', 'DTSTART;VALUE=DATE:20270229']))
  refusedWith(/no DTSTART/, feed(['SUMMARY:x']))
  refusedWith(/repeats by FREQ=DAILY/, feed(['SUMMARY:x', 'DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=DAILY']))
  const never = 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'
  refusedWith(/repeats by/, feed(['SUMMARY:x', 'DTSTART;VALUE=DATE:20270101', never]))
})

test("the package's own feed says the same as the package", () => {
  const file = createRequire(import.meta.url).resolve('chinese-days/dist/holidays.ics')
  assert.deepEqual(readIcs(readFileSync(file, 'utf8'), 2026).days, readChineseDays(2026))
})

test('a year the package knows nothing of is refused, and said when it will come', () => {
  assert.throws(() => readChineseDays(2033), /knows no holidays of 2033 yet/)
})
