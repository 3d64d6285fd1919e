/** Where a draft stands: nobody has saved one, its writer has it, it waits for a reviewer, the reviewer sent it back. */
export type DraftState = 'none' | 'writing' | 'submitted' | 'sent-back'

/** What somebody wants to do with it. */
export type Act = 'save' | 'submit' | 'withdraw' | 'discard' | 'publish' | 'approve' | 'send-back'

export type Standing = {
  readonly state: DraftState
  /** Whether the one who acts wrote it. */
  readonly own: boolean
  /** Whether the operator wants another lead to approve. */
  readonly review: 'required' | 'optional'
  /** Somebody published since it was begun, and its writer has not seen it. */
  readonly outdated: boolean
}

/** Published and gone are ends: the text is a version then, or was thrown away by its writer. */
export type Next = 'writing' | 'submitted' | 'sent-back' | 'published' | 'gone'

export type Decided =
  | { readonly ok: true; readonly next: Next }
  | { readonly ok: false; readonly why: 'own-draft' | 'review-required' | 'draft-outdated' | 'draft-not-open' }

/** Who may do what with a draft, and what becomes of it. Writers write, submit and withdraw their own; reviewers decide on others'. */
export function decide(act: Act, { state, own, review, outdated }: Standing): Decided {
  if (isReviewers(act)) {
    if (own) return { ok: false, why: 'own-draft' }
    if (state !== 'submitted') return { ok: false, why: 'draft-not-open' }
  } else if (!own) return { ok: false, why: 'draft-not-open' }
  switch (act) {
    case 'save':
      return state === 'submitted' ? NOT_OPEN : { ok: true, next: 'writing' }
    case 'submit':
      if (state !== 'writing' && state !== 'sent-back') return NOT_OPEN
      return outdated ? OUTDATED : { ok: true, next: 'submitted' }
    case 'withdraw':
      return state === 'submitted' ? { ok: true, next: 'writing' } : NOT_OPEN
    case 'discard':
      return state === 'writing' || state === 'sent-back' ? { ok: true, next: 'gone' } : NOT_OPEN
    case 'publish':
      if (review === 'required') return { ok: false, why: 'review-required' }
      if (state !== 'writing' && state !== 'sent-back') return NOT_OPEN
      return outdated ? OUTDATED : { ok: true, next: 'published' }
    case 'approve':
      return outdated ? OUTDATED : { ok: true, next: 'published' }
    case 'send-back':
      return { ok: true, next: 'sent-back' }
  }
}

function isReviewers(act: Act): boolean {
  return act === 'approve' || act === 'send-back'
}

const NOT_OPEN = { ok: false, why: 'draft-not-open' } as const
const OUTDATED = { ok: false, why: 'draft-outdated' } as const
