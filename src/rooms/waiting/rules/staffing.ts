/**
 * How many agents there were, and how many there will be. Nobody tells the estimator a roster: it looks at what was told
 * yesterday and a week ago at the same time, and trusts that as far as it has come true.
 */
export type Staffing = {
  /** Told changes of the last eight days, oldest first. */
  changes: (readonly [at: number, count: number])[]
  /** How far each way to foresee was off lately: staying as now, as a day ago, as a week ago. */
  off: [stays: number, day: number, week: number]
  /** Up to here the ways were compared. */
  comparedAt: number | undefined
  /** How long it was closed each time, lately; seconds. */
  closings: number[]
}

/** Counts from now on. Steps repeat every `period`, because tomorrow is foreseen like today; with 0 they come once. */
export type Plan = {
  readonly period: number
  readonly steps: readonly (readonly [at: number, count: number])[]
}

const DAY = 86_400
const WEEK = 7 * DAY
const COMPARE_EVERY = 1800
const MOST_CHANGES = 3000
const STAYS: Plan = { period: 0, steps: [] }

export function unknownStaffing(): Staffing {
  return { changes: [], off: [0.05, 0.05, 0.05], comparedAt: undefined, closings: [] }
}

export function tellCount(staffing: Staffing, t: number, count: number): void {
  compareUntil(staffing, t)
  const { changes, closings } = staffing
  const last = changes.at(-1)
  if (last?.[1] === count) return
  if (last?.[1] === 0 && changes.length > 1) {
    closings.push(t - last[0])
    if (closings.length > 20) closings.shift()
  }
  changes.push([t, count])
  while (changes.length > MOST_CHANGES || (changes[1] && changes[1][0] < t - WEEK - DAY)) changes.shift()
}

/** Every half hour that has passed is held against what the three ways would have said of it: eight hours, a day, a week before. */
export function compareUntil(staffing: Staffing, t: number): void {
  const first = staffing.changes[0]
  if (!first) return
  // After a long silence only the last day is compared.
  let at = Math.max(staffing.comparedAt ?? first[0], t - DAY)
  for (; at + COMPARE_EVERY < t; at += COMPARE_EVERY) {
    const was = countAt(staffing, at)
    for (const [way, before] of [8 * 3600, DAY, WEEK].entries()) {
      const said = countAt(staffing, at - before)
      if (said === undefined || was === undefined) continue
      const off = Math.abs(said - was) / Math.max(said, was, 1)
      staffing.off[way]! += (off - staffing.off[way]!) / 96
    }
  }
  staffing.comparedAt = at
}

/** What was told for a moment in the past; undefined before anything was. */
function countAt({ changes }: Staffing, t: number): number | undefined {
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (changes[middle]![0] <= t) low = middle + 1
    else high = middle
  }
  return changes[low - 1]?.[1]
}

/** The ways to foresee the counts after now, each with the trust it deserves; the sum of trust is 1. */
export function plansOf(staffing: Staffing, now: number): readonly (readonly [trust: number, plan: Plan])[] {
  const first = staffing.changes[0]?.[0] ?? Infinity
  const candidates: [number, Plan][] = []
  for (const [way, period, seen] of [
    // A day can be repeated when a third of it was seen, because it opens in the morning; a week when all was.
    [1, DAY, DAY / 3],
    [2, WEEK, WEEK],
  ] as const)
    if (first <= now - seen) {
      const plan = repeated(staffing, now, period)
      if (plan.steps.length > 0) candidates.push([trustOf(staffing.off[way]), plan])
    }
  // What is closed opens again: a day that knows when is a better guide than that it stays so.
  const opens = candidates.some(([, { steps }]) => steps.some(([, count]) => count > 0))
  if (!opens || countAt(staffing, now) !== 0) candidates.push([trustOf(staffing.off[0]), STAYS])
  const all = candidates.reduce((sum, [trust]) => sum + trust, 0)
  return candidates.map(([trust, plan]) => [trust / all, plan])
}

function trustOf(off: number): number {
  return 1 / (0.004 + off) ** 2
}

/**
 * The changes of the last period, moved forward by it. What has become different since the period before - somebody more, for good -
 * is added to the counts from before that; but closed is closed.
 */
function repeated(staffing: Staffing, now: number, period: number): Plan {
  const differs = (at: number): number => {
    const [was, is] = [countAt(staffing, at - period), countAt(staffing, at)]
    return was && is ? is - was : 0
  }
  const known = (staffing.changes[0]?.[0] ?? now) <= now - 2 * period
  const differsNow = known ? differs(now) : 0
  const steps = staffing.changes
    .filter(([at]) => at > now - period)
    .map(([at, count]): [number, number] => {
      const more = known && differsNow !== 0 ? differsNow - differs(at) : 0
      return [at + period, count === 0 ? 0 : Math.max(1, count + more)]
    })
  return { period, steps }
}

/** A guess how much longer it stays closed when no plan knows: as long as the closings before, else as long as it has been closed already. */
export function reopensAfter({ changes, closings }: Staffing, now: number, share: number): number {
  const since = now - (changes.at(-1)?.[0] ?? now)
  const longer = closings.filter((seconds) => seconds > since).toSorted((a, b) => a - b)
  const known = longer[Math.floor(share * longer.length)]
  if (known !== undefined) return known - since
  return (since + 1800) * (1 / (1 - 0.95 * share) - 1) + 600
}
