import { addOpenMinutesMs, openSecondsBetweenMs } from '../../calendars/rules/opening.ts'
import { reckon } from './due.ts'
import type { Terms } from './due.ts'
import type { ClockKind } from '../../entitlements/rules/charter.ts'
import type { Fact, PauseReason } from './facts.ts'

/*
 * Clocks are a pure function of a case's facts and of the charter: replayed from the first fact they are always the same.
 * Due times are stored because they are indexed; what is written here is why they are right. Source: response-targets, rules 1-16.
 */

/** Terms with their name in the charter: which version, and which of its target rules. */
export type ClockTerms = Terms & { readonly version: number; readonly rule: number }

/** What the charter says about clocks, for one case: its support type and contract are settled when it is opened. */
export type Bargain = {
  /** Undefined where nothing is promised. */
  readonly termsOf: (kind: ClockKind, severity: string, version: number) => ClockTerms | undefined
  /** The severity's place from worst (0) to mildest. */
  readonly rankOf: (severity: string, version: number) => number
}

/** What the operator's clocks wait for, and since when. */
export type Standstill = {
  readonly reason: PauseReason
  readonly since: number
  /** The question the customer was asked. */
  readonly question?: string
}

export type Pause = { readonly reason: PauseReason; readonly from: number; readonly until: number }

/** Why a due is what it is since `at`: one line of a clock's ledger. */
export type Change = {
  readonly at: number
  readonly rule: 'started' | 'resumed' | 'raised' | 'lowered' | 'merged' | 'moved'
  readonly severity: string
  readonly terms: ClockTerms | undefined
  readonly due: number
}

/** One run of one target. Moments are UTC milliseconds; `due` is Infinity while nothing is promised. */
export type Clock = {
  readonly kind: ClockKind
  readonly cycle: number
  readonly startedAt: number
  readonly severity: string
  readonly terms: ClockTerms | undefined
  /** While paused: as it was when the pause began. */
  readonly due: number
  readonly paused: Standstill | undefined
  readonly pauses: readonly Pause[]
  readonly metAt: number | undefined
  readonly metBy: string | undefined
  readonly breachedAt: number | undefined
  /** Ended without being met: the case was closed, or nobody waits any more. */
  readonly stoppedAt: number | undefined
  readonly changes: readonly Change[]
  /** All that was ever owed by this clock, each moved by later pauses: lowering and raising again buys no time. */
  readonly owed: readonly Owed[]
}

type Owed = { readonly terms: ClockTerms | undefined; readonly due: number }

export type CaseClocks = {
  readonly severity: string
  readonly version: number
  readonly closedAt: number | undefined
  readonly pause: Standstill | undefined
  readonly pauses: readonly Pause[]
  /** Since when the customer's silence counts at the earliest: Infinity while the case hangs on an incident. */
  readonly silentFrom: number
  readonly clocks: readonly Clock[]
}

/** The clocks of a case after its facts, oldest first, as of `now`: what is overdue by then is breached. Empty before it is opened. */
export function clocksOf(facts: readonly Fact[], bargain: Bargain, now: number): CaseClocks {
  return breachedUntil(
    facts.reduce((state, fact) => after(state, fact, bargain), NOTHING),
    now,
    'inclusive',
  )
}

const NOTHING: CaseClocks = {
  severity: '',
  version: 0,
  closedAt: undefined,
  pause: undefined,
  pauses: [],
  silentFrom: -Infinity,
  clocks: [],
}

/** The clocks after one more fact. */
function after(before: CaseClocks, fact: Fact, bargain: Bargain): CaseClocks {
  const state = breachedUntil(before, fact.at, 'exclusive')
  switch (fact.kind) {
    case 'opened':
      return starting(
        { ...state, severity: fact.severity, version: fact.version },
        ['initial-response', 'resolution'],
        fact.at,
        bargain,
      )
    case 'answered':
    case 'called':
      return responded(state, fact, bargain)
    case 'questioned':
      return asked(responded(state, fact, bargain), fact, bargain)
    case 'undelivered':
      return unsaid(state, fact.messageId, fact.at)
    case 'replied':
      return heard(state, fact.at, bargain)
    case 'paused':
      return paused(state, { reason: fact.reason, since: fact.at })
    case 'resumed':
      return resumed(state, fact.at)
    case 'severity-changed':
      return rated({ ...state, severity: fact.severity }, fact.at, bargain)
    case 'closed':
      return closed(state, fact.at)
    case 'reopened':
      return state.closedAt === undefined
        ? heard(state, fact.at, bargain)
        : reopened({ ...state, closedAt: undefined }, fact.at, bargain)
    case 'merged':
      return { ...state, clocks: state.clocks.map((clock) => mergedWith(clock, fact)) }
    case 'incident-linked':
      return { ...state, silentFrom: Infinity }
    case 'incident-unlinked':
      return { ...state, silentFrom: fact.at }
    case 'terms-moved':
      return moved({ ...state, version: fact.version }, fact.at, bargain)
  }
}

