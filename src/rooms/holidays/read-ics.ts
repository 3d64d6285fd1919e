import ICAL from 'ical.js'
import { HolidayProblem } from './holiday-problem.ts'
import type { YearDays } from './rules/days.ts'
import { feedDays } from './rules/feed.ts'
import type { FeedEvent } from './rules/feed.ts'

const LONGEST_EVENT = 31
const SIZE_LIMIT = 5 * 1024 * 1024
const OCCURRENCE_LIMIT = 2000

/** The days of a year in a calendar feed, and the events that were left out because they have hours. */
export type FeedRead = { readonly days: YearDays; readonly leftOut: readonly string[] }

/**
 * Reads the public holidays of one year from iCalendar text (RFC 5545): all-day events, several days long or repeated
 * every year, on the dates as they are written, whatever the zone. Refuses with a `HolidayProblem` what it cannot
 * vouch for.
 */
export function readIcs(text: string, year: number): FeedRead {
  const events = eventsOf(text)
  const read = events.map((event) => readEvent(event, year))
  const found = read.flatMap((one) => (one === 'has-hours' ? [] : one))
  const days = feedDays(found, year)
  if (Object.keys(days).length === 0) throw new HolidayProblem(nothingIn(year, events))
  return { days, leftOut: events.filter((_, at) => read[at] === 'has-hours').map(nameOf) }
}

function eventsOf(text: string): readonly ICAL.Component[] {
  if (text.length > SIZE_LIMIT) throw new HolidayProblem('The file is larger than 5 MB: give a feed of holidays only.')
  const calendars = parsed(text).filter(({ name }) => name === 'vcalendar')
  if (calendars.length === 0) throw noIcs('it has no BEGIN:VCALENDAR')
  return calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
}

function parsed(text: string): readonly ICAL.Component[] {
  if (!text.trimStart().toUpperCase().startsWith('BEGIN:VCALENDAR'))
    throw noIcs('it does not begin with BEGIN:VCALENDAR')
  try {
    const read: unknown = ICAL.parse(text)
    const several = Array.isArray(read) && Array.isArray(read[0]) ? read : [read]
    return several.map((one: unknown) => new ICAL.Component(one as string))
  } catch (error) {
    throw noIcs(error instanceof Error ? error.message : 'it cannot be read')
  }
}

function noIcs(why: string): HolidayProblem {
  return new HolidayProblem(`This is no iCalendar file (${why}). Download the feed again, as a file that ends in .ics.`)
}

function nameOf(event: ICAL.Component): string {
  return textOf(event, 'summary') || 'an event without a summary'
}

function textOf(event: ICAL.Component, property: string): string {
  return String(event.getFirstPropertyValue(property) ?? '')
}

/** The event on each of its occurrences that touch the year; those with hours are nobody's holiday. */
function readEvent(event: ICAL.Component, year: number): readonly FeedEvent[] | 'has-hours' {
  const start = written(event, 'dtstart')
  const end = written(event, 'dtend')
  if (start === undefined)
    throw new HolidayProblem(
      `"${nameOf(event)}" has no DTSTART: give it a date such as DTSTART;VALUE=DATE:${year}0101.`,
    )
  if (!isMidnight(start) || (end !== undefined && !isMidnight(end))) return 'has-hours'
  const first = dateOf(event, start)
  const dayCount = daysIn(event, first, end)
  if (dayCount === undefined) return 'has-hours'
  const what = {
    summary: textOf(event, 'summary'),
    categories: event.getAllProperties('categories').flatMap((property) => property.getValues().map(String)),
    transparency: textOf(event, 'transp').toUpperCase() || undefined,
    specialDay: textOf(event, 'x-apple-special-day').toUpperCase() || undefined,
    dayCount,
  }
  return startsOf(event, first, year).map((date) => ({ ...what, first: date.toString() }))
}

