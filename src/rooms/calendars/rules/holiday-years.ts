import type { HolidayLayer, LocalDate } from './calendar.ts'

/** A person has looked at the days of this year and put them in force: who, and on which date. */
export type Approval = { readonly year: number; readonly by: string; readonly on: LocalDate }

/** A holiday layer with the years whose days a person has approved; of other years nothing is known. */
export type ApprovedLayer = HolidayLayer & { readonly approved: readonly Approval[] }

const NOTICE_DAYS = 90

/**
 * The years a layer should know and does not: this one, and the next from 90 days before it begins. Until somebody
 * approves them the usual week is assumed. `today` is a date in the zone of whoever asks. Source: response-targets rule
 * 7 and section 8.
 */
export function yearsMissing(layer: ApprovedLayer, today: LocalDate): readonly number[] {
  const date = Temporal.PlainDate.from(today)
  const years = new Set([date.year, date.add({ days: NOTICE_DAYS }).year])
  return [...years].filter((year) => !isApproved(layer, year))
}

/**
 * The year of a due, when one of the layers its calendar leans on has no approved days for it: the due assumes the
 * usual week and may move. Undefined when everything is known. `zone`: the calendar's. Source: response-targets section
 * 8.
 */
export function assumesUnknownYear(
  layers: readonly ApprovedLayer[],
  due: Temporal.Instant,
  zone: string,
): number | undefined {
  const { year } = due.toZonedDateTimeISO(zone)
  return layers.every((layer) => isApproved(layer, year)) ? undefined : year
}

function isApproved(layer: ApprovedLayer, year: number): boolean {
  return layer.approved.some((approval) => approval.year === year)
}
