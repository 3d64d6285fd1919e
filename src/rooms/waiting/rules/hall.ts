import type { Priority } from './event.ts'
import { learnHandling, longestSeconds, unknownHandling } from './handling.ts'
import type { Handling } from './handling.ts'
import { countPassing, emptyLine, headOf, join, leave } from './line.ts'
import type { Line, Waiting } from './line.ts'
import { compareUntil, tellCount, unknownStaffing } from './staffing.ts'
import type { Staffing } from './staffing.ts'

/** Where people wait for the same agents, and what its past teaches: one for each queue, and one for all of them together. */
export type Hall = {
  /** How many agents there are, as told; undefined until it is. */
  told: number | undefined
  /** Agents who were seen to work beyond those told. */
  extra: number
  lines: Line[]
  readonly waiting: Map<string, Waiting>
  readonly started: Map<string, number>
  handling: Handling
  staffing: Staffing
  /** Agent-seconds that passed idle while somebody waited, and starts after a wait: their ratio is the pause between two conversations. */
  idleSeconds: number
  /** Since when somebody has waited while an agent was idle. */
  idleSince: number | undefined
  startsAfterWait: number
  /** Who gave up, and seconds waited by all: their ratio is the rate of giving up. */
  leavers: number
  waitedSeconds: number
  /** Waits of those started in the last ten minutes. */
  recent: RecentWait[]
  at: number
}

type RecentWait = { readonly at: number; readonly seconds: number }

const MOST_LINES = 16
const MOST_WAITING = 200_000
/** Conversations whose end was never told. */
const MOST_STARTED = 2000
const FORGETS = 1 - 1 / 150

export function emptyHall(at: number): Hall {
  return {
    told: undefined,
    extra: 0,
    lines: [],
    waiting: new Map(),
    started: new Map(),
    handling: unknownHandling(),
    staffing: unknownStaffing(),
    idleSeconds: 0,
    idleSince: undefined,
    startsAfterWait: 0,
    leavers: 0,
    waitedSeconds: 0,
    recent: [],
    at,
  }
}

/** How many can talk at once: as told, more when more were seen. Of untold ones, as many as talked when somebody last had to wait. */
export function agentsOf(hall: Hall): number {
  return Math.round(hall.told ?? 0) + hall.extra
}

/** Lets time pass until `t`, before anything changes there. */
export function passTime(hall: Hall, t: number): void {
  const seconds = t - hall.at
  if (seconds <= 0) return
  hall.at = t
  compareUntil(hall.staffing, t)
  const waitingCount = hall.waiting.size
  hall.waitedSeconds += waitingCount * seconds
  const idle = agentsOf(hall) - hall.started.size
  if (waitingCount === 0 || idle <= 0) {
    hall.idleSince = undefined
    return
  }
  hall.idleSeconds += idle * seconds
  hall.idleSince ??= t - seconds
  // Somebody waits and nobody takes them for longer than notes take: those nobody told of are no longer there.
  if (t - hall.idleSince > 0.3 * hall.handling.seconds) hall.extra = Math.max(0, hall.extra - idle)
}

export function tell(hall: Hall, t: number, count: number): void {
  hall.told = count
  tellCount(hall.staffing, t, count)
}

export function arrive(hall: Hall, waiting: Waiting): void {
  if (hall.waiting.size >= MOST_WAITING) forgetOldest(hall)
  hall.waiting.set(waiting.id, waiting)
  join(lineFor(hall, waiting.priority, waiting.at), waiting)
}

/** Somebody is started: answers their wait in seconds, undefined when nobody saw them come. */
export function start(hall: Hall, t: number, id: string): number | undefined {
  const waiting = hall.waiting.get(id)
  if (waiting) {
    const line = lineFor(hall, waiting.priority, t)
    countPassing(line, waiting)
    leave(line, waiting)
    hall.waiting.delete(id)
  }
  hall.started.set(id, t)
  forgetUnended(hall, t)
  const beyond = hall.started.size - agentsOf(hall)
  if (beyond > 0) hall.extra += beyond
  if (!waiting) return undefined
  const wait = t - waiting.at
  if (wait > 0) {
    hall.startsAfterWait = hall.startsAfterWait * FORGETS + 1
    hall.idleSeconds *= FORGETS
  }
  hall.leavers *= FORGETS
  hall.waitedSeconds *= FORGETS
  hall.recent.push({ at: t, seconds: wait })
  while (hall.recent.length > 1000 || hall.recent[0]!.at < t - 600) hall.recent.shift()
  return wait
}

export function end(hall: Hall, t: number, id: string): void {
  const since = hall.started.get(id)
  if (since === undefined) return abandonOrLeave(hall, id)
  hall.started.delete(id)
  learnHandling(hall.handling, t - since)
}

/** Somebody gives up. One who is already talking just goes. */
export function abandon(hall: Hall, id: string): void {
  if (hall.waiting.has(id)) hall.leavers += 1
  abandonOrLeave(hall, id)
  hall.started.delete(id)
}

function abandonOrLeave(hall: Hall, id: string): void {
  const waiting = hall.waiting.get(id)
  if (!waiting) return
  leave(lineFor(hall, waiting.priority, waiting.at), waiting)
  hall.waiting.delete(id)
}

/** No conversation lasts that long: its end was lost. */
function forgetUnended({ started, handling }: Hall, t: number): void {
  for (const [id, since] of started) {
    const isTooLong = handling.count > 20 && t - since > 60 + longestSeconds(handling)
    if (started.size <= MOST_STARTED && !isTooLong) return
    started.delete(id)
  }
}

function forgetOldest(hall: Hall): void {
  const [oldest] = hall.waiting.keys()
  if (oldest !== undefined) abandonOrLeave(hall, oldest)
}

/** The line of a priority. Beyond sixteen priorities the rest stand in the last line. */
function lineFor(hall: Hall, priority: Priority | undefined, at: number): Line {
  const found = hall.lines.find((line) => line.priority === priority)
  if (found) return found
  if (hall.lines.length >= MOST_LINES) return hall.lines[MOST_LINES - 1]!
  const made = emptyLine(priority, at)
  hall.lines.push(made)
  return made
}

/** Who has waited longest of all lines. */
export function oldestOf(hall: Hall): Waiting | undefined {
  let oldest: Waiting | undefined
  for (const line of hall.lines) {
    const head = headOf(line)
    if (head && (!oldest || head.at < oldest.at)) oldest = head
  }
  return oldest
}
