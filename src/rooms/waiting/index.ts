/** Waiting: how long until somebody's turn, learned from what happened in the queues so far. Pure: no tables, no pages. */
export { estimateOf, follow } from './rules/estimator.ts'
export type { Ask } from './rules/estimator.ts'
export { readWaitEvent } from './rules/event.ts'
export type { WaitEvent } from './rules/event.ts'
export { readWaits, written } from './rules/kept-waits.ts'
export { waitWords, waitWordsWhenClosed } from './rules/wait-words.ts'
export { newWaits } from './rules/waits.ts'
export type { Waits } from './rules/waits.ts'
