import { firstAbove } from './search.ts'

/** Milliseconds of a local date without a clock change. */
export const DAY = 86_400_000

/**
 * A zone's offsets over a stretch of time: from `starts[i]` until `starts[i + 1]` the wall clock shows UTC plus
 * `offsets[i]`. All in milliseconds; a wall time is counted as if it were UTC. The first start is -Infinity, the last,
 * a sentinel, Infinity.
 */
export type ZoneClock = { readonly starts: readonly number[]; readonly offsets: readonly number[] }

type Known = { readonly from: number; readonly until: number; readonly clock: ZoneClock }

const PADDING = 730 * DAY
const LONGEST = 80 * 365 * DAY
const known = new Map<string, Known>()

/**
 * The zone's clock for at least `from` to `until` (UTC milliseconds); transitions once read are remembered per zone.
 */
export function zoneClock(zone: string, from: number, until: number): ZoneClock {
  const old = known.get(zone)
  if (old !== undefined && old.from <= from && until <= old.until) return old.clock

  const wider = widened(old, from - PADDING, until + PADDING)
  const clock = readClock(zone, wider.from, wider.until)
  known.set(zone, { ...wider, clock })
  return clock
}

/**
 * What the wall clock shows at a moment, held back at what it will show when it is about to be put back: the first
 * 02:45 of a repeated hour reads 02:00. So a later moment never reads earlier, and asking later never makes an answer
 * due earlier.
 */
export function steadyWallAt(clock: ZoneClock, at: number): number {
  const next = firstAbove(clock.starts, at)
  return Math.min(at + clock.offsets[next - 1]!, clock.starts[next]! + clock.offsets[next]!)
}

/**
 * The moment a wall time begins to count: the first of two, or the first valid one after a gap. Source:
 * response-targets rule 8.
 */
export function firstMomentOf(clock: ZoneClock, wall: number): number {
  let piece = firstAbove(clock.starts, wall - 2 * DAY) - 1
  while (wall - clock.offsets[piece]! >= clock.starts[piece + 1]!) piece += 1
  return Math.max(wall - clock.offsets[piece]!, clock.starts[piece]!)
}

/**
 * The moment something ends at a wall time: the second of two, or the first valid one after a gap. Source:
 * response-targets rule 8.
 */
export function lastMomentOf(clock: ZoneClock, wall: number): number {
  let piece = firstAbove(clock.starts, wall + 2 * DAY) - 1
  while (wall - clock.offsets[piece]! < clock.starts[piece]!) piece -= 1
  return Math.min(wall - clock.offsets[piece]!, clock.starts[piece + 1]!)
}

function widened(old: Known | undefined, from: number, until: number): { from: number; until: number } {
  if (old === undefined) return { from, until }
  const both = { from: Math.min(from, old.from), until: Math.max(until, old.until) }
  return both.until - both.from > LONGEST ? { from, until } : both
}

function readClock(zone: string, from: number, until: number): ZoneClock {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const starts = [-Infinity]
  const offsets = [offsetOf(first)]
  let next = first.getTimeZoneTransition('next')
  while (next !== null && next.epochMilliseconds <= until) {
    starts.push(next.epochMilliseconds)
    offsets.push(offsetOf(next))
    next = next.getTimeZoneTransition('next')
  }
  return { starts: [...starts, Infinity], offsets: [...offsets, offsets.at(-1)!] }
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1_000_000
}
