import { follow } from './estimator.ts'
import type { WaitEvent } from './event.ts'
import type { Estimate } from './range.ts'
import { newWaits } from './waits.ts'

/** The plain formulas an estimator must beat. Written apart from the ones it may lean on, so that a mistake is not shared. */
export const FORMULAS = ['last to start', 'head of line', 'ten minutes', 'smoothed', 'queue length'] as const
type Formula = (typeof FORMULAS)[number]

/** How an estimator did on a scenario. Errors and widths are means, in seconds; only those who were started count. */
export type Score = {
  readonly waits: number
  readonly error: number
  readonly formulaErrors: Readonly<Record<Formula, number>>
  /** The share of waits inside the range, ends included. */
  readonly coverage: number
  /** The same of those who were not told that there is no wait. */
  readonly coverageOfWaiting: number
  readonly width: number
}

type Said = { readonly t: number; readonly estimate: Estimate; readonly formulas: Readonly<Record<Formula, number>> }

/** Plays events to the estimator and to the formulas, and holds what was said on arrival against the wait there was. */
export function scored(events: readonly WaitEvent[]): Score {
  const waits = newWaits()
  const halls = new Map<string, PlainHall>()
  const said = new Map<string, Said>()
  const results: { readonly wait: number; readonly was: Said }[] = []
  for (const event of events) {
    const hall = halls.get(event.queue ?? '') ?? emptyPlainHall()
    halls.set(event.queue ?? '', hall)
    const formulas = event.type === 'arrive' ? formulasSay(hall, event.t) : undefined
    const estimate = follow(waits, event)
    followPlainly(hall, event)
    if (event.type === 'arrive' && estimate && formulas) said.set(event.id, { t: event.t, estimate, formulas })
    const was = event.type === 'start' ? said.get(event.id) : undefined
    if (was) results.push({ wait: event.t - was.t, was })
  }
  const mean = (of: (one: (typeof results)[number]) => number): number =>
    results.reduce((sum, one) => sum + of(one), 0) / results.length
  const holds = ({ wait, was: { estimate } }: (typeof results)[number]): boolean =>
    estimate.low <= wait && wait <= estimate.high
  const waiting = results.filter(({ was }) => was.estimate.high > 0)
  const errorOf = (formula: Formula): number => mean(({ wait, was }) => Math.abs(was.formulas[formula] - wait))
  return {
    waits: results.length,
    error: mean(({ wait, was }) => Math.abs(was.estimate.expected - wait)),
    formulaErrors: {
      'last to start': errorOf('last to start'),
      'head of line': errorOf('head of line'),
      'ten minutes': errorOf('ten minutes'),
      smoothed: errorOf('smoothed'),
      'queue length': errorOf('queue length'),
    },
    coverage: mean((one) => (holds(one) ? 1 : 0)),
    coverageOfWaiting: waiting.filter(holds).length / Math.max(1, waiting.length),
    width: mean(({ was: { estimate } }) => estimate.high - estimate.low),
  }
}

type PlainHall = {
  agents: number
  last: number
  smoothed: number | undefined
  recent: (readonly [at: number, wait: number])[]
  readonly line: Map<string, number>
  readonly started: Map<string, number>
  handled: number
  handledSeconds: number
}

function emptyPlainHall(): PlainHall {
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

function formulasSay(hall: PlainHall, t: number): Readonly<Record<Formula, number>> {
  const recent = hall.recent.filter(([at]) => at >= t - 600)
  const [head] = hall.line.values()
  const handling = hall.handled > 0 ? hall.handledSeconds / hall.handled : 0
  // Where nobody says how many agents there are, those who talk are counted.
  const agents = Math.max(1, hall.agents === 0 ? hall.started.size : hall.agents)
  return {
    'last to start': hall.last,
    'head of line': head === undefined ? 0 : t - head,
    'ten minutes': recent.length > 0 ? recent.reduce((sum, [, wait]) => sum + wait, 0) / recent.length : hall.last,
    smoothed: hall.smoothed ?? 0,
    'queue length': ((hall.line.size + 1) * handling) / agents,
  }
}

function followPlainly(hall: PlainHall, event: WaitEvent): void {
  const { t } = event
  switch (event.type) {
    case 'agents':
      hall.agents = event.count
      return
    case 'arrive':
      hall.line.set(event.id, t)
      return
    case 'start': {
      const wait = t - (hall.line.get(event.id) ?? t)
      hall.line.delete(event.id)
      hall.started.set(event.id, t)
      hall.last = wait
      hall.smoothed = hall.smoothed === undefined ? wait : hall.smoothed + 0.2 * (wait - hall.smoothed)
      hall.recent.push([t, wait])
      if (hall.recent.length > 500) hall.recent = hall.recent.filter(([at]) => at >= t - 600)
      return
    }
    case 'end':
      hall.handled += 1
      hall.handledSeconds += t - (hall.started.get(event.id) ?? t)
      hall.started.delete(event.id)
      return
    case 'abandon':
      hall.line.delete(event.id)
  }
}
