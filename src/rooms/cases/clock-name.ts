import type { Locale } from '../../base/locale.ts'
import type { ClockKind } from '../entitlements/index.ts'
import { words } from './messages/words.ts'

/** What a clock is called: "Initial response". */
export function clockName(kind: ClockKind, locale: Locale): string {
  return words(locale)(`clock.${kind}`)
}
