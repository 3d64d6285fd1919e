import { isOpen } from '../calendars/index.ts'
import { rankOf } from '../entitlements/index.ts'
import type { Charter, SupportType } from '../entitlements/index.ts'
import { estimateOf, follow, waitWords, waitWordsWhenClosed } from '../waiting/index.ts'
import type { Ask, WaitEvent, Waits } from '../waiting/index.ts'
import type { AgentAtDesk, Call, Happened } from './rules/desk.ts'
import { nextStaffed, onShift } from './rules/staffing.ts'
import type { Shift } from './rules/staffing.ts'
import type { ForecastRow, Lesson } from './store.ts'
import { toldOf } from './told.ts'
import type { Told } from './told.ts'

/** What a wait is reckoned from. `now` is milliseconds since 1970 UTC. */
export type Floor = {
  readonly charter: Charter
  readonly shifts: readonly Shift[]
  readonly agents: readonly AgentAtDesk[]
  readonly waits: Waits
  readonly now: number
}

/** The queues of a charter: its support types that promise calls. */
export function queuesOf({ supportTypes }: Charter): readonly SupportType[] {
  return supportTypes.filter(({ channels }) => channels.includes('callback'))
}

/** What each happening is to the waiting room. A call that goes back to the line ends and arrives anew. */
const TEACHES: Record<Happened['kind'], readonly ('arrive' | 'start' | 'end' | 'abandon')[]> = {
  promised: [],
  joined: ['arrive'],
  offered: [],
  declined: [],
  lapsed: [],
  accepted: ['start'],
  reached: [],
  'not-reached': ['end'],
  returned: ['end', 'arrive'],
  'handed-over': ['end', 'arrive'],
  done: ['end'],
  rescheduled: ['abandon'],
  cancelled: ['abandon'],
}

/** Has the waits learn what happened, oldest first. */
export function learn(waits: Waits, lessons: readonly Lesson[], charter: Charter): void {
  for (const { callId, kind, queue, rank, at } of lessons)
    for (const type of TEACHES[kind])
      follow(waits, { t: secondsOf(at, charter), type, id: callId, queue, priority: rank })
}

/** Tells the waits how many agents each queue has now, where that has changed. */
export function tellAgents(
  { charter, agents, waits, now }: Floor,
  before: Readonly<Record<string, number>>,
): { readonly agents: Readonly<Record<string, number>>; readonly changed: boolean } {
  let changed = false
  const counts = queuesOf(charter).map(({ id }) => {
    const count = agents.filter((agent) => agent.presence === 'ready' && serves(agent, id, charter)).length
    if (before[id] !== count) {
      changed = true
      const event: WaitEvent = { t: secondsOf(now, charter), type: 'agents', queue: id, count }
      follow(waits, event)
    }
    return [id, count] as const
  })
  return { agents: Object.fromEntries(counts), changed }
}

function serves({ skills }: Pick<AgentAtDesk, 'skills'>, queue: string, charter: Charter): boolean {
  const { topics } = skills
  return (
    skills.languages.length > 0 &&
    (topics === null || charter.topics.some(({ id, supportType }) => supportType === queue && topics.includes(id)))
  )
}

/** The wait of somebody in line, as it is told to him. */
export function waitOf(floor: Floor, { callId, queue }: Call): Told {
  return said(floor, queue, { id: callId }).told
}

/** The waits of whoever would ask now, by queue and severity. */
export function forecasts(floor: Floor): readonly ForecastRow[] {
  const { charter } = floor
  return queuesOf(charter).flatMap(({ id: queue, highest }) =>
    charter.severities
      .filter(({ id }) => rankOf(charter, id) >= rankOf(charter, highest))
      .map(({ id: severity }) => {
        const { told, highSeconds } = said(floor, queue, { priority: rankOf(charter, severity) })
        return { queue, severity, said: told, highSeconds }
      }),
  )
}

type Said = { readonly told: Told; readonly highSeconds: number | null }

function said(floor: Floor, queue: string, who: Ask['who']): Said {
  const { charter, waits, now } = floor
  const ask = { t: secondsOf(now, charter), queue, who }
  if (isOnShift(floor, queue) && !isReady(floor, queue)) return { told: { kind: 'unstaffed' }, highSeconds: null }
  if (isReady(floor, queue)) {
    const answer = estimateOf(waits, ask)
    const told = toldOf(waitWords(answer))
    return { told, highSeconds: promised(told, 0) }
  }
  const opening = openingOf(floor, queue)
  if (!opening) return { told: { kind: 'unknown' }, highSeconds: null }
  const opensIn = (opening.at - now) / 1000
  const answer = estimateOf(waits, { ...ask, opening: { at: ask.t + opensIn, agents: opening.agents } })
  const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(Math.round(at))
  const told = toldOf(waitWordsWhenClosed(answer, { now: instant(now), opensAt: instant(opening.at) }))
  return { told, highSeconds: promised(told, opensIn) }
}

function isReady({ charter, agents }: Floor, queue: string): boolean {
  return agents.some((agent) => agent.presence === 'ready' && serves(agent, queue, charter))
}

/** It is open, and somebody ought to be there. */
function isOnShift({ charter, shifts, now }: Floor, queue: string): boolean {
  const calendar = calendarOf(charter, queue)
  const at = Temporal.Instant.fromEpochMilliseconds(now)
  return (
    calendar !== undefined &&
    isOpen(calendar, at) &&
    onShift(servingShifts(shifts, queue, charter), {}, now, now + 1000).length > 0
  )
}

function openingOf({ charter, shifts, now }: Floor, queue: string) {
  const calendar = calendarOf(charter, queue)
  return calendar && nextStaffed(calendar, servingShifts(shifts, queue, charter), now)
}

function servingShifts(shifts: readonly Shift[], queue: string, charter: Charter): readonly Shift[] {
  return shifts.filter((shift) => serves(shift, queue, charter))
}

/** The calendar of a queue. */
export function calendarOf(charter: Charter, queue: string) {
  const type = charter.supportTypes.find(({ id }) => id === queue)
  return type && charter.calendars[type.calendar]
}

/** A promise is what is written on the page, its outer end: who reads "to 25 minutes" is called within 25. */
function promised(told: Told, opensIn: number): number | null {
  switch (told.kind) {
    case 'now':
      return 60
    case 'range':
      return told.highMinutes * 60
    case 'opens':
      return told.after ? opensIn + told.after.highMinutes * 60 : null
    case 'unstaffed':
    case 'unknown':
      return null
  }
}

const offsets = new Map<string, number>()

/** The events' clock: seconds whose midnights are those of the operator's winter, so that shifts are learned by the time of day. */
export function secondsOf(at: number, { zone }: Charter): number {
  const offset =
    offsets.get(zone) ?? Temporal.Instant.from('2026-01-15T12:00Z').toZonedDateTimeISO(zone).offsetNanoseconds / 1e9
  offsets.set(zone, offset)
  return at / 1000 + offset
}
