/** Where a promised call stands. Whoever is `scheduled` waits for a moment; `waiting` stands in line; `new-time` waits for the customer. */
export type CallState = 'scheduled' | 'waiting' | 'offered' | 'calling' | 'talking' | 'new-time' | 'done' | 'cancelled'

/** What a call asks of whoever makes it. A language is a locale of the product. */
export type Need = {
  readonly queue: string
  readonly topic: string
  readonly severity: string
  readonly language: string
}

/** A promised call. Moments are milliseconds since 1970 UTC; `rank` is 0 for the worst severity. */
export type Call = Need & {
  readonly callId: string
  readonly rank: number
  readonly state: CallState
  /** When the customer was promised to be called; null for as soon as may be. */
  readonly slotAt: number | null
  /** Since when it has stood in line; kept while it is offered, so that nobody loses his place. */
  readonly since: number | null
  /** How often the customer was not reached. */
  readonly misses: number
  /** Who it is offered to, or who has it in hand. */
  readonly agentId: string | null
  /** When it happens by itself: an offer lapses, a moment has come. Null for never. */
  readonly wakeAt: number | null
  /** Agents it is not offered to again before a moment. */
  readonly passed: Readonly<Record<string, number>>
}

export type Presence = 'ready' | 'paused' | 'away'

/** What an agent can take: null is everything. */
export type Skills = {
  readonly topics: readonly string[] | null
  readonly severities: readonly string[] | null
  readonly languages: readonly string[]
}

export type AgentAtDesk = {
  readonly agentId: string
  readonly skills: Skills
  readonly presence: Presence
  readonly seenAt: number
  /** Since when nothing was in hand. */
  readonly idleSince: number
}

/** How calls are made, as the charter says it. */
export type CallRules = {
  readonly slotMinutes: 15 | 30
  readonly aheadDays: number
  readonly offerSeconds: number
  readonly lostSeconds: number
  readonly retryMinutes: number
  readonly retryTimes: number
}

export type Desk = { readonly calls: readonly Call[]; readonly agents: readonly AgentAtDesk[] }

export const HAPPENINGS = [
  'promised',
  'joined',
  'offered',
  'declined',
  'lapsed',
  'accepted',
  'reached',
  'not-reached',
  'returned',
  'handed-over',
  'done',
  'rescheduled',
  'cancelled',
] as const

/** What happened to a call. */
export type Happened = {
  readonly callId: string
  readonly kind: (typeof HAPPENINGS)[number]
  readonly agentId: string | null
}

/** Whoever declined is asked again after this, if nobody else took the call. */
const PASSED_SECONDS = 60
/** Somebody who talks may close the laptop; after this long without a sign the customer is called again. */
const TALKING_LOST_SECONDS = 600

/**
 * Looks at the desk at a moment: who has gone, which offers have lapsed, whose time has come, and who is offered to whom. Pure, so
 * that every order of events can be tried. Calls and agents that stay as they are stay the same objects.
 */
export function tend(desk: Desk, rules: CallRules, now: number): Desk & { readonly happened: readonly Happened[] } {
  const agents = desk.agents.map((agent) =>
    isLost(agent, rules, now) ? { ...agent, presence: 'away' as const } : agent,
  )
  const happened: Happened[] = []
  const lapsed = new Set<string>()
  const calls = desk.calls.map((call) => {
    const next = cameToPass(call, { agents, rules, now })
    if (!next) return call
    happened.push({ callId: call.callId, kind: next.kind, agentId: call.agentId })
    if (next.kind === 'lapsed' && call.agentId) lapsed.add(call.agentId)
    return next.call
  })
  // Whoever let an offer lapse has left without a word: he is asked no more until he says that he is back.
  const present = agents.map((agent) =>
    lapsed.has(agent.agentId) && agent.presence === 'ready' ? { ...agent, presence: 'paused' as const } : agent,
  )
  const offered = offers({ calls, agents: present }, rules, now)
  return { ...offered, happened: [...happened, ...offered.happened] }
}

