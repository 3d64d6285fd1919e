import { chance, normal } from './chance.ts'
import type { Priority, WaitEvent } from './event.ts'

/** A value that changes during the day: from `hour` on (0-24, rising), until the next one or midnight. */
export type ByHour = readonly (readonly [hour: number, value: number])[]

/** A made-up support line. Times are in seconds unless the name says otherwise. */
export type Scenario = {
  readonly name: string
  readonly seed: number
  readonly days: number
  readonly queues: readonly SimulatedQueue[]
  readonly teams: readonly Team[]
  /** Which priority is served first; the estimator must find out. */
  readonly first?: 'lower' | 'higher' | 'oldest'
}

export type SimulatedQueue = {
  readonly name: string
  /** Arrivals an hour. */
  readonly perHour: ByHour
  /** Arrivals are this many times more from one moment until another (days, as fractions). */
  readonly bursts?: readonly { readonly fromDay: number; readonly untilDay: number; readonly times: number }[]
  readonly handling: {
    readonly mean: number
    /** Standard deviation of the logarithm. */
    readonly spread: number
    /** Handling takes this many times longer at the end than at the beginning; in between it grows evenly. */
    readonly growsTo?: number
  }
  readonly priorities?: readonly (readonly [priority: Priority, share: number])[]
  /** Mean patience, of an exponential or a log-normal distribution. */
  readonly patience?: { readonly mean: number; readonly shape: 'exponential' | 'log-normal' }
}

export type Team = {
  readonly serves: readonly string[]
  readonly count: ByHour
  /** Changes on top of the daily count: at a moment (days), by so many, from then on. */
  readonly changes?: readonly { readonly day: number; readonly by: number }[]
  /** Days of the week, counted from day 0, on which nobody works. */
  readonly daysOff?: readonly number[]
  /** Of those counted, so many never take anybody. */
  readonly keepIdle?: number
  /** Seconds after each conversation in which an agent takes nobody. */
  readonly wrapUp?: number
  /** Mean seconds before a free agent takes the next one. */
  readonly pickUp?: number
  /** A team whose count no event tells. */
  readonly untold?: boolean
  /** Changes are told so many seconds late. */
  readonly toldLate?: number
}

const DAY = 86_400

type Visit = {
  readonly id: string
  readonly queue: SimulatedQueue
  readonly priority: Priority | undefined
  readonly at: number
  readonly serviceSeconds: number
  readonly leavesAt: number
  state: 'waiting' | 'taken' | 'gone'
}

type Due = { readonly at: number; readonly order: number; readonly act: () => void }

/** All events of a scenario in time order: the same for the same seed. */
export function simulated(scenario: Scenario): readonly WaitEvent[] {
  const random = chance(scenario.seed)
  const until = scenario.days * DAY
  const events: WaitEvent[] = []
  const agenda = heapOf()
  const lines = new Map(scenario.queues.map(({ name }): [string, Visit[]] => [name, []]))
  const teams = scenario.teams.map((team) => ({ team, count: 0, occupied: 0 }))

  scenario.teams.forEach((team, index) => {
    for (const [at, count] of countsOf(team, scenario.days)) {
      if (!team.untold) agenda.add(at + (team.toldLate ?? 0), () => tellCounts(at + (team.toldLate ?? 0), team))
      agenda.add(at, () => {
        teams[index]!.count = Math.max(0, count - (team.keepIdle ?? 0))
        takeNext(at)
      })
    }
  })
  scenario.queues.forEach((queue) =>
    arrivalsOf(queue, scenario, random).forEach((visit) => agenda.add(visit.at, () => arrive(visit))),
  )

  for (let due = agenda.take(); due; due = agenda.take()) due.act()
  return events

  /** What a queue is told is the sum over all teams that serve it: agents who are shared are counted in each. */
  function tellCounts(t: number, changed: Team): void {
    for (const queue of changed.serves) {
      const count = teams
        .filter(({ team }) => team.serves.includes(queue) && !team.untold)
        .reduce((sum, { team }) => sum + countAt(team, t - (team.toldLate ?? 0)), 0)
      events.push({ t, type: 'agents', queue, count })
    }
  }

  function arrive(visit: Visit): void {
    const { at, id, priority, queue } = visit
    events.push({ t: at, type: 'arrive', id, queue: queue.name, priority })
    lines.get(queue.name)?.push(visit)
    if (visit.leavesAt < Infinity) agenda.add(visit.leavesAt, () => abandon(visit))
    takeNext(at)
  }

  function abandon(visit: Visit): void {
    if (visit.state !== 'waiting') return
    leaveLine(visit)
    visit.state = 'gone'
    events.push({ t: visit.leavesAt, type: 'abandon', id: visit.id, queue: visit.queue.name, priority: visit.priority })
  }

  function takeNext(now: number): void {
    for (const standing of teams)
      while (standing.occupied < standing.count) {
        const next = firstFor(standing.team)
        if (!next) break
        standing.occupied += 1
        leaveLine(next)
        next.state = 'taken'
        const delay = standing.team.pickUp ? -standing.team.pickUp * Math.log(1 - random()) : 0
        if (delay === 0) start(next, now, standing)
        else agenda.add(now + delay, () => start(next, now + delay, standing))
      }
  }

  function start(visit: Visit, now: number, standing: (typeof teams)[number]): void {
    const of = { id: visit.id, queue: visit.queue.name, priority: visit.priority }
    events.push({ t: now, type: 'start', ...of })
    const endsAt = now + visit.serviceSeconds
    const freeAt = endsAt + (standing.team.wrapUp ?? 0)
    agenda.add(endsAt, () => events.push({ t: endsAt, type: 'end', ...of }))
    agenda.add(freeAt, () => {
      standing.occupied -= 1
      takeNext(freeAt)
    })
  }

  function firstFor(team: Team): Visit | undefined {
    let best: Visit | undefined
    for (const name of team.serves)
      for (const visit of lines.get(name) ?? [])
        if (!best || isBefore(visit, best, scenario.first ?? 'lower')) best = visit
    return best
  }

  function leaveLine(visit: Visit): void {
    const line = lines.get(visit.queue.name) ?? []
    line.splice(line.indexOf(visit), 1)
  }

  function heapOf() {
    const heap: Due[] = []
    let order = 0
    return {
      add(at: number, act: () => void): void {
        if (at > until * 1.5) return
        push(heap, { at, order: order++, act })
      },
      take: (): Due | undefined => pop(heap),
    }
  }
}

