import type { Priority, WaitEvent } from './event.ts'
import { formulasOf } from './formulas.ts'
import { abandon, agentsOf, arrive, end, passTime, start, tell } from './hall.ts'
import type { Hall } from './hall.ts'
import { headOf, standingBefore } from './line.ts'
import type { Foretold, Line, Waiting } from './line.ts'
import { lookAhead, waitsAt } from './lookahead.ts'
import { isBetter, learnOrder, ruleOf } from './order.ts'
import { learnRange, rangeAround } from './range.ts'
import type { Estimate } from './range.ts'
import { isShared, learnFit, learnTurn } from './sharing.ts'
import { plansOf } from './staffing.ts'
import { leading, learnViews } from './views.ts'
import { memoryOf, newQueue, queueOf, rememberWait } from './waits.ts'
import type { Queue, Waits } from './waits.ts'

/**
 * Who asks: somebody who would come now, or somebody who is in line. `opening` says when a closed queue opens and, where it is known,
 * with how many agents; without it the estimator judges by the days before. Moments are seconds on the clock of the events.
 */
export type Ask = {
  readonly t: number
  readonly queue: string
  readonly who: { readonly priority: Priority | undefined } | { readonly id: string }
  readonly opening?: { readonly at: number; readonly agents: number | undefined }
}

/** `learnedFrom` is how many handlings were seen: with only a few an estimate is a guess. */
export type Answer = Estimate & { readonly learnedFrom: number }

/**
 * Takes in what happened, in time order; answers for an arrival what is to be said to whoever came: seconds until they are started,
 * of those who stay for it. What is out of order in time counts as happening at the latest moment known. Whoever comes twice is one
 * person; an end or start of somebody unknown is believed as far as it makes sense.
 */
export function follow(waits: Waits, event: WaitEvent): Estimate | undefined {
  const t = Math.max(event.t, waits.now)
  waits.now = t
  const name = event.type === 'agents' ? event.queue : (waits.whereabouts.get(event.id) ?? event.queue ?? '')
  const queue = queueOf(waits, name)
  learnFit(waits, queue, t)
  passTime(queue.hall, t)
  passTime(waits.all, t)
  switch (event.type) {
    case 'agents':
      tell(queue.hall, t, event.count)
      return undefined
    case 'arrive':
      return followArrival(waits, queue, { ...event, t, queue: name })
    case 'start':
      followStart(waits, queue, { t, id: event.id })
      waits.whereabouts.set(event.id, name)
      return undefined
    case 'end':
      for (const hall of [queue.hall, waits.all]) end(hall, t, event.id)
      waits.whereabouts.delete(event.id)
      return undefined
    case 'abandon':
      for (const hall of [queue.hall, waits.all]) abandon(hall, event.id)
      waits.whereabouts.delete(event.id)
      return undefined
  }
}

function followArrival(
  waits: Waits,
  queue: Queue,
  { t, id, queue: name, priority }: { t: number; id: string; queue: string; priority: Priority | undefined },
): Estimate {
  const foretold = foretell(waits, queue, { t, priority })
  if (!waits.whereabouts.has(id)) {
    const waiting = { id, priority, at: t, isGone: false }
    waits.whereabouts.set(id, name)
    arrive(queue.hall, { ...waiting, foretold })
    arrive(waits.all, { ...waiting, foretold: undefined })
  }
  return foretold.said
}

function followStart(waits: Waits, queue: Queue, { t, id }: { t: number; id: string }): void {
  const waiting = queue.hall.waiting.get(id)
  if (waiting) {
    learnOrder(waits.order, queue.hall.lines, waiting)
    learnTurn(waits, queue, id)
  }
  const wait = start(queue.hall, t, id)
  start(waits.all, t, id)
  if (wait === undefined || !waiting) return
  rememberWait(queue, waiting.priority, wait)
  if (waiting.foretold) learn(waits, queue, { ...waiting.foretold, wait })
}