function isLost({ presence, seenAt }: AgentAtDesk, { lostSeconds }: CallRules, now: number): boolean {
  return presence !== 'away' && now >= seenAt + lostSeconds * 1000
}

type Passing = { readonly call: Call; readonly kind: 'joined' | 'lapsed' | 'returned' }

function cameToPass(
  call: Call,
  { agents, rules, now }: { agents: readonly AgentAtDesk[]; rules: CallRules; now: number },
): Passing | undefined {
  const agent = agents.find(({ agentId }) => agentId === call.agentId)
  switch (call.state) {
    case 'scheduled':
      return call.wakeAt !== null && call.wakeAt <= now ? { call: inLine(call, now), kind: 'joined' } : undefined
    case 'offered':
      return (call.wakeAt ?? now) <= now || agent?.presence !== 'ready'
        ? { call: passedBy(call, now), kind: 'lapsed' }
        : undefined
    case 'calling':
      return agent && agent.presence !== 'away' ? undefined : { call: passedBy(call, now), kind: 'returned' }
    case 'talking':
      return agent && now < agent.seenAt + Math.max(TALKING_LOST_SECONDS, rules.lostSeconds) * 1000
        ? undefined
        : { call: passedBy(call, now), kind: 'returned' }
    case 'waiting':
    case 'new-time':
    case 'done':
    case 'cancelled':
      return undefined
  }
}

/** In line, at the place it had if it had one. */
export function inLine(call: Call, now: number): Call {
  return { ...call, state: 'waiting', since: call.since ?? now, agentId: null, wakeAt: now }
}

export function passedBy(call: Call, now: number): Call {
  const passed = call.agentId ? { ...call.passed, [call.agentId]: now + PASSED_SECONDS * 1000 } : call.passed
  return { ...inLine(call, now), passed }
}

function offers({ calls, agents }: Desk, { offerSeconds }: CallRules, now: number) {
  const busy = new Set(calls.flatMap(({ state, agentId }) => (isInHand(state) && agentId ? [agentId] : [])))
  const free = agents
    .filter(({ agentId, presence }) => presence === 'ready' && !busy.has(agentId))
    .toSorted((a, b) => a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1))
  const chosen = new Map<string, string>()
  for (const call of inOrder(calls)) {
    const at = free.findIndex((agent) => canTake(agent.skills, call) && (call.passed[agent.agentId] ?? 0) <= now)
    const [agent] = at < 0 ? [] : free.splice(at, 1)
    if (agent) chosen.set(call.callId, agent.agentId)
  }
  return {
    agents,
    calls: calls.map((call): Call => {
      const agentId = chosen.get(call.callId)
      return agentId ? { ...call, state: 'offered', agentId, wakeAt: now + offerSeconds * 1000 } : call
    }),
    happened: [...chosen].map(([callId, agentId]): Happened => ({ callId, kind: 'offered', agentId })),
  }
}

/** Whether an agent has this call, or is asked to take it: then he gets no other. */
export function isInHand(state: CallState): boolean {
  return state === 'offered' || state === 'calling' || state === 'talking'
}

/** Those in line, next first: by severity, then by the moment they were promised, then by age. */
export function inOrder(calls: readonly Call[]): readonly Call[] {
  return calls.filter(({ state }) => state === 'waiting').toSorted(comesBefore)
}

function comesBefore(a: Call, b: Call): number {
  return (
    a.rank - b.rank || earlier(a.slotAt, b.slotAt) || (a.since ?? 0) - (b.since ?? 0) || (a.callId < b.callId ? -1 : 1)
  )
}

/** Whether somebody with these skills may make the call. */
export function canTake({ topics, severities, languages }: Skills, need: Need): boolean {
  const has = (list: readonly string[] | null, one: string) => list === null || list.includes(one)
  return has(topics, need.topic) && has(severities, need.severity) && has(languages, need.language)
}

/** Infinity less infinity is no number. */
function earlier(a: number | null, b: number | null): number {
  if (a === b) return 0
  return (a ?? Infinity) < (b ?? Infinity) ? -1 : 1
}
