import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { caseFor } from '../cases/index.ts'
import type { CaseRow } from '../cases/index.ts'
import { charterInForce, rankOf } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { calendarOf, queuesOf } from './expected-wait.ts'
import { isInHand } from './rules/desk.ts'
import type { Need } from './rules/desk.ts'
import { asked, cancelled, isHis } from './rules/moves.ts'
import { slotsOf } from './rules/slots.ts'
import type { Slot } from './rules/slots.ts'
import {
  callOf,
  forecastsOf,
  insertCall,
  insertEvents,
  leaveSeats,
  lockedCallOf,
  seatsFrom,
  shiftsOf,
  takeSeat,
  updateCall,
} from './store.ts'
import type { CallRow, ForecastRow } from './store.ts'

/** How a customer wants to be called: at once, or at a slot's moment; on a number as E.164, beside what he wrote; his own zone. */
export type CallRequest = {
  readonly at: Temporal.Instant | undefined
  readonly phone: string
  readonly phoneWritten: string
  readonly language: string
  readonly zone: string
}

/** What can be promised in a case: the call there is, the times that are free, and the wait of whoever asks now. */
export type CallChoice = {
  readonly found: CaseRow
  readonly call: CallRow | undefined
  readonly offered: boolean
  readonly slots: readonly Slot[]
  readonly forecast: ForecastRow | undefined
  readonly charter: Charter
  readonly now: Temporal.Instant
}

/** The call of a case and what can be promised instead. Refused with `not-found` like the case. */
export async function callChoice(work: Work, number: string): Promise<CallChoice> {
  const found = await caseFor(work, number)
  const { charter } = await charterInForce(work, found.operatorId)
  const call = await callOf(work, found)
  const forecast = (await forecastsOf(work, found.operatorId)).find(
    ({ queue, severity }) => queue === found.supportType && severity === found.severity,
  )
  const offered = found.closedAt === null && isOffered(charter, found)
  const slots = offered ? await freeSlots(work, charter, needOf(found)) : []
  return { found, call, offered, slots, forecast, charter, now: work.now }
}

function isOffered(charter: Charter, { supportType }: CaseRow): boolean {
  return queuesOf(charter).some(({ id }) => id === supportType)
}

function needOf({ supportType, topic, severity, language }: CaseRow): Need {
  return { queue: supportType, topic, severity, language }
}

async function freeSlots(work: Work, charter: Charter, need: Need): Promise<readonly Slot[]> {
  const calendar = calendarOf(charter, need.queue)
  if (!calendar || work.actor.kind !== 'member') return []
  const { operatorId } = work.actor
  const [shifts, taken] = [await shiftsOf(work, operatorId), await seatsFrom(work, operatorId, work.now)]
  const language = chooseLocale([need.language], charter.languages)
  return slotsOf({
    calendar,
    shifts,
    taken,
    need: { ...need, language },
    rules: charter.calls,
    now: work.now.epochMilliseconds,
  })
}

/**
 * Promises a call in a case, or promises it anew: at once, or at one of the free times. Refused with `calls-not-offered`, `case-closed`,
 * `slot-taken` (somebody was quicker, or the time has passed: the others are offered) and `call-in-progress`.
 */
export async function promiseCall(work: Work, number: string, request: CallRequest): Promise<CallRow> {
  const found = await caseFor(work, number)
  if (work.actor.kind !== 'member') throw new Refused('not-an-administrator')
  if (found.closedAt) throw new Refused('case-closed')
  const { charter } = await charterInForce(work, found.operatorId)
  if (!isOffered(charter, found)) throw new Refused('calls-not-offered')
  const before = await lockedCallOf(work, found)
  if (before && !isHis(before)) throw new Refused('call-in-progress')
  const now = work.now.epochMilliseconds
  const slotAt = request.at?.epochMilliseconds ?? null
  const callId = before?.callId ?? newId()
  await seat(work, { found, charter, callId, slotAt })
  const promisedUntil = await promisedUntilOf(work, found, charter, slotAt)
  const call: CallRow = {
    ...asked(before ?? newCall(found, charter, callId), slotAt, now),
    organizationId: found.organizationId,
    operatorId: found.operatorId,
    caseId: found.caseId,
    language: chooseLocale([request.language], charter.languages),
    zone: request.zone,
    phone: request.phone,
    phoneWritten: request.phoneWritten,
    askedAt: now,
    place: null,
    told: null,
    promisedUntil,
    calledAt: null,
  }
  if (before) await updateCall(work, call)
  else await insertCall(work, call)
  const kinds = [before ? 'rescheduled' : 'promised', ...(slotAt === null ? ['joined' as const] : [])] as const
  await insertEvents(
    work,
    kinds.map((kind) => ({ ...call, kind, agentId: null })),
  )
  return call
}

/** Takes a seat at the slot's moment and gives back the one there was. */
async function seat(
  work: Work,
  { found, charter, callId, slotAt }: { found: CaseRow; charter: Charter; callId: string; slotAt: number | null },
): Promise<void> {
  const { operatorId } = found
  if (slotAt !== null) {
    const slot = (await freeSlots(work, charter, needOf(found))).find(({ at }) => at === slotAt)
    if (!slot || !(await takeSeat(work, { operatorId, callId, ...slot })))
      throw new Refused('slot-taken', { slot: { code: 'taken' } })
  }
  await leaveSeats(work, operatorId, { callId, except: slotAt })
}

function newCall({ supportType, topic, severity, language }: CaseRow, charter: Charter, callId: string) {
  return {
    callId,
    queue: supportType,
    topic,
    severity,
    language,
    rank: rankOf(charter, severity),
    state: 'waiting' as const,
    slotAt: null,
    since: null,
    misses: 0,
    agentId: null,
    wakeAt: null,
    passed: {},
  }
}

async function promisedUntilOf(
  work: Work,
  found: CaseRow,
  charter: Charter,
  slotAt: number | null,
): Promise<number | null> {
  if (slotAt !== null) return slotAt + charter.calls.slotMinutes * 60_000
  const forecasts = await forecastsOf(work, found.operatorId)
  const own = forecasts.find(({ queue, severity }) => queue === found.supportType && severity === found.severity)
  return own?.highSeconds === undefined || own.highSeconds === null
    ? null
    : work.now.epochMilliseconds + own.highSeconds * 1000
}

/** The customer needs no call any more. Refused with `call-in-progress` when somebody has him on the line; nothing when there is none. */
export async function cancelCall(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  const call = await lockedCallOf(work, found)
  if (!call) return
  if (!isHis(call)) throw new Refused('call-in-progress')
  await callOff(work, call)
}

/** A case that is closed needs no call; whoever talks in it is left to talk. */
export async function callOffOfClosed(
  work: Work,
  of: { readonly organizationId: string; readonly caseId: string },
): Promise<void> {
  const call = await lockedCallOf(work, of)
  if (call && (!isInHand(call.state) || call.state === 'offered')) await callOff(work, call)
}

async function callOff(work: Work, call: CallRow): Promise<void> {
  await leaveSeats(work, call.operatorId, { callId: call.callId, except: null })
  await updateCall(work, { ...call, ...cancelled(call), place: null, told: null })
  await insertEvents(work, [{ ...call, kind: 'cancelled', agentId: null }])
}
