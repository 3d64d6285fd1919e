const USUAL_DAYS = 30

/** Dates as they were asked for, in either order. */
export type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** The first and last day in a zone, and the moments they begin and end at; the last thirty days where nothing else is asked. */
export function periodOf({ from, to }: Days, { zone, now }: { readonly zone: string; readonly now: Temporal.Instant }) {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const last = to === undefined ? today : Temporal.PlainDate.from(to)
  const first = from === undefined ? last.subtract({ days: USUAL_DAYS - 1 }) : Temporal.PlainDate.from(from)
  const [one, other] = Temporal.PlainDate.compare(first, last) > 0 ? [last, first] : [first, last]
  return {
    from: one.toString(),
    to: other.toString(),
    since: one.toZonedDateTime(zone).toInstant(),
    until: other.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
  }
}
