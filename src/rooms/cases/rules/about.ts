/** People notice an incident before it is known when it began, but not days before. */
const BEFORE = { hours: 24 }

/** Whether a case can be about an incident by its time alone. */
export function isOfItsTime(
  { openedAt }: { readonly openedAt: Temporal.Instant },
  { startedAt }: { readonly startedAt: Temporal.Instant },
): boolean {
  return Temporal.Instant.compare(openedAt, startedAt.subtract(BEFORE)) >= 0
}
