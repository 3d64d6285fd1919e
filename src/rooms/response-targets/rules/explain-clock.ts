import { openSegments } from '../../calendars/rules/opening.ts'
import { dueOfClock, isRunning } from './clocks.ts'
import type { Change, Clock, ClockTerms } from './clocks.ts'
import { reckon } from './due.ts'
import type { DueRule } from './due.ts'
import type { PauseReason } from './facts.ts'

/** A stretch of a clock's time, half-open, on the calendar that was in force then. */
export type ClockSegment = {
  readonly kind: 'open' | 'closed' | 'paused'
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly reason?: PauseReason
}

export type ClockState = 'running' | 'paused' | 'met' | 'met late' | 'breached' | 'stopped'

/** Why a clock is due when it is: what it walked through, and each change of what was owed. */
export type ClockExplanation = {
  readonly state: ClockState
  readonly due: Temporal.Instant | undefined
  /** From the start to the due, or to now while it is paused; open, closed and paused in turn, without gap or overlap. */
  readonly segments: readonly ClockSegment[]
  /** The line of section 4 that decided the first due; undefined where nothing was promised then. */
  readonly rule: DueRule | undefined
  /** The first open moment, from which the first due was counted. */
  readonly countedFrom: Temporal.Instant | undefined
  readonly changes: readonly Change[]
}

/** The explanation of a clock as of `now`, by the terms the clock itself was reckoned with. Source: response-targets rule 20. */
export function explainClock(clock: Clock, now: number): ClockExplanation {
  const [first] = clock.changes
  const reckoning = first?.terms && reckon(first.at, first.terms)
  const due = dueOfClock(clock)
  return {
    state: stateOf(clock),
    due: due === Infinity ? undefined : instant(due),
    segments: segmentsOf(clock, now),
    rule: reckoning?.rule,
    countedFrom: reckoning && instant(reckoning.startedAt),
    changes: clock.changes,
  }
}

export function stateOf(clock: Clock): ClockState {
  if (clock.metAt !== undefined) return clock.breachedAt === undefined ? 'met' : 'met late'
  if (clock.breachedAt !== undefined) return 'breached'
  if (!isRunning(clock)) return 'stopped'
  return clock.paused === undefined ? 'running' : 'paused'
}

function segmentsOf(clock: Clock, now: number): readonly ClockSegment[] {
  const due = dueOfClock(clock)
  const end = due === Infinity ? Math.max(now, clock.startedAt) : due
  const going = clock.paused ? [{ reason: clock.paused.reason, from: clock.paused.since, until: end }] : []
  const segments: ClockSegment[] = []
  let reached = clock.startedAt
  for (const pause of [...clock.pauses, ...going]) {
    segments.push(...calendarSegments(clock, reached, Math.min(pause.from, end)))
    const [from, until] = [Math.max(reached, pause.from), Math.min(pause.until, end)]
    if (from < until)
      segments.push({ kind: 'paused', from: instant(from), until: instant(until), reason: pause.reason })
    reached = Math.max(reached, until)
  }
  return [...segments, ...calendarSegments(clock, reached, end)]
}

/** Open and closed between two moments, by the calendar of each change in force meanwhile. */
function calendarSegments(clock: Clock, from: number, until: number): readonly ClockSegment[] {
  const segments: ClockSegment[] = []
  for (const [i, { terms }] of clock.changes.entries()) {
    const start = Math.max(from, i === 0 ? from : (clock.changes[i]?.at ?? from))
    const end = Math.min(until, clock.changes[i + 1]?.at ?? until)
    if (start < end) segments.push(...stretch(terms, start, end))
  }
  return segments
}

function stretch(terms: ClockTerms | undefined, from: number, until: number): readonly ClockSegment[] {
  if (terms === undefined) return [{ kind: 'closed', from: instant(from), until: instant(until) }]
  return openSegments(terms.calendar, instant(from), instant(until))
}

function instant(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at)
}
