/** Waiting: how long until somebody's turn, learned from what happened in the queues so far. Pure: no tables, no pages. */
export { follow, newWaits } from './rules/estimator.ts'
export type { Estimate, Waits } from './rules/estimator.ts'
export { readWaitEvent } from './rules/event.ts'
export type { Priority, WaitEvent } from './rules/event.ts'
