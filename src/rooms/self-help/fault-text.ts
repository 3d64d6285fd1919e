import type { Locale } from '../../base/locale.ts'
import { words } from './messages/words.ts'
import type { Fault } from './rules/faults.ts'

/** What was not understood, as a sentence. */
export function faultText({ code, detail }: Fault, locale: Locale): string {
  return words(locale)(`fault.${code}`, { detail })
}
