import type { Estimate } from './estimator.ts'

/**
 * How far the range reaches below and above, in units of the model's own reach. Each miss widens its side, each hit narrows it, so
 * that in the long run one in ten is missed on either side whatever the world does: adaptive conformal inference (Gibbs and Candes,
 * 2021), tracking quantiles directly (Angelopoulos, Candes and Tibshirani, "Conformal PID control", 2023).
 */
export type Range = { below: number; above: number; hits: number; sure: number }

const STEP = 0.06

export function newRange(): Range {
  return { below: 0, above: 0, hits: 0, sure: 0 }
}

export function rangeAround(range: Range, expected: number, [below, above]: readonly [number, number]): Estimate {
  return {
    low: Math.max(0, expected - below * Math.exp(range.below)),
    expected,
    high: expected + above * Math.exp(range.above),
  }
}

export function learnRange(range: Range, { low, high }: Estimate, wait: number, misses: number): void {
  range.below = limited(range.below + STEP * ((wait < low ? 1 : 0) - misses / 2))
  range.above = limited(range.above + STEP * ((wait > high ? 1 : 0) - misses / 2))
}

function limited(value: number): number {
  return Math.min(5, Math.max(-4, value))
}
