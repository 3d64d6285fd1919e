import { Refused } from '../../base/refused.ts'

/**
 * A local time as the browser writes it, in a zone (IANA); a time that a clock change skips is the one after it. Refused with a
 * problem of the field.
 */
export function momentIn(written: string, zone: string, field: string): Temporal.Instant {
  try {
    return Temporal.PlainDateTime.from(written).toZonedDateTime(zone).toInstant()
  } catch {
    throw new Refused('invalid-input', { [field]: { code: 'wrong-type' } })
  }
}

/** A moment as a field for local times has it, to the minute. */
export function writtenMoment(at: Temporal.Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}
