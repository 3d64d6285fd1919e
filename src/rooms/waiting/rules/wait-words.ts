import type { Answer } from './estimator.ts'

/**
 * What can honestly be said of a wait, for pages to put into words. Minutes are whole; `opensAt` is a moment, to be shown in the zone
 * of whoever reads it.
 */
export type WaitWords =
  | { readonly kind: 'now' }
  | { readonly kind: 'range'; readonly lowMinutes: number; readonly highMinutes: number }
  | {
      readonly kind: 'opens'
      readonly opensAt: Temporal.Instant
      /** The wait after the opening; left out where it is not known. */
      readonly after: { readonly lowMinutes: number; readonly highMinutes: number } | undefined
    }
  | { readonly kind: 'unknown' }

/** With fewer handlings than this an estimate is a guess, and is not shown. */
const FEWEST_HANDLINGS = 8
/** A range as wide as this says nothing: from less than a fifth of its end, and an end hours away. */
const USELESS_SHARE = 0.2
const USELESS_MINUTES = 240
/** Whoever waits less than this waits for nothing worth a number. */
const NOTHING_SECONDS = 30

/** The words for an estimate while the queue is open. Rounding goes outward and grows with the wait: never narrower than is known. */
export function waitWords({ low, high, learnedFrom }: Answer): WaitWords {
  if (learnedFrom < FEWEST_HANDLINGS) return { kind: 'unknown' }
  if (high < NOTHING_SECONDS) return { kind: 'now' }
  const range = roundedRange(low, high)
  const isUseless = range.highMinutes >= USELESS_MINUTES && range.lowMinutes < USELESS_SHARE * range.highMinutes
  return isUseless ? { kind: 'unknown' } : { kind: 'range', ...range }
}

/**
 * The words while it is closed: "opens 09:00, then about 10 minutes". The estimate is that of an `Ask` with this opening, in seconds
 * from now. Without a known opening nothing is promised.
 */
export function waitWordsWhenClosed(
  answer: Answer,
  { now, opensAt }: { now: Temporal.Instant; opensAt: Temporal.Instant | undefined },
): WaitWords {
  if (!opensAt) return { kind: 'unknown' }
  const closedSeconds = Math.max(0, (opensAt.epochMilliseconds - now.epochMilliseconds) / 1000)
  const after = waitWords({
    ...answer,
    low: Math.max(0, answer.low - closedSeconds),
    high: Math.max(0, answer.high - closedSeconds),
  })
  switch (after.kind) {
    case 'range':
      return { kind: 'opens', opensAt, after: { lowMinutes: after.lowMinutes, highMinutes: after.highMinutes } }
    case 'now':
      return { kind: 'opens', opensAt, after: { lowMinutes: 0, highMinutes: 1 } }
    case 'opens':
    case 'unknown':
      return { kind: 'opens', opensAt, after: undefined }
  }
}

function roundedRange(low: number, high: number): { lowMinutes: number; highMinutes: number } {
  const step = stepOf(high / 60)
  return {
    lowMinutes: Math.floor(low / 60 / step) * step,
    highMinutes: Math.max(1, Math.ceil(high / 60 / step) * step),
  }
}

/** Minutes to round to: single ones below ten, fives to an hour, then tens, half hours and hours. */
function stepOf(minutes: number): number {
  if (minutes <= 10) return 1
  if (minutes <= 60) return 5
  if (minutes <= 120) return 10
  return minutes <= 360 ? 30 : 60
}
