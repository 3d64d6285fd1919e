import { isOver } from './states.ts'
import type { Kind, State } from './states.ts'

/** How a service was, from best to worst. Maintenance was announced, so it is told apart and counts against nobody. */
export type Level = 'well' | 'maintenance' | 'degraded' | 'down'

const RANK: Readonly<Record<Level, number>> = { well: 0, maintenance: 1, degraded: 2, down: 3 }

/** An incident of a service with the states it has been in, oldest first. */
export type Course = {
  readonly kind: Kind
  readonly steps: readonly { readonly state: State; readonly at: Temporal.Instant }[]
}

/** A stretch of time at one level: from, until (half-open), in milliseconds since the epoch, UTC. */
export type Stretch = { readonly from: number; readonly until: number; readonly level: Level }

/**
 * The stretches in which an incident hit its service, until `now`. While it is investigated, restored or verified, it is as bad as it
 * was last said to be; a false alarm was never one; what was restored and came back counts twice, with the pause between.
 */
export function stretchesOf({ kind, steps }: Course, now: number): readonly Stretch[] {
  if (steps.at(-1)?.state === 'falsePositive') return []
  const stretches: Stretch[] = []
  let level: Level = 'well'
  for (const [at, { state, at: moment }] of steps.entries()) {
    const next = steps[at + 1]
    level = levelIn(state, kind, level)
    const from = moment.epochMilliseconds
    const until = Math.min(next ? next.at.epochMilliseconds : now, now)
    if (level !== 'well' && from < until) stretches.push({ from, until, level })
  }
  return stretches
}

function levelIn(state: State, kind: Kind, before: Level): Level {
  if (isOver(state) || state === 'serviceOperational') return 'well'
  if (kind === 'maintenance') return 'maintenance'
  switch (state) {
    case 'serviceInterruption':
      return 'down'
    case 'serviceDegradation':
      return 'degraded'
    default:
      return before === 'well' ? 'degraded' : before
  }
}

/** A part of the time that is looked at: what was worst, and for how long which level, in milliseconds. */
export type Window = {
  readonly worst: Level
  readonly downFor: number
  readonly degradedFor: number
  readonly length: number
}

/** How a service was between two moments, given all its stretches; where they overlap the worst counts. */
export function windowOf(
  stretches: readonly Stretch[],
  { from, until }: { readonly from: number; readonly until: number },
): Window {
  const cut = stretches
    .map((one) => ({ ...one, from: Math.max(one.from, from), until: Math.min(one.until, until) }))
    .filter((one) => one.from < one.until)
  const worst = cut.reduce<Level>((level, one) => (RANK[one.level] > RANK[level] ? one.level : level), 'well')
  const downFor = coveredBy(cut.filter(({ level }) => level === 'down'))
  const hitFor = coveredBy(cut.filter(({ level }) => level === 'down' || level === 'degraded'))
  return { worst, downFor, degradedFor: hitFor - downFor, length: Math.max(0, until - from) }
}

/** The length of what several stretches cover together. */
function coveredBy(stretches: readonly Stretch[]): number {
  let covered = 0
  let end = -Infinity
  for (const { from, until } of stretches.toSorted((one, other) => one.from - other.from)) {
    covered += Math.max(0, until - Math.max(from, end))
    end = Math.max(end, until)
  }
  return covered
}

/** The part of a window in which the service was not down, 0 to 1. Nothing is known of a window without length: 1. */
export function uptimeIn({ downFor, length }: Window): number {
  return length > 0 ? 1 - downFor / length : 1
}

/** The days, by local midnights of a zone, from so many days ago until `now`; the last is today, as far as it has come. */
export function daysUntil(
  now: Temporal.Instant,
  zone: string,
  count: number,
): readonly { readonly date: string; readonly from: number; readonly until: number }[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return Array.from({ length: count }, (_, at) => {
    const date = today.subtract({ days: count - 1 - at })
    const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds
    return {
      date: date.toString(),
      from: midnight(date),
      until: Math.min(midnight(date.add({ days: 1 })), now.epochMilliseconds),
    }
  })
}
