import type { LocalDate } from '../../calendars/rules/calendar.ts'
import type { YearDays } from './days.ts'

/** An all-day event of a calendar feed, on one of its occurrences. Dates are local dates, as they are written. */
export type FeedEvent = {
  readonly summary: string
  readonly categories: readonly string[]
  /** RFC 5545, TRANSP: "TRANSPARENT" blocks no time; undefined when the event does not say. */
  readonly transparency: string | undefined
  /** Apple's X-APPLE-SPECIAL-DAY, which its holiday feeds carry: "WORK-HOLIDAY" or "ALTERNATE-WORKDAY". */
  readonly specialDay: string | undefined
  readonly first: LocalDate
  /** How many dates it covers, the first included. */
  readonly dayCount: number
}

const WORKING = /班|(?<!\bnon[- ]?)\bwork(?:ing)?[- ]?day\b/i

/**
 * What a feed says of the dates of one year: closed, or a make-up working day with Monday's hours, which wins where both
 * are said. A make-up day is named so in summary or category (班, 补班, "working day"), marked by Apple, or a weekend
 * event that blocks no time in a feed whose other events do: many feeds mark every holiday as blocking none.
 */
export function feedDays(events: readonly FeedEvent[], year: number): YearDays {
  const blocking = events.some(({ transparency }) => transparency === 'OPAQUE')
  const days: Record<LocalDate, string> = {}
  for (const event of events)
    for (const date of datesOf(event).filter(({ year: its }) => its === year)) {
      if (isWorkingDay(event, date, blocking)) days[date.toString()] = 'open as monday'
      else days[date.toString()] ??= 'closed'
    }
  return Object.fromEntries(Object.entries(days).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function datesOf({ first, dayCount }: FeedEvent): readonly Temporal.PlainDate[] {
  const from = Temporal.PlainDate.from(first)
  return Array.from({ length: dayCount }, (_, days) => from.add({ days }))
}

function isWorkingDay(event: FeedEvent, date: Temporal.PlainDate, blocking: boolean): boolean {
  if (event.specialDay) return event.specialDay === 'ALTERNATE-WORKDAY'
  if ([event.summary, ...event.categories].some((text) => WORKING.test(text))) return true
  return blocking && event.transparency === 'TRANSPARENT' && date.dayOfWeek > 5
}
