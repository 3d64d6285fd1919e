import type { Priority, WaitEvent } from './event.ts'
import { formulasOf, remember, unknownMemory } from './formulas.ts'
import type { Memory } from './formulas.ts'
import * as halls from './hall.ts'
import type { Hall } from './hall.ts'
import { headOf } from './line.ts'
import type { Foretold, Line } from './line.ts'
import { lookAhead, waitAt } from './lookahead.ts'
import { assumedOrder, isBetter, learnOrder, ruleOf } from './order.ts'
import type { Order } from './order.ts'
import { learnRange, newRange, rangeAround } from './range.ts'
import type { Range } from './range.ts'
import { leading, learnViews, newViews } from './views.ts'
import type { ViewRecord } from './views.ts'

export type Estimate = { readonly low: number; readonly expected: number; readonly high: number }

export type Waits = {
  now: number
  readonly queues: Map<string, Queue>
  readonly all: Hall
  order: Order
  /** Where somebody is, who has come and not gone. */
  readonly whereabouts: Map<string, string>
}

type Queue = {
  readonly hall: Hall
  readonly memory: Memory
  readonly byPriority: Map<Priority | undefined, Memory>
  readonly regimes: Regime[]
  /** The last waits of those who found an agent free. */
  immediate: number[]
  /** How far agents and conversations do not fit together while somebody waits: of this queue alone, of all as one with the largest count, with the sum. */
  misfit: [own: number, largest: number, sum: number]
  /** Of the starts while somebody waited elsewhere too: those that were first of all, and the others. */
  turns: [first: number, other: number]
  /** Waits that are known, and how many of them were foretold at once and came so. */
  all: number
  atOnce: number
}

type Regime = { readonly record: ViewRecord; readonly range: Range }

export function newWaits(): Waits {
  return {
    now: -Infinity,
    queues: new Map(),
    all: halls.emptyHall('', 0),
    order: assumedOrder(),
    whereabouts: new Map(),
  }
}

export function follow(waits: Waits, event: WaitEvent): Estimate | undefined {
  const t = Math.max(event.t, waits.now)
  waits.now = t
  if (event.type === 'agents') {
    const queue = queueOf(waits, event.queue)
    passAll(waits, queue, t)
    halls.tell(queue.hall, t, event.count)
    return undefined
  }
  const name = event.queue ?? waits.whereabouts.get(event.id) ?? ''
  const queue = queueOf(waits, waits.whereabouts.get(event.id) ?? name)
  passAll(waits, queue, t)
  const { hall } = queue
  switch (event.type) {
    case 'arrive': {
      const { estimate, foretold } = foretell(waits, queue, t, event.priority)
      if (!hall.waiting.has(event.id) && !hall.started.has(event.id)) {
        waits.whereabouts.set(event.id, name)
        halls.arrive(hall, { id: event.id, priority: event.priority, at: t, isGone: false, foretold })
        halls.arrive(waits.all, { id: event.id, priority: event.priority, at: t, isGone: false, foretold: undefined })
      }
      return estimate
    }
    case 'start': {
      const waiting = hall.waiting.get(event.id)
      if (waiting) learnOrder(waits.order, hall.lines, waiting)
      if (waiting && waits.queues.size > 1) learnTurns(waits, queue, event.id)
      waits.whereabouts.set(event.id, name)
      const known = halls.start(hall, t, event.id)
      halls.start(waits.all, t, event.id)
      if (known) {
        remember(queue.memory, known.wait)
        remember(memoryOf(queue, waiting?.priority), known.wait)
        if (known.foretold) learn(queue, known.foretold, known.wait)
      }
      return undefined
    }
    case 'end':
      halls.end(hall, t, event.id)
      halls.end(waits.all, t, event.id)
      waits.whereabouts.delete(event.id)
      return undefined
    case 'abandon':
      halls.abandon(hall, event.id)
      halls.abandon(waits.all, event.id)
      waits.whereabouts.delete(event.id)
      return undefined
  }
}

