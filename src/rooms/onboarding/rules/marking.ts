/** What can be said of a step. */
export const MARKS = ['done', 'not-for-us', 'reopened', 'noted'] as const
export type Mark = (typeof MARKS)[number]

/** Where a step stands: what was last said of it, notes left out. */
export type State = 'open' | 'done' | 'not-for-us'

/** As whom somebody says it: the customer with or without a role that asks for the support type, or the operator's specialist. */
export type Teller = 'administrator' | 'employee' | 'specialist'

/** Where a step stands after a mark; undefined for a note, which moves nothing, and for a step nobody has touched. */
export function stateAfter(mark: Mark | undefined): State | undefined {
  switch (mark) {
    case 'done':
    case 'not-for-us':
      return mark
    case 'reopened':
      return 'open'
    case 'noted':
    case undefined:
      return undefined
  }
}

export type Decision =
  | { readonly kind: 'record'; readonly mark: Mark }
  /** It stands so already, and there is no word that would be lost. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refuse'; readonly why: 'word-missing' | 'step-not-yours' }

/**
 * What is written down of a wish. Two who say the same at once are one mark, and the word of the second is a note; what is not for an
 * organization is decided by its administrators and with a reason; a note has a text.
 */
export function decideMark(
  before: State,
  { mark, word, by }: { readonly mark: Mark; readonly word: string; readonly by: Teller },
): Decision {
  if (mark === 'not-for-us' && by !== 'administrator') return { kind: 'refuse', why: 'step-not-yours' }
  if ((mark === 'not-for-us' || mark === 'noted') && word === '') return { kind: 'refuse', why: 'word-missing' }
  if (stateAfter(mark) !== before) return { kind: 'record', mark }
  return word === '' ? { kind: 'nothing' } : { kind: 'record', mark: 'noted' }
}