export function isRunning(clock: Clock): boolean {
  return clock.metAt === undefined && clock.stoppedAt === undefined
}

/** When a running clock is due if nothing happens any more: never while it is paused, or when nothing is promised. */
export function dueOfClock(clock: Clock): number {
  return clock.paused === undefined ? clock.due : Infinity
}

// ---- Breaches

/** Writes what became overdue: a breach is a fact of the moment it was due, and is never taken back. */
function breachedUntil(state: CaseClocks, now: number, edge: 'inclusive' | 'exclusive'): CaseClocks {
  const isOver = (due: number) => due < now || (edge === 'inclusive' && due === now)
  return mapped(state, (clock) =>
    isRunning(clock) && clock.breachedAt === undefined && isOver(dueOfClock(clock))
      ? { ...clock, breachedAt: clock.due }
      : clock,
  )
}

// ---- Starting and ending

function starting(state: CaseClocks, kinds: readonly ClockKind[], at: number, bargain: Bargain): CaseClocks {
  const fresh = kinds.flatMap((kind) => startOf(state, kind, at, bargain))
  return standing({ ...state, clocks: [...state.clocks, ...fresh] }, at)
}

/** A new run of a kind; none where nothing is promised, or while one runs. */
function startOf(state: CaseClocks, kind: ClockKind, at: number, bargain: Bargain): readonly Clock[] {
  const others = state.clocks.filter((clock) => clock.kind === kind)
  const terms = bargain.termsOf(kind, state.severity, state.version)
  if (others.some(isRunning) || terms === undefined) return []

  const due = dueFrom(at, terms)
  const { severity } = state
  return [
    {
      kind,
      cycle: others.length + 1,
      startedAt: at,
      severity,
      terms,
      due,
      paused: undefined,
      pauses: [],
      metAt: undefined,
      metBy: undefined,
      breachedAt: undefined,
      stoppedAt: undefined,
      changes: [{ at, rule: 'started', severity, terms, due }],
      owed: [{ terms, due }],
    },
  ]
}

const RESPONSES: ReadonlySet<ClockKind> = new Set(['initial-response', 'next-response', 'progress-update'])

/** A person said something, or called: what was owed is met, and the rhythm of news, where there is one, begins anew. */
function responded(state: CaseClocks, { at, messageId }: Responded, bargain: Bargain): CaseClocks {
  const met = mapped(state, (clock) =>
    isRunning(clock) && RESPONSES.has(clock.kind)
      ? { ...clock, metAt: at, metBy: messageId, paused: undefined }
      : clock,
  )
  if (met.closedAt !== undefined) return met
  return starting(met, ['progress-update'], at, bargain)
}

type Said = { readonly at: number; readonly messageId: string }
/** What came of a call cannot come back as undelivered. */
type Responded = { readonly at: number; readonly messageId?: string }

/** It is the customer's turn: his clock starts, where the charter has one, and the operator's stand still. */
function asked(state: CaseClocks, { at, messageId }: Said, bargain: Bargain): CaseClocks {
  if (state.closedAt !== undefined) return state
  return paused(starting(state, ['customer-answer'], at, bargain), {
    reason: 'customer-answer',
    since: at,
    question: messageId,
  })
}

/** What a message met is owed again, and was all the time; a pause for a question that never arrived was none. */
function unsaid(before: CaseClocks, messageId: string, now: number): CaseClocks {
  const state = before.pause?.question === messageId ? unasked(before, now) : before
  const running = new Set(
    state.clocks.filter((clock) => isRunning(clock) && clock.metBy !== messageId).map(({ kind }) => kind),
  )
  const owedAgain = state.clocks.flatMap((clock) => {
    if (clock.metBy !== messageId) return [clock]
    // The rhythm went on from that message: its next beat is the one that is owed.
    if (clock.kind === 'progress-update' && running.has(clock.kind)) return [clock]
    return [{ ...clock, metAt: undefined, metBy: undefined }]
  })
  return breachedUntil({ ...state, clocks: owedAgain }, now, 'exclusive')
}

