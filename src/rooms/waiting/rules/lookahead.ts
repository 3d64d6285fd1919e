import { chance, normalAt } from './chance.ts'
import { meanSeconds, secondsAt, shareOver, uncertainty } from './handling.ts'
import type { Handling } from './handling.ts'
import { reopensAfter } from './staffing.ts'
import type { Plan, Staffing } from './staffing.ts'

/** What a look ahead starts from: the moment, who works, who is before one, what is known of their habits. Seconds. */
export type Situation = {
  readonly now: number
  readonly agents: number
  /** How long each conversation that goes on has lasted. */
  readonly elapsed: readonly number[]
  /** How many will be started before. */
  readonly ahead: number
  readonly handling: Handling
  /** What an agent needs on average between two conversations while somebody waits: notes, a breath. */
  readonly pause: number
  /** Those who will come and still be started before, a second: lately, and in the long run. */
  readonly overtaking: number
  readonly overtakingLater: number
  /** The share of those in line who give up, a second. */
  readonly leaving: number
  /** The same of those who are like the one who asks. */
  readonly ownLeaving: number
  readonly staffing: Staffing
  /** How the number of agents may go on, each way with the trust it deserves. */
  readonly plans: readonly (readonly [trust: number, plan: Plan])[]
}

/** The wait on each path, rising, with the weight of the path. */
export type Paths = { readonly waits: Float64Array; readonly weights: Float64Array }

/**
 * Chance that is the same for each look, so that an estimate is a function of its situation and two situations can be compared. The
 * n-th draws of all paths together lie evenly between 0 and 1 (Latin hypercube): so few paths would otherwise have a bias of their own.
 */
type Draws = { readonly paths: number; readonly uniform: Float64Array; readonly normal: Float64Array }

const DRAWS_A_PATH = 512

function evenDraws(paths: number): Draws {
  const random = chance(20_261_123)
  const uniform = new Float64Array(DRAWS_A_PATH * paths)
  for (let draw = 0; draw < DRAWS_A_PATH; draw++) {
    const order = Array.from({ length: paths }, (_, path) => [random(), path] as const).toSorted(([a], [b]) => a - b)
    for (const [rank, [, path]] of order.entries()) uniform[path * DRAWS_A_PATH + draw] = (rank + random()) / paths
  }
  return { paths, uniform, normal: uniform.map((share) => normalAt(share)) }
}

const MANY = evenDraws(48)
const MOST = evenDraws(96)
const FEW = evenDraws(20)
/** Conversations that are looked at one by one, over all paths; what lies behind is reckoned as a stream. */
const BUDGET = 3000
/** As many who overtake are no longer counted one by one. */
const MANY_OVERTAKING = 60
/** Nobody is told more than this: four weeks. */
const FURTHEST = 28 * 86_400

/**
 * Plays the line forward many times until it is one's turn. The conversations that go on end after what is left of them, given how
 * long they have lasted; the next ones take what handlings take; agents come and go by plan; some in line give up; more important
 * ones come. After the first dozens of conversations the rest of a long line is reckoned as a stream with the noise of its length,
 * as in heavy traffic (Whitt, "Predicting queueing delays", 1999).
 *
 * A path counts by the chance to still be there at its end: the wait is that of those who stay.
 */
export function lookAhead(situation: Situation): Paths {
  const { plans } = situation
  // In a long line it makes no difference who of those talking is done first.
  const isLong = situation.ahead > 6 * situation.agents + 30
  const oneByOne = isLong ? 0 : Math.min(situation.ahead + 1, 2 * situation.agents + 12)
  const steps = oneByOne + situation.elapsed.length / 2
  const draws = isLong ? MOST : steps * MANY.paths <= BUDGET ? MANY : FEW
  const over = situation.elapsed.map((seconds) => shareOver(situation.handling, seconds))
  const waits = new Float64Array(draws.paths)
  for (let path = 0; path < draws.paths; path++) {
    // Plans are dealt out by a sequence that is even in itself, so that they do not go along with the path's other chances.
    const plan = planAt(plans, (path * 0.6180339887 + 0.5) % 1)
    waits[path] = Math.min(walk(situation, plan, over, oneByOne, draws, path), FURTHEST)
  }
  waits.sort()
  return { waits, weights: waits.map((wait) => Math.exp(-situation.ownLeaving * wait) + 1e-9) }
}

