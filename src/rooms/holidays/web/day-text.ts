import type { Locale } from '../../../base/locale.ts'
import { parseLayerDay, spanText } from '../../calendars/index.ts'
import type { Span, Weekday, WrittenDay } from '../../calendars/index.ts'
import { words } from '../messages/words.ts'

/** A written day in words; the usual week where nothing is written. */
export function dayText(written: WrittenDay | undefined, locale: Locale): string {
  const say = words(locale)
  const day = written === undefined ? undefined : parseLayerDay(written)
  switch (day?.kind) {
    case undefined:
      return say('usual')
    case 'closed':
      return say('closed')
    case 'open-as':
      return say('openAs', { weekday: weekdayText(day.weekday, locale) })
    case 'open':
      return say('openHours', { hours: hoursText(day.spans, locale) })
    case 'partial':
      return say('within', { hours: hoursText(day.within, locale) })
  }
}

function hoursText(spans: readonly Span[], locale: Locale): string {
  return new Intl.ListFormat(locale, { style: 'narrow' }).format(spans.map(spanText))
}

/** 1 January 2024 was a Monday. */
const MONDAY = Temporal.Instant.from('2024-01-01T12:00Z').epochMilliseconds
const DAYS: Record<Weekday, number> = {
  monday: 0,
  tuesday: 1,
  wednesday: 2,
  thursday: 3,
  friday: 4,
  saturday: 5,
  sunday: 6,
}

function weekdayText(weekday: Weekday, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    MONDAY + DAYS[weekday] * 86_400_000,
  )
}
