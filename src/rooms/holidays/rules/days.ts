import type { LocalDate } from '../../calendars/rules/calendar.ts'
import type { WrittenDay } from '../../calendars/rules/layer-day.ts'
import { parseLayerDay, writtenDay } from '../../calendars/rules/layer-day.ts'

/** The special days of one year, as a charter writes them; what is not here is the usual week. */
export type YearDays = Readonly<Record<LocalDate, WrittenDay>>

/** One line of a difference. `before` and `after` are written days; what is missing was or becomes the usual week. */
export type DayChange =
  | { readonly date: LocalDate; readonly change: 'added'; readonly after: WrittenDay }
  | { readonly date: LocalDate; readonly change: 'removed'; readonly before: WrittenDay }
  | { readonly date: LocalDate; readonly change: 'changed'; readonly before: WrittenDay; readonly after: WrittenDay }

/** What becomes different when `after` takes the place of `before`, by date. */
export function differenceOf(before: YearDays, after: YearDays): readonly DayChange[] {
  const dates = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return dates.flatMap((date) => changeOn(date, before[date], after[date]))
}

function changeOn(date: LocalDate, before?: WrittenDay, after?: WrittenDay): readonly DayChange[] {
  if (before === undefined) return after === undefined ? [] : [{ date, change: 'added', after }]
  if (after === undefined) return [{ date, change: 'removed', before }]
  return canonical(before) === canonical(after) ? [] : [{ date, change: 'changed', before, after }]
}

function canonical(written: WrittenDay): string {
  const day = parseLayerDay(written)
  return JSON.stringify(day ? writtenDay(day) : written)
}

/** The days of one year of a layer. */
export function yearOf(days: YearDays, year: number): YearDays {
  return Object.fromEntries(Object.entries(days).filter(([date]) => date.startsWith(`${year}-`)))
}

/** A year of a layer that a person has approved: its days, who, and on which date. */
export type ApprovedYear = {
  readonly layer: string
  readonly year: number
  readonly days: YearDays
  readonly by: string
  readonly on: LocalDate
}

/** The parts of a charter's document that an approval changes. */
type Layer = {
  readonly approved: readonly { readonly year: number }[]
  readonly days?: YearDays
}
export type DocumentWithLayers = Readonly<Record<string, unknown>> & {
  readonly holidays: Readonly<Record<string, Layer>>
}

/**
 * A charter's document in which the days of one year of one layer are the approved ones, and nothing else is different.
 * Undefined when the layer is not in it.
 */
export function withYear(document: DocumentWithLayers, approved: ApprovedYear): DocumentWithLayers | undefined {
  const { layer: id, year, days, by, on } = approved
  const layer = document.holidays[id]
  if (!layer) return undefined
  const others = Object.entries(layer.days ?? {}).filter(([date]) => !date.startsWith(`${year}-`))
  const dated = [...others, ...Object.entries(days)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const changed = {
    ...layer,
    approved: [...layer.approved.filter((one) => one.year !== year), { year, by, on }].toSorted(
      (one, other) => one.year - other.year,
    ),
    days: Object.fromEntries(dated),
  }
  return { ...document, holidays: { ...document.holidays, [id]: changed } }
}
