import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inOrder, isInHand, tend } from './desk.ts'
import type { AgentAtDesk, Call, CallRules, Desk, Skills } from './desk.ts'
import { AGENT_MOVES, asked, cancelled, decideMove, isAlive, isHis } from './moves.ts'
import type { AgentMove } from './moves.ts'

const RULES: CallRules = {
  slotMinutes: 30,
  aheadDays: 5,
  offerSeconds: 30,
  lostSeconds: 60,
  retryMinutes: 15,
  retryTimes: 2,
}
const EVERYTHING: Skills = { topics: null, severities: null, languages: ['da', 'en'] }

function callOf(callId: string, more: Partial<Call> = {}): Call {
  const need = { queue: 'technical', topic: 'mail', severity: 'B', language: 'da', rank: 1 }
  const line = { state: 'waiting', slotAt: null, since: 0, misses: 0, agentId: null, wakeAt: 0, passed: {} } as const
  return { callId, ...need, ...line, ...more }
}

function agentOf(agentId: string, more: Partial<AgentAtDesk> = {}): AgentAtDesk {
  return { agentId, skills: EVERYTHING, presence: 'ready', seenAt: 0, idleSince: 0, ...more }
}

test('the next caller is the worst severity, then the earliest promise, then the oldest', () => {
  const calls = [
    callOf('old', { since: 1 }),
    callOf('older', { since: 0 }),
    callOf('promised', { since: 9, slotAt: 5 }),
    callOf('critical', { since: 9, rank: 0 }),
  ]
  assert.deepEqual(
    inOrder(calls).map(({ callId }) => callId),
    ['critical', 'promised', 'older', 'old'],
  )
})

test('a call goes to who can take it and has been idle longest', () => {
  const danish = { ...EVERYTHING, languages: ['da'] }
  const agents = [
    agentOf('new', { idleSince: 5 }),
    agentOf('long', { idleSince: 1, skills: danish }),
    agentOf('paused', { presence: 'paused' }),
  ]
  const offeredTo = (call: Call) => tend({ calls: [call], agents }, RULES, 10).calls[0]?.agentId
  assert.equal(offeredTo(callOf('one')), 'long')
  assert.equal(offeredTo(callOf('two', { language: 'en' })), 'new')
  assert.equal(offeredTo(callOf('three', { language: 'zh-Hans' })), null)
})

test('an offer that nobody answers goes to the next, and whoever let it lapse is not asked again', () => {
  const first = tend({ calls: [callOf('one')], agents: [agentOf('a'), agentOf('b', { idleSince: 1 })] }, RULES, 10)
  assert.equal(first.calls[0]?.agentId, 'a')
  const second = tend(first, RULES, 30_010)
  assert.equal(second.calls[0]?.agentId, 'b')
  assert.equal(second.agents[0]?.presence, 'paused')
  assert.deepEqual(
    second.happened.map(({ kind }) => kind),
    ['lapsed', 'offered'],
  )
})

test('not reached is tried again, then the customer is asked for a new time', () => {
  let call = callOf('one', { state: 'calling', agentId: 'a' })
  for (const expected of ['scheduled', 'scheduled', 'new-time']) {
    const moved = decideMove({ ...call, state: 'calling', agentId: 'a' }, 'not-reached', {
      agentId: 'a',
      now: 0,
      rules: RULES,
    })
    assert.equal(moved?.call.state, expected)
    call = moved?.call ?? call
  }
})

// ---- Two agents, three callers, and everything that may happen in between

type Step =
  | { readonly what: 'move'; readonly agent: number; readonly move: AgentMove }
  | { readonly what: 'presence'; readonly agent: number; readonly to: 'ready' | 'paused' }
  | { readonly what: 'laptop'; readonly agent: number }
  | { readonly what: 'ask' | 'later' | 'cancel'; readonly caller: number }
  | { readonly what: 'time'; readonly seconds: number }
  | { readonly what: 'look' }

const anAgent = fc.nat(1)
const aCaller = fc.nat(2)
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        what: fc.constant('move' as const),
        agent: anAgent,
        move: fc.constantFrom(...AGENT_MOVES),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constant('presence' as const),
        agent: anAgent,
        to: fc.constantFrom('ready' as const, 'ready' as const, 'paused' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('laptop' as const), agent: anAgent }) },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constantFrom('ask' as const, 'later' as const, 'cancel' as const),
        caller: aCaller,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('time' as const),
        seconds: fc.constantFrom(1, 5, 29, 31, 61, 700, 901),
      }),
    },
    { weight: 5, arbitrary: fc.constant({ what: 'look' as const }) },
  ),
  { maxLength: 60 },
)

type World = { readonly desk: Desk; readonly now: number; readonly open: ReadonlySet<string> }

const START: World = {
  desk: { calls: [], agents: [agentOf('a', { presence: 'away' }), agentOf('b', { presence: 'away' })] },
  now: 1000,
  open: new Set(),
}

