/**
 * The next time a daily digest is written: `minute` minutes after local midnight, 0-1439, in a zone (IANA), always later than `now`. An
 * hour that a summer time leaves out is the one after it; of one that comes twice it is the first.
 */
export function nextDigest(
  now: Temporal.Instant,
  { minute, zone }: { readonly minute: number; readonly zone: string },
) {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()
  const todays = at(today)
  return Temporal.Instant.compare(todays, now) > 0 ? todays : at(today.add({ days: 1 }))
}