function unasked(state: CaseClocks, now: number): CaseClocks {
  const going = mapped(state, (clock) =>
    clock.kind === 'customer-answer' && isRunning(clock)
      ? { ...clock, stoppedAt: now }
      : { ...clock, paused: undefined },
  )
  return { ...going, pause: undefined }
}

/** The customer did something: pauses end, his clock is met, and the next response is owed once the first was given. */
function heard(state: CaseClocks, at: number, bargain: Bargain): CaseClocks {
  const going = mapped(resumed(state, at), (clock) =>
    clock.kind === 'customer-answer' && isRunning(clock) ? { ...clock, metAt: at } : clock,
  )
  if (going.closedAt !== undefined) return going
  const waitsForFirst = going.clocks.some((clock) => clock.kind === 'initial-response' && isRunning(clock))
  return waitsForFirst ? going : starting(going, ['next-response'], at, bargain)
}

/** A closed case owes nothing: closing meets the resolution and stops what else runs. */
function closed(state: CaseClocks, at: number): CaseClocks {
  const going = resumed(state, at)
  return {
    ...mapped(going, (clock) => {
      if (!isRunning(clock)) return clock
      return clock.kind === 'resolution' ? { ...clock, metAt: at } : { ...clock, stoppedAt: at }
    }),
    closedAt: at,
  }
}

/** A new cycle of the next response and the resolution; of the initial response only if it was never given. */
function reopened(state: CaseClocks, at: number, bargain: Bargain): CaseClocks {
  const wasAnswered = state.clocks.some((clock) => clock.kind === 'initial-response' && clock.metAt !== undefined)
  return starting(state, [wasAnswered ? 'next-response' : 'initial-response', 'resolution'], at, bargain)
}

// ---- Pauses

/** Neither the initial response nor the customer's own clock stands still for anybody. */
function canPause(kind: ClockKind): boolean {
  return kind !== 'initial-response' && kind !== 'customer-answer'
}

function paused(state: CaseClocks, pause: Standstill): CaseClocks {
  if (state.pause !== undefined || state.closedAt !== undefined) return state
  return standing({ ...state, pause }, pause.since)
}

/** What runs stands still from now on, where the case does. */
function standing(state: CaseClocks, at: number): CaseClocks {
  const { pause } = state
  if (pause === undefined) return state
  return mapped(state, (clock) =>
    isRunning(clock) && canPause(clock.kind) && clock.paused === undefined
      ? { ...clock, paused: { reason: pause.reason, since: at } }
      : clock,
  )
}

/** The remaining open time goes on: every due moves by the open time that passed in the pause, on its own calendar. */
function resumed(state: CaseClocks, at: number): CaseClocks {
  const { pause } = state
  if (pause === undefined) return state
  const over = { reason: pause.reason, from: pause.since, until: at }
  return {
    ...mapped(state, (clock) => resumedClock(clock, at)),
    pause: undefined,
    pauses: [...state.pauses, over],
  }
}

function resumedClock(clock: Clock, at: number): Clock {
  if (clock.paused === undefined) return clock
  const { reason, since: from } = clock.paused
  const pauses = [...clock.pauses, { reason, from, until: at }]
  if (clock.breachedAt !== undefined) return { ...clock, paused: undefined, pauses }
  const { severity, terms } = clock
  const due = movedBy(clock.due, terms, from, at)
  const owed = clock.owed.map((one) => ({ ...one, due: movedBy(one.due, one.terms, from, at) }))
  const change: Change = { at, rule: 'resumed', severity, terms, due }
  return { ...clock, due, owed, pauses, paused: undefined, changes: [...clock.changes, change] }
}

/** A due moved by the open time between two moments; by nothing when its calendar was closed all the while. */
function movedBy(due: number, terms: ClockTerms | undefined, from: number, until: number): number {
  if (terms === undefined || due === Infinity || until <= from) return due
  const open = openSecondsBetweenMs(terms.calendar, from, until)
  return open === 0 ? due : (addOpenMinutesMs(terms.calendar, due, open / 60) ?? Infinity)
}

// ---- Severity and terms

