/** Waiting: how long until somebody's turn, learned from what happened in the queues so far. Pure: no tables, no pages. */
export { estimateOf, follow } from './rules/estimator.ts'
export type { Answer, Ask } from './rules/estimator.ts'
export { readWaitEvent } from './rules/event.ts'
export type { Priority, WaitEvent } from './rules/event.ts'
export type { Estimate } from './rules/range.ts'
export { newWaits } from './rules/waits.ts'
export type { Waits } from './rules/waits.ts'
