import type { Segment } from '../../calendars/rules/opening.ts'
import type { DueRule, Terms } from './due.ts'
import { openSegments } from '../../calendars/rules/opening.ts'
import { reckon } from './due.ts'

/** Why a due time is when it is. Moments are instants; `zone` is the calendar's, the one the rule was applied in. */
export type Explanation = {
  readonly due: Temporal.Instant
  /** The first open moment at or after the start. */
  readonly startedAt: Temporal.Instant
  /** Open and closed in turn from the start to the due, without gap or overlap. */
  readonly segments: readonly Segment[]
  readonly rule: DueRule
  readonly zone: string
  readonly calendarId: string
}

/**
 * Why a target that starts at `start` is due when it is: the reckoning of `dueOf` itself, with the segments it walked.
 * Their open seconds sum to a target in minutes or hours. Undefined when `dueOf` is. Source: response-targets rule 20
 * and section 4.
 */
export function explainDue(start: Temporal.Instant, terms: Terms): Explanation | undefined {
  const reckoning = reckon(start.epochMilliseconds, terms)
  if (reckoning === undefined) return undefined

  const due = Temporal.Instant.fromEpochMilliseconds(reckoning.due)
  return {
    due,
    startedAt: Temporal.Instant.fromEpochMilliseconds(reckoning.startedAt),
    segments: openSegments(terms.calendar, start, due),
    rule: reckoning.rule,
    zone: terms.calendar.zone,
    calendarId: terms.calendar.id,
  }
}
