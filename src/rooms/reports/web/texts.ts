import type { Locale } from '../../../base/locale.ts'
import { dateText } from '../../../ui/moments.ts'
import type { Charter } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { OWED_KINDS } from '../rules/kinds.ts'
import type { Question } from '../rules/months.ts'

/** "May 2026" for "2026-05". */
export function monthText(month: string, locale: Locale): string {
  return monthFormat(locale, 'long').format(Temporal.Instant.from(`${month}-15T12:00Z`).epochMilliseconds)
}

/** The same for narrow places: "May 2026", "Sep 2026". */
export function shortMonth(month: string, locale: Locale): string {
  return monthFormat(locale, 'short').format(Temporal.Instant.from(`${month}-15T12:00Z`).epochMilliseconds)
}

function monthFormat(locale: Locale, month: 'long' | 'short'): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tagOf(locale), { timeZone: 'UTC', year: 'numeric', month })
}

/** A share of 0 to 1 in per cent; a dash where there is none. */
export function shareText(share: number | null, locale: Locale): string {
  if (share === null) return '–'
  return new Intl.NumberFormat(tagOf(locale), { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

export function countText(count: number, locale: Locale): string {
  return new Intl.NumberFormat(tagOf(locale)).format(count)
}

function tagOf(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale
}

/** A kind of clock by its name; one nobody promises any more by its id. */
export function clockText(clock: string, locale: Locale): string {
  const known = OWED_KINDS.find((kind) => kind === clock)
  return known ? words(locale)(`clock.${known}`) : clock
}

export function supportTypeText(id: string, charter: Charter, locale: Locale): string {
  return charter.supportTypes.find((type) => type.id === id)?.name[locale] ?? id
}

/** Which months, and what was known. */
export function periodText({ months, asOf }: Question, locale: Locale): string {
  const say = words(locale)
  const [from = '', to = ''] = [months[0], months.at(-1)]
  const texts = { from: monthText(from, locale), to: monthText(to, locale), asOf: dateText(asOf, locale) }
  return say(from === to ? 'periodMonth' : 'period', texts)
}
