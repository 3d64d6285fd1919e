import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { newWaits, readWaits, written } from '../waiting/index.ts'
import { forecasts, learn, tellAgents, waitOf } from './expected-wait.ts'
import type { Floor } from './expected-wait.ts'
import { inOrder, tend } from './rules/desk.ts'
import type { AgentAtDesk } from './rules/desk.ts'
import type { Shift } from './rules/staffing.ts'
import {
  announceCalls,
  freeDesk,
  insertEvents,
  lockedCalls,
  presencesOf,
  restlessOperators,
  setPresence,
  shiftsOf,
  takeLessons,
  updateCall,
  writeDesk,
  writeForecasts,
} from './store.ts'
import type { CallRow, PresenceRow } from './store.ts'

/** How old a word about a wait may be. */
const WORDS_SECONDS = 30
/** No charter lets an agent be gone for less; the desk itself looks at what its charter says. */
const LEAST_LOST_SECONDS = 30

/** The operators of a job at whose desks there may be something to do now. */
export function restlessDesks(work: Work<Job>): Promise<readonly string[]> {
  return restlessOperators(work, work.actor.operatorIds, {
    lostSeconds: LEAST_LOST_SECONDS,
    wordsSeconds: WORDS_SECONDS,
  })
}

/**
 * Looks at an operator's calls once: offers that have lapsed, agents who have gone, moments that have come, who is offered to whom;
 * then says everybody's place and wait anew. One process at a time has a desk: another passes it over and is answered false.
 */
export async function tendCalls(work: Work<Job>, operatorId: string): Promise<boolean> {
  const row = await freeDesk(work, operatorId)
  if (!row) return false
  const { charter } = await charterInForce(work, operatorId)
  const [calls, presences, shifts, lessons] = [
    await lockedCalls(work, operatorId),
    await presencesOf(work, operatorId),
    await shiftsOf(work, operatorId),
    await takeLessons(work, operatorId),
  ]
  const now = work.now.epochMilliseconds
  const agents = presences.map((presence) => atDesk(presence, shifts))
  const tended = tend({ calls, agents }, charter.calls, now)

  const waits = readWaits(row.waits ?? '') ?? newWaits()
  learn(waits, lessons, charter)
  const floor: Floor = { charter, shifts, agents: tended.agents, waits, now }
  const told = tellAgents(floor, row.agents)

  const places = new Map(inOrder(tended.calls).map(({ callId }, i) => [callId, i + 1]))
  const rows = tended.calls.map((call, i): CallRow => {
    const known = calls[i]
    if (!known) throw new Error('a call without its row')
    const place = placeOf(places, tended.calls, call.callId)
    return { ...known, ...call, place, told: call.state === 'waiting' ? waitOf(floor, call) : null }
  })
  for (const [i, one] of rows.entries()) if (differs(calls[i], one)) await updateCall(work, one)
  for (const [i, one] of tended.agents.entries())
    if (one.presence !== presences[i]?.presence) await setPresence(work, operatorId, one)
  await insertEvents(
    work,
    tended.happened.flatMap(({ callId, kind, agentId }) => {
      const one = rows.find((each) => each.callId === callId)
      return one ? [{ ...one, kind, agentId }] : []
    }),
  )
  const isOld = !row.saidAt || Math.abs(now - row.saidAt.epochMilliseconds) >= WORDS_SECONDS * 1000
  const says = isOld || lessons.length > 0 || told.changed
  if (says) await writeForecasts(work, operatorId, forecasts(floor))
  if (says) await writeDesk(work, { operatorId, waits: written(waits), agents: told.agents, saidAt: work.now })
  if (rows.some((one, i) => differs(calls[i], one)) || told.changed) announceCalls(work, operatorId)
  return true
}

/** An agent at the desk with his skills; one whose skills nobody has declared takes no calls. */
function atDesk(presence: PresenceRow, shifts: readonly Shift[]): AgentAtDesk {
  const skills = shifts.find(({ agentId }) => agentId === presence.agentId)?.skills
  return { ...presence, skills: skills ?? { topics: [], severities: [], languages: [] } }
}

/** The place among those who stand in the same queue. */
function placeOf(places: ReadonlyMap<string, number>, calls: readonly CallLike[], callId: string): number | null {
  const own = places.get(callId)
  const queue = calls.find((call) => call.callId === callId)?.queue
  if (own === undefined) return null
  return calls.filter((call) => call.queue === queue && (places.get(call.callId) ?? Infinity) <= own).length
}

type CallLike = { readonly callId: string; readonly queue: string }

function differs(before: CallRow | undefined, after: CallRow): boolean {
  return JSON.stringify(before) !== JSON.stringify(after)
}
