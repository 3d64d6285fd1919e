/** What is said of a wait, in seconds: the 10th, 50th and 90th percentile. */
export type Estimate = { readonly low: number; readonly expected: number; readonly high: number }

/**
 * How far the range reaches below and above what is expected, as logarithms of multiples of the model's own reach. Each miss widens
 * its side and each hit narrows it, so that in the long run the share of misses is the one aimed at, whatever the world does: adaptive
 * conformal inference (Gibbs and Candes, 2021), following the quantile itself (Angelopoulos, Candes and Tibshirani, 2023, "Conformal PID
 * control for time series prediction").
 */
export type Range = { below: number; above: number; seen: number }

const STEP = 0.06
/** The first steps are this much longer, so that a start that is far off is mended soon. */
const FIRST_STEP = 0.15
const PENDING = 50
const NARROWEST = -4
const WIDEST = 5

export function newRange(): Range {
  return { below: 0, above: 0, seen: 0 }
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

/**
 * `misses` is the share of waits outside the range that is aimed at, half on each side. `pending` is how many were foretold since and
 * are not known yet: the later one learns, the smaller the steps, or the range swings.
 */
export function learnRange(
  range: Range,
  { low, high }: Estimate,
  { wait, misses, pending }: { wait: number; misses: number; pending: number },
): void {
  const step = (STEP + FIRST_STEP / (1 + range.seen / 20)) / (1 + pending / PENDING)
  range.seen += 1
  range.below = limited(range.below + step * ((wait < low ? 1 : 0) - misses / 2))
  range.above = limited(range.above + step * ((wait > high ? 1 : 0) - misses / 2))
}

function limited(value: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, value))
}
