import { addOpenMinutesMs, openSecondsBetweenMs } from '../../calendars/rules/opening.ts'
import type { BusinessCalendar } from '../../calendars/rules/calendar.ts'
import { isRunning } from './clocks.ts'
import type { CaseClocks, Clock } from './clocks.ts'
import { reckon } from './due.ts'
import type { Terms } from './due.ts'
import type { ClockKind } from '../../entitlements/rules/charter.ts'

/** What the operator wants to be told of a clock before and after it is due, and how long a customer may be silent. */
export type Vigilance = {
  /** Shares of a target's open time, 0 to 1, at which the agents are warned. */
  readonly warnAt: readonly number[]
  readonly escalations: readonly Escalation[]
  readonly silence: Silence | undefined
  /** The longest that one pause may last. */
  readonly longestPause: Terms['target'] | undefined
  readonly workingDay: Terms['workingDay']
}

export type Escalation = {
  readonly clock: ClockKind
  /** Only these severities; all where absent. */
  readonly severities?: readonly string[] | undefined
  /** Share of the target's open time: 1 at the breach, 1.5 half a target later. */
  readonly after: number
}

/** The customer's silence: each length is counted from the question, on the customer's calendar. */
export type Silence = {
  readonly calendar: BusinessCalendar
  readonly remindAfter: readonly Terms['target'][]
  readonly noticeAfter: Terms['target']
  readonly lowerAfter: Terms['target']
  readonly closeAfter: Terms['target']
  /** The severity below which there is none to lower to. */
  readonly mildest: string
}

/** Something that happens to a case by itself when nothing else does. `key` names it once and for all. */
export type Moment = {
  readonly at: number
  readonly key: string
} & (
  | { readonly what: 'warning' | 'breach' | 'escalation'; readonly clock: Clock; readonly step: number }
  | { readonly what: 'pause-ends' }
  | { readonly what: 'reminder' | 'notice' | 'lowering' | 'closing'; readonly step: number }
)

/**
 * What is still to come by itself in a case, earliest first; `done` are the keys of what was recorded. A moment that lies behind
 * is due at once: after a standstill everything comes once, in its order.
 */
export function momentsOf(state: CaseClocks, vigilance: Vigilance, done: ReadonlySet<string>): readonly Moment[] {
  if (state.closedAt !== undefined) return []
  const moments = [
    ...state.clocks.flatMap((clock) => momentsOfClock(clock, vigilance)),
    ...momentsOfPause(state, vigilance),
  ]
  return moments.filter(({ key, at }) => at !== Infinity && !done.has(key)).toSorted((one, other) => one.at - other.at)
}

function momentsOfClock(clock: Clock, vigilance: Vigilance): readonly Moment[] {
  if (!isRunning(clock) || clock.paused || clock.due === Infinity || clock.terms === undefined) return []
  const name = `${clock.kind}:${clock.cycle}`
  const breach: Moment = { what: 'breach', at: clock.due, key: `breach:${name}`, clock, step: 0 }
  // The customer's own clock is told to the customer, by the stages of his silence.
  if (clock.kind === 'customer-answer') return [breach]
  const warnings = vigilance.warnAt.map((share, step): Moment => ({
    what: 'warning',
    at: momentAfter(clock, share),
    key: `warning:${name}:${step}:${clock.due}`,
    clock,
    step,
  }))
  const escalations = vigilance.escalations.flatMap((one, step): Moment[] => {
    if (one.clock !== clock.kind || !(one.severities?.includes(clock.severity) ?? true)) return []
    const key = one.after < 1 ? `escalation:${name}:${step}:${clock.due}` : `escalation:${name}:${step}`
    return [{ what: 'escalation', at: momentAfter(clock, one.after), key, clock, step }]
  })
  // A warning that comes after the breach warns of nothing.
  const inTime = clock.breachedAt === undefined ? warnings : []
  return [...inTime, breach, ...escalations]
}

/** When a share of a clock's open time has passed, without its pauses; not before its due was last set. */
function momentAfter({ startedAt, due, terms, pauses, changes }: Clock, share: number): number {
  if (terms === undefined) return Infinity
  const { calendar } = terms
  const whole = openSecondsBetweenMs(calendar, startedAt, due)
  const paused = pauses.reduce((sum, { from, until }) => sum + openSecondsBetweenMs(calendar, from, until), 0)
  const target = Math.max(0, whole - paused)
  if (share >= 1) return share === 1 ? due : (addOpenMinutesMs(calendar, due, ((share - 1) * target) / 60) ?? Infinity)
  const passed = Math.max(0, whole - (1 - share) * target)
  const at = addOpenMinutesMs(calendar, startedAt, passed / 60) ?? Infinity
  return Math.min(due, Math.max(at, changes.at(-1)?.at ?? startedAt))
}

function momentsOfPause(
  { pause, clocks, severity, silentFrom }: CaseClocks,
  { silence, longestPause, workingDay }: Vigilance,
): readonly Moment[] {
  if (pause === undefined) return []
  const { reason, since } = pause
  if (reason !== 'customer-answer') {
    const calendar = clocks.find((clock) => clock.paused && clock.terms)?.terms?.calendar
    if (longestPause === undefined || calendar === undefined) return []
    const at = reckon(since, { target: longestPause, calendar, workingDay })?.due ?? Infinity
    return [{ what: 'pause-ends', at, key: `pause-ends:${since}` }]
  }
  const from = Math.max(since, silentFrom)
  if (silence === undefined || from === Infinity) return []
  const { calendar } = silence
  const stage = (what: 'reminder' | 'notice' | 'lowering' | 'closing', target: Terms['target'], step = 0): Moment => ({
    what,
    at: reckon(from, { target, calendar, workingDay })?.due ?? Infinity,
    key: `${what}:${from}:${step}`,
    step,
  })
  return [
    ...silence.remindAfter.map((target, step) => stage('reminder', target, step)),
    stage('notice', silence.noticeAfter),
    ...(severity === silence.mildest ? [] : [stage('lowering', silence.lowerAfter)]),
    stage('closing', silence.closeAfter),
  ]
}
