import type { Locale } from '../../../base/locale.ts'
import { dayText, shortMoment, timeText, zonedMoment } from '../../../ui/moments.ts'
import { words } from '../messages/words.ts'
import type { Told } from '../told.ts'

/** A wait in words, in the middle of a sentence: "about 12 to 25 minutes", "opens Tue 24 Nov, 09:00, then about 10 minutes". */
export function waitText(told: Told, locale: Locale, zone: string): string {
  const say = words(locale)
  switch (told.kind) {
    case 'now':
      return say('wait.now')
    case 'range':
      return rangeText(told, locale)
    case 'opens': {
      const moment = shortMoment(Temporal.Instant.from(told.opensAt), locale, zone)
      return told.after
        ? say('wait.opensThen', { moment, wait: rangeText(told.after, locale) })
        : say('wait.opens', { moment })
    }
    case 'unstaffed':
      return say('wait.unstaffed')
    case 'unknown':
      return say('wait.unknown')
  }
}

function rangeText(
  { lowMinutes: low, highMinutes: high }: { lowMinutes: number; highMinutes: number },
  locale: Locale,
): string {
  return low === 0 ? words(locale)('wait.atMost', { high }) : words(locale)('wait.range', { low, high })
}

function instantOf(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at)
}

/** A promised moment in full, with its zone. */
export function promisedText(at: number, locale: Locale, zone: string): string {
  return zonedMoment(instantOf(at), locale, zone)
}

/** A moment for tables. */
export function briefText(at: number, locale: Locale, zone: string): string {
  return shortMoment(instantOf(at), locale, zone)
}

/** Free times by day, in order, for a list to choose from: the zone stands with every time, so that none is said twice. */
export function slotGroups(slots: readonly { readonly at: number }[], locale: Locale, zone: string) {
  const groups = new Map<string, { value: string; text: string }[]>()
  for (const { at } of slots) {
    const day = dayText(instantOf(at), locale, zone)
    const option = { value: instantOf(at).toString(), text: timeText(instantOf(at), locale, zone) }
    groups.set(day, [...(groups.get(day) ?? []), option])
  }
  return [...groups].map(([label, options]) => ({ label, options }))
}
