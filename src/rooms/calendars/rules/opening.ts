import type { BusinessCalendar, LocalDate } from './calendar.ts'
import type { Timetable } from './timetable.ts'
import { firstAbove, firstAtLeast } from './search.ts'
import { dayNumber, longerTimetable, timetableOf } from './timetable.ts'
import { DAY } from './zone-clock.ts'

/*
 * Moments are read to the millisecond, anything finer is dropped. Functions ending in `Ms` take and give milliseconds
 * since 1970-01-01 UTC, for hot paths; the others are doors to them for `Temporal.Instant`.
 */

/** A stretch that is wholly open or wholly closed, half-open. */
export type Segment = {
  readonly kind: 'open' | 'closed'
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/**
 * Whether the calendar is open at a moment; at the closing itself it is closed. Zone: the calendar's, response-targets
 * rule 9.
 */
export function isOpen(calendar: BusinessCalendar, at: Temporal.Instant): boolean {
  return isOpenMs(calendar, at.epochMilliseconds)
}

/**
 * The first open moment at or after `at`, which is `at` itself while open. Undefined when the calendar's rules hold no
 * further opening. Source: response-targets section 4.
 */
export function nextOpening(calendar: BusinessCalendar, at: Temporal.Instant): Temporal.Instant | undefined {
  return instantOf(nextOpeningMs(calendar, at.epochMilliseconds))
}

/**
 * When the working day of a local date closes: the end of the last span that begins on it, also where the next day's
 * hours follow at once (24:00 for a 24x7 calendar). Undefined when no span begins on that date. Source:
 * response-targets sections 2 and 4.
 */
export function closingOf(calendar: BusinessCalendar, date: LocalDate): Temporal.Instant | undefined {
  const day = dayNumber(date)
  const table = timetableOf(calendar, (day - 2) * DAY, (day + 2) * DAY)
  const i = firstAtLeast(table.days, day)
  return table.days[i] === day ? instantOf(table.dayCloses[i]) : undefined
}

/** Real seconds during which the calendar is open between two moments; negative when `until` comes before `from`. */
export function openSecondsBetween(
  calendar: BusinessCalendar,
  from: Temporal.Instant,
  until: Temporal.Instant,
): number {
  return openSecondsBetweenMs(calendar, from.epochMilliseconds, until.epochMilliseconds)
}

/**
 * The first moment, in open time or on its edge, by which the calendar has been open for so many minutes: a target that
 * is used up at closing is due at that closing. Minutes may be fractions. Undefined when the calendar never opens long
 * enough. Source: response-targets rules 5 and 8.
 */
export function addOpenMinutes(
  calendar: BusinessCalendar,
  from: Temporal.Instant,
  minutes: number,
): Temporal.Instant | undefined {
  return instantOf(addOpenMinutesMs(calendar, from.epochMilliseconds, minutes))
}

/**
 * Open and closed in turn, from `from` to `until` without gap or overlap: what an explanation shows. Source:
 * response-targets rule 20.
 */
export function openSegments(
  calendar: BusinessCalendar,
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Segment[] {
  return edgesBetween(calendar, from.epochMilliseconds, until.epochMilliseconds).map((edge) => ({
    kind: edge.kind,
    from: Temporal.Instant.fromEpochMilliseconds(edge.from),
    until: Temporal.Instant.fromEpochMilliseconds(edge.until),
  }))
}

/** As `isOpen`, in UTC milliseconds. */
export function isOpenMs(calendar: BusinessCalendar, at: number): boolean {
  const table = timetableOf(calendar, at, at + 1)
  const i = firstAbove(table.closes, at)
  return i < table.opens.length && table.opens[i]! <= at
}

/** As `nextOpening`, in UTC milliseconds. */
export function nextOpeningMs(calendar: BusinessCalendar, at: number): number | undefined {
  let table: Timetable | undefined = timetableOf(calendar, at, at + 1)
  while (table !== undefined) {
    const i = firstAbove(table.closes, at)
    if (i < table.opens.length) return Math.max(at, table.opens[i]!)
    table = longerTimetable(calendar, table)
  }
  return undefined
}

/** As `openSecondsBetween`, in UTC milliseconds. */
export function openSecondsBetweenMs(calendar: BusinessCalendar, from: number, until: number): number {
  const table = timetableOf(calendar, Math.min(from, until), Math.max(from, until))
  return (openBefore(table, until) - openBefore(table, from)) / 1000
}

/** As `addOpenMinutes`, in UTC milliseconds. */
export function addOpenMinutesMs(calendar: BusinessCalendar, from: number, minutes: number): number | undefined {
  if (!(minutes >= 0 && minutes < Infinity)) throw new RangeError(`open minutes must be 0 or more, not ${minutes}`)

  let table: Timetable | undefined = timetableOf(calendar, from, from + 1)
  while (table !== undefined) {
    const due = afterOpenTime(table, from, Math.round(minutes * 60_000))
    if (due !== undefined) return due
    table = longerTimetable(calendar, table)
  }
  return undefined
}

function afterOpenTime(table: Timetable, from: number, open: number): number | undefined {
  const goal = openBefore(table, from) + open
  const i = firstAtLeast(table.totals, goal)
  if (i === table.totals.length) return undefined

  const due = table.closes[i]! - (table.totals[i]! - goal)
  // Only without anything to add while closed: the goal was reached at an earlier closing.
  return due >= from ? due : table.opens[i + 1]
}

/** Open milliseconds from the beginning of the timetable until a moment in it. */
function openBefore(table: Timetable, at: number): number {
  const i = firstAbove(table.opens, at) - 1
  return i < 0 ? 0 : table.totals[i]! - Math.max(0, table.closes[i]! - at)
}

type Edge = { readonly kind: Segment['kind']; readonly from: number; readonly until: number }

function edgesBetween(calendar: BusinessCalendar, from: number, until: number): readonly Edge[] {
  const table = timetableOf(calendar, from, Math.max(from, until))
  const edges: Edge[] = []
  let reached = from
  for (let i = firstAbove(table.closes, from); reached < until; i += 1) {
    const opening = Math.min(until, table.opens[i] ?? Infinity)
    const closing = Math.min(until, table.closes[i] ?? Infinity)
    if (reached < opening) edges.push({ kind: 'closed', from: reached, until: opening })
    reached = Math.max(reached, opening)
    if (reached < closing) edges.push({ kind: 'open', from: reached, until: closing })
    reached = closing
  }
  return edges
}

function instantOf(at: number | undefined): Temporal.Instant | undefined {
  return at === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(at)
}
