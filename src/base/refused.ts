/**
 * Every way the system says no to a person. A code, never a sentence: `ui/refusals.ts` has the words,
 * `api/problem.ts` the status, and both are `Record`s over this union, so that a missing one does not compile.
 */
export type RefusalCode =
  | 'not-signed-in'
  | 'not-an-administrator'
  | 'not-an-agent'
  | 'not-a-lead'
  | 'not-found'
  | 'invalid-input'
  | 'too-large'
  | 'contact-details-missing'
  | 'calendar-never-opens'
  | 'case-closed'
  | 'reopen-too-late'
  | 'severity-not-entitled'
  | 'scope-missing'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'too-many-attempts'
  | 'invitation-invalid'
  | 'proposal-decided'
  | 'holiday-layer-gone'
  | 'own-draft'
  | 'review-required'
  | 'draft-outdated'
  | 'draft-not-open'
  | 'article-not-here'
  | 'calls-not-offered'
  | 'slot-taken'
  | 'call-in-progress'
  | 'call-gone'
  | 'consent-withdrawn'
  | 'consent-missing'
  | 'not-offered'
  | 'add-on-missing'
  | 'add-on-too-large'
  | 'no-seat-left'
  | 'right-ended'
  | 'delegation-over'
  | 'delegation-not-begun'
  | 'other-subscription'
  | 'role-not-for-type'
  | 'not-a-manager'
  | 'last-administrator'
  | 'already-a-colleague'
  | 'question-decided'
  | 'out-of-scope'
  | 'state-jump'
  | 'cross-site'
  | 'too-many-programs'
  | 'too-many-webhooks'
  | 'too-many-codes'
  | 'contact-too-new'
  | 'check-over'

/** What is wrong with one field: a message key below `field.` and its arguments. */
export type FieldProblem = { readonly code: FieldCode; readonly limit?: number }

export type FieldCode =
  | 'missing'
  | 'too-long'
  | 'not-an-option'
  | 'not-an-email'
  | 'not-a-phone'
  | 'wrong-type'
  | 'unknown-field'
  | 'file-too-large'
  | 'too-many-files'
  | 'broken-text'
  | 'not-hours'
  | 'name-taken'
  | 'not-confirmed'
  | 'no-calls'
  | 'not-later'
  | 'taken'
  | 'in-the-future'
  | 'too-early'
  | 'out-of-scope'
  | 'not-an-outside-address'
  | 'not-a-count'

export type FieldProblems = Readonly<Record<string, FieldProblem>>

/** The system says no to a person. Thrown by verbs, shown by the doors (pages, JSON). */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly fields: FieldProblems

  constructor(code: RefusalCode, fields: FieldProblems = {}) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.fields = fields
  }
}
