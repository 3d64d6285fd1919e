/** How a partner's relation stands: what was said, and until when it is good. */
export type Relation = {
  readonly consentedAt: Temporal.Instant | null
  readonly withdrawnAt: Temporal.Instant | null
  readonly endsAt: Temporal.Instant
  readonly extends: boolean
}

/** Days before its end at which both sides are told that a relation ends, or goes on by itself. */
const NOTICE_DAYS = [30, 7, 1] as const
const DAY_HOURS = 24
const TERM_DAYS = 365

export type Step = 'notice-30' | 'notice-7' | 'notice-1' | 'extended' | 'ended'

/** Whether a partner may act at a moment: consented to, not withdrawn, and before its end. */
export function isLive({ consentedAt, withdrawnAt, endsAt }: Relation, now: Temporal.Instant): boolean {
  return (
    consentedAt !== null &&
    withdrawnAt === null &&
    Temporal.Instant.compare(consentedAt, now) <= 0 &&
    Temporal.Instant.compare(now, endsAt) < 0
  )
}

/** What happens to a relation next by itself after a moment, and when; undefined when nothing does. */
export function nextStep(
  relation: Relation,
  after: Temporal.Instant,
): { readonly at: Temporal.Instant; readonly step: Step } | undefined {
  if (relation.consentedAt === null || relation.withdrawnAt !== null) return undefined
  const steps = [
    ...NOTICE_DAYS.map((days) => ({
      at: relation.endsAt.subtract({ hours: days * DAY_HOURS }),
      step: `notice-${days}` as const,
    })),
    { at: relation.endsAt, step: relation.extends ? ('extended' as const) : ('ended' as const) },
  ]
  return steps.find(({ at }) => Temporal.Instant.compare(at, after) > 0)
}

/** The end of the next term; after a standstill the first one that is still to come. */
export function extendedUntil(endsAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  let until = endsAt
  do until = until.add({ hours: TERM_DAYS * DAY_HOURS })
  while (Temporal.Instant.compare(until, now) <= 0)
  return until
}