function queueOf(waits: Waits, name: string): Queue {
  const found = waits.queues.get(name)
  if (found) return found
  const made: Queue = {
    hall: halls.emptyHall(name, waits.now),
    memory: unknownMemory(),
    byPriority: new Map(),
    regimes: [0, 1, 2].map(() => ({ record: newViews(), range: newRange() })),
    immediate: [],
    misfit: [0, 0, 0],
    turns: [0, 0],
    all: 0,
    atOnce: 0,
  }
  waits.queues.set(name, made)
  return made
}

function memoryOf(queue: Queue, priority: Priority | undefined): Memory {
  const found = queue.byPriority.get(priority)
  if (found) return found
  const made = unknownMemory()
  if (queue.byPriority.size < 16) queue.byPriority.set(priority, made)
  return made
}

function passAll(waits: Waits, queue: Queue, t: number): void {
  if (waits.queues.size > 1) {
    const tolds = [...waits.queues.values()].map(({ hall }) => hall.told ?? 0)
    const busy = waits.all.started.size
    const largest = Math.max(...tolds)
    const sum = tolds.reduce((all, one) => all + one, 0)
    for (const { hall, misfit } of waits.queues.values()) {
      if (hall.waiting.size === 0) continue
      const seconds = Math.max(0, t - waits.all.at)
      misfit[0] += seconds * Math.abs((hall.told ?? 0) - hall.started.size)
      misfit[1] += seconds * Math.abs(largest - busy)
      misfit[2] += seconds * Math.abs(sum - busy)
    }
    waits.all.told = queue.misfit[1] < queue.misfit[2] ? largest : sum
  }
  halls.passTime(queue.hall, t)
  halls.passTime(waits.all, t)
}

function isShared(waits: Waits, { misfit: [own, largest, sum] }: Queue): boolean {
  if (waits.queues.size < 2) return false
  if (own > 1.5 * Math.min(largest, sum) + 600) return true
  return [...waits.queues.values()].every(({ turns: [first, other] }) => first > 9 * other && first + other > 5)
}

/** If agents are shared, whoever is started was the first of all; if not, in some queue the others were first more often than not. */
function learnTurns(waits: Waits, queue: Queue, id: string): void {
  if (waits.all.waiting.size === queue.hall.waiting.size) return
  const rule = ruleOf(waits.order)
  const heads = waits.all.lines.map((line) => headOf(line)).filter((head) => head !== undefined)
  const first = heads.reduce((best, head) =>
    isBetter(rule, head.priority, best.priority) || (!isBetter(rule, best.priority, head.priority) && head.at < best.at)
      ? head
      : best,
  )
  const at = first.id === id ? 0 : 1
  queue.turns = [queue.turns[0] * 0.98, queue.turns[1] * 0.98]
  queue.turns[at] += 1
}