/** What to say to whoever asks now, in seconds from then. Learns nothing from being asked. */
export function estimateOf(waits: Waits, ask: Ask): Answer {
  const t = Math.max(ask.t, waits.now)
  const queue = waits.queues.get(ask.queue) ?? newQueue(t)
  const learnedFrom = queue.hall.handling.count
  if ('priority' in ask.who) {
    const { said } = foretell(waits, queue, { t, priority: ask.who.priority, opening: ask.opening })
    return { ...said, learnedFrom }
  }
  const waiting = queue.hall.waiting.get(ask.who.id)
  if (!waiting) return { low: 0, expected: 0, high: 0, learnedFrom }
  const look = modelled(waits, queue, { t, priority: waiting.priority, waiting, opening: ask.opening })
  const { range } = queue.regimes[look.regime]!
  return { ...rangeAround(range, look.expected, look.reach), learnedFrom }
}

type Asking = {
  readonly t: number
  readonly priority: Priority | undefined
  readonly waiting?: Waiting
  readonly opening?: Ask['opening']
}

function foretell(waits: Waits, queue: Queue, asking: Asking): Foretold {
  const look = modelled(waits, queue, asking)
  if (look.isFree) return { regime: undefined, views: [], said: immediateRange(queue), reach: [0, 0] }
  const views = viewsOf(queue, asking, look)
  const { views: record, range } = queue.regimes[look.regime]!
  const expected = asking.opening ? look.expected : leading(record, views)
  return { regime: look.regime, views, said: rangeAround(range, expected, look.reach), reach: look.reach }
}

type Look = {
  readonly isFree: boolean
  readonly regime: number
  readonly ahead: number
  readonly perTurn: number
  readonly expected: number
  readonly reach: readonly [below: number, above: number]
}

/** The median is taken as a mean of the middle third, which is steadier over few paths. */
const SHARES = [0.1, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.9]

function modelled(waits: Waits, queue: Queue, { t, priority, waiting, opening }: Asking): Look {
  const hall = isShared(waits, queue) ? waits.all : queue.hall
  const rule = ruleOf(waits.order)
  const better = hall.lines.filter((line) => isBetter(rule, line.priority, priority))
  const ahead = waiting ? before(waits, hall, waiting) : notWorse(waits, hall, priority)
  const agents = opening && agentsOf(hall) > hall.started.size ? hall.started.size : agentsOf(hall)
  const pause = hall.startsAfterWait > 3 ? hall.idleSeconds / hall.startsAfterWait : 0
  const perTurn = (hall.handling.seconds + pause) / Math.max(1, agents)
  const regime = better.length > 0 ? 1 : 0
  // Of agents nobody tells of, it is not known how many there are until somebody has had to wait.
  const isEnough = agents > hall.started.size || (hall.told === undefined && hall.startsAfterWait === 0)
  if (ahead === 0 && isEnough && !opening) return { isFree: true, regime, ahead, perTurn, expected: 0, reach: [0, 0] }
  const paths = lookAhead({
    now: t,
    agents,
    elapsed: [...hall.started.values()].slice(-MOST_ELAPSED).map((since) => Math.max(0, t - since)),
    ahead,
    handling: hall.handling,
    pause,
    overtaking: better.reduce((sum, line) => sum + rateOf(line, t), 0),
    overtakingLater: better.reduce((sum, line) => sum + line.arrivals / (t - line.firstArrivalAt + 600), 0),
    leaving: leavingOf(hall),
    ownLeaving: leavingOf(queue.hall),
    staffing: queue.hall.staffing,
    plans: opening
      ? [[1, { period: 0, steps: [[opening.at, opening.agents ?? usualAgents(queue.hall)]] }]]
      : plansOf(queue.hall.staffing, t),
  })
  const [low = 0, ...rest] = waitsAt(paths, SHARES)
  const high = rest.pop() ?? low
  const expected = rest.reduce((sum, wait) => sum + wait, 0) / rest.length
  const least = Math.max(0.02 * expected, 0.05 * perTurn)
  return {
    isFree: false,
    regime,
    ahead,
    perTurn,
    expected,
    reach: [Math.max(expected - low, least), Math.max(high - expected, least)],
  }
}

/** More conversations than this at once are looked at as if they were this many. */
const MOST_ELAPSED = 400

/** Who stands before one who comes now: everybody whose priority is not worse. */
function notWorse(waits: Waits, hall: Hall, priority: Priority | undefined): number {
  const rule = ruleOf(waits.order)
  return hall.lines.reduce((sum, { count, ...line }) => sum + (isBetter(rule, priority, line.priority) ? 0 : count), 0)
}

