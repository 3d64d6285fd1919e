import type { Locale } from '../../base/locale.ts'
import { words } from './messages/words.ts'
import type { Charter } from './rules/charter.ts'
import { supportTypeOf } from './rules/severity.ts'
import type { Because } from './rules/severity.ts'

/** A reason for a severity in words, with the charter's own names. */
export function becauseText(because: Because, charter: Charter, locale: Locale): string {
  const say = words(locale)
  const { severity } = because
  switch (because.code) {
    case 'assessed':
    case 'requested':
      return say(because.code, { severity })
    case 'needs-contract':
      return say('needs-contract', { severity })
    case 'needs-support-type':
    case 'highest-of-support-type':
      return say(because.code, {
        severity,
        type: supportTypeOf(charter, because.supportType)?.name[locale] ?? because.supportType,
      })
  }
}
