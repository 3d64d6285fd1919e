import type { BusinessCalendar, LocalDate, Span } from './calendar.ts'
import type { ZoneClock } from './zone-clock.ts'
import { WEEKDAYS } from './calendar.ts'
import { DAY, firstMomentOf, lastMomentOf, zoneClock } from './zone-clock.ts'

/**
 * A calendar worked out for a stretch of time, in UTC milliseconds. Interval `i` is open from `opens[i]` until
 * `closes[i]`, with adjacent spans merged; `totals[i]` is the open time from the beginning of the stretch until
 * `closes[i]`. `days` are the local dates on which a span begins, as days since 1970-01-01, with their first opening
 * and last closing. A moment belongs to the earliest day that is open then, so a day begins no earlier than the one
 * before it has closed.
 */
export type Timetable = {
  readonly from: number
  readonly until: number
  readonly clock: ZoneClock
  readonly opens: readonly number[]
  readonly closes: readonly number[]
  readonly totals: readonly number[]
  readonly days: readonly number[]
  readonly dayOpens: readonly number[]
  readonly dayCloses: readonly number[]
}

type Rules = {
  readonly zone: string
  readonly week: readonly (readonly Span[])[]
  readonly exceptions: ReadonlyMap<number, readonly Span[]>
  readonly isWeekly: boolean
  readonly reachDays: number
}

type Draft = { readonly [Key in 'opens' | 'closes' | 'days' | 'dayOpens' | 'dayCloses']: number[] }
type Stretch = { readonly from: number; readonly until: number }

const MINUTE = 60_000
const MONTH_DAYS = 31
const WINDOW_DAYS = 548
const LONGEST = 40 * 365 * DAY

// Remembering is safe in a rule: a calendar never changes, so the answer is the same with and without it.
const rulesRead = new WeakMap<BusinessCalendar, Rules>()
const timetables = new WeakMap<BusinessCalendar, Timetable>()

/** The calendar's timetable for at least `from` to `until` (UTC milliseconds), about 18 months at a time. */
export function timetableOf(calendar: BusinessCalendar, from: number, until: number): Timetable {
  const old = timetables.get(calendar)
  if (old !== undefined && old.from <= from && until <= old.until) return old

  const rules = rulesOf(calendar)
  const table = rules.isWeekly ? weeklyTimetable(rules, widened(old, from, until)) : completeTimetable(rules)
  timetables.set(calendar, table)
  return table
}

/** A timetable that reaches twice as far, or undefined when the calendar's rules hold no opening beyond this one. */
export function longerTimetable(calendar: BusinessCalendar, table: Timetable): Timetable | undefined {
  if (!rulesOf(calendar).isWeekly) return undefined
  return timetableOf(calendar, table.from, table.until + (table.until - table.from))
}

/** Days from 1970-01-01 to a local date. */
export function dayNumber(date: LocalDate): number {
  return Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds / DAY
}

function rulesOf(calendar: BusinessCalendar): Rules {
  const read = rulesRead.get(calendar) ?? readRules(calendar)
  rulesRead.set(calendar, read)
  return read
}

function readRules(calendar: BusinessCalendar): Rules {
  const week = WEEKDAYS.map((weekday) => inOrder(calendar.days[weekday]))
  const dates = Object.entries(calendar.exceptions ?? {})
  const exceptions = new Map(dates.map(([date, spans]) => [dayNumber(date), inOrder(spans)]))
  const spans = [...week, ...exceptions.values()].flat()
  return {
    zone: calendar.zone,
    week,
    exceptions,
    isWeekly: week.some((day) => day.length > 0),
    reachDays: Math.ceil(Math.max(0, ...spans.map((span) => span.until)) / 1440) + 1,
  }
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.filter((span) => span.from < span.until).toSorted((one, other) => one.from - other.from)
}

function widened(old: Timetable | undefined, from: number, until: number): Stretch {
  const wanted = { from: from - MONTH_DAYS * DAY, until: Math.max(until, from + WINDOW_DAYS * DAY) }
  if (old === undefined) return wanted
  const both = { from: Math.min(wanted.from, old.from), until: Math.max(wanted.until, old.until) }
  return both.until - both.from > LONGEST ? wanted : both
}

function weeklyTimetable(rules: Rules, wanted: Stretch): Timetable {
  const firstDay = Math.floor(wanted.from / DAY) - 1
  const endDay = Math.floor(wanted.until / DAY) + 3
  const clock = clockFor(rules, firstDay, endDay)
  const days = Array.from({ length: endDay - firstDay + rules.reachDays }, (_, i) => firstDay - rules.reachDays + i)
  const from = firstMomentOf(clock, firstDay * DAY)
  return draw(rules, clock, days, { from, until: firstMomentOf(clock, endDay * DAY) })
}

/** Without weekly hours the dated openings are all there is: one timetable holds them, and there is nothing beyond. */
function completeTimetable(rules: Rules): Timetable {
  const days = [...rules.exceptions.keys()].toSorted((one, other) => one - other)
  const clock = clockFor(rules, days[0] ?? 0, days.at(-1) ?? 0)
  return draw(rules, clock, days, { from: -Infinity, until: Infinity })
}

function clockFor(rules: Rules, firstDay: number, endDay: number): ZoneClock {
  const margin = rules.reachDays + 3
  return zoneClock(rules.zone, (firstDay - margin) * DAY, (endDay + margin) * DAY)
}

function draw(rules: Rules, clock: ZoneClock, days: readonly number[], stretch: Stretch): Timetable {
  const draft: Draft = { opens: [], closes: [], days: [], dayOpens: [], dayCloses: [] }
  for (const day of days) drawDay(draft, day, spansOn(rules, day), { clock, stretch })
  return { ...stretch, clock, ...draft, totals: runningTotals(draft) }
}

function spansOn(rules: Rules, day: number): readonly Span[] {
  // Day 0, 1970-01-01, was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7
  return rules.exceptions.get(day) ?? rules.week[weekday]!
}

function drawDay(draft: Draft, day: number, spans: readonly Span[], on: { clock: ZoneClock; stretch: Stretch }): void {
  let opening = Infinity
  let closing = -Infinity
  for (const span of spans) {
    const open = firstMomentOf(on.clock, day * DAY + span.from * MINUTE)
    const close = lastMomentOf(on.clock, day * DAY + span.until * MINUTE)
    // A span the clock has skipped never begins.
    if (close <= open) continue
    drawInterval(draft, Math.max(open, on.stretch.from), Math.min(close, on.stretch.until))
    opening = Math.min(opening, open)
    closing = Math.max(closing, close)
  }
  if (opening < closing) drawWorkingDay(draft, day, { opening, closing })
}

function drawInterval(draft: Draft, open: number, close: number): void {
  const last = draft.closes.length - 1
  if (close <= open) return
  if (last >= 0 && open <= draft.closes[last]!) {
    draft.closes[last] = Math.max(draft.closes[last]!, close)
    return
  }
  draft.opens.push(open)
  draft.closes.push(close)
}

function drawWorkingDay(draft: Draft, day: number, hours: { opening: number; closing: number }): void {
  const before = draft.dayCloses.at(-1) ?? -Infinity
  draft.days.push(day)
  draft.dayOpens.push(Math.max(hours.opening, before))
  draft.dayCloses.push(Math.max(hours.closing, before))
}

function runningTotals(draft: Draft): readonly number[] {
  let total = 0
  return draft.opens.map((open, i) => (total += draft.closes[i]! - open))
}
