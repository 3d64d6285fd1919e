import { headOf } from './line.ts'
import { isBetter, ruleOf } from './order.ts'
import type { Queue, Waits } from './waits.ts'

/** Agents who serve several queues are counted in each, so that the counts by queue lie. Two signs show it, both looked at while somebody waits. */
export function isShared(waits: Waits, { misfit: [own, largest, sum] }: Queue): boolean {
  if (waits.queues.size < 2) return false
  if (own > 1.5 * Math.min(largest, sum) + 600) return true
  for (const { turns } of waits.queues.values()) if (turns[0] <= 9 * turns[1] || turns[0] + turns[1] < 6) return false
  return true
}

/**
 * The first sign: as many agents as are told should be talking. If they are not in this queue, but all queues together come out right,
 * they are shared. Told are either all agents in each queue, or each queue's part.
 */
export function learnFit(waits: Waits, queue: Queue, t: number): void {
  if (waits.queues.size < 2) return
  const seconds = Math.max(0, t - waits.all.at)
  const talking = waits.all.started.size
  let largest = 0
  let sum = 0
  for (const { hall } of waits.queues.values()) {
    largest = Math.max(largest, hall.told ?? 0)
    sum += hall.told ?? 0
  }
  for (const { hall, misfit } of waits.queues.values()) {
    if (hall.waiting.size === 0) continue
    misfit[0] += seconds * Math.abs((hall.told ?? 0) - hall.started.size)
    misfit[1] += seconds * Math.abs(largest - talking)
    misfit[2] += seconds * Math.abs(sum - talking)
  }
  waits.all.told = queue.misfit[1] < queue.misfit[2] ? largest : sum
}

/** The second sign: whoever is started was the first of all queues. If they are not shared, in some queue that is seldom so. */
export function learnTurn(waits: Waits, queue: Queue, id: string): void {
  if (waits.all.waiting.size === queue.hall.waiting.size) return
  const rule = ruleOf(waits.order)
  const [one, ...others] = waits.all.lines.map((line) => headOf(line)).filter((head) => head !== undefined)
  if (!one) return
  const first = others.reduce((best, head) => {
    if (isBetter(rule, head.priority, best.priority)) return head
    return !isBetter(rule, best.priority, head.priority) && head.at < best.at ? head : best
  }, one)
  queue.turns = [queue.turns[0] * 0.98, queue.turns[1] * 0.98]
  queue.turns[first.id === id ? 0 : 1] += 1
}
