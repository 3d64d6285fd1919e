import type { BusinessCalendar } from '../../calendars/rules/calendar.ts'
import type { WorkingDayReading, WorkingDayRule } from '../../calendars/rules/working-days.ts'
import type { TargetTerms as Target } from '../../entitlements/rules/charter.ts'
import { addOpenMinutesMs, nextOpeningMs } from '../../calendars/rules/opening.ts'
import { workingDayDue } from '../../calendars/rules/working-days.ts'

/** What is owed, on whose calendar, and how the charter reads a working day. */
export type Terms = {
  readonly target: Target
  readonly calendar: BusinessCalendar
  readonly workingDay: WorkingDayReading
}

/** What decided a due: open time was counted, or a line of response-targets section 4. */
export type DueRule = 'open-time' | WorkingDayRule

/** A due in UTC milliseconds, what decided it, and the first open moment, from which it is counted. */
export type Reckoning = Counted & { readonly startedAt: number }

type Counted = { readonly due: number; readonly rule: DueRule }

/**
 * When the initial response is owed for a request the operator received at `receivedAt`. This clock cannot be paused,
 * so the moment of receipt and the terms decide it. Undefined when the calendar never opens. Source: response-targets
 * rules 3 and 10.
 */
export function initialResponseDue(receivedAt: Temporal.Instant, terms: Terms): Temporal.Instant | undefined {
  return dueOf(receivedAt, terms)
}

/**
 * When a target that starts at `start` is due, on the calendar of the terms and in its zone, to the millisecond.
 * Undefined when the calendar never opens, or never long enough. Source: response-targets rules 5, 8 and 9 and section
 * 4.
 */
export function dueOf(start: Temporal.Instant, terms: Terms): Temporal.Instant | undefined {
  const due = reckon(start.epochMilliseconds, terms)?.due
  return due === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(due)
}

/** As `dueOf`, in UTC milliseconds, with what an explanation needs. */
export function reckon(start: number, terms: Terms): Reckoning | undefined {
  const startedAt = nextOpeningMs(terms.calendar, start)
  if (startedAt === undefined) return undefined

  const counted =
    terms.target.unit === 'working day' && terms.target.amount > 0
      ? workingDayDue(terms.calendar, start, terms.target.amount, terms.workingDay)
      : openTimeDue(terms.calendar, startedAt, openMinutes(terms.target))
  return counted === undefined ? undefined : { startedAt, ...counted }
}

function openTimeDue(calendar: BusinessCalendar, startedAt: number, minutes: number): Counted | undefined {
  const due = addOpenMinutesMs(calendar, startedAt, minutes)
  return due === undefined ? undefined : { due, rule: 'open-time' }
}

/** A target of nothing is due at the first open moment, whatever its unit. */
function openMinutes({ amount, unit }: Target): number {
  switch (unit) {
    case 'minute':
      return amount
    case 'hour':
      return amount * 60
    case 'working day':
      return 0
  }
}
