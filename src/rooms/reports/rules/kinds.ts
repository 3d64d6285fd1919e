import { CLOCK_KINDS } from '../../entitlements/rules/charter.ts'
import type { ClockKind } from '../../entitlements/rules/charter.ts'

/** What the operator promises; the customer's own clock is no promise of his. */
export type OwedKind = Exclude<ClockKind, 'customer-answer'>

export const OWED_KINDS: readonly OwedKind[] = CLOCK_KINDS.filter((kind) => kind !== 'customer-answer')
