/** Response targets: when an answer is owed, and why exactly then. */
export { explainDue } from './rules/explain.ts'
export { meetInitialResponse, noteBreach, startingClock } from './store.ts'
export type { NewClock } from './store.ts'
