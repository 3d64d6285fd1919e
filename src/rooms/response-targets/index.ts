/** Response targets: when an answer is owed, and why exactly then. */
export { dueOf, initialResponseDue } from './rules/due.ts'
export type { DueRule, Terms } from './rules/due.ts'
export { explainDue } from './rules/explain.ts'
export type { Explanation } from './rules/explain.ts'
export { clocksOf, meetInitialResponse, noteBreach, startingClock } from './store.ts'
export type { ClockRow, ClockSubject, NewClock } from './store.ts'