function foretell(
  waits: Waits,
  queue: Queue,
  t: number,
  priority: Priority | undefined,
): { estimate: Estimate; foretold: Foretold } {
  const hall = isShared(waits, queue) ? waits.all : queue.hall
  const rule = ruleOf(waits.order)
  const before = hall.lines.filter((line) => rule === 'oldest' || !isBetter(rule, priority, line.priority))
  const better = hall.lines.filter((line) => isBetter(rule, line.priority, priority))
  const ahead = before.reduce((sum, { count }) => sum + count, 0)
  const agents = halls.agentsOf(hall)
  const pause = hall.startsAfterWait > 3 ? hall.idleSeconds / hall.startsAfterWait : 0
  const paths = lookAhead({
    now: t,
    agents,
    elapsed: [...hall.started.values()].map((since) => t - since),
    ahead,
    handling: hall.handling,
    pause,
    overtaking: better.reduce((sum, line) => sum + rateOf(line, t), 0),
    overtakingLater: better.reduce((sum, line) => sum + line.arrivals / (t - line.firstArrivalAt + 600), 0),
    leaving: hall.waitedSeconds > 0 ? hall.leavers / (hall.waitedSeconds + 1) : 0,
    staffing: queue.hall.staffing,
  })
  const [q10, q90] = [waitAt(paths, 0.1), waitAt(paths, 0.9)]
  const q50 = process.env.MED
    ? waitAt(paths, 0.5)
    : [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65].reduce((sum, share) => sum + waitAt(paths, share), 0) / 7
  const isFree = ahead === 0 && agents > hall.started.size
  const plain = formulasOf(queue.hall, queue.memory, t)
  const own = memoryOf(queue, priority)
  const line = queue.hall.lines.find((one) => one.priority === priority)
  const head = line && headOf(line)
  const perTurn = (hall.handling.seconds + pause) / Math.max(1, agents)
  const views = [
    (globalThis as any).NOMIX
      ? q50 * (1 - Number((globalThis as any).NOMIX)) + plain.queueLength * Number((globalThis as any).NOMIX)
      : 0.8 * q50 + 0.2 * plain.queueLength,
    q50,
    0.5 * (q50 + plain.queueLength),
    q50 * 0.6,
    q50 * 0.8,
    q50 * 1.25,
    q50 * 1.7,
    plain.lastToStart,
    plain.headOfLine,
    plain.tenMinutes,
    plain.smoothed,
    plain.queueLength,
    own.lastToStart,
    own.smoothed,
    head ? t - head.at : 0,
    ahead * perTurn,
  ]
  const regime = isFree ? 0 : better.length > 0 ? 2 : 1
  const { record, range } = queue.regimes[regime]!
  if (isFree) {
    const sorted = queue.immediate.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? 0
    const estimate =
      sorted.length < 5 ? { low: 0, expected: 0, high: 0 } : { low: at(0.1), expected: at(0.5), high: at(0.9) }
    return { estimate, foretold: { regime, views: [], ...estimate, reach: [0, 0] } }
  }
  const expected = leading(record, views)
  const reach: [number, number] = [
    Math.max(q50 - q10, 0.02 * q50, 0.05 * perTurn),
    Math.max(q90 - q50, 0.02 * q50, 0.05 * perTurn),
  ]
  const estimate = rangeAround(range, expected, reach)
  return { estimate, foretold: { regime, views, ...estimate, reach } }
}

function rateOf({ arrivalRate, lastArrivalAt }: Line, t: number): number {
  return arrivalRate === 0 ? 0 : 1 / Math.max(1 / arrivalRate, t - lastArrivalAt)
}

function learn(queue: Queue, foretold: Foretold, wait: number): void {
  const zs = (globalThis as any).ZS
  if (zs) {
    zs.n++
    const hit = foretold.low <= wait && wait <= foretold.high
    if (foretold.regime === 0) {
      zs.idle++
      if (hit) zs.idleHit++
    } else {
      if (hit) zs.waitHit++
      if (wait < foretold.low) zs.lowMiss++
      if (wait > foretold.high) zs.highMiss++
    }
  }
  queue.all += 1
  if (foretold.regime === 0) {
    if (foretold.low <= wait && wait <= foretold.high) queue.atOnce += 1
    else queue.atOnce -= 0
    queue.immediate.push(wait)
    if (queue.immediate.length > 60) queue.immediate.shift()
    return
  }
  const { record, range } = queue.regimes[foretold.regime]!
  learnViews(record, foretold.views, wait)
  learnRange(range, foretold, wait, aimOf(queue))
}

/**
 * The share of waits that the range shall miss among those who have to wait. Whoever is taken at once is told so, and that is nearly
 * always right; for the range to hold eight of ten waits of all, it must hold fewer of the rest.
 */
function aimOf({ atOnce, all }: Queue): number {
  const sure = all < 20 ? 0 : atOnce / all
  return Math.min(0.55, Math.max(0.2, 1 - (0.83 - sure) / Math.max(1 - sure, 0.01)))
}
