import { agentsOf, oldestOf } from './hall.ts'
import type { Hall } from './hall.ts'

/**
 * The five plain formulas that the estimator is held against, and that it may lean on. Ibrahim and Whitt (2009, "Real-time delay
 * estimation in call centers") compare the first two and the last one.
 */
export type Formulas = {
  /** The wait of the last one who was started. */
  readonly lastToStart: number
  /** How long the one at the head of the line has waited. */
  readonly headOfLine: number
  /** The mean wait of those started in the last ten minutes; without any, that of the last. */
  readonly tenMinutes: number
  /** Waits smoothed exponentially, the newest counting a fifth. */
  readonly smoothed: number
  /** One more than those in line, times the mean handling time, by the number of agents. */
  readonly queueLength: number
}

/** What the smoothing formulas keep: of a queue, or of one priority in it. */
export type Memory = { lastToStart: number; smoothed: number; isKnown: boolean }

export function unknownMemory(): Memory {
  return { lastToStart: 0, smoothed: 0, isKnown: false }
}

export function remember(memory: Memory, wait: number): void {
  memory.lastToStart = wait
  memory.smoothed = memory.isKnown ? memory.smoothed + 0.2 * (wait - memory.smoothed) : wait
  memory.isKnown = true
}

export function formulasOf(hall: Hall, { lastToStart, smoothed }: Memory, t: number): Formulas {
  const head = oldestOf(hall)
  const recent = hall.recent.filter(({ at }) => at >= t - 600)
  return {
    lastToStart,
    headOfLine: head ? t - head.at : 0,
    tenMinutes: recent.length > 0 ? mean(recent.map(({ seconds }) => seconds)) : lastToStart,
    smoothed,
    queueLength: ((hall.waiting.size + 1) * hall.handling.seconds) / Math.max(1, agentsOf(hall)),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
