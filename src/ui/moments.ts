import type { Locale } from '../base/locale.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(
  locale: Locale,
  zone: string,
  options: Intl.DateTimeFormatOptions,
  kind: string,
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${kind}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(tagOf(locale), { timeZone: zone, ...options })))
  return format
}

/** English on a 24-hour clock: due times are compared with opening hours that are written so. */
export function tagOf(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale
}

/** A moment with its weekday, in the viewer's zone: "Monday 23 November 2026 at 10:12". */
export function momentText(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(
    locale,
    zone,
    { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    'long',
  ).format(at.epochMilliseconds)
}

/** The same, short: for tables and timelines. */
export function shortMoment(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(
    locale,
    zone,
    { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    'short',
  ).format(at.epochMilliseconds)
}

/** The same for a reader whose zone is not known, with the zone it is told in: "Mon 23 Nov, 10:12 EST". */
export function shortZonedMoment(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(
    locale,
    zone,
    { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    'short-zoned',
  ).format(at.epochMilliseconds)
}

/** A promised moment with its weekday and its zone by name, summer and winter told apart: an hour that comes twice has two names. */
export function zonedMoment(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(
    locale,
    zone,
    { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZoneName: 'long' },
    'zoned',
  ).format(at.epochMilliseconds)
}

/** The day of a moment: "Tuesday 24 November". */
export function dayText(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(locale, zone, { weekday: 'long', day: 'numeric', month: 'long' }, 'day').format(at.epochMilliseconds)
}

/** The time of a moment with its zone, short: "10:00 CET". */
export function timeText(at: Temporal.Instant, locale: Locale, zone: string): string {
  return formatOf(locale, zone, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }, 'time').format(
    at.epochMilliseconds,
  )
}

/** A date, as a page says when it was last changed. */
export function dateText(date: string, locale: Locale): string {
  return formatOf(locale, 'UTC', { day: 'numeric', month: 'long', year: 'numeric' }, 'date').format(
    Temporal.Instant.from(`${date}T12:00Z`).epochMilliseconds,
  )
}

const zoneNames = new Map<string, string>()

/** A zone's name for people, the same in summer and winter: "Eastern Time". */
export function zoneText(at: Temporal.Instant, locale: Locale, zone: string): string {
  const key = `${locale} ${zone}`
  const name = zoneNames.get(key) ?? zoneNameOf(at, locale, zone)
  zoneNames.set(key, name)
  return name
}

function zoneNameOf(at: Temporal.Instant, locale: Locale, zone: string): string {
  const parts = formatOf(locale, zone, { timeZoneName: 'longGeneric', hour: '2-digit' }, 'zone').formatToParts(
    at.epochMilliseconds,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/** How long until (or since) a moment, in the two biggest units: "1 h 20 min". */
export function durationText(minutes: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(Math.abs(minutes)))
  const units = [
    { unit: 'day', value: Math.floor(whole / 1440) },
    { unit: 'hour', value: Math.floor(whole / 60) % 24 },
    { unit: 'minute', value: whole % 60 },
  ] as const
  const first = units.findIndex(({ value }) => value > 0)
  const shown = first < 0 ? units.slice(2) : units.slice(first, first + 2).filter(({ value }) => value > 0)
  return shown
    .map(({ unit, value }) =>
      new Intl.NumberFormat(tagOf(locale), { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ')
}

/** A language's name in the middle of a sentence of another: "dansk", "Danish", "丹麦语". */
export function nameOfLanguage(language: Locale, inLanguage: Locale): string {
  return new Intl.DisplayNames([tagOf(inLanguage)], { type: 'language' }).of(language) ?? language
}
