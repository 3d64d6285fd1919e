import { openSegments } from '../rooms/calendars/index.ts'
import type { BusinessCalendar } from '../rooms/calendars/index.ts'

/** A week of a calendar to draw, from a Monday in its zone, with requests and when they are due. */
export type Week = {
  readonly title: string
  readonly calendar: BusinessCalendar
  readonly monday: Temporal.PlainDate
  readonly requests: readonly { readonly received: Temporal.Instant; readonly due: Temporal.Instant }[]
}

const LEFT = 132
const TOP = 56
const HOUR = 30
const ROW = 44
const WIDTH = LEFT + 24 * HOUR + 24
const HEIGHT = TOP + 7 * ROW + 56

/**
 * One week as SVG: a row a day, open hours as bars, receipts as circles, dues as diamonds joined to nothing but numbered
 * alike, so that neither colour nor shape alone carries the meaning. Titles and a description say the same in words;
 * colours follow light and dark.
 */
export function weekSvg(week: Week): string {
  const days = Array.from({ length: 7 }, (_, day) => week.monday.add({ days: day }))
  const last = days[6] ?? week.monday
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="week-title week-desc">
<title id="week-title">${escaped(`${week.title}, ${week.monday.toString()} to ${last.toString()}`)}</title>
<desc id="week-desc">${escaped(description(week, days))}</desc>
<style>
svg{--ground:#fff;--ink:#1f1f1f;--line:#c7c7c7;--open:#9ac7ee;--received:#0b5394;--due:#a4262c;font:14px system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{--ground:#1f1f1f;--ink:#f0f0f0;--line:#5c5c5c;--open:#1d4d7a;--received:#8cc4ff;--due:#ff9e9e}}
.ground{fill:var(--ground)}text{fill:var(--ink)}.line{stroke:var(--line)}.open{fill:var(--open)}
.received{fill:var(--received)}.due{fill:var(--due)}.mark{stroke:var(--ground);stroke-width:2}.small{font-size:11px}
</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
<text x="12" y="24">${escaped(`${week.title} (${week.calendar.zone})`)}</text>
${hours()}
${days.map((date, row) => dayRow(week, date, row)).join('\n')}
${week.requests.map((request, at) => marks(week, request, at + 1)).join('\n')}
<g aria-hidden="true"><circle class="received mark" cx="${LEFT + 8}" cy="${HEIGHT - 20}" r="7"/><text x="${LEFT + 22}" y="${HEIGHT - 15}">received</text>
${diamond(LEFT + 118, HEIGHT - 20)}<text x="${LEFT + 132}" y="${HEIGHT - 15}">initial response due</text>
<rect class="open" x="${LEFT + 290}" y="${HEIGHT - 28}" width="24" height="16"/><text x="${LEFT + 322}" y="${HEIGHT - 15}">open</text></g>
</svg>
`
}

function hours(): string {
  return Array.from({ length: 9 }, (_, at) => at * 3)
    .map((hour) => {
      const x = LEFT + hour * HOUR
      return `<line class="line" x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${TOP + 7 * ROW}"/><text class="small" x="${x}" y="${TOP - 10}" text-anchor="middle">${String(hour).padStart(2, '0')}</text>`
    })
    .join('\n')
}

function dayRow(week: Week, date: Temporal.PlainDate, row: number): string {
  const y = TOP + row * ROW
  const bars = openOn(week.calendar, date).map(({ from, until }) => {
    const text = `${dayName(date)}: open ${clock(from)}-${clock(until)}`
    return `<rect class="open" x="${xOf(from)}" y="${y + 6}" width="${xOf(until) - xOf(from)}" height="${ROW - 12}"><title>${escaped(text)}</title></rect>`
  })
  return `<text x="12" y="${y + ROW / 2 + 5}">${escaped(dayName(date))}</text>${bars.join('')}`
}

/** Open hours of a date in minutes after midnight, as the wall clock shows them. */
function openOn(calendar: BusinessCalendar, date: Temporal.PlainDate): readonly { from: number; until: number }[] {
  const from = date.toZonedDateTime(calendar.zone).toInstant()
  const until = date.add({ days: 1 }).toZonedDateTime(calendar.zone).toInstant()
  return openSegments(calendar, from, until)
    .filter(({ kind }) => kind === 'open')
    .map((segment) => ({
      from: minuteOf(segment.from, calendar.zone),
      until: segment.until.equals(until) ? 1440 : minuteOf(segment.until, calendar.zone),
    }))
}

function marks(week: Week, { received, due }: Week['requests'][number], number: number): string {
  const receipt = place(week, received)
  const answer = place(week, due)
  const wall = (at: Temporal.Instant) => wallText(at, week.calendar.zone)
  return [
    receipt &&
      `<g><title>${number}: received ${wall(received)}, due ${wall(due)}</title><circle class="received mark" cx="${receipt.x}" cy="${receipt.y}" r="7"/><text class="small" x="${receipt.x + 9}" y="${receipt.y - 6}">${number}</text></g>`,
    answer &&
      `<g><title>${number}: due ${wall(due)}, received ${wall(received)}</title>${diamond(answer.x, answer.y)}<text class="small" x="${answer.x + 9}" y="${answer.y + 14}">${number}</text></g>`,
  ]
    .filter(Boolean)
    .join('\n')
}

function diamond(x: number, y: number): string {
  return `<path class="due mark" d="M${x} ${y - 9}l9 9-9 9-9-9z"/>`
}

/** Where a moment stands in the picture; undefined outside the week. */
function place(
  { calendar, monday }: Week,
  at: Temporal.Instant,
): { readonly x: number; readonly y: number } | undefined {
  const row = monday.until(at.toZonedDateTimeISO(calendar.zone).toPlainDate()).days
  return row < 0 || row > 6 ? undefined : { x: xOf(minuteOf(at, calendar.zone)), y: TOP + row * ROW + ROW / 2 }
}

function description({ calendar, requests }: Week, days: readonly Temporal.PlainDate[]): string {
  const open = days.map((date) => {
    const spans = openOn(calendar, date).map(({ from, until }) => `${clock(from)}-${clock(until)}`)
    return `${dayName(date)} ${spans.length > 0 ? `open ${spans.join(', ')}` : 'closed'}.`
  })
  const dues = requests.map(
    ({ received, due }, at) =>
      `${at + 1}: received ${wallText(received, calendar.zone)}, due ${wallText(due, calendar.zone)}.`,
  )
  return [`Times of ${calendar.zone}.`, ...open, ...dues].join(' ')
}

function dayName(date: Temporal.PlainDate): string {
  return date.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
}

function wallText(at: Temporal.Instant, zone: string): string {
  const wall = at.toZonedDateTimeISO(zone)
  return `${dayName(wall.toPlainDate())} ${wall.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

function minuteOf(at: Temporal.Instant, zone: string): number {
  const wall = at.toZonedDateTimeISO(zone)
  return wall.hour * 60 + wall.minute
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

function xOf(minute: number): number {
  return LEFT + (minute * HOUR) / 60
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
