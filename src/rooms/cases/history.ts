import type { Work } from '../../database/work.ts'
import { charterAt } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { clocksOf } from '../response-targets/index.ts'
import type { Bargain, CaseClocks, Fact, Vigilance } from '../response-targets/index.ts'
import { bargainOf, vigilanceOf } from './rules/bargain.ts'
import { agreedAt, factOf, momentsDone, versionsOf } from './rules/facts-of.ts'
import type { RecordedEvent } from './rules/facts-of.ts'

/** A case's past as its clocks see it, and what they say as of a moment. */
export type History = {
  /** The charter the case is under now. */
  readonly charter: Charter
  readonly events: readonly RecordedEvent[]
  readonly facts: readonly Fact[]
  readonly bargain: Bargain
  readonly vigilance: Vigilance
  readonly done: ReadonlySet<string>
  /** As of `now`. */
  readonly state: CaseClocks
  /** As of the last event: what was written then. */
  readonly written: CaseClocks
}

/** Reads events into clocks, under the terms of every charter version they name, and of those that are to come. `events` oldest first. */
export async function historyOf(
  work: Work,
  operatorId: string,
  events: readonly RecordedEvent[],
  now: Temporal.Instant,
  alsoVersions: readonly number[] = [],
): Promise<History> {
  const charters = new Map<number, Charter>()
  for (const version of [...versionsOf(events), ...alsoVersions])
    charters.set(version, await charterAt(work, operatorId, version))
  const facts = events.flatMap((event) => factOf(event) ?? [])
  const bargain = bargainOf(charters, agreedAt(events))
  const state = clocksOf(facts, bargain, now.epochMilliseconds)
  const charter = charters.get(state.version)
  if (!charter) throw new Error('a case without its first event')
  const written = clocksOf(facts, bargain, events.at(-1)?.at ?? 0)
  return { charter, events, facts, bargain, vigilance: vigilanceOf(charter), done: momentsDone(events), state, written }
}
