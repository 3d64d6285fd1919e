/*
 * The second opinion on due times: brute force, slow and stupid on purpose. It paints every minute of some months open
 * or closed and walks over them. It imports nothing, knows only Temporal, and shares no line with the rules it is
 * compared with (response-targets section 7).
 */

type Hours = { readonly from: number; readonly until: number }
type Calendar = {
  readonly zone: string
  readonly days: Readonly<Record<string, readonly Hours[]>>
  readonly exceptions?: Readonly<Record<string, readonly Hours[]>>
  /** Public holidays, later layers above earlier ones, all of them below the exceptions. */
  readonly layers?: readonly { readonly days: Readonly<Record<string, Holiday>> }[]
}
type Holiday =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open-as'; readonly weekday: string }
  | { readonly kind: 'open'; readonly spans: readonly Hours[] }
  | { readonly kind: 'partial'; readonly within: readonly Hours[] }
type OpenDate = { readonly date: Temporal.PlainDate; readonly spans: readonly { begin: number; end: number }[] }

/**
 * Open and closed minutes from 10 days before a moment until 120 days after it, and the dates on which a span begins.
 */
export type Picture = {
  readonly zone: string
  readonly firstSecond: number
  readonly lastSecond: number
  readonly minutes: Uint8Array
  readonly dates: readonly OpenDate[]
}