/** Every unmet clock is set by the rules of raising and lowering; a rhythm that is promised only now begins now. */
function rated(state: CaseClocks, at: number, bargain: Bargain): CaseClocks {
  const set = mapped(state, (clock) => ratedClock(clock, state, at, bargain))
  if (set.closedAt !== undefined) return set
  const wasAnswered = set.clocks.some((clock) => clock.kind === 'initial-response' && clock.metAt !== undefined)
  return starting(set, wasAnswered ? ['progress-update', 'resolution'] : ['resolution'], at, bargain)
}

function ratedClock(before: Clock, state: CaseClocks, at: number, bargain: Bargain): Clock {
  const { severity, version } = state
  if (!isRunning(before) || before.breachedAt !== undefined || before.severity === severity) return before
  const clock = asOf(before, at)
  const isRaised = bargain.rankOf(severity, version) < bargain.rankOf(clock.severity, version)
  const terms = bargain.termsOf(clock.kind, severity, version)
  const due = isRaised ? raisedDue(clock, terms, at) : loweredDue(clock, terms)
  const change: Change = { at, rule: isRaised ? 'raised' : 'lowered', severity, terms, due }
  return { ...clock, severity, terms, due, owed: [...clock.owed, { terms, due }], changes: [...clock.changes, change] }
}

/** A pause that goes on is counted up to a moment at which the terms change, and from there on the new ones. */
function asOf(clock: Clock, at: number): Clock {
  if (clock.paused === undefined) return clock
  return { ...resumedClock(clock, at), changes: clock.changes, paused: { ...clock.paused, since: at } }
}

/**
 * The earliest of what was ever owed and of the new target from now; but not before now: what was owed earlier is owed at once.
 * Source: response-targets rule 12.
 */
function raisedDue(clock: Clock, terms: ClockTerms | undefined, at: number): number {
  const anew = terms === undefined ? Infinity : dueFrom(at, terms)
  return Math.max(at, Math.min(anew, ...clock.owed.map(({ due }) => due)))
}

/** The later of what is owed and the milder target from the start, with every pause so far. Source: response-targets rule 13. */
function loweredDue(clock: Clock, terms: ClockTerms | undefined): number {
  return Math.max(
    clock.due,
    terms === undefined ? Infinity : withPauses(dueFrom(clock.startedAt, terms), terms, clock.pauses),
  )
}

/** All unmet clocks on the terms of another version, from their start, as if it had been in force then; none breached by it. */
function moved(state: CaseClocks, at: number, bargain: Bargain): CaseClocks {
  return mapped(state, (before) => {
    if (!isRunning(before) || before.breachedAt !== undefined) return before
    const clock = asOf(before, at)
    const { severity } = clock
    const terms = bargain.termsOf(clock.kind, severity, state.version)
    const anew = terms === undefined ? Infinity : withPauses(dueFrom(clock.startedAt, terms), terms, clock.pauses)
    const due = Math.max(at, anew)
    const changes = [...clock.changes, { at, rule: 'moved', severity, terms, due } as const]
    return { ...clock, terms, due, owed: [{ terms, due }], changes }
  })
}

/** Two cases become one: the earliest start and the earliest due of each kind. Source: response-targets rule 16. */
function mergedWith(before: Clock, fact: Fact & { readonly kind: 'merged' }): Clock {
  const other = fact.clocks.find(({ kind }) => kind === before.kind)
  if (!other || !isRunning(before) || before.breachedAt !== undefined) return before
  const { at } = fact
  const clock = asOf(before, at)
  const due = Math.max(at, Math.min(clock.due, other.due))
  const { severity, terms } = clock
  const changes = [...clock.changes, { at, rule: 'merged', severity, terms, due } as const]
  return {
    ...clock,
    startedAt: Math.min(clock.startedAt, other.startedAt),
    due,
    owed: [...clock.owed, { terms, due }],
    changes,
  }
}

function dueFrom(start: number, terms: ClockTerms): number {
  return reckon(start, terms)?.due ?? Infinity
}

function withPauses(due: number, terms: ClockTerms, pauses: readonly Pause[]): number {
  return pauses.reduce((reached, { from, until }) => movedBy(reached, terms, from, until), due)
}

function mapped(state: CaseClocks, change: (clock: Clock) => Clock): CaseClocks {
  return { ...state, clocks: state.clocks.map(change) }
}
