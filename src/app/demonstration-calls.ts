import type { Charter } from '../rooms/entitlements/index.ts'
import { simulated } from '../rooms/waiting/index.ts'
import type { Scenario, WaitEvent } from '../rooms/waiting/index.ts'

const DAYS = 9
const DAY = 86_400

/** Nine made-up days of calls up to `now` (seconds since 1970 UTC), so that the first wait that is told is one that was learned. */
export function pastCalls({ supportTypes, severities }: Charter, now: number): readonly WaitEvent[] {
  const queues = supportTypes.filter(({ channels }) => channels.includes('callback')).map(({ id }) => id)
  const scenario: Scenario = {
    name: 'demonstration',
    seed: 365,
    days: DAYS + 1,
    queues: queues.map((name, i) => ({
      name,
      perHour: [[0, i === 0 ? 6 : 3]],
      handling: { mean: i === 0 ? 1080 : 720, spread: 0.6 },
      priorities: severities.map((_, rank) => [rank, 1 / severities.length] as const),
      patience: { mean: 5400, shape: 'exponential' },
    })),
    teams: [{ serves: queues, count: [[0, 4]], wrapUp: 60 }],
    first: 'lower',
  }
  const began = (Math.floor(now / DAY) - DAYS) * DAY
  return simulated(scenario)
    .map((event) => ({ ...event, t: event.t + began }))
    .filter(({ t }) => t < now)
}