function isBefore(a: Visit, b: Visit, first: 'lower' | 'higher' | 'oldest'): boolean {
  const [p, q] = [a.priority ?? 0, b.priority ?? 0]
  if (first === 'oldest' || p === q) return a.at < b.at
  return first === 'lower' ? p < q : p > q
}

function arrivalsOf(queue: SimulatedQueue, { days }: Scenario, random: () => number): readonly Visit[] {
  const most =
    Math.max(...queue.perHour.map(([, rate]) => rate)) * Math.max(1, ...(queue.bursts ?? []).map(({ times }) => times))
  const visits: Visit[] = []
  for (let t = gap(); t < days * DAY; t += gap()) {
    const day = t / DAY
    const times = (queue.bursts ?? []).reduce(
      (all, one) => (day >= one.fromDay && day < one.untilDay ? all * one.times : all),
      1,
    )
    if (random() * most > valueAt(queue.perHour, t) * times) continue
    const { mean, spread, growsTo = 1 } = queue.handling
    const grown = mean * (1 + ((growsTo - 1) * day) / days)
    visits.push({
      id: `${queue.name}${visits.length}`,
      queue,
      priority: drawn(queue.priorities ?? [], random()),
      at: t,
      serviceSeconds: grown * Math.exp(spread * normal(random) - (spread * spread) / 2),
      leavesAt: t + patienceOf(queue, random),
      state: 'waiting',
    })
  }
  return visits

  function gap(): number {
    return (-3600 * Math.log(1 - random())) / most
  }
}

function patienceOf({ patience }: SimulatedQueue, random: () => number): number {
  if (!patience) return Infinity
  return patience.shape === 'exponential'
    ? -patience.mean * Math.log(1 - random())
    : patience.mean * Math.exp(0.8 * normal(random) - 0.32)
}

function drawn(priorities: readonly (readonly [Priority, number])[], at: number): Priority | undefined {
  let passed = 0
  for (const [priority, share] of priorities) {
    passed += share
    if (at < passed) return priority
  }
  return priorities.at(-1)?.[0]
}

function valueAt(byHour: ByHour, t: number): number {
  const hour = (((t % DAY) + DAY) % DAY) / 3600
  return byHour.findLast(([from]) => from <= hour)?.[1] ?? 0
}

function countAt({ count, changes = [], daysOff = [] }: Team, t: number): number {
  if (t < 0 || daysOff.includes(Math.floor(t / DAY) % 7)) return 0
  const daily = valueAt(count, t)
  // Whoever closes at night closes at night, whatever else has changed.
  if (daily === 0) return 0
  return Math.max(
    0,
    changes.reduce((all, { day, by }) => (t >= day * DAY ? all + by : all), daily),
  )
}

function countsOf(team: Team, days: number): readonly (readonly [at: number, count: number])[] {
  const moments = new Set([0])
  // A day more, so that whoever waits at the end is served.
  for (let day = 0; day <= days; day++) for (const [hour] of team.count) moments.add(day * DAY + hour * 3600)
  for (const { day } of team.changes ?? []) moments.add(day * DAY)
  return [...moments].toSorted((a, b) => a - b).map((at) => [at, countAt(team, at)])
}

function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    if (!isSooner(heap[at]!, heap[up]!)) return
    ;[heap[at], heap[up]] = [heap[up]!, heap[at]!]
    at = up
  }
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || heap.length === 0) return first
  heap[0] = last
  for (let at = 0; ;) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    let least = at
    if (left < heap.length && isSooner(heap[left]!, heap[least]!)) least = left
    if (right < heap.length && isSooner(heap[right]!, heap[least]!)) least = right
    if (least === at) return first
    ;[heap[at], heap[least]] = [heap[least]!, heap[at]!]
    at = least
  }
}

function isSooner(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
