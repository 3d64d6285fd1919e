import { normalAt, normalShare } from './chance.ts'

/**
 * Handling times, seen as log-normal: Brown and others (2005, "Statistical analysis of a telephone call center") found that
 * they are, nearly everywhere. How far back to look is learned too: a long memory is steadier, a short one follows a drift, and each
 * is trusted as far as it foresaw the latest times.
 */
export type Handling = {
  /** How many times were seen. */
  count: number
  /** Mean of the logarithm, for each memory. */
  means: number[]
  /** How well each memory foresaw the times since: logarithm of the likelihood, forgetting. */
  credits: number[]
  variance: number
  /** What follows from the above: mean of the logarithm, and of how many times it is the mean. */
  mean: number
  weight: number
  /** Mean of the seconds themselves, for each memory, and by trust. */
  meansOfSeconds: number[]
  seconds: number
}

const MEMORIES = [60, 250, 1000, 8000]
const FORGETS = 1 - 1 / 1000
/** The longest memory is right until the times say otherwise. */
const PRIOR = [-6, -4, -2, 0]

/** Before anything is known: a guess of five minutes, wrong by a factor of three either way. */
export function unknownHandling(): Handling {
  const mean = Math.log(300)
  return {
    count: 0,
    means: MEMORIES.map(() => mean),
    credits: MEMORIES.map(() => 0),
    variance: 0.6,
    mean,
    weight: 0,
    meansOfSeconds: MEMORIES.map(() => 300),
    seconds: 300,
  }
}

/** Nothing that a person does for another is over in less, or goes on for more than four weeks: such times are slips of a clock. */
const [SHORTEST, LONGEST] = [1, 28 * 86_400]

export function learnHandling(handling: Handling, measured: number): void {
  if (!(measured > 0)) return
  const seconds = Math.min(Math.max(measured, SHORTEST), LONGEST)
  const logarithm = Math.log(seconds)
  handling.count += 1
  const off = logarithm - handling.mean
  const most = Math.max(...handling.credits.map((credit, k) => credit + PRIOR[k]!))
  let all = 0
  let mean = 0
  let weight = 0
  let plain = 0
  for (const [k, memory] of MEMORIES.entries()) {
    if (handling.count > 10)
      handling.credits[k] =
        handling.credits[k]! * FORGETS - (logarithm - handling.means[k]!) ** 2 / (2 * handling.variance)
    const seen = Math.min(handling.count, memory)
    handling.means[k]! += (logarithm - handling.means[k]!) / seen
    handling.meansOfSeconds[k]! += (seconds - handling.meansOfSeconds[k]!) / seen
    const trust = Math.exp(handling.credits[k]! + PRIOR[k]! - most)
    all += trust
    mean += trust * handling.means[k]!
    weight += trust * seen
    plain += trust * handling.meansOfSeconds[k]!
  }
  handling.weight = weight / all
  // The guess of the variance counts as five observations.
  handling.variance += (off * off - handling.variance) / Math.min(handling.count + 5, 2000)
  handling.seconds = plain / all
  // The logarithm is the steadier guide if times are log-normal, the plain mean if they are not.
  handling.mean = 0.8 * (mean / all) + 0.2 * (Math.log(handling.seconds) - handling.variance / 2)
}

/** How long a handling takes on average, from the distribution. */
export function meanSeconds({ mean, variance }: Handling): number {
  return Math.exp(mean + Math.min(variance, 3) / 2)
}

/** Half of the range in which the mean of the logarithm may be wrong. */
export function uncertainty({ weight, variance }: Handling): number {
  return weight < 1 ? 1 : Math.sqrt(Math.max(variance, 0.05) / weight)
}

/** The share of handlings that are over after so many seconds. */
export function shareOver({ mean, variance }: Handling, seconds: number): number {
  return seconds <= 0 ? 0 : normalShare((Math.log(seconds) - mean) / Math.sqrt(Math.max(variance, 1e-4)))
}

/** The handling time that a share of all handlings stays below. */
export function secondsAt({ mean, variance }: Handling, share: number): number {
  return Math.exp(mean + Math.sqrt(Math.max(variance, 1e-4)) * normalAt(share))
}

/** Of ten million handlings one takes longer. */
export function longestSeconds({ mean, variance }: Handling): number {
  return Math.exp(mean + 5.2 * Math.sqrt(Math.max(variance, 0.1)))
}
