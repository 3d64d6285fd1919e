import type { ClockKind } from '../../entitlements/rules/charter.ts'

/** What a case's clocks know of it: its events, in order. Moments are UTC milliseconds; levels are severities of the charter. */
export type Fact = { readonly at: number } & (
  | { readonly kind: 'opened'; readonly severity: string; readonly version: number }
  /** A person's message that left for the customer. A question hands the case over to him. */
  | { readonly kind: 'answered' | 'questioned'; readonly messageId: string }
  /** A call that was connected, or tried as the customer had asked. */
  | { readonly kind: 'called' }
  /** That message came back: nothing was said. */
  | { readonly kind: 'undelivered'; readonly messageId: string }
  /** Anything the customer does in any channel. */
  | { readonly kind: 'replied' }
  | { readonly kind: 'paused'; readonly reason: PauseReason }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'severity-changed'; readonly severity: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'reopened' }
  /** The clocks of another case that went up in this one. */
  | { readonly kind: 'merged'; readonly clocks: readonly MergedClock[] }
  /** The case hangs on an open incident, and then no longer: meanwhile nobody counts the customer's silence. */
  | { readonly kind: 'incident-linked' | 'incident-unlinked' }
  /** An audited action moved the case to another version of the charter. */
  | { readonly kind: 'terms-moved'; readonly version: number }
)

/** Who keeps the operator waiting. */
export const PAUSE_REASONS = ['customer-answer', 'third-party', 'partner'] as const
export type PauseReason = (typeof PAUSE_REASONS)[number]

export type MergedClock = { readonly kind: ClockKind; readonly startedAt: number; readonly due: number }
