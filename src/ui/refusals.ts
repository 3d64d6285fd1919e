import type { Locale } from '../base/locale.ts'
import type { FieldCode, FieldProblem, RefusalCode } from '../base/refused.ts'
import { words } from './messages/words.ts'

const REFUSAL: Record<RefusalCode, `refused.${RefusalCode}`> = {
  'not-signed-in': 'refused.not-signed-in',
  'not-an-administrator': 'refused.not-an-administrator',
  'not-an-agent': 'refused.not-an-agent',
  'not-a-lead': 'refused.not-a-lead',
  'not-found': 'refused.not-found',
  'invalid-input': 'refused.invalid-input',
  'too-large': 'refused.too-large',
  'contact-details-missing': 'refused.contact-details-missing',
  'calendar-never-opens': 'refused.calendar-never-opens',
  'case-closed': 'refused.case-closed',
  'reopen-too-late': 'refused.reopen-too-late',
  'severity-not-entitled': 'refused.severity-not-entitled',
  'scope-missing': 'refused.scope-missing',
  'idempotency-key-missing': 'refused.idempotency-key-missing',
  'idempotency-key-reused': 'refused.idempotency-key-reused',
  'too-many-attempts': 'refused.too-many-attempts',
  'invitation-invalid': 'refused.invitation-invalid',
  'proposal-decided': 'refused.proposal-decided',
  'holiday-layer-gone': 'refused.holiday-layer-gone',
  'own-draft': 'refused.own-draft',
  'review-required': 'refused.review-required',
  'draft-outdated': 'refused.draft-outdated',
  'draft-not-open': 'refused.draft-not-open',
  'article-not-here': 'refused.article-not-here',
  'calls-not-offered': 'refused.calls-not-offered',
  'slot-taken': 'refused.slot-taken',
  'call-in-progress': 'refused.call-in-progress',
  'call-gone': 'refused.call-gone',
  'consent-withdrawn': 'refused.consent-withdrawn',
  'consent-missing': 'refused.consent-missing',
  'not-offered': 'refused.not-offered',
  'add-on-missing': 'refused.add-on-missing',
  'add-on-too-large': 'refused.add-on-too-large',
  'no-seat-left': 'refused.no-seat-left',
  'right-ended': 'refused.right-ended',
  'delegation-over': 'refused.delegation-over',
  'delegation-not-begun': 'refused.delegation-not-begun',
  'other-subscription': 'refused.other-subscription',
  'role-not-for-type': 'refused.role-not-for-type',
  'not-a-manager': 'refused.not-a-manager',
  'last-administrator': 'refused.last-administrator',
  'already-a-colleague': 'refused.already-a-colleague',
  'question-decided': 'refused.question-decided',
  'out-of-scope': 'refused.out-of-scope',
  'state-jump': 'refused.state-jump',
  'cross-site': 'refused.cross-site',
  'too-many-programs': 'refused.too-many-programs',
  'too-many-webhooks': 'refused.too-many-webhooks',
  'too-many-codes': 'refused.too-many-codes',
  'contact-too-new': 'refused.contact-too-new',
  'check-over': 'refused.check-over',
}

const FIELD: Record<FieldCode, `field.${FieldCode}`> = {
  missing: 'field.missing',
  'too-long': 'field.too-long',
  'not-an-option': 'field.not-an-option',
  'not-an-email': 'field.not-an-email',
  'not-a-phone': 'field.not-a-phone',
  'wrong-type': 'field.wrong-type',
  'unknown-field': 'field.unknown-field',
  'file-too-large': 'field.file-too-large',
  'too-many-files': 'field.too-many-files',
  'broken-text': 'field.broken-text',
  'not-hours': 'field.not-hours',
  'name-taken': 'field.name-taken',
  'not-confirmed': 'field.not-confirmed',
  'no-calls': 'field.no-calls',
  'not-later': 'field.not-later',
  taken: 'field.taken',
  'in-the-future': 'field.in-the-future',
  'too-early': 'field.too-early',
  'not-an-outside-address': 'field.not-an-outside-address',
  'out-of-scope': 'field.out-of-scope',
  'not-a-count': 'field.not-a-count',
}

/** What a refusal says to a person: what is the matter and what to do. */
export function refusalText(code: RefusalCode, locale: Locale): string {
  return words(locale)(REFUSAL[code])
}

export function fieldText({ code, limit = 0 }: FieldProblem, locale: Locale): string {
  return words(locale)(FIELD[code], { limit })
}
