import { writtenTarget } from '../../entitlements/rules/terms.ts'
import type { ClockKind } from '../../entitlements/rules/charter.ts'
import { dueOfClock } from './clocks.ts'
import type { Clock } from './clocks.ts'

/** A clock as it is stored: moments as ISO 8601 in UTC, "infinity" for never. */
export type ClockRecord = {
  readonly kind: ClockKind
  readonly cycle: number
  readonly severity: string
  readonly startedAt: string
  readonly dueAt: string
  readonly pausedSince: string | null
  readonly metAt: string | null
  readonly breachedAt: string | null
  readonly stoppedAt: string | null
  readonly charterVersion: number
  readonly rule: number | null
  readonly calendar: string
  readonly target: string
}

export function recordOf(clock: Clock, version: number): ClockRecord {
  const { kind, cycle, severity, terms } = clock
  return {
    kind,
    cycle,
    severity,
    startedAt: momentOf(clock.startedAt),
    dueAt: momentOf(dueOfClock(clock)),
    pausedSince: momentOrNull(clock.paused?.since),
    metAt: momentOrNull(clock.metAt),
    breachedAt: momentOrNull(clock.breachedAt),
    stoppedAt: momentOrNull(clock.stoppedAt),
    charterVersion: terms?.version ?? version,
    rule: terms?.rule ?? null,
    calendar: terms?.calendar.id ?? '',
    target: terms ? writtenTarget(terms.target) : '',
  }
}

export function momentOf(at: number): string {
  return at === Infinity ? 'infinity' : Temporal.Instant.fromEpochMilliseconds(at).toString()
}

function momentOrNull(at: number | undefined): string | null {
  return at === undefined ? null : momentOf(at)
}
