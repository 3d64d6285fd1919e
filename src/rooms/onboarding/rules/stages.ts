/** How far organizations are, in the order that somebody who helps them looks at them. */
export const STAGES = ['under-way', 'not-begun', 'finished'] as const
export type Stage = (typeof STAGES)[number]
