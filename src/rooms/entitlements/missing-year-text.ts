import type { Locale } from '../../base/locale.ts'
import { words } from './messages/words.ts'

/** What is assumed of a year whose holidays nobody has approved: for findings, and for "why this time". */
export function missingYearText(year: number, locale: Locale): string {
  return words(locale)('year-missing', { year: String(year) })
}
