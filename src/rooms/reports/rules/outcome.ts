/** What became of a promise, as it was known at a moment. Only the first two count; the others are shown beside them. */
export type Outcome = 'met' | 'breached' | Excluded

/** Not due yet; standing still; ended before it was due; running with nothing promised. */
export const EXCLUDED = ['running', 'paused', 'stopped', 'unpromised'] as const
export type Excluded = (typeof EXCLUDED)[number]

/** A stored clock's moments. */
export type ClockMoments = {
  readonly startedAt: Temporal.Instant
  /** Null while it stands still, or nothing is promised. */
  readonly dueAt: Temporal.Instant | null
  readonly pausedSince: Temporal.Instant | null
  readonly metAt: Temporal.Instant | null
  /** The moment it was due, once that has passed; it is never taken back. */
  readonly breachedAt: Temporal.Instant | null
  readonly stoppedAt: Temporal.Instant | null
}

/**
 * What was known of a clock at a moment; undefined before it started. What happened later is left out, and a due that was
 * settled never moves, so that the answer for a moment in the past stays the same. `store.ts` asks the same in SQL.
 */
export function outcomeOf(clock: ClockMoments, asOf: Temporal.Instant): Outcome | undefined {
  const { startedAt, metAt, stoppedAt, pausedSince } = clock
  const due = dueOf(clock)
  if (!isBy(startedAt, asOf)) return undefined
  if (isBy(metAt, asOf)) return due === null ? 'unpromised' : isBy(metAt, due) ? 'met' : 'breached'
  if (isBy(stoppedAt, asOf)) return due === null || isBy(stoppedAt, due) ? 'stopped' : 'breached'
  if (isBy(due, asOf)) return 'breached'
  if (due !== null) return 'running'
  if (isBy(pausedSince, asOf)) return 'paused'
  return pausedSince === null ? 'unpromised' : 'running'
}

/** When it was due: a clock that became overdue and then stood still keeps the moment at which it became so. */
export function dueOf({ breachedAt, dueAt }: Pick<ClockMoments, 'breachedAt' | 'dueAt'>): Temporal.Instant | null {
  return breachedAt ?? dueAt
}

function isBy(moment: Temporal.Instant | null, other: Temporal.Instant): boolean {
  return moment !== null && Temporal.Instant.compare(moment, other) <= 0
}
