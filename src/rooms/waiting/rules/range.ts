/** What is said of a wait, in seconds: the 10th, 50th and 90th percentile. */
export type Estimate = { readonly low: number; readonly expected: number; readonly high: number }

/**
 * How far the range reaches below and above what is expected, as logarithms of multiples of the model's own reach. Each miss widens
 * its side and each hit narrows it, so that in the long run the share of misses is the one aimed at, whatever the world does: adaptive
 * conformal inference (Gibbs and Candes, 2021), following the quantile itself (Angelopoulos, Candes and Tibshirani, 2023, "Conformal PID
 * control for time series prediction").
 */
export type Range = { below: number; above: number }

const STEP = 0.06
const NARROWEST = -4
const WIDEST = 5

export function newRange(): Range {
  return { below: 0, above: 0 }
}

/** `reach` is how far the model's own 10th and 90th percentile lie from its middle. */
export function rangeAround(
  range: Range,
  expected: number,
  [below, above]: readonly [below: number, above: number],
): Estimate {
  return {
    low: Math.max(0, expected - below * Math.exp(range.below)),
    expected,
    high: expected + above * Math.exp(range.above),
  }
}

/** `misses` is the share of waits outside the range that is aimed at, half on each side. */
export function learnRange(
  range: Range,
  { low, high }: Estimate,
  { wait, misses }: { wait: number; misses: number },
): void {
  range.below = limited(range.below + STEP * ((wait < low ? 1 : 0) - misses / 2))
  range.above = limited(range.above + STEP * ((wait > high ? 1 : 0) - misses / 2))
}

function limited(value: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, value))
}