/** The waits that some shares of the paths, by weight, stay below; shares rising. */
export function waitsAt({ waits, weights }: Paths, shares: readonly number[]): readonly number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const found: number[] = []
  let passed = 0
  let [before, beforeAt] = [waits[0] ?? 0, 0]
  for (const [index, wait] of waits.entries()) {
    const at = (passed + weights[index]! / 2) / all
    while (found.length < shares.length && at >= shares[found.length]!) {
      const part = at > beforeAt ? (shares[found.length]! - beforeAt) / (at - beforeAt) : 1
      found.push(before + (wait - before) * part)
    }
    passed += weights[index]!
    before = wait
    beforeAt = at
  }
  while (found.length < shares.length) found.push(before)
  return found
}

function planAt(plans: readonly (readonly [number, Plan])[], at: number): Plan {
  let passed = 0
  for (const [trust, plan] of plans) {
    passed += trust
    if (at < passed) return plan
  }
  return plans.at(-1)![1]
}

const HEAP = new Float64Array(4096)

function walk(
  { now, agents, elapsed, ahead, handling, pause, overtaking, overtakingLater, leaving, staffing }: Situation,
  plan: Plan,
  over: readonly number[],
  oneByOne: number,
  draws: Draws,
  path: number,
): number {
  const first = path * DRAWS_A_PATH
  // The last two draws of a path are kept for what is drawn once.
  let drawn = 0
  const nextDraw = (): number => first + (drawn++ % (DRAWS_A_PATH - 2))
  const factor = Math.exp(uncertainty(handling) * draws.normal[first + DRAWS_A_PATH - 1]!)
  const spread = Math.sqrt(Math.max(handling.variance, 1e-4))
  const takes = (): number => factor * Math.exp(handling.mean + spread * draws.normal[nextDraw()]!)
  const uniform = (): number => draws.uniform[nextDraw()]!
  const pauses = (): number => (pause > 0 ? -pause * Math.log(uniform() + 1e-9) : 0)

  // When each agent is next free; those who are neither talking nor taking anybody are in their pause.
  let size = 0
  for (const [index, seconds] of elapsed.entries()) {
    if (size >= 4000) break
    const left = secondsAt(handling, over[index]! + (1 - over[index]!) * uniform()) - seconds
    add(Math.max(left, 0) * factor + pauses())
  }
  const isFreeNow = ahead === 0 && elapsed.length < agents
  for (let free = elapsed.length; free < agents && size < 4000; free++) add(isFreeNow ? 0 : pauses())

  const calendar = stepsOf(plan, now)
  let capacity = agents
  let before = ahead
  // Seconds from now on: near nought no step is too small to be counted.
  let t = 0
  const threshold = uniform()
  let nextOvertaking = overtaking > 0 ? gap(overtaking) : Infinity
  let taken = 0
  while (taken < oneByOne) {
    const free = size > 0 ? HEAP[0]! : Infinity
    if (free === Infinity && calendar.at === Infinity) return t + reopens()
    if (Math.min(free, calendar.at) > FURTHEST) return FURTHEST
    if (calendar.at <= free) {
      pass(calendar.at)
      // Whoever comes is free at once; whoever goes finishes first.
      const more = calendar.count - Math.max(capacity, size)
      capacity = calendar.count
      for (let index = 0; index < more && size < 4000; index++) add(calendar.at)
      calendar.next()
      continue
    }
    pass(free)
    if (size > capacity) {
      remove()
      continue
    }
    if (before < threshold) return free
    before = Math.max(0, before - 1)
    taken += 1
    replaceFirst(free + takes() + pauses())
  }
  return stream()

  /** Lets time pass in the line: some give up, some come in front. */
  function pass(until: number): void {
    if (leaving > 0) before *= Math.exp(-leaving * (until - t))
    // A rush does not last: of a long time, and of a line that has grown out of all proportion, the long run is the better guide.
    const rate = before > 4 * ahead + 40 ? Math.min(overtaking, overtakingLater) : overtaking
    if (overtaking * (until - t) > MANY_OVERTAKING) {
      before += Math.round(overtakingLater * (until - t))
      nextOvertaking = until + gap(rate)
    }
    while (nextOvertaking <= until) {
      before += 1
      nextOvertaking += gap(rate)
    }
    t = until
  }

  /** The seconds until the next of so many a second. */
  function gap(rate: number): number {
    return -Math.log(uniform() + 1e-9) / rate
  }

  /** The rest of a long line: so many a second, for as long as the count stays. */
  function stream(): number {
    const cycle = meanSeconds(handling) * factor + pause
    const noise = Math.sqrt(Math.exp(Math.min(handling.variance, 3)) - 1)
    before = Math.max(0, before + 0.85 + noise * Math.sqrt(before) * draws.normal[first + DRAWS_A_PATH - 2]!)
    for (;;) {
      // A rush of more important ones does not last; if it did, nobody else would ever be served.
      const net = capacity / cycle - Math.min(overtakingLater, (0.8 * capacity) / cycle)
      const needs = net > 0 ? secondsToServe(net) : Infinity
      if (t + needs <= calendar.at && needs < Infinity) return t + needs
      if (calendar.at === Infinity && capacity > 0) return FURTHEST
      if (calendar.at === Infinity) return t + reopens()
      if (calendar.at > FURTHEST) return FURTHEST
      const seconds = calendar.at - t
      before =
        leaving > 0
          ? Math.max(0, (before + net / leaving) * Math.exp(-leaving * seconds) - net / leaving)
          : Math.max(0, before - net * seconds)
      t = calendar.at
      capacity = calendar.count
      calendar.next()
    }
  }

  /** Until nobody is before one, when `net` a second are served and some give up. */
  function secondsToServe(net: number): number {
    return leaving > 0 ? Math.log(1 + (leaving * before) / net) / leaving : before / net
  }

  function reopens(): number {
    return reopensAfter(staffing, now, (path + 0.5) / draws.paths)
  }

  function add(at: number): void {
    let index = size++
    while (index > 0) {
      const up = (index - 1) >> 1
      if (HEAP[up]! <= at) break
      HEAP[index] = HEAP[up]!
      index = up
    }
    HEAP[index] = at
  }

  function remove(): void {
    size -= 1
    if (size > 0) replaceFirst(HEAP[size]!)
  }

  function replaceFirst(at: number): void {
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= size) break
      if (child + 1 < size && HEAP[child + 1]! < HEAP[child]!) child += 1
      if (HEAP[child]! >= at) break
      HEAP[index] = HEAP[child]!
      index = child
    }
    HEAP[index] = at
  }
}

/** The steps of a plan after a moment, in seconds from it, one after the other, repeating. */
function stepsOf({ period, steps }: Plan, now: number) {
  let index = steps.findIndex(([at]) => at > now)
  let later = 0
  if (index < 0 && period > 0) {
    index = 0
    later = period
  }
  const calendar = { at: Infinity, count: 0, next }
  read()
  return calendar

  function next(): void {
    index += 1
    if (index === steps.length && period > 0) {
      index = 0
      later += period
    }
    read()
  }

  function read(): void {
    const step = steps[index]
    calendar.at = step ? step[0] + later - now : Infinity
    calendar.count = step ? step[1] : 0
  }
}
