import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { requireDeclarer } from './declarer.ts'
import { announceHealth } from './news.ts'
import { ownIncidentFor } from './own.ts'
import { isOver, mayStep } from './rules/states.ts'
import type { Kind, State, Step } from './rules/states.ts'
import { insertState, later, setState, statesOf } from './store.ts'

/**
 * Takes an incident to another state, since `at`. When it is over, everybody whose case hangs on it is asked whether it works again.
 * Refused with `state-jump` for what makes no sense after the state it is in, and with problems of the field `at`: `in-the-future`, or
 * `too-early` for one before the last change.
 */
export async function changeState(
  work: Work,
  operatorId: string,
  incidentId: string,
  { to, at }: { readonly to: State; readonly at: Temporal.Instant },
): Promise<void> {
  const { agentId } = await requireDeclarer(work, operatorId)
  const incident = await ownIncidentFor(work, operatorId, incidentId)
  const last = await lastStep(work, operatorId, incidentId)
  const step = incident.mergedInto
    ? ({ ok: false, why: 'state-jump' } as const)
    : mayStep(incident.kind, last, { state: to, at }, work.now)
  if (!step.ok)
    throw step.why === 'state-jump'
      ? new Refused('state-jump')
      : new Refused('invalid-input', { at: { code: step.why } })
  await enterQuietly(work, operatorId, { incident, last, state: to, at, by: agentId })
  const sequence = last.sequence + 1
  if (incident.publishedAt) later(work, [{ reaction: 'tellSubscribers', operatorId, incidentId, sequence }])
}

type Last = Step & { readonly sequence: number }

export async function lastStep(work: Work, operatorId: string, incidentId: string): Promise<Last> {
  const last = (await statesOf(work, operatorId, [incidentId])).at(-1)
  if (!last) throw new Error('an incident without a state')
  return last
}

/** Writes a step that may be taken; subscribers are told by whoever takes it. */
export async function enterQuietly(
  work: Work,
  operatorId: string,
  {
    incident,
    last,
    state,
    at,
    by,
  }: Step & {
    readonly incident: {
      readonly incidentId: string
      readonly kind: Kind
      readonly startedAt: Temporal.Instant
      readonly endedAt: Temporal.Instant | null
    }
    readonly last: Last
    readonly by: string | null
  },
): Promise<void> {
  const { incidentId, kind } = incident
  await insertState(work, operatorId, { incidentId, sequence: last.sequence + 1, state, at, by })
  const begins = kind === 'maintenance' && last.state === 'serviceOperational'
  // Its end stands where it was when the final review follows.
  const endedAt = isOver(state) ? (isOver(last.state) ? (incident.endedAt ?? at) : at) : null
  await setState(work, operatorId, { incidentId, state, startedAt: begins ? at : incident.startedAt, endedAt })
  if (isOver(state) && !isOver(last.state))
    later(work, [
      { reaction: 'askCases', operatorId, incidentId },
      { reaction: 'askFollowers', operatorId, incidentId },
    ])
  announceHealth(work, operatorId)
}