function step(world: World, one: Step): World {
  switch (one.what) {
    case 'look': {
      const { calls, agents } = tend(world.desk, RULES, world.now)
      return { ...world, desk: { calls, agents } }
    }
    case 'time':
      return passing(world, one.seconds)
    case 'laptop': {
      const open = new Set(world.open)
      open.delete(nameOf(one.agent))
      return { ...world, open }
    }
    case 'presence': {
      const open = new Set(world.open).add(nameOf(one.agent))
      const agents = world.desk.agents.map((agent) =>
        agent.agentId === nameOf(one.agent) ? { ...agent, presence: one.to, seenAt: world.now } : agent,
      )
      return { ...world, open, desk: { ...world.desk, agents } }
    }
    case 'move':
      return moving(world, nameOf(one.agent), one.move)
    case 'ask':
    case 'later':
    case 'cancel':
      return asking(world, one.what, `caller ${one.caller}`)
  }
}

function nameOf(agent: number): string {
  return agent === 0 ? 'a' : 'b'
}

/** A page that is open says so; a closed laptop does not. */
function passing({ desk, now, open }: World, seconds: number): World {
  const later = now + seconds * 1000
  const agents = desk.agents.map((agent) => (open.has(agent.agentId) ? { ...agent, seenAt: later } : agent))
  return { desk: { ...desk, agents }, now: later, open }
}

function moving(world: World, agentId: string, move: AgentMove): World {
  const { desk, now } = world
  const call = desk.calls.find((one) => one.agentId === agentId && isInHand(one.state))
  const to = agentId === 'a' ? 'b' : 'a'
  const isFree = !desk.calls.some((one) => one.agentId === to && isInHand(one.state))
  const moved = call && decideMove(call, move, { agentId, now, rules: RULES, to: isFree ? to : undefined })
  if (!moved) return world
  const agents = desk.agents.map((agent) =>
    agent.agentId === agentId ? { ...agent, idleSince: now, seenAt: now } : agent,
  )
  return { ...world, desk: { agents, calls: desk.calls.map((one) => (one === call ? moved.call : one)) } }
}

function asking(world: World, what: 'ask' | 'later' | 'cancel', callId: string): World {
  const { desk, now } = world
  const call = desk.calls.find((one) => one.callId === callId)
  const slotAt = what === 'later' ? now + 600_000 : null
  if (what === 'cancel') {
    if (!call || !isHis(call)) return world
    return { ...world, desk: { ...desk, calls: desk.calls.map((one) => (one === call ? cancelled(one) : one)) } }
  }
  if (!call) return { ...world, desk: { ...desk, calls: [...desk.calls, asked(callOf(callId), slotAt, now)] } }
  if (!isHis(call)) return world
  return { ...world, desk: { ...desk, calls: desk.calls.map((one) => (one === call ? asked(one, slotAt, now) : one)) } }
}

/** What holds at every moment after a look. */
function lookHolds({ desk, now }: World): void {
  for (const { agentId } of desk.agents) {
    const inHand = desk.calls.filter((call) => call.agentId === agentId && isInHand(call.state))
    assert.ok(inHand.length <= 1, `${agentId} has ${inHand.length} at once`)
  }
  for (const call of desk.calls) {
    assert.equal(call.agentId !== null, isInHand(call.state), `${call.callId} is ${call.state} with ${call.agentId}`)
    // Nobody waits unseen: in line, or with a moment to come, or in a present agent's hand, or with the customer.
    if (call.state === 'waiting') assert.ok(inOrder(desk.calls).includes(call))
    if (call.state === 'scheduled' || call.state === 'offered') assert.ok((call.wakeAt ?? 0) > now)
    if (call.state === 'calling')
      assert.notEqual(desk.agents.find(({ agentId }) => agentId === call.agentId)?.presence, 'away')
  }
  // Nobody stands in line beside a free agent who may take him.
  const busy = new Set(desk.calls.map(({ agentId }) => agentId))
  for (const call of inOrder(desk.calls))
    for (const { agentId, presence } of desk.agents)
      assert.ok(presence !== 'ready' || busy.has(agentId) || (call.passed[agentId] ?? 0) > now)
}

/** From here on everybody does what he should; then nobody may be left over. */
function endWell(world: World): World {
  let at: World = { ...world, open: new Set(['a', 'b']) }
  for (let round = 0; round < 200; round++) {
    for (const agent of [0, 1]) at = step(at, { what: 'presence', agent, to: 'ready' })
    at = step(at, { what: 'look' })
    for (const agent of [0, 1])
      for (const move of ['accept', 'reached', 'done'] as const) at = step(at, { what: 'move', agent, move })
    at = step(at, { what: 'time', seconds: 20 })
  }
  return at
}

test('two agents, three callers, one closes the laptop: nobody waits unseen, is offered twice at once, or is left over', () => {
  fc.assert(
    fc.property(steps, (history) => {
      let world = START
      for (const one of history) {
        world = step(world, one)
        if (one.what === 'look') lookHolds(world)
      }
      for (const call of endWell(world).desk.calls)
        assert.ok(!isAlive(call) || call.state === 'new-time', `${call.callId} is left ${call.state}`)
    }),
    { numRuns: 2000 },
  )
})
