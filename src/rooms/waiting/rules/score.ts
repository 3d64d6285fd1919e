import type { WaitEvent } from './event.ts'
import { follow } from './estimator.ts'
import type { Estimate } from './range.ts'
import { newWaits } from './waits.ts'

/** How an estimator did on a scenario: mean absolute error, share of waits inside the range, mean width; seconds. */
export type Score = {
  readonly waits: number
  readonly error: number
  readonly formulas: Readonly<Record<string, number>>
  readonly coverage: number
  readonly width: number
}

/** Plays events to the estimator and to the plain formulas, and compares what was said on arrival with the wait there was. */
export function scored(events: readonly WaitEvent[]): Score {
  const waits = newWaits()
  const said = new Map<string, { t: number; estimate: Estimate; formulas: Readonly<Record<string, number>> }>()
  const sums: Record<string, number> = {}
  let [count, error, inside, width] = [0, 0, 0, 0]
  const rivals = new Map<string, Rival>()
  for (const event of events) {
    const name = event.queue ?? ''
    const rival = rivals.get(name) ?? newRival()
    rivals.set(name, rival)
    const formulas = event.type === 'arrive' ? rivalSays(rival, event.t) : {}
    const estimate = follow(waits, event)
    if (event.type === 'arrive' && estimate) said.set(event.id, { t: event.t, estimate, formulas })
    followRival(rival, event)
    if (event.type !== 'start') continue
    const was = said.get(event.id)
    if (!was) continue
    said.delete(event.id)
    const wait = event.t - was.t
    count += 1
    error += Math.abs(was.estimate.expected - wait)
    width += was.estimate.high - was.estimate.low
    if (was.estimate.low <= wait && wait <= was.estimate.high) inside += 1
    for (const [formula, seconds] of Object.entries(was.formulas))
      sums[formula] = (sums[formula] ?? 0) + Math.abs(seconds - wait)
  }
  return {
    waits: count,
    error: error / count,
    formulas: Object.fromEntries(Object.entries(sums).map(([formula, sum]) => [formula, sum / count])),
    coverage: inside / count,
    width: width / count,
  }
}

/** What the plain formulas know: written apart from the estimator, so that neither leans on the other. */
type Rival = {
  agents: number
  last: number
  smoothed: number | undefined
  recent: [number, number][]
  line: Map<string, number>
  started: Map<string, number>
  handled: number
  handledSeconds: number
}

function newRival(): Rival {
  return {
    agents: 0,
    last: 0,
    smoothed: undefined,
    recent: [],
    line: new Map(),
    started: new Map(),
    handled: 0,
    handledSeconds: 0,
  }
}

function rivalSays(rival: Rival, t: number): Readonly<Record<string, number>> {
  const recent = rival.recent.filter(([at]) => at >= t - 600)
  const [head] = rival.line.values()
  const mean = rival.handled > 0 ? rival.handledSeconds / rival.handled : 0
  const agents = Math.max(1, rival.agents === 0 ? rival.started.size : rival.agents)
  const queueLength = ((rival.line.size + 1) * mean) / agents
  return {
    LES: rival.last,
    HOL: head === undefined ? 0 : t - head,
    mean10: recent.length > 0 ? recent.reduce((sum, [, wait]) => sum + wait, 0) / recent.length : rival.last,
    smoothed: rival.smoothed ?? 0,
    QL: queueLength,
    QL0: rival.started.size < rival.agents ? 0 : queueLength,
  }
}

function followRival(rival: Rival, event: WaitEvent): void {
  const { t } = event
  switch (event.type) {
    case 'agents':
      rival.agents = event.count
      return
    case 'arrive':
      rival.line.set(event.id, t)
      return
    case 'start': {
      const wait = t - (rival.line.get(event.id) ?? t)
      rival.line.delete(event.id)
      rival.started.set(event.id, t)
      rival.last = wait
      rival.smoothed = rival.smoothed === undefined ? wait : rival.smoothed + 0.2 * (wait - rival.smoothed)
      rival.recent.push([t, wait])
      if (rival.recent.length > 500) rival.recent = rival.recent.filter(([at]) => at >= t - 600)
      return
    }
    case 'end':
      rival.handled += 1
      rival.handledSeconds += t - (rival.started.get(event.id) ?? t)
      rival.started.delete(event.id)
      return
    case 'abandon':
      rival.line.delete(event.id)
  }
}
