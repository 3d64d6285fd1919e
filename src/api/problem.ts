import type { Locale } from '../base/locale.ts'
import type { RefusalCode, Refused } from '../base/refused.ts'
import { fieldText, refusalText } from '../ui/refusals.ts'

export type Status = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429

const STATUS: Record<RefusalCode, Status> = {
  'not-signed-in': 401,
  'not-an-administrator': 403,
  'not-an-agent': 403,
  'not-found': 404,
  'invalid-input': 422,
  'too-large': 413,
  'contact-details-missing': 422,
  'calendar-never-opens': 422,
  'case-closed': 409,
  'reopen-too-late': 409,
  'severity-not-entitled': 403,
  'scope-missing': 403,
  'idempotency-key-missing': 400,
  'idempotency-key-reused': 422,
  'too-many-attempts': 429,
  'invitation-invalid': 410,
  'not-a-lead': 403,
  'proposal-decided': 409,
  'holiday-layer-gone': 409,
  'own-draft': 403,
  'review-required': 403,
  'draft-outdated': 409,
  'draft-not-open': 409,
  'article-not-here': 409,
  'calls-not-offered': 409,
  'slot-taken': 409,
  'call-in-progress': 409,
  'call-gone': 409,
  'consent-withdrawn': 403,
  'consent-missing': 403,
  'not-offered': 422,
  'add-on-missing': 403,
  'add-on-too-large': 403,
  'no-seat-left': 409,
  'right-ended': 403,
  'delegation-over': 403,
  'delegation-not-begun': 403,
  'other-subscription': 403,
  'role-not-for-type': 403,
  'not-a-manager': 403,
  'last-administrator': 409,
  'already-a-colleague': 409,
  'question-decided': 409,
  'out-of-scope': 422,
  'state-jump': 409,
  'cross-site': 403,
  'too-many-programs': 409,
  'too-many-webhooks': 409,
  'too-many-codes': 429,
  'contact-too-new': 409,
  'check-over': 409,
}

export function statusOf(code: RefusalCode): Status {
  return STATUS[code]
}

/** RFC 9457: `type` names the refusal, `title` says it in the caller's language, `errors` name the fields. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly requestId: string
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[]
}

export function problemOf(refused: Refused, locale: Locale, requestId: string): Problem {
  const fields = Object.entries(refused.fields)
  return {
    type: `urn:svar:refused:${refused.code}`,
    title: refusalText(refused.code, locale),
    status: statusOf(refused.code),
    code: refused.code,
    requestId,
    ...(fields.length
      ? {
          errors: fields.map(([field, problem]) => ({
            field,
            code: problem.code,
            message: fieldText(problem, locale),
          })),
        }
      : {}),
  }
}
