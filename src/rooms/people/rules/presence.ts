/** What presence says of a person at a moment. */
export type PresenceFacts = {
  readonly partnerId: string | null
  readonly activeFrom: Temporal.Instant | null
  readonly activeUntil: Temporal.Instant | null
}

/** Why a person may do nothing in an organization at a moment; undefined when he may. The end itself is outside. An
 * organization's own people need no beginning. */
export function absenceOf(
  { partnerId, activeFrom, activeUntil }: PresenceFacts,
  now: Temporal.Instant,
): 'consent-missing' | 'consent-withdrawn' | undefined {
  if (partnerId !== null && (activeFrom === null || Temporal.Instant.compare(now, activeFrom) < 0))
    return 'consent-missing'
  return activeUntil !== null && Temporal.Instant.compare(now, activeUntil) >= 0 ? 'consent-withdrawn' : undefined
}