/** A date or a date with a time as the file writes it: "2026-01-01" or "2026-01-01T00:00:00Z", in no zone of ours. */
function written(event: ICAL.Component, property: string): string | undefined {
  const value: unknown = event.getFirstProperty(property)?.jCal[3]
  return typeof value === 'string' ? value : undefined
}

function isMidnight(moment: string): boolean {
  return !moment.includes('T') || /T00:00:00Z?$/.test(moment)
}

function dateOf(event: ICAL.Component, moment: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(moment.slice(0, 10))
  } catch {
    throw new HolidayProblem(`"${nameOf(event)}": ${moment.slice(0, 10)} is no date. Mend it in the file.`)
  }
}

/** How many dates the event covers: DTEND is the day after its last. Undefined when it lasts hours. */
function daysIn(event: ICAL.Component, first: Temporal.PlainDate, end: string | undefined): number | undefined {
  const duration = written(event, 'duration')
  if (duration !== undefined && !/^P\d+[DW]$/.test(duration)) return undefined
  const last = end === undefined ? first.add(duration ?? { days: 1 }) : dateOf(event, end)
  const days = Math.max(1, first.until(last).days)
  if (days <= LONGEST_EVENT) return days
  throw new HolidayProblem(
    `"${nameOf(event)}" lasts ${days} days; no holiday lasts more than ${LONGEST_EVENT}. Mend its DTEND, or take it out of the file.`,
  )
}

/** The dates it begins on, close enough to touch the year. */
function startsOf(event: ICAL.Component, first: Temporal.PlainDate, year: number): readonly Temporal.PlainDate[] {
  if (!event.hasProperty('rrule') && !event.hasProperty('rdate')) return [first]
  const rule = event.getFirstPropertyValue('rrule')
  if (rule instanceof ICAL.Recur && (rule.freq !== 'YEARLY' || neverComes(rule)))
    throw new HolidayProblem(
      `"${nameOf(event)}" repeats by ${String(rule)}; only events that repeat every year are read. Write its dates of ${year} instead.`,
    )
  const expansion = new ICAL.RecurExpansion({
    component: event,
    dtstart: ICAL.Time.fromDateString(first.toString()),
  })
  const starts: Temporal.PlainDate[] = []
  for (let count = 0; count < OCCURRENCE_LIMIT; count += 1) {
    const next = expansion.next() as ICAL.Time | null
    if (!next || next.year > year) return starts
    if (next.year >= year - 1)
      starts.push(Temporal.PlainDate.from({ year: next.year, month: next.month, day: next.day }))
  }
  throw new HolidayProblem(`"${nameOf(event)}" repeats too often for a holiday. Write its dates of ${year} instead.`)
}

/** A rule such as "every 30 February", or one with hours in it, could be searched for ever. */
function neverComes(rule: ICAL.Recur): boolean {
  const parts = Object.keys(rule.parts)
  if (parts.some((part) => !['BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS'].includes(part))) return true
  const months = numbers(rule, 'BYMONTH')
  const days = numbers(rule, 'BYMONTHDAY')
  if (months.some((month) => month < 1 || month > 12)) return true
  return days.length > 0 && !(months.length ? months : [1]).some((month) => days.some((day) => fits(month, day)))
}

function numbers(rule: ICAL.Recur, part: string): readonly number[] {
  return (rule.getComponent(part) as readonly unknown[]).map(Number)
}

function fits(month: number, day: number): boolean {
  const longest = Temporal.PlainDate.from({ year: 2028, month, day: 1 }).daysInMonth
  return day !== 0 && Math.abs(day) <= longest
}

function nothingIn(year: number, events: readonly ICAL.Component[]): string {
  const years = [...new Set(events.map((event) => written(event, 'dtstart')?.slice(0, 4) ?? ''))].toSorted()
  const has = events.length === 0 ? 'It has no events at all.' : `Its events begin in ${years.join(', ')}.`
  return `The file has no all-day event in ${year}. ${has} Fetch the feed of ${year}, or wait until it is published.`
}
