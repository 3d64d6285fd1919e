import type { Locale } from '../../../base/locale.ts'
import { shortMoment, zoneText } from '../../../ui/moments.ts'
import { isOpen, nextOpening, WEEKDAYS } from '../../calendars/index.ts'
import type { BusinessCalendar, Span, Weekday } from '../../calendars/index.ts'
import { words } from '../messages/words.ts'

/** How far ahead holidays and make-up working days are told. */
const DAYS_AHEAD = 60

/** A calendar's usual week in words, in its own zone: "Monday–Friday 09:00–18:00, China Standard Time". */
export function hoursText(calendar: BusinessCalendar, locale: Locale, at: Temporal.Instant): string {
  const say = words(locale)
  if (isAroundTheClock(calendar)) return say('support.aroundTheClock')
  const groups = groupsOf(calendar)
  if (groups.length === 0) return say('support.closed')
  const hours = groups.map(({ days, spans }) => `${daysText(days, locale)} ${spansText(spans, locale)}`).join('; ')
  return say('support.hoursIn', { hours, zone: zoneText(at, locale, calendar.zone) })
}

/** The days of the next two months that are not as usual: "Closed 1 October to 7 October", one line for days in a row. */
export function exceptionsText(calendar: BusinessCalendar, locale: Locale, at: Temporal.Instant): readonly string[] {
  const say = words(locale)
  return exceptionRuns(calendar, at.toZonedDateTimeISO(calendar.zone).toPlainDate()).map(({ dates, spans }) => {
    const when = datesText(dates, locale)
    return spans.length === 0
      ? say('support.closedOn', { dates: when })
      : say('support.openOn', { dates: when, hours: spansText(spans, locale) })
  })
}

/** Whether somebody is there now, and else from when, in the viewer's zone. */
export function openText(
  calendar: BusinessCalendar,
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
  at: Temporal.Instant,
): string {
  const say = words(locale)
  if (isOpen(calendar, at)) return say('support.openNow')
  const opening = nextOpening(calendar, at)
  return opening
    ? say('support.opens', { moment: shortMoment(opening, locale, zone), zone: zoneText(opening, locale, zone) })
    : say('support.closed')
}

export function isAroundTheClock({ days }: BusinessCalendar): boolean {
  return WEEKDAYS.every((day) => spansKey(days[day]) === '0-1440')
}

type Group = { readonly days: readonly Weekday[]; readonly spans: readonly Span[] }

/** The open days, those with the same hours together. */
function groupsOf({ days }: BusinessCalendar): readonly Group[] {
  const keys = [...new Set(WEEKDAYS.map((day) => spansKey(days[day])))].filter((key) => key !== '')
  return keys.map((key) => {
    const same = WEEKDAYS.filter((day) => spansKey(days[day]) === key)
    return { days: same, spans: days[same[0]!] }
  })
}

function spansKey(spans: readonly Span[]): string {
  return spans.map(({ from, until }) => `${from}-${until}`).join(' ')
}

/** "Monday–Friday" for three days or more in a row, also over the weekend; else each by name. */
function daysText(days: readonly Weekday[], locale: Locale): string {
  const say = words(locale)
  if (days.length === WEEKDAYS.length) return say('support.everyDay')
  const firsts = days.filter((day) => !days.includes(neighbour(day, -1)))
  const lasts = days.filter((day) => !days.includes(neighbour(day, 1)))
  const [first] = firsts
  const [last] = lasts
  if (first && last && firsts.length === 1 && days.length > 2) {
    return say('support.dayRange', { from: dayText(first, locale), until: dayText(last, locale) })
  }
  return new Intl.ListFormat(tagOf(locale)).format(days.map((day) => dayText(day, locale)))
}

function neighbour(day: Weekday, step: 1 | -1): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + step + 7) % 7]!
}

/** 5 January 1970 was a Monday. */
function dayText(day: Weekday, locale: Locale): string {
  return format(locale, { weekday: 'long' }, (4 + WEEKDAYS.indexOf(day)) * 1440)
}

function spansText(spans: readonly Span[], locale: Locale): string {
  const all = spans.map(({ from, until }) => `${clockText(from, locale)}–${clockText(until, locale)}`)
  return new Intl.ListFormat(tagOf(locale)).format(all)
}

/** The end of a day is 24:00, as the charter writes it. */
function clockText(minute: number, locale: Locale): string {
  const text = format(locale, { hour: '2-digit', minute: '2-digit' }, minute % 1440)
  return minute === 1440 ? text.replace('00', '24') : text
}

type Run = { readonly dates: readonly Temporal.PlainDate[]; readonly spans: readonly Span[] }

/** Days in a row that have the same hours, from today on; left out where the whole run is as usual. */
function exceptionRuns({ exceptions = {}, days }: BusinessCalendar, today: Temporal.PlainDate): readonly Run[] {
  const runs: Run[] = []
  const [from, until] = [today.toString(), today.add({ days: DAYS_AHEAD }).toString()]
  const ahead = Object.entries(exceptions).filter(([day]) => day >= from && day < until)
  for (const [day, spans] of ahead.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const date = Temporal.PlainDate.from(day)
    const run = runs.at(-1)
    if (run?.dates.at(-1)?.add({ days: 1 }).equals(date) && spansKey(run.spans) === spansKey(spans)) {
      runs[runs.length - 1] = { dates: [...run.dates, date], spans }
    } else {
      runs.push({ dates: [date], spans })
    }
  }
  const usual = (date: Temporal.PlainDate) => spansKey(days[WEEKDAYS[date.dayOfWeek - 1]!])
  return runs.filter(({ dates, spans }) => dates.some((date) => usual(date) !== spansKey(spans)))
}

function datesText(dates: readonly Temporal.PlainDate[], locale: Locale): string {
  const [first] = dates
  const last = dates.at(-1)
  if (!first || !last) return ''
  const minuteOf = (date: Temporal.PlainDate) => date.toZonedDateTime('UTC').epochMilliseconds / 60_000
  if (dates.length === 1) return format(locale, { weekday: 'long', day: 'numeric', month: 'long' }, minuteOf(first))
  const day = (date: Temporal.PlainDate) => format(locale, { day: 'numeric', month: 'long' }, minuteOf(date))
  return words(locale)('support.dateRange', { from: day(first), until: day(last) })
}

/** Making one takes longer than writing a page's hours with it. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** Writes a part of a moment that is minutes after 1970-01-01T00:00Z, as it stands there. */
function format(locale: Locale, options: Intl.DateTimeFormatOptions, minute: number): string {
  const key = `${locale} ${Object.keys(options).join(' ')}`
  let made = formats.get(key)
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(tagOf(locale), { timeZone: 'UTC', ...options })))
  return made.format(minute * 60_000)
}

/** English on a 24-hour clock, as in `ui/moments.ts`. */
function tagOf(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale
}