const NAMES = ['', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

export function paint(calendar: Calendar, around: Temporal.Instant): Picture {
  const today = around.toZonedDateTimeISO(calendar.zone).toPlainDate()
  const firstSecond = secondsOf(around.subtract({ hours: 24 * 10 }).round({ smallestUnit: 'minute' }))
  const minutes = new Uint8Array(130 * 1440)
  const dates: OpenDate[] = []
  for (let day = -13; day < 123; day += 1) {
    const date = today.add({ days: day })
    const spans = hoursOn(calendar, date).flatMap((hours) => {
      const begin = whenShown(date, hours.from, calendar.zone, 'earlier')
      const end = whenShown(date, hours.until, calendar.zone, 'later')
      return begin < end ? [{ begin, end }] : []
    })
    if (spans.length > 0) dates.push({ date, spans })
    for (const { begin, end } of spans)
      minutes.fill(1, Math.max(0, (begin - firstSecond) / 60), Math.max(0, (end - firstSecond) / 60))
  }
  return { zone: calendar.zone, firstSecond, lastSecond: firstSecond + minutes.length * 60, minutes, dates }
}

export function isOpenAt(picture: Picture, second: number): boolean {
  return picture.minutes[Math.floor((second - picture.firstSecond) / 60)] === 1
}

/** Seconds since 1970 when a target of so many open seconds is used up; undefined when the picture ends before. */
export function dueAfterSeconds(picture: Picture, start: number, target: number): number | undefined {
  let now = firstOpen(picture, start)
  let left = target
  while (now !== undefined && left > 0) {
    if (now >= picture.lastSecond) return undefined
    const step = now % 60 === 0 && left >= 60 ? 60 : 1
    if (isOpenAt(picture, now)) left -= step
    now += step
  }
  return now
}

export function openSeconds(picture: Picture, from: number, until: number): number {
  let open = 0
  for (let now = from; now < until;) {
    const step = now % 60 === 0 && now + 60 <= until ? 60 : 1
    if (isOpenAt(picture, now)) open += step
    now += step
  }
  return open
}

export function firstOpen(picture: Picture, start: number): number | undefined {
  let now = start
  while (!isOpenAt(picture, now)) {
    if (now >= picture.lastSecond) return undefined
    now += now % 60 === 0 ? 60 : 1
  }
  return now
}

/** The closing of the n-th date with a span after the date of receipt. */
export function dueAtClosing(picture: Picture, received: number, n: number): number | undefined {
  const today = lowestWallFrom(received, picture.zone).toPlainDate()
  const later = picture.dates.filter(({ date }) => Temporal.PlainDate.compare(date, today) > 0)
  const day = later[n - 1]
  return day === undefined ? undefined : closedBy(picture, day.date)
}

/** The same wall time on the n-th next date with a span, no earlier than it opens and no later than it closes. */
export function dueAtSameTime(picture: Picture, received: number, n: number): number | undefined {
  const start = firstOpen(picture, received)
  if (start === undefined) return undefined

  const first = picture.dates.findIndex(({ spans }) => spans.some(({ begin, end }) => begin <= start && start < end))
  const day = picture.dates[first + n]
  if (day === undefined) return undefined

  const sinceMidnight = picture.dates[first]!.date.toPlainDateTime().until(lowestWallFrom(start, picture.zone))
  const due = moment(day.date.toPlainDateTime().add(sinceMidnight), picture.zone, 'later')
  const yesterday = closedBy(picture, day.date.subtract({ days: 1 }))
  const opening = Math.max(yesterday, Math.min(...day.spans.map(({ begin }) => begin)))
  return Math.min(closedBy(picture, day.date), Math.max(opening, due))
}

/** When everything that began on this date or before has closed. */
function closedBy(picture: Picture, last: Temporal.PlainDate): number {
  const begun = picture.dates.filter(({ date }) => Temporal.PlainDate.compare(date, last) <= 0)
  return Math.max(...begun.flatMap(({ spans }) => spans.map(({ end }) => end)))
}

function hoursOn(calendar: Calendar, date: Temporal.PlainDate): readonly Hours[] {
  const day = date.toString()
  const own = calendar.exceptions?.[day]
  if (own !== undefined) return own
  const usual = calendar.days[NAMES[date.dayOfWeek]!]!
  let hours = usual
  for (const layer of calendar.layers ?? []) {
    const holiday = layer.days[day]
    if (holiday !== undefined) hours = holidayHours(calendar, holiday, usual)
  }
  return hours
}

function holidayHours(calendar: Calendar, holiday: Holiday, usual: readonly Hours[]): readonly Hours[] {
  if (holiday.kind === 'closed') return []
  if (holiday.kind === 'open') return holiday.spans
  if (holiday.kind === 'open-as') return calendar.days[holiday.weekday]!
  return usual.flatMap((hours) => holiday.within.flatMap((limit) => minutesInBoth(hours, limit)))
}

/** Walks the minutes of one and keeps those of the other: one run of them at most. */
function minutesInBoth(one: Hours, other: Hours): readonly Hours[] {
  let from: number | undefined
  let until = 0
  for (let minute = one.from; minute < one.until; minute += 1) {
    if (minute < other.from || minute >= other.until) continue
    from ??= minute
    until = minute + 1
  }
  return from === undefined ? [] : [{ from, until }]
}

function whenShown(date: Temporal.PlainDate, minute: number, zone: string, which: 'earlier' | 'later'): number {
  return moment(date.toPlainDateTime().add({ minutes: minute }), zone, which)
}

/**
 * The second at which the wall clock shows this time; when it never does, walk on to the first minute it shows more.
 */
function moment(wall: Temporal.PlainDateTime, zone: string, which: 'earlier' | 'later'): number {
  const found = wall.toZonedDateTime(zone, { disambiguation: which })
  if (found.toPlainDateTime().equals(wall)) return secondsOf(found.toInstant())

  let walk = wall
    .round({ smallestUnit: 'minute', roundingMode: 'floor' })
    .toZonedDateTime(zone, { disambiguation: 'earlier' })
  while (Temporal.PlainDateTime.compare(walk.toPlainDateTime(), wall) < 0) walk = walk.add({ minutes: 1 })
  return secondsOf(walk.toInstant())
}

/** The lowest time the wall clock shows from this second on, looking four hours ahead. */
function lowestWallFrom(second: number, zone: string): Temporal.PlainDateTime {
  const wallAt = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at * 1000)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
  let lowest = wallAt(second)
  for (let at = Math.ceil(second / 60) * 60; at < second + 4 * 3600; at += 60) {
    const wall = wallAt(at)
    if (Temporal.PlainDateTime.compare(wall, lowest) < 0) lowest = wall
  }
  return lowest
}

function secondsOf(at: Temporal.Instant): number {
  return at.epochMilliseconds / 1000
}
