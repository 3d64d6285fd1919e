/** Why an agent changes a severity. */
export const AGENT_REASONS = ['impact-changed', 'assessed-wrongly', 'workaround', 'customer-asked'] as const
export type AgentReason = (typeof AGENT_REASONS)[number]

export type SeverityDecision = 'ok' | 'same' | 'unknown' | 'not-entitled'

/**
 * Whether a case may get another severity. Lowering is always allowed; raising up to what the customer is entitled to (`granted`:
 * the severity that asking for `to` would give), and for a lead beyond it. `charter.severities` run from worst to mildest.
 * Source: response-targets rule 14.
 */
export function decideSeverityChange(
  charter: { readonly severities: readonly { readonly id: string }[] },
  of: { readonly from: string; readonly to: string; readonly granted: string; readonly lead: boolean },
): SeverityDecision {
  const rank = (severity: string) => charter.severities.findIndex(({ id }) => id === severity)
  if (rank(of.to) < 0) return 'unknown'
  if (of.from === of.to) return 'same'
  const isRaised = rank(of.to) < rank(of.from)
  return !isRaised || of.lead || of.granted === of.to ? 'ok' : 'not-entitled'
}

/** The severities a customer may ask to be raised to: above the one he has, up to what he is entitled to; worst first. */
export function severitiesToAskFor(
  charter: { readonly severities: readonly { readonly id: string }[] },
  from: string,
  isEntitledTo: (severity: string) => boolean,
): readonly string[] {
  const ids = charter.severities.map(({ id }) => id)
  return ids.slice(0, Math.max(0, ids.indexOf(from))).filter(isEntitledTo)
}
