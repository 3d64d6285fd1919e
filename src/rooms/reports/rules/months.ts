/** Months ("2026-05") a question may span at most: five years. */
export const MOST_MONTHS = 60
const USUAL_MONTHS = 6

/** What somebody asks of the promises, as it was written; what is absent is not narrowed. */
export type Asked = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** A date: what was known at its end, in the operator's zone. Absent: now. */
  readonly asOf?: string | undefined
  readonly clock?: string | undefined
  readonly severity?: string | undefined
  readonly supportType?: string | undefined
}

export type Question = Omit<Asked, 'from' | 'to' | 'asOf'> & {
  /** First to last, none left out. */
  readonly months: readonly string[]
  /** Where each month begins in the operator's zone, and where the last one ends. */
  readonly bounds: readonly Temporal.Instant[]
  /** Facts up to this moment count. */
  readonly knownAt: Temporal.Instant
  /** The same as a date in the operator's zone. */
  readonly asOf: string
}

/** The question with its moments: without months the last six up to `asOf`, in whichever order they were given. */
export function questionOf(
  { from, to, asOf, ...rest }: Asked,
  { zone, now }: { readonly zone: string; readonly now: Temporal.Instant },
): Question {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const day = asOf === undefined ? today : Temporal.PlainDate.from(asOf)
  const until = to ?? from ?? day.toPlainYearMonth().toString()
  const since = from ?? monthAfter(until, 1 - USUAL_MONTHS)
  const months = monthsBetween(since, until)
  const bounds = [...months, monthAfter(months.at(-1) ?? until, 1)].map((month) => startOf(month, zone))
  const end = day.add({ days: 1 }).toZonedDateTime(zone).toInstant().subtract({ milliseconds: 1 })
  const isPast = Temporal.Instant.compare(end, now) < 0
  return { ...rest, months, bounds, knownAt: isPast ? end : now, asOf: (isPast ? day : today).toString() }
}

export function monthAfter(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString()
}

/** From the earlier to the later, both included. */
export function monthsBetween(one: string, other: string): readonly string[] {
  const [first, last] = one < other ? [one, other] : [other, one]
  const { months } = Temporal.PlainYearMonth.from(first).until(last, { largestUnit: 'months' })
  return Array.from({ length: months + 1 }, (_, at) => monthAfter(first, at))
}

function startOf(month: string, zone: string): Temporal.Instant {
  return Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant()
}
