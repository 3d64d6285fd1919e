import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { historyOf } from './history.ts'
import { recordOf } from '../response-targets/index.ts'
import type { ClockRecord } from '../response-targets/index.ts'
import { keptClocks } from './store.ts'
import type { KeptClocks } from './store.ts'

/** Where a stored clock is not what the case's events say; `stored` is undefined for one that is missing. */
export type ClockDifference = {
  readonly number: string
  readonly clock: string
  readonly stored: string | undefined
  readonly replayed: string | undefined
}

export type Replayed = {
  readonly cases: number
  readonly clocks: number
  readonly differences: readonly ClockDifference[]
  /** The last case that was looked at; undefined when there are no more. */
  readonly last: KeptClocks | undefined
}

/**
 * Builds the clocks of up to `limit` cases anew from their events alone, and compares them with what is stored. Source:
 * response-targets rule 1.
 */
export async function replayClocks(work: Work<Job>, limit: number, after?: KeptClocks): Promise<Replayed> {
  const kept = await keptClocks(work, work.actor.operatorIds, { limit, after })
  const compared = []
  for (const one of kept) {
    const { written } = await historyOf(work, one.operatorId, one.events, work.now)
    compared.push(
      differencesOf(
        one,
        written.clocks.map((clock) => recordOf(clock, written.version)),
      ),
    )
  }
  return {
    cases: kept.length,
    clocks: kept.reduce((sum, { clocks }) => sum + clocks.length, 0),
    differences: compared.flat(),
    last: kept.length === limit ? kept.at(-1) : undefined,
  }
}

function differencesOf({ number, clocks }: KeptClocks, replayed: readonly ClockRecord[]): readonly ClockDifference[] {
  const stored = byName(clocks)
  const anew = byName(replayed)
  return [...new Set([...stored.keys(), ...anew.keys()])].flatMap((clock) => {
    const [was, is] = [stored.get(clock), anew.get(clock)]
    return was === is ? [] : [{ number, clock, stored: was, replayed: is }]
  })
}

function byName(clocks: readonly ClockRecord[]): ReadonlyMap<string, string> {
  return new Map(clocks.map((clock) => [`${clock.kind} ${clock.cycle}`, JSON.stringify(comparable(clock))]))
}

/** Moments in one form, whoever wrote them. */
function comparable(clock: ClockRecord) {
  const { startedAt, dueAt, pausedSince, metAt, breachedAt, stoppedAt } = clock
  const { kind, cycle, severity, charterVersion, calendar, target } = clock
  const moments = [startedAt, dueAt, pausedSince, metAt, breachedAt, stoppedAt].map(millisecondsOf)
  return { kind, cycle, severity, charterVersion, calendar, target, moments }
}

function millisecondsOf(written: string | null): number | string | null {
  return written === null || written === 'infinity' ? written : Temporal.Instant.from(written).epochMilliseconds
}
