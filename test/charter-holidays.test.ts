import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCharterFolder } from '../src/app/charters.ts'
import { charterSchema } from '../src/rooms/entitlements/index.ts'
import { readChineseDays } from '../src/rooms/holidays/read-chinese-days.ts'

const charterOf = (operator: string) => charterSchema.parse(readCharterFolder(`charters/${operator}`))

const OFFICE_HOURS = [{ from: 540, until: 1080 }]
const CLOSED_2026 = `01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06
  05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27
  10-01 10-02 10-03 10-04 10-05 10-06 10-07`.split(/\s+/)
const MAKE_UP_2026 = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']

const isWeekday = (date: string) => Temporal.PlainDate.from(date).dayOfWeek <= 5
const figures = (days: Readonly<Record<string, unknown>>) => ({
  holidays: Object.entries(days).filter(([date, day]) => day === 'closed' && isWeekday(date)).length,
  makeUp: Object.values(days).filter((day) => day === 'open as monday').length,
})

test("the office calendar of 21vianet is what it was before China's holidays became a layer", () => {
  const { office } = charterOf('21vianet').calendars
  assert.deepEqual(office?.exceptions, {
    ...Object.fromEntries(CLOSED_2026.map((day) => [`2026-${day}`, []])),
    ...Object.fromEntries(MAKE_UP_2026.map((day) => [`2026-${day}`, OFFICE_HOURS])),
  })
  assert.deepEqual(office?.days.monday, OFFICE_HOURS)
  assert.deepEqual(office?.days.saturday, [])
})

test('technical support of 21vianet is open 365 days a year: it follows no holidays', () => {
  assert.deepEqual(charterOf('21vianet').calendars['technical']?.exceptions, {})
})

test("the shipped days of China in 2026 are the package's, day by day", () => {
  const document = readCharterFolder('charters/21vianet') as { holidays: { china: { days: Record<string, unknown> } } }
  assert.deepEqual(document.holidays.china.days, readChineseDays(2026))
  assert.deepEqual(
    Object.keys(document.holidays.china.days).filter((date) => !date.startsWith('2026')),
    [],
  )
})

test('the package knows 19, 18 and 19 holidays on weekdays and 8, 5 and 6 make-up days in 2024, 2025 and 2026', () => {
  assert.deepEqual(
    [2024, 2025, 2026].map((year) => figures(readChineseDays(year))),
    [
      { holidays: 19, makeUp: 8 },
      { holidays: 18, makeUp: 5 },
      { holidays: 19, makeUp: 6 },
    ],
  )
})

/** Easter Sunday by the method of Meeus, Jones and Butcher. */
function easterOf(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 })
}

test('the shipped days of Denmark are the ten of the national church, counted from Easter where they move', () => {
  assert.equal(String(easterOf(2026)), '2026-04-05')
  assert.equal(String(easterOf(2027)), '2027-03-28')
  const { calendars, holidays } = charterOf('microsoft')
  const expected = [2026, 2027].flatMap((year) => [
    `${year}-01-01`,
    ...[-3, -2, 0, 1, 39, 49, 50].map((days) => String(easterOf(year).add({ days }))),
    `${year}-12-25`,
    `${year}-12-26`,
  ])
  assert.deepEqual(Object.keys(holidays['denmark']?.days ?? {}), expected)
  assert.deepEqual(Object.keys(calendars['billing-dk']?.exceptions ?? {}).toSorted(), expected.toSorted())
})

test('a charter names the layer that is missing, the day that is none, and the year nobody has approved', () => {
  const document = readCharterFolder('charters/21vianet') as {
    holidays: { china: object }
    calendars: { office: object }
  }
  const problemsOf = (changed: object) =>
    (charterSchema.safeParse({ ...document, ...changed }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    )
  const layer = (days: object) => ({ holidays: { china: { ...document.holidays.china, days } } })
  assert.deepEqual(problemsOf({ holidays: {} }), [
    'calendars.office.holidays.0: "china" is not declared; nothing is declared',
  ])
  assert.match(problemsOf(layer({ '2026-10-01': 'shut' }))[0] ?? '', /holidays\.china\.days\.2026-10-01: "shut" is not/)
  assert.deepEqual(problemsOf(layer({ '2027-10-01': 'closed' })), [
    'holidays.china.days.2027-10-01: its year is not among "approved"',
  ])
  assert.match(problemsOf(layer({ '2026-02-30': 'closed' }))[0] ?? '', /2026-02-30/)
})
