import type { Priority } from './event.ts'
import { headOf } from './line.ts'
import type { Line, Waiting } from './line.ts'

/** Who is started first: the lower priority, the higher one, or whoever has waited longest. */
export type Rule = 'lower' | 'higher' | 'oldest'

/** How often each rule would have named the one who was started; forgets with time. */
export type Order = { lower: number; higher: number; oldest: number }

const RULES: readonly Rule[] = ['lower', 'higher', 'oldest']

/** Until starts say otherwise, 1 goes before 2 and A before B. */
export function assumedOrder(): Order {
  return { lower: 1, higher: 0, oldest: 0 }
}

export function ruleOf(order: Order): Rule {
  if (order.oldest > order.lower && order.oldest > order.higher) return 'oldest'
  return order.higher > order.lower ? 'higher' : 'lower'
}

/** Learns from a start, before the line has changed. Only where the rules would choose differently is there something to learn. */
export function learnOrder(order: Order, lines: readonly Line[], started: Waiting): void {
  const heads = lines.map((line) => headOf(line)).filter((head) => head !== undefined)
  if (heads.length < 2) return
  const chosen = RULES.map((rule) => heads.reduce((best, head) => (goesBefore(rule, head, best) ? head : best)))
  if (chosen.every((one) => one === chosen[0])) return
  for (const [index, rule] of RULES.entries())
    order[rule] = order[rule] * 0.98 + (chosen[index]?.id === started.id ? 1 : 0)
}

function goesBefore(rule: Rule, a: Waiting, b: Waiting): boolean {
  if (rule === 'oldest' || a.priority === b.priority) return a.at < b.at
  return isBetter(rule, a.priority, b.priority)
}

/** Whether the first priority goes before the second. None at all goes last. */
export function isBetter(rule: Rule, a: Priority | undefined, b: Priority | undefined): boolean {
  if (rule === 'oldest' || a === b || a === undefined) return false
  if (b === undefined) return true
  const isLower = typeof a === typeof b ? a < b : typeof a === 'number'
  return rule === 'lower' ? isLower : !isLower
}
