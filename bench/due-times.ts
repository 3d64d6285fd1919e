/*
 * What a due time costs: 100,000 random ones per calendar, in microseconds each, and the ratio to a plain walk by day
 * with Temporal measured in the same run. Performance.md, section 4. Run with: node bench/due-times.ts
 */
import {
  addOpenMinutes,
  addWorkingDays,
  aroundTheClock,
  everyDay,
  mondayToFriday,
} from '../src/rooms/calendars/index.ts'
import { addOpenMinutesMs, WEEKDAYS } from '../src/rooms/calendars/index.ts'
import type { BusinessCalendar, Span } from '../src/rooms/calendars/index.ts'

type Question = { readonly from: Temporal.Instant; readonly minutes: number }

const DUES = 100_000
const NAIVE_DUES = 1_000
const yearStart = Temporal.Instant.from('2026-01-01T00:00Z')
const office = [{ from: 540, until: 1080 }]

const calendars: readonly (readonly [name: string, calendar: BusinessCalendar])[] = [
  ['Copenhagen office, 365 exceptions', copenhagenWithExceptions()],
  ['Copenhagen night shift 22-06', daily('Europe/Copenhagen', { from: 1320, until: 1800 })],
  ['Beijing 09-24', daily('Asia/Shanghai', { from: 540, until: 1440 })],
  ['24x7', aroundTheClock('always', 'Europe/Copenhagen')],
]

console.log(
  'µs a due time                       Temporal  number  working day  first (ms)  naive walk  naive : Temporal',
)
for (const [name, calendar] of calendars) console.log(row(name, measure(calendar)))

function measure(calendar: BusinessCalendar): readonly string[] {
  const questions = randomQuestions(DUES)
  const first = microseconds(1, () => addOpenMinutes(calendar, yearStart, 60)) / 1000
  const few = questions.slice(0, NAIVE_DUES)
  compare(calendar, few)
  const door = each(questions, ({ from, minutes }) => addOpenMinutes(calendar, from, minutes))
  const moments = questions.map(({ from, minutes }) => ({ from: from.epochMilliseconds, minutes }))
  const number = each(moments, ({ from, minutes }) => addOpenMinutesMs(calendar, from, minutes))
  const days = each(questions, ({ from }) => addWorkingDays(calendar, from, 3, 'same-time'))
  const naive = each(few, ({ from, minutes }) => walkByDay(calendar, from, minutes))
  return [door, number, days, first, naive].map((cost) => cost.toFixed(2)).concat((naive / door).toFixed(0))
}

/** A bench of wrong answers is worth nothing. */
function compare(calendar: BusinessCalendar, questions: readonly Question[]): void {
  for (const { from, minutes } of questions) {
    const [due, naive] = [addOpenMinutes(calendar, from, minutes), walkByDay(calendar, from, minutes)]
    if (due === undefined || !due.equals(naive))
      throw new Error(`${calendar.id} ${from} + ${minutes}: ${due}, not ${naive}`)
  }
}

function each<Asked>(questions: readonly Asked[], answer: (question: Asked) => unknown): number {
  const all = () => questions.forEach((question) => answer(question))
  all()
  return Math.min(...[1, 2, 3].map(() => microseconds(questions.length, all)))
}

function microseconds(count: number, work: () => unknown): number {
  const start = performance.now()
  work()
  return ((performance.now() - start) * 1000) / count
}

/** How one would write it first: day by day, with the spans of each date turned into instants. */
function walkByDay(calendar: BusinessCalendar, from: Temporal.Instant, minutes: number): Temporal.Instant {
  let left = minutes * 60_000
  let date = from.toZonedDateTimeISO(calendar.zone).toPlainDate().subtract({ days: 1 })
  for (;;) {
    for (const span of calendar.exceptions?.[date.toString()] ?? calendar.days[WEEKDAYS[date.dayOfWeek - 1]!]) {
      const opening = Math.max(from.epochMilliseconds, edge(date, span.from, calendar.zone, 'earlier'))
      const open = edge(date, span.until, calendar.zone, 'later') - opening
      if (open >= left) return Temporal.Instant.fromEpochMilliseconds(opening + left)
      left -= Math.max(0, open)
    }
    date = date.add({ days: 1 })
  }
}

function edge(date: Temporal.PlainDate, minute: number, zone: string, disambiguation: 'earlier' | 'later'): number {
  return date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(zone, { disambiguation }).epochMilliseconds
}

function randomQuestions(count: number): readonly Question[] {
  let state = 20_260_329
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return Array.from({ length: count }, () => ({
    from: yearStart.add({ minutes: below(525_600) }),
    minutes: 1 + below(960),
  }))
}

/** An exception on every date of 2026: each tenth day closed, the others with hours of their own. */
function copenhagenWithExceptions(): BusinessCalendar {
  const dates = Array.from({ length: 365 }, (_, day) => Temporal.PlainDate.from('2026-01-01').add({ days: day }))
  const hours = dates.map((date, day): readonly [string, readonly Span[]] => [
    date.toString(),
    day % 10 === 0 ? [] : [{ from: 540 + (day % 60), until: 1080 }],
  ])
  return {
    id: 'office',
    zone: 'Europe/Copenhagen',
    days: mondayToFriday(office),
    exceptions: Object.fromEntries<readonly Span[]>(hours),
  }
}

function daily(zone: string, span: Span): BusinessCalendar {
  return { id: `${zone} daily`, zone, days: everyDay([span]) }
}

function row(name: string, cells: readonly string[]): string {
  const widths = [9, 8, 13, 12, 12, 18]
  return name.padEnd(35) + cells.map((cell, i) => cell.padStart(widths[i]!)).join('')
}
