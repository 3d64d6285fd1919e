import type { Priority } from './event.ts'
import type { Estimate } from './range.ts'

/** One person in a line. What was foretold is kept here until the wait is known, for learning. */
export type Waiting = {
  readonly id: string
  readonly priority: Priority | undefined
  readonly at: number
  isGone: boolean
  readonly foretold: Foretold | undefined
}

/** What was said on arrival, and what it was made of: see `learn` in estimator.ts. */
export type Foretold = {
  /** Undefined for one who found an agent free. */
  readonly regime: number | undefined
  readonly views: readonly number[]
  readonly said: Estimate
  readonly reach: readonly [below: number, above: number]
}

/** Everybody of one priority in order of arrival. Those who leave from the middle stay in the list, marked, until they reach its head. */
export type Line = {
  readonly priority: Priority | undefined
  list: Waiting[]
  head: number
  /** How many are there. */
  count: number
  /** Starts of this priority since the head became the head: who is passed over for long has left without a word. */
  passedOver: number
  /** Arrivals a second, recently. */
  arrivalRate: number
  lastArrivalAt: number
  /** When the first one came, and how many have come since: the rate in the long run. */
  readonly firstArrivalAt: number
  arrivals: number
}

export function emptyLine(priority: Priority | undefined, at: number): Line {
  return {
    priority,
    list: [],
    head: 0,
    count: 0,
    passedOver: 0,
    arrivalRate: 0,
    lastArrivalAt: at,
    firstArrivalAt: at,
    arrivals: 0,
  }
}

export function headOf(line: Line): Waiting | undefined {
  while (line.head < line.list.length && line.list[line.head]!.isGone) {
    line.head += 1
    line.passedOver = 0
  }
  if (line.head > 32 && line.head * 2 > line.list.length) {
    line.list = line.list.slice(line.head)
    line.head = 0
  }
  return line.list[line.head]
}

/** The weight of the newest gap between two arrivals in the rate of arrivals. */
const NEW_GAP = 1 / 20

export function join(line: Line, waiting: Waiting): void {
  line.list.push(waiting)
  line.count += 1
  const gap = Math.max(waiting.at - line.lastArrivalAt, 1e-3)
  // A gap is averaged, not its inverse, which would have no mean.
  const mean = line.arrivalRate === 0 ? gap : 1 / line.arrivalRate + (gap - 1 / line.arrivalRate) * NEW_GAP
  line.arrivalRate = 1 / mean
  line.lastArrivalAt = waiting.at
  line.arrivals += 1
}

export function leave(line: Line, waiting: Waiting): void {
  if (waiting.isGone) return
  waiting.isGone = true
  line.count -= 1
  headOf(line)
}

/** Somebody of this line was started: whoever stood before them was passed over, and has left if that goes on. */
export function countPassing(line: Line, started: Waiting): void {
  const head = headOf(line)
  if (!head || head.at >= started.at) return
  line.passedOver += 1
  if (line.passedOver > 20 + 3 * line.count) leave(line, head)
}

/** How many of a line came before somebody, who may stand in another. */
export function standingBefore(line: Line, { at, id }: Waiting): number {
  let count = 0
  for (const one of line.list.slice(line.head)) {
    if (one.id === id || one.at > at) break
    if (!one.isGone) count += 1
  }
  return count
}
