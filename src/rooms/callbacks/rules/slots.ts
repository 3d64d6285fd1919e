import type { BusinessCalendar } from '../../calendars/rules/calendar.ts'
import { openSegments } from '../../calendars/rules/opening.ts'
import type { CallRules, Need } from './desk.ts'
import { onShift } from './staffing.ts'
import type { Shift } from './staffing.ts'

/** A time to be called at, with who could: one call each. Milliseconds since 1970 UTC. */
export type Slot = { readonly at: number; readonly agents: readonly string[] }

/** A seat that is taken: this agent is promised to somebody from this moment. */
export type Seat = { readonly at: number; readonly agentId: string }

/** Nobody is promised a call sooner than this: somebody has to read the case first. */
const SOONEST_MINUTES = 10

/**
 * The times that can still be promised in the next working days of a calendar: on quarters or halves of the local hour, within open
 * time, with somebody on shift who is not promised elsewhere. They follow real time, so that an hour that comes twice has its times
 * twice, each once, and one that is left out has none.
 */
export function* eachSlot({
  calendar,
  shifts,
  taken,
  need,
  rules,
  now,
}: {
  readonly calendar: BusinessCalendar
  readonly shifts: readonly Shift[]
  readonly taken: readonly Seat[]
  readonly need: Partial<Need>
  readonly rules: Pick<CallRules, 'slotMinutes' | 'aheadDays'>
  readonly now: number
}): Generator<Slot, undefined> {
  const length = rules.slotMinutes * 60_000
  const first = now + SOONEST_MINUTES * 60_000
  const busy = new Set(taken.map(({ at, agentId }) => `${at} ${agentId}`))
  const days = new Set<string>()
  for (const { kind, from, until } of openSegments(calendar, instant(first), instant(now + LOOK_DAYS * 86_400_000))) {
    if (kind === 'closed') continue
    const end = until.epochMilliseconds
    for (
      let at = onTheGrid(from.epochMilliseconds, calendar.zone, rules.slotMinutes);
      at + length <= end;
      at += length
    ) {
      const day = instant(at).toZonedDateTimeISO(calendar.zone).toPlainDate().toString()
      if (days.size === rules.aheadDays && !days.has(day)) return
      days.add(day)
      const agents = onShift(shifts, need, at, at + length)
        .map(({ agentId }) => agentId)
        .filter((agentId) => !busy.has(`${at} ${agentId}`))
      if (agents.length > 0) yield { at, agents }
    }
  }
}

/** All of them. */
export function slotsOf(of: Parameters<typeof eachSlot>[0]): readonly Slot[] {
  return [...eachSlot(of)]
}

/** Enough for ten working days over the longest holidays. */
const LOOK_DAYS = 25

function instant(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at)
}

/** The first moment from `at` on whose local minutes are on the grid; clock changes come in whole halves of an hour. */
function onTheGrid(at: number, zone: string, minutes: number): number {
  const local = instant(at).toZonedDateTimeISO(zone)
  const past = (local.minute % minutes) * 60_000 + local.second * 1000 + local.millisecond
  return past === 0 ? at : at - past + minutes * 60_000
}
