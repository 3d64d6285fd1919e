import { inLine, passedBy } from './desk.ts'
import type { Call, CallRules, Happened } from './desk.ts'

/** What an agent does with a call that is offered to him or in his hand. */
export const AGENT_MOVES = ['accept', 'decline', 'reached', 'not-reached', 'done', 'hand-over'] as const
export type AgentMove = (typeof AGENT_MOVES)[number]

export type Moved = { readonly call: Call; readonly kind: Happened['kind'] }

/** The states in which a call lives: one for a case at most. */
export function isAlive({ state }: Pick<Call, 'state'>): boolean {
  return state !== 'done' && state !== 'cancelled'
}

/**
 * What becomes of a call by an agent's move; undefined when it is not his to make: the offer has lapsed, a colleague has it.
 * `to` is the colleague a call is handed to.
 */
export function decideMove(
  call: Call,
  move: AgentMove,
  {
    agentId,
    now,
    rules,
    to,
  }: { readonly agentId: string; readonly now: number; readonly rules: CallRules; readonly to?: string | undefined },
): Moved | undefined {
  if (call.agentId !== agentId) return undefined
  const { state } = call
  switch (move) {
    case 'accept':
      return state === 'offered' && now < (call.wakeAt ?? 0)
        ? { call: { ...call, state: 'calling', wakeAt: null }, kind: 'accepted' }
        : undefined
    case 'decline':
      return state === 'offered' ? { call: passedBy(call, now), kind: 'declined' } : undefined
    case 'reached':
      return state === 'calling' ? { call: { ...call, state: 'talking' }, kind: 'reached' } : undefined
    case 'not-reached':
      return state === 'calling' ? { call: missed(call, rules, now), kind: 'not-reached' } : undefined
    case 'done':
      return state === 'calling' || state === 'talking'
        ? { call: { ...call, state: 'done', agentId: null, wakeAt: null }, kind: 'done' }
        : undefined
    case 'hand-over':
      return (state === 'calling' || state === 'talking') && to !== undefined && to !== agentId
        ? {
            call: {
              ...call,
              state: 'offered',
              agentId: to,
              wakeAt: now + rules.offerSeconds * 1000,
              passed: passedBy(call, now).passed,
            },
            kind: 'handed-over',
          }
        : undefined
  }
}

/** Nobody answered: tried again a little later, so many times; then the customer is asked for a new time. Never a silent end. */
function missed(call: Call, { retryMinutes, retryTimes }: CallRules, now: number): Call {
  const misses = call.misses + 1
  const gone = { ...call, misses, agentId: null, since: null, slotAt: null }
  return misses > retryTimes
    ? { ...gone, state: 'new-time', wakeAt: null }
    : { ...gone, state: 'scheduled', wakeAt: now + retryMinutes * 60_000 }
}

/** A call as the customer asks for it: at once, or at a moment. */
export function asked(call: Call, slotAt: number | null, now: number): Call {
  const anew = { ...call, slotAt, misses: 0, agentId: null, since: null, passed: {} }
  return slotAt === null ? inLine(anew, now) : { ...anew, state: 'scheduled', wakeAt: slotAt }
}

/** Whether the customer may still change it: not while somebody has him on the line. */
export function isHis({ state }: Pick<Call, 'state'>): boolean {
  return state === 'scheduled' || state === 'waiting' || state === 'offered' || state === 'new-time'
}

export function cancelled(call: Call): Call {
  return { ...call, state: 'cancelled', agentId: null, wakeAt: null }
}
