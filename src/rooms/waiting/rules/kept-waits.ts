import type { Hall } from './hall.ts'
import type { Line, Waiting } from './line.ts'
import { newWaits } from './waits.ts'
import type { Queue, Waits } from './waits.ts'

/** Raised when what is kept changes its shape: an older text is then not read, and learning starts afresh. */
const VERSION = 1

type KeptHall = Omit<Hall, 'waiting' | 'started'> & {
  readonly waiting: undefined
  readonly started: readonly (readonly [string, number])[]
}
type Kept = {
  readonly version: number
  readonly now: number | null
  readonly queues: readonly (readonly [string, Omit<Queue, 'hall'> & { readonly hall: KeptHall }])[]
  readonly all: KeptHall
  readonly rest: Pick<Waits, 'order' | 'known' | 'held' | 'foundFree' | 'rightlySo'>
}

/** Everything known as JSON, a few kilobytes and some hundred bytes for each who waits. Seconds keep milliseconds. */
export function written({ now, queues, all, order, known, held, foundFree, rightlySo }: Waits): string {
  const kept: Kept = {
    version: VERSION,
    now: Number.isFinite(now) ? now : null,
    queues: [...queues].map(([name, queue]) => [name, { ...queue, hall: keptHall(queue.hall) }]),
    all: keptHall(all),
    rest: { order, known, held, foundFree, rightlySo },
  }
  return JSON.stringify(kept, (_, value: unknown) => (typeof value === 'number' ? shortened(value) : value))
}

/** What `written` wrote; undefined for anything else, and then one begins anew with `newWaits`. */
export function readWaits(text: string): Waits | undefined {
  const kept = parsed(text)
  if (kept?.version !== VERSION) return undefined
  const waits: Waits = { ...newWaits(), ...kept.rest, now: kept.now ?? -Infinity, all: hallOf(kept.all) }
  for (const [name, queue] of kept.queues) {
    const hall = hallOf(queue.hall)
    waits.queues.set(name, { ...queue, hall })
    for (const id of [...hall.waiting.keys(), ...hall.started.keys()]) waits.whereabouts.set(id, name)
  }
  return waits
}

function parsed(text: string): Kept | undefined {
  try {
    return JSON.parse(text) as Kept
  } catch {
    return undefined
  }
}

/** Thirteen digits: milliseconds since 1970 still fit. */
function shortened(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(13)) : null
}

function keptHall({ started, lines, ...hall }: Hall): KeptHall {
  // Who waits stands in the lines too.
  return { ...hall, waiting: undefined, lines: lines.map((line) => stillThere(line)), started: [...started] }
}

function stillThere(line: Line): Line {
  return { ...line, list: line.list.slice(line.head).filter(({ isGone }) => !isGone), head: 0 }
}

function hallOf({ started, ...kept }: KeptHall): Hall {
  const people: readonly Waiting[] = kept.lines.flatMap(({ list }) => list)
  const inOrder = people.toSorted((a, b) => a.at - b.at)
  return { ...kept, waiting: new Map(inOrder.map((one) => [one.id, one])), started: new Map(started) }
}
