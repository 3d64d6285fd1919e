import type { BusinessCalendar } from './calendar.ts'
import type { Timetable } from './timetable.ts'
import { nextOpeningMs } from './opening.ts'
import { firstAbove } from './search.ts'
import { longerTimetable, timetableOf } from './timetable.ts'
import { DAY, lastMomentOf, steadyWallAt } from './zone-clock.ts'

/** What "n working days" means, as the charter's `workingDay` says. Source: response-targets section 4. */
export type WorkingDayReading = 'same-time' | 'closing'

/** Which line of section 4 decided a due. */
export type WorkingDayRule =
  | 'same-time-next-working-day'
  | 'clamped-to-closing'
  | 'clamped-to-opening'
  | 'closing-of-working-day'

/** A due in UTC milliseconds, and why then. */
export type WorkingDayDue = { readonly due: number; readonly rule: WorkingDayRule }

/**
 * When n working days (dates of the calendar's zone on which one of its spans begins) have passed. 'same-time': the
 * wall time of the start, or of the next opening if it was closed, on the n-th next working day, clamped to that day's
 * hours. 'closing': the closing of the n-th working day after the date of receipt. With n = 0: the first open moment.
 * Undefined when there is no such day. Source: response-targets section 4 and rule 8.
 */
export function addWorkingDays(
  calendar: BusinessCalendar,
  from: Temporal.Instant,
  n: number,
  reading: WorkingDayReading,
): Temporal.Instant | undefined {
  const due = addWorkingDaysMs(calendar, from.epochMilliseconds, n, reading)
  return due === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(due)
}

/** As `addWorkingDays`, in UTC milliseconds. */
export function addWorkingDaysMs(
  calendar: BusinessCalendar,
  from: number,
  n: number,
  reading: WorkingDayReading,
): number | undefined {
  return n === 0 ? nextOpeningMs(calendar, from) : workingDayDue(calendar, from, n, reading)?.due
}

/** The due of `addWorkingDays` for n of 1 or more in UTC milliseconds, with the line of section 4 that decided it. */
export function workingDayDue(
  calendar: BusinessCalendar,
  from: number,
  n: number,
  reading: WorkingDayReading,
): WorkingDayDue | undefined {
  if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`working days must be a whole number, not ${n}`)

  const start = nextOpeningMs(calendar, from)
  if (start === undefined) return undefined
  let table: Timetable | undefined = timetableOf(calendar, from, start + 1)
  while (table !== undefined) {
    const due = reading === 'closing' ? closingAfter(table, from, n) : sameTimeAfter(table, start, n)
    if (due !== undefined) return due
    table = longerTimetable(calendar, table)
  }
  return undefined
}

function closingAfter(table: Timetable, received: number, n: number): WorkingDayDue | undefined {
  const dateOfReceipt = Math.floor(steadyWallAt(table.clock, received) / DAY)
  const due = table.dayCloses[firstAbove(table.days, dateOfReceipt) + n - 1]
  return due === undefined ? undefined : { due, rule: 'closing-of-working-day' }
}

function sameTimeAfter(table: Timetable, start: number, n: number): WorkingDayDue | undefined {
  const first = firstAbove(table.dayCloses, start)
  const last = first + n
  if (last >= table.days.length) return undefined

  const wall = steadyWallAt(table.clock, start) + (table.days[last]! - table.days[first]!) * DAY
  const due = lastMomentOf(table.clock, wall)
  if (due < table.dayOpens[last]!) return { due: table.dayOpens[last]!, rule: 'clamped-to-opening' }
  if (due > table.dayCloses[last]!) return { due: table.dayCloses[last]!, rule: 'clamped-to-closing' }
  return { due, rule: 'same-time-next-working-day' }
}
