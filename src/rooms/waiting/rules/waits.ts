import type { Priority } from './event.ts'
import { remember, unknownMemory } from './formulas.ts'
import type { Memory } from './formulas.ts'
import { emptyHall } from './hall.ts'
import type { Hall } from './hall.ts'
import { assumedOrder } from './order.ts'
import type { Order } from './order.ts'
import { newRange } from './range.ts'
import type { Range } from './range.ts'
import { newViews } from './views.ts'
import type { Views } from './views.ts'

/** All that is known of the queues at a moment: who waits, who talks, and what the past has taught. Changed in place by `follow`. */
export type Waits = {
  /** The latest moment of which something is known, in seconds. */
  now: number
  readonly queues: Map<string, Queue>
  /** All queues seen as one, for agents who serve several. */
  all: Hall
  order: Order
  /** Waits that are known, how many of them the range held, how many found an agent free, and how many of those the range held. */
  known: number
  held: number
  foundFree: number
  rightlySo: number
  /** The queue of everybody who waits or talks. */
  readonly whereabouts: Map<string, string>
}

export type Queue = {
  readonly hall: Hall
  readonly memory: Memory
  readonly byPriority: { readonly priority: Priority | undefined; readonly memory: Memory }[]
  /** Of those who must wait: where nobody can come before them, and where somebody can. */
  readonly regimes: readonly Regime[]
  /** The last waits of those who found an agent free. */
  immediate: number[]
  /** Agent-seconds that do not add up while somebody waits: of this queue alone, of all as one with the largest count, with the sum of counts. */
  misfit: [own: number, largest: number, sum: number]
  /** Of the starts while somebody waited elsewhere too: those that were first of all, and the others. */
  turns: [first: number, other: number]
}

type Regime = { readonly views: Views; readonly range: Range }

/** Before anything is known. */
export function newWaits(): Waits {
  return {
    now: -Infinity,
    queues: new Map(),
    all: emptyHall(0),
    order: assumedOrder(),
    known: 0,
    held: 0,
    foundFree: 0,
    rightlySo: 0,
    whereabouts: new Map(),
  }
}

const MOST_QUEUES = 500

/** The queue of a name. Beyond five hundred the rest are one. */
export function queueOf(waits: Waits, name: string): Queue {
  const found = waits.queues.get(name)
  if (found) return found
  if (waits.queues.size >= MOST_QUEUES && name !== '') return queueOf(waits, '')
  const made = newQueue(waits.now)
  waits.queues.set(name, made)
  return made
}

export function newQueue(at: number): Queue {
  return {
    hall: emptyHall(at),
    memory: unknownMemory(),
    byPriority: [],
    regimes: [0, 1].map(() => ({ views: newViews(), range: newRange() })),
    immediate: [],
    misfit: [0, 0, 0],
    turns: [0, 0],
  }
}

const MOST_PRIORITIES = 16

/** What is remembered of a priority; an empty memory for one that was never served. */
export function memoryOf({ byPriority }: Queue, priority: Priority | undefined): Memory {
  return byPriority.find((one) => one.priority === priority)?.memory ?? unknownMemory()
}

export function rememberWait(queue: Queue, priority: Priority | undefined, wait: number): void {
  const memory = memoryOf(queue, priority)
  if (!memory.isKnown && queue.byPriority.length < MOST_PRIORITIES) queue.byPriority.push({ priority, memory })
  remember(memory, wait)
  remember(queue.memory, wait)
}
