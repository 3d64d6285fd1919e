/** The days a calendar states its usual hours for, in the order of ISO 8601. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export type Weekday = (typeof WEEKDAYS)[number]

/**
 * Hours on one local date, half-open, in minutes after local midnight: `from` 0-1439, `until` up to 1440
 * ("09:00-24:00"), above it when the span runs into the next day. It belongs to the date it begins on. Source:
 * response-targets section 2.
 */
export type Span = { readonly from: number; readonly until: number }

/** A date in the calendar's zone, ISO 8601: "2026-10-01". */
export type LocalDate = string

/**
 * When somebody is open: wall-clock hours in an IANA zone. An exception replaces the usual hours of its date; no spans
 * mean closed. It does not cut a span that began on the date before. Never changed in place: answers are remembered per
 * calendar object. Source: response-targets rules 7 and 9.
 */
export type BusinessCalendar = {
  readonly id: string
  readonly zone: string
  readonly days: Readonly<Record<Weekday, readonly Span[]>>
  readonly exceptions?: Readonly<Record<LocalDate, readonly Span[]>>
}

/**
 * What a holiday layer says of one date: closed; a make-up working day with the hours of another weekday; hours of its
 * own, whatever the weekday; or the usual hours, cut to what lies `within` ("until noon on Christmas Eve").
 */
export type LayerDay =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open-as'; readonly weekday: Weekday }
  | { readonly kind: 'open'; readonly spans: readonly Span[] }
  | { readonly kind: 'partial'; readonly within: readonly Span[] }

/** The special days of a country or region, approved by a person, shared by many calendars. */
export type HolidayLayer = { readonly id: string; readonly days: Readonly<Record<LocalDate, LayerDay>> }

/**
 * The calendar with holiday layers laid over its usual hours: a later layer wins over an earlier one, and an exception
 * of the calendar itself wins over all. Source: response-targets rule 7 and section 8.
 */
export function layered(base: BusinessCalendar, layers: readonly HolidayLayer[]): BusinessCalendar {
  const dates = layers.flatMap((layer) => Object.entries(layer.days))
  const holidays = Object.fromEntries(dates.map(([date, day]) => [date, spansOf(day, date, base)]))
  return { ...base, exceptions: { ...holidays, ...base.exceptions } }
}

/** A calendar that is always open, so that 24x7 needs no case of its own. Source: response-targets rule 6. */
export function aroundTheClock(id: string, zone: string): BusinessCalendar {
  return { id, zone, days: everyDay([{ from: 0, until: 1440 }]) }
}

/** The same hours on all seven days. */
export function everyDay(spans: readonly Span[]): Readonly<Record<Weekday, readonly Span[]>> {
  return { ...mondayToFriday(spans), saturday: spans, sunday: spans }
}

/** The same hours from Monday to Friday, closed at the weekend. */
export function mondayToFriday(spans: readonly Span[]): Readonly<Record<Weekday, readonly Span[]>> {
  const weekend = { saturday: [], sunday: [] }
  return { monday: spans, tuesday: spans, wednesday: spans, thursday: spans, friday: spans, ...weekend }
}

function spansOf(day: LayerDay, date: LocalDate, base: BusinessCalendar): readonly Span[] {
  switch (day.kind) {
    case 'closed':
      return []
    case 'open-as':
      return base.days[day.weekday]
    case 'open':
      return day.spans
    case 'partial':
      return base.days[weekdayOf(date)].flatMap((span) => day.within.flatMap((limit) => overlap(span, limit)))
  }
}

function overlap(one: Span, other: Span): readonly Span[] {
  const from = Math.max(one.from, other.from)
  const until = Math.min(one.until, other.until)
  return from < until ? [{ from, until }] : []
}

function weekdayOf(date: LocalDate): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1]!
}
