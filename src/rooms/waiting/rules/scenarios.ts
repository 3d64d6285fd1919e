import { chance } from './chance.ts'
import type { ByHour, Scenario, SimulatedQueue, Team } from './simulator.ts'

const OFFICE: ByHour = [
  [0, 0],
  [8, 12],
  [9, 30],
  [12, 22],
  [14, 28],
  [16, 16],
  [18, 0],
]
const SHIFTS: ByHour = [
  [0, 0],
  [8, 4],
  [9, 7],
  [12, 4],
  [13, 7],
  [16, 5],
  [18, 3],
  [20, 0],
]

function office(more: Partial<SimulatedQueue> = {}): SimulatedQueue {
  return { name: 'phone', perHour: OFFICE, handling: { mean: 840, spread: 0.7 }, ...more }
}

function staff(more: Partial<Team> = {}): Team {
  return { serves: ['phone'], count: SHIFTS, ...more }
}

function steady(perHour: number): ByHour {
  return [[0, perHour]]
}

/** What ships: one of each kind of trouble a support line knows. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'an office day with shifts and lunch', seed: 101, days: 10, queues: [office()], teams: [staff()] },
  {
    name: 'around the clock, steady and busy',
    seed: 102,
    days: 5,
    queues: [office({ perHour: steady(23), handling: { mean: 600, spread: 0.8 } })],
    teams: [staff({ count: steady(4) })],
  },
  {
    name: 'three priorities, lower first',
    seed: 103,
    days: 10,
    queues: [
      office({
        priorities: [
          [1, 0.15],
          [2, 0.35],
          [3, 0.5],
        ],
      }),
    ],
    teams: [staff()],
  },
  {
    name: 'two priorities, higher first',
    seed: 104,
    days: 8,
    queues: [
      office({
        priorities: [
          [5, 0.7],
          [9, 0.3],
        ],
      }),
    ],
    teams: [staff()],
    first: 'higher',
  },
  {
    name: 'callers give up',
    seed: 105,
    days: 8,
    queues: [office({ perHour: OFFICE.map(([h, v]) => [h, v * 1.4]), patience: { mean: 1500, shape: 'exponential' } })],
    teams: [staff()],
  },
  {
    name: 'agents come and go without warning',
    seed: 106,
    days: 6,
    queues: [office({ perHour: steady(20), handling: { mean: 700, spread: 0.6 } })],
    teams: [
      staff({
        count: steady(5),
        changes: [
          { day: 0.8, by: -2 },
          { day: 1.1, by: 3 },
          { day: 2.2, by: -2 },
          { day: 3.5, by: 1 },
          { day: 4.1, by: -2 },
          { day: 4.4, by: 3 },
        ],
      }),
    ],
  },
  {
    name: 'bursts after outages',
    seed: 107,
    days: 6,
    queues: [
      office({
        perHour: steady(15),
        bursts: [0.4, 1.3, 2.6, 3.7, 4.5].map((fromDay) => ({ fromDay, untilDay: fromDay + 0.05, times: 5 })),
      }),
    ],
    teams: [staff({ count: steady(5) })],
  },
  {
    name: 'three queues of their own',
    seed: 108,
    days: 8,
    queues: [
      office({ name: 'english' }),
      office({ name: 'danish', perHour: OFFICE.map(([h, v]) => [h, v / 2]), handling: { mean: 1200, spread: 0.5 } }),
      office({ name: 'chinese', perHour: OFFICE.map(([h, v]) => [h, v / 3]), handling: { mean: 700, spread: 1 } }),
    ],
    teams: [
      staff({ serves: ['english'] }),
      staff({ serves: ['danish'], count: SHIFTS.map(([h, v]) => [h, v === 0 ? 0 : v - 1]) }),
      staff({ serves: ['chinese'], count: SHIFTS.map(([h, v]) => [h, Math.ceil(v / 3)]) }),
    ],
  },
  {
    name: 'two queues share their agents',
    seed: 109,
    days: 8,
    queues: [
      office({ name: 'billing', perHour: OFFICE.map(([h, v]) => [h, v * 0.5]) }),
      office({ name: 'technical', perHour: OFFICE.map(([h, v]) => [h, v * 0.5]) }),
    ],
    teams: [staff({ serves: ['billing', 'technical'] })],
  },
  {
    name: 'handling times drift',
    seed: 110,
    days: 8,
    queues: [office({ perHour: steady(16), handling: { mean: 600, spread: 0.7, growsTo: 1.8 } })],
    teams: [staff({ count: steady(4), changes: [{ day: 4, by: 1 }] })],
  },
  {
    name: 'agents who keep idle and write notes',
    seed: 111,
    days: 8,
    queues: [office({ perHour: OFFICE.map(([h, v]) => [h, v * 0.62]) })],
    teams: [staff({ keepIdle: 1, wrapUp: 150 })],
  },
  {
    name: 'more calls than agents for days',
    seed: 112,
    days: 4,
    queues: [office({ perHour: steady(26), handling: { mean: 600, spread: 0.7 } })],
    teams: [
      staff({
        count: [
          [0, 3],
          [8, 5],
          [20, 3],
        ],
      }),
    ],
  },
  {
    name: 'closed at night, callers keep their place',
    seed: 113,
    days: 12,
    queues: [
      office({
        perHour: [
          [0, 1],
          [7, 6],
          [9, 24],
          [16, 12],
          [19, 4],
        ],
      }),
    ],
    teams: [
      staff({
        count: [
          [0, 0],
          [9, 7],
          [17, 0],
        ],
      }),
    ],
  },
  {
    name: 'short chats',
    seed: 114,
    days: 3,
    queues: [
      office({
        name: 'phone',
        perHour: [
          [0, 30],
          [8, 170],
          [12, 130],
          [14, 170],
          [20, 50],
        ],
        handling: { mean: 60, spread: 0.9 },
      }),
    ],
    teams: [
      staff({
        count: [
          [0, 1],
          [8, 3],
          [20, 1],
        ],
      }),
    ],
  },
  {
    name: 'long work, few agents',
    seed: 115,
    days: 60,
    queues: [office({ perHour: steady(0.9), handling: { mean: 7200, spread: 0.6 } })],
    teams: [staff({ count: steady(2) })],
  },
  {
    name: 'a first afternoon',
    seed: 116,
    days: 0.4,
    queues: [office({ perHour: steady(25), handling: { mean: 620, spread: 0.7 } })],
    teams: [staff({ count: steady(4) })],
  },
  {
    name: 'weekends off, impatient callers, two priorities',
    seed: 117,
    days: 14,
    queues: [
      office({
        perHour: OFFICE.map(([h, v]) => [h, v * 1.2]),
        priorities: [
          ['A', 0.2],
          ['B', 0.8],
        ],
        patience: { mean: 2400, shape: 'log-normal' },
      }),
    ],
    teams: [staff({ daysOff: [5, 6] })],
  },
  {
    name: 'nobody says who works',
    seed: 118,
    days: 8,
    queues: [office()],
    teams: [staff({ untold: true })],
  },
]

/** A scenario with chance for parameters: a guard against fitting the estimator to the scenarios above. */
export function randomScenario(seed: number): Scenario {
  const random = chance(seed * 7919 + 13)
  const between = (low: number, high: number): number => low + (high - low) * random()
  const oneIn = (count: number): boolean => random() < 1 / count
  const agents = Math.round(Math.exp(between(Math.log(2), Math.log(20))))
  // Large teams with short conversations would make scenarios of many thousands.
  const handlingMean = Math.exp(between(Math.log(60 * agents), Math.log(4000)))
  const names = oneIn(3) ? ['a', 'b', 'c'].slice(0, 2 + Math.floor(between(0, 2))) : ['a']
  const isShared = names.length > 1 && oneIn(2)
  const isDaily = random() < 0.6
  const shape = isDaily ? dayShape(oneIn(2)) : NIGHT_AND_DAY
  const habits: Partial<Team> = {
    ...(agents > 3 && oneIn(5) && { keepIdle: 1 }),
    ...(oneIn(5) && { wrapUp: handlingMean * 0.2 }),
    ...(oneIn(6) && { pickUp: handlingMean * 0.05 }),
    ...(oneIn(8) && { untold: true }),
    ...(oneIn(8) && { toldLate: handlingMean }),
  }
  const teamSize = isShared ? agents * names.length : agents
  const shifts = (isDaily ? dayShifts(oneIn(2), oneIn(2)) : steady(1)).map(([hour, value]): [number, number] => [
    hour,
    value === 0 ? 0 : Math.max(1, Math.round(value * teamSize)),
  ])
  const cycle = handlingMean + (habits.wrapUp ?? 0) + (habits.pickUp ?? 0)
  const working =
    overDay(shifts) - (habits.keepIdle ?? 0) * overDay(shifts.map(([hour, count]) => [hour, count > 0 ? 1 : 0]))
  // One in six is asked for more than it can do.
  const load = oneIn(6) ? between(1, 1.1) : between(0.75, 0.97)
  const perHour = ((3600 / cycle) * working * load) / overDay(shape) / names.length
  const days = Math.min(40, Math.max(3.2, 2500 / (perHour * 24 * overDay(shape) * names.length)))
  const queues = names.map((name): SimulatedQueue => {
    const patience = oneIn(3)
      ? { mean: handlingMean * between(0.6, 5), shape: oneIn(2) ? ('exponential' as const) : ('log-normal' as const) }
      : undefined
    return {
      name,
      perHour: shape.map(([hour, value]) => [hour, value * perHour]),
      handling: { mean: handlingMean, spread: between(0.3, 1.2), growsTo: oneIn(4) ? between(0.6, 1.3) : 1 },
      ...(oneIn(4) && {
        bursts: [0.3, 0.6, 0.85].map((at) => ({ fromDay: at * days, untilDay: at * days + 0.06, times: 3 })),
      }),
      ...(oneIn(3) && { priorities: THREE }),
      ...(patience && { patience }),
    }
  })
  const changes = oneIn(3)
    ? [0.3, 0.5, 0.7].map((at) => ({ day: at * days, by: Math.round(between(-0.2, 0.3) * agents) }))
    : []
  const teams = isShared
    ? [{ serves: names, count: shifts, changes, ...habits }]
    : names.map((name) => ({ serves: [name], count: shifts, changes, ...habits }))
  return {
    name: `random ${seed}`,
    seed,
    days,
    queues,
    teams,
    first: (['lower', 'higher', 'oldest'] as const)[seed % 3]!,
  }
}

const THREE = [
  [1, 0.2],
  [2, 0.3],
  [3, 0.5],
] as const
const NIGHT_AND_DAY: ByHour = [
  [0, 0.9],
  [6, 1],
  [12, 1.1],
  [18, 0.95],
]

function dayShape(isQuietAtNight: boolean): ByHour {
  return [
    [0, isQuietAtNight ? 0 : 0.1],
    [8, 0.7],
    [9.5, 1.1],
    [12, 0.8],
    [14, 1.1],
    [17, 0.5],
    [20, isQuietAtNight ? 0 : 0.1],
  ]
}

function dayShifts(isClosedAtNight: boolean, isClosedInTheEvening: boolean): ByHour {
  return [
    [0, isClosedAtNight ? 0 : 0.2],
    [8, 0.7],
    [9, 1],
    [12, 0.75],
    [13, 1],
    [17, 0.6],
    [20, isClosedInTheEvening ? 0 : 0.25],
  ]
}

/** The mean of a value over the day. */
function overDay(byHour: ByHour): number {
  return byHour.reduce((sum, [hour, value], index) => sum + value * ((byHour[index + 1]?.[0] ?? 24) - hour), 0) / 24
}
