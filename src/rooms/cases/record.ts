import { newId } from '../../base/ids.ts'
import type { Work } from '../../database/work.ts'
import { jobsFor } from '../../jobs/record.ts'
import { clocksOf, momentsOf } from '../response-targets/index.ts'
import type { CaseClocks } from '../response-targets/index.ts'
import type { CaseEvents } from './events.ts'
import { historyOf } from './history.ts'
import type { History } from './history.ts'
import { factOf } from './rules/facts-of.ts'
import { nextOwed } from './rules/keeping.ts'
import { momentOf, recordOf } from '../response-targets/index.ts'
import type { ClockRecord } from '../response-targets/index.ts'
import { lockedEvents, writeChanges } from './store.ts'
import type { CaseChange, NewEscalation, NewMessage, Owed } from './store.ts'
import type { CaseRow } from './tables.ts'

/** An event that is to be recorded: what happened, with what a reader or a clock needs of it. */
export type Happening = {
  readonly [K in keyof CaseEvents]: { readonly kind: K; readonly payload: CaseEvents[K] }
}[keyof CaseEvents]

/** What a verb changes besides: whose turn it is, who has the case, and what was said. */
export type Besides = {
  readonly waitingFor?: CaseRow['waitingFor']
  readonly assignedTo?: string
  readonly messages?: readonly NewMessage[]
  /** Who is to be told of the escalations among what happened, in their order. */
  readonly escalations?: readonly Omit<NewEscalation, 'eventId'>[]
}

/** A case at the moment it is written in: its row locked, its clocks read from its events. */
export type Opened = {
  readonly found: Pick<CaseRow, 'organizationId' | 'operatorId' | 'caseId' | 'severity' | 'waitingFor' | 'closedAt'>
  readonly lastEvent: number
  readonly history: History
}

/** Locks a case for writing. Whoever writes in the same case waits here until the commit. */
export async function lock(work: Work, found: CaseRow): Promise<Opened> {
  const locked = await lockedEvents(work, found)
  if (!locked) throw new Error('the case that was just read is gone')
  const { lastEvent, events } = locked
  return { found, lastEvent, history: await historyOf(work, found.operatorId, events, work.now) }
}

/** Records what happened in a locked case, with all that follows from it for its clocks, in the transaction's one moment. */
export async function record(
  work: Work,
  opened: Opened,
  happenings: readonly Happening[],
  besides: Besides = {},
): Promise<void> {
  await writeChanges(work, [changeOf(opened, happenings, besides, work.now)])
}

/** What becomes of a locked case by what happens in it at `now`. */
export function changeOf(
  { found, lastEvent, history }: Opened,
  happenings: readonly Happening[],
  besides: Besides,
  now: Temporal.Instant,
): CaseChange {
  const at = now.epochMilliseconds
  const facts = happenings.flatMap((happening) => factOf({ ...happening, payload: { ...happening.payload }, at }) ?? [])
  const state = clocksOf([...history.facts, ...facts], history.bargain, at)
  // What moves no clock writes none, so that a replay finds them as the last event that did left them.
  const moves = facts.length > 0 || happenings.some((one) => momentIn(one).length > 0)
  const done = new Set([...history.done, ...happenings.flatMap(momentIn)])
  const events = happenings.map(({ kind, payload }) => ({ eventId: newId(), kind, payload: { ...payload } }))
  const { organizationId, operatorId, caseId } = found
  return {
    of: found,
    lastEvent,
    events,
    to: {
      severity: state.severity,
      waitingFor: besides.waitingFor ?? found.waitingFor,
      closedAt: state.closedAt === undefined ? null : momentOf(state.closedAt),
      charterVersion: state.version,
      assignedTo: besides.assignedTo,
    },
    owed: owedBy(state, { ...history, done }),
    clocks: moves ? changedClocks(history.written, state) : [],
    messages: besides.messages ?? [],
    escalations: events
      .filter(({ kind }) => kind === 'clock.escalated')
      .flatMap(({ eventId }, i) => (besides.escalations?.[i] ? [{ eventId, ...besides.escalations[i] }] : [])),
    jobs: events.flatMap(({ eventId, kind }) => jobsFor(kind, { organizationId, operatorId, caseId }, eventId)),
  }
}

function momentIn({ payload }: Happening): readonly string[] {
  return 'moment' in payload && payload.moment !== undefined ? [payload.moment] : []
}

/** When something is owed next, and when the case is to be looked at again. */
export function owedBy(state: CaseClocks, { vigilance, done }: Pick<History, 'vigilance' | 'done'>): Owed {
  const owed = nextOwed(state)
  return {
    dueAt: momentOf(owed?.due ?? Infinity),
    dueKind: owed?.kind ?? null,
    wakeAt: momentOf(momentsOf(state, vigilance, done)[0]?.at ?? Infinity),
  }
}

/** The clocks that are new, or differ from what was written of them. */
function changedClocks(before: CaseClocks, after: CaseClocks): readonly ClockRecord[] {
  const known = new Set(before.clocks.map((clock) => JSON.stringify(recordOf(clock, before.version))))
  return after.clocks.map((clock) => recordOf(clock, after.version)).filter((one) => !known.has(JSON.stringify(one)))
}