/** Who stands before one who is in line. */
function before(waits: Waits, hall: Hall, waiting: Waiting): number {
  const rule = ruleOf(waits.order)
  return hall.lines.reduce((sum, line) => {
    if (isBetter(rule, line.priority, waiting.priority)) return sum + line.count
    return isBetter(rule, waiting.priority, line.priority) ? sum : sum + standingBefore(line, waiting)
  }, 0)
}

/** The share of those in line who give up, a second. */
function leavingOf({ leavers, waitedSeconds }: Hall): number {
  return leavers / (waitedSeconds + 1)
}

/** Arrivals a second; a line where nobody has come for long slows down by that alone. */
function rateOf({ arrivalRate, lastArrivalAt }: Line, t: number): number {
  return arrivalRate === 0 ? 0 : 1 / Math.max(1 / arrivalRate, t - lastArrivalAt)
}

/** With how many it opened lately. */
function usualAgents({ staffing, told }: Hall): number {
  const opened = staffing.changes.findLast(([, count], index) => count > 0 && staffing.changes[index - 1]?.[1] === 0)
  return opened?.[1] ?? Math.max(1, told ?? 1)
}

/** The model, the model held to be slow or fast, the plain formulas, and the same among those of one priority. */
function viewsOf(queue: Queue, { t, priority }: Asking, { expected, ahead, perTurn }: Look): readonly number[] {
  const plain = formulasOf(queue.hall, queue.memory, t)
  const own = memoryOf(queue, priority)
  const line = queue.hall.lines.find((one) => one.priority === priority)
  const head = line && headOf(line)
  return [
    expected,
    expected * 0.6,
    expected * 0.8,
    expected * 1.25,
    expected * 1.7,
    plain.lastToStart,
    plain.headOfLine,
    plain.tenMinutes,
    plain.smoothed,
    plain.queueLength,
    own.lastToStart,
    own.smoothed,
    head ? t - head.at : 0,
    (ahead + 1) * perTurn,
  ]
}

/** So many waits of those who found an agent free are kept; with fewer than five it is assumed that there was none. */
const IMMEDIATE = 60

function immediateRange({ immediate }: Queue): Estimate {
  if (immediate.length < 5) return { low: 0, expected: 0, high: 0 }
  const sorted = immediate.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)]!
  return { low: at(0.1), expected: at(0.5), high: at(0.9) }
}

function learn(waits: Waits, queue: Queue, { regime, views, said, wait }: Foretold & { readonly wait: number }): void {
  waits.known += 1
  const isHeld = said.low <= wait && wait <= said.high
  if (isHeld) waits.held += 1
  if (regime === undefined) {
    waits.foundFree += 1
    if (isHeld) waits.rightlySo += 1
    queue.immediate.push(wait)
    if (queue.immediate.length > IMMEDIATE) queue.immediate.shift()
    return
  }
  const { views: record, range } = queue.regimes[regime]!
  learnViews(record, views, wait)
  learnRange(range, said, { wait, misses: missesAimedAt(waits), pending: queue.hall.waiting.size })
}

/** Of all waits the range shall hold this share: eight of ten, and a little for those who are told the truth that there is none. */
const HELD = 0.815
/** At least this share of those who must wait: a range that is wrong for most who need it is none. */
const LEAST_HELD = 0.35
const MOST_HELD = 0.92

/**
 * The share of waits that the range shall miss among those who have to wait. Whoever is taken at once is told so, and that is nearly
 * always right; for the range to hold about eight of ten of all waits, it must hold fewer of the others. And what was held too seldom
 * or too often so far is made good over the next third of the time.
 */
function missesAimedAt({ foundFree, rightlySo, known, held }: Waits): number {
  if (known < 20 || foundFree === known) return 0.2
  const ahead = 100 + known / 3
  const wanted = HELD + (HELD * known - held) / ahead
  const ofWaiting = (wanted - rightlySo / known) / (1 - foundFree / known)
  return 1 - Math.min(MOST_HELD, Math.max(LEAST_HELD, ofWaiting))
}
