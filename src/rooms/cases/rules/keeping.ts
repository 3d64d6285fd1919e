import { dueOfClock, isRunning } from '../../response-targets/rules/clocks.ts'
import type { CaseClocks, Clock } from '../../response-targets/rules/clocks.ts'
import type { MergedClock } from '../../response-targets/rules/facts.ts'

/** What the operator owes next, and when; undefined while it owes nothing by a moment. */
export function nextOwed(state: CaseClocks): Clock | undefined {
  const owed = state.clocks.filter(
    (clock) => isRunning(clock) && clock.kind !== 'customer-answer' && dueOfClock(clock) !== Infinity,
  )
  return owed.toSorted((one, other) => one.due - other.due)[0]
}

/** What a case that goes up in another still owes: the other owes it from then on. */
export function clocksToMerge(state: CaseClocks): readonly MergedClock[] {
  return state.clocks
    .filter((clock) => isRunning(clock) && clock.breachedAt === undefined && dueOfClock(clock) !== Infinity)
    .map(({ kind, startedAt, due }) => ({ kind, startedAt, due }))
}
