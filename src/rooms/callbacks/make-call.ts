import { chooseLocale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { caseById, noteCall, writeAsAgent } from '../cases/index.ts'
import type { CallOutcome } from '../cases/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import { agentsOf, requireAgent } from '../people/index.ts'
import type { AgentRow } from '../people/index.ts'
import { words } from './messages/words.ts'
import { inOrder, isInHand } from './rules/desk.ts'
import type { Happened, Presence } from './rules/desk.ts'
import { cancelled, decideMove, isAlive } from './rules/moves.ts'
import type { AgentMove } from './rules/moves.ts'
import {
  callLines,
  announceCalls,
  insertEvents,
  keptPromisesSince,
  leaveSeats,
  lockDesk,
  lockedCalls,
  presencesOf,
  sawAgent,
  setIdle,
  shiftsOf,
  updateCall,
  writePresence,
} from './store.ts'
import type { CallLine, KeptPromises, PresenceRow } from './store.ts'

export { callsOfOperator } from './store.ts'
export type { CallLine } from './store.ts'

/** Somebody says whether he takes calls now. Refused with `not-an-agent`. */
export async function sayPresence(work: Work<Agent>, operatorId: string, presence: Presence): Promise<void> {
  const { agentId } = await requireAgent(work, operatorId)
  await lockDesk(work, operatorId)
  await writePresence(work, { operatorId, agentId, presence })
  announceCalls(work, operatorId)
}

/**
 * An agent's move with a call that is offered to him or in his hand. Whoever could not be reached often enough is asked in the case for
 * a new time, in his language. Refused with `call-gone` when the call is not his any more, `not-an-option` for a colleague who is busy.
 */
export async function moveCall(
  work: Work<Agent>,
  operatorId: string,
  { callId, move, to }: { readonly callId: string; readonly move: AgentMove; readonly to?: string | undefined },
): Promise<void> {
  const { agentId } = await requireAgent(work, operatorId)
  await lockDesk(work, operatorId)
  const calls = await lockedCalls(work, operatorId)
  const call = calls.find((one) => one.callId === callId)
  const { charter } = await charterInForce(work, operatorId)
  if (move === 'hand-over' && !(await isFree(work, operatorId, to, calls)))
    throw new Refused('invalid-input', { to: { code: 'not-an-option' } })
  const now = work.now.epochMilliseconds
  const moved = call && decideMove(call, move, { agentId, now, rules: charter.calls, to })
  if (!call || !moved) throw new Refused('call-gone')
  const found = await caseById(work, call.organizationId, call.caseId)
  // Nobody tries again in a case that was closed while somebody called.
  const next =
    found?.closedAt && !isInHand(moved.call.state) && isAlive(moved.call) ? cancelled(moved.call) : moved.call
  const calledAt = moved.kind === 'accepted' ? (call.calledAt ?? now) : call.calledAt
  await updateCall(work, { ...call, ...next, calledAt, place: null, told: null })
  await insertEvents(work, [{ ...call, kind: moved.kind, agentId }])
  await setIdle(work, operatorId, agentId)
  if (next.state !== 'talking' && next.state !== 'calling') await leaveSeats(work, operatorId, { callId, except: null })
  const outcome = OUTCOMES[moved.kind]
  // Whoever says "done" without "reached" has talked too.
  if (found && outcome && !(moved.kind === 'done' && call.state === 'talking'))
    await noteCall(work, found.number, outcome)
  if (found && next.state === 'new-time') {
    const say = words(chooseLocale([call.language], charter.languages))
    await writeAsAgent(work, found.number, 'question', say('missed.question', { phone: call.phone }))
  }
}

/** What a case hears of a call. */
const OUTCOMES: Partial<Record<Happened['kind'], CallOutcome>> = {
  reached: 'reached',
  done: 'reached',
  'not-reached': 'not-reached',
}

async function isFree(
  work: Work,
  operatorId: string,
  to: string | undefined,
  calls: readonly { readonly agentId: string | null; readonly state: CallLine['state'] }[],
): Promise<boolean> {
  const presences = await presencesOf(work, operatorId)
  const isBusy = calls.some(({ agentId, state }) => agentId === to && isInHand(state))
  return !isBusy && presences.some(({ agentId, presence }) => agentId === to && presence === 'ready')
}

/** What an agent sees: himself, what is offered to him or in his hand, the line, and who else is there. */
export type Desktop = {
  readonly me: AgentRow
  readonly presence: Presence
  readonly mine: CallLine | undefined
  readonly line: readonly CallLine[]
  readonly toCome: readonly CallLine[]
  readonly inHand: readonly CallLine[]
  readonly colleagues: readonly (PresenceRow & { readonly name: string })[]
  readonly skilled: boolean
  readonly kept: KeptPromises
  readonly keptDays: number
  readonly now: Temporal.Instant
}

/** For how long promises are looked back on. */
const KEPT_DAYS = 30

/** The desk as an agent sees it; that he looks is a sign of him. Refused with `not-an-agent`. */
export async function desktopOf(work: Work<Agent>, operatorId: string): Promise<Desktop> {
  const me = await requireAgent(work, operatorId)
  await sawAgent(work, operatorId, me.agentId)
  const [lines, presences, agents, shifts] = [
    await callLines(work, operatorId),
    await presencesOf(work, operatorId),
    await agentsOf(work, operatorId),
    await shiftsOf(work, operatorId),
  ]
  const byId = new Map(lines.map((line) => [line.callId, line]))
  return {
    me,
    presence: presences.find(({ agentId }) => agentId === me.agentId)?.presence ?? 'away',
    mine: lines.find(({ agentId }) => agentId === me.agentId),
    line: inOrder(lines).flatMap(({ callId }) => byId.get(callId) ?? []),
    toCome: lines.filter(({ state }) => state === 'scheduled').toSorted((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0)),
    inHand: lines.filter(({ state }) => isInHand(state)),
    colleagues: presences.flatMap((presence) => {
      const agent = agents.find(({ agentId }) => agentId === presence.agentId)
      return agent ? [{ ...presence, name: agent.name }] : []
    }),
    skilled: shifts.some(({ agentId }) => agentId === me.agentId),
    keptDays: KEPT_DAYS,
    kept: await keptPromisesSince(work, operatorId, work.now.subtract({ hours: 24 * KEPT_DAYS })),
    now: work.now,
  }
}

/** The rate at which promised waits and times were kept in the last 30 days, for support leads and programs of agents. */
export async function keptPromises(work: Work, operatorId: string): Promise<KeptPromises & { readonly days: number }> {
  await requireAgent(work, operatorId)
  return {
    days: KEPT_DAYS,
    ...(await keptPromisesSince(work, operatorId, work.now.subtract({ hours: 24 * KEPT_DAYS }))),
  }
}
