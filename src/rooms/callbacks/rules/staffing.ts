import type { BusinessCalendar } from '../../calendars/rules/calendar.ts'
import { isOpenMs, nextOpeningMs, openSecondsBetweenMs } from '../../calendars/rules/opening.ts'
import { canTake } from './desk.ts'
import type { Need, Skills } from './desk.ts'

/** Somebody's skills and shifts; a weekly pattern with exceptions is a calendar of one's own. */
export type Shift = { readonly agentId: string; readonly skills: Skills; readonly hours: BusinessCalendar }

/** Who is on shift for the whole of a stretch and may make such a call; whoever can do least comes first, so that the others stay free. */
export function onShift(shifts: readonly Shift[], need: Partial<Need>, from: number, until: number): readonly Shift[] {
  return shifts
    .filter(({ skills }) => suits(skills, need))
    .filter(({ hours }) => openSecondsBetweenMs(hours, from, until) * 1000 === until - from && isOpenMs(hours, from))
    .toSorted((a, b) => breadth(a.skills) - breadth(b.skills) || (a.agentId < b.agentId ? -1 : 1))
}

/** What is not said suits everybody. */
function suits(skills: Skills, { topic, severity, language }: Partial<Need>): boolean {
  return canTake(
    {
      topics: topic === undefined ? null : skills.topics,
      severities: severity === undefined ? null : skills.severities,
      languages: language === undefined ? [''] : skills.languages,
    },
    { queue: '', topic: topic ?? '', severity: severity ?? '', language: language ?? '' },
  )
}

function breadth({ topics, severities, languages }: Skills): number {
  return (topics?.length ?? 1000) * 100 + (severities?.length ?? 20) * 5 + languages.length
}

const FURTHEST_DAYS = 14

/**
 * The first moment from `now` on at which the queue's calendar is open and somebody is on shift for it, with how many; where no shifts
 * are declared, the calendar alone. Undefined when there is none in two weeks.
 */
export function nextStaffed(
  calendar: BusinessCalendar,
  shifts: readonly Shift[],
  now: number,
): { readonly at: number; readonly agents: number | undefined } | undefined {
  if (shifts.length === 0) {
    const at = nextOpeningMs(calendar, now)
    return at === undefined ? undefined : { at, agents: undefined }
  }
  const last = now + FURTHEST_DAYS * 86_400_000
  let at = nextOpeningMs(calendar, now)
  while (at !== undefined && at < last) {
    const moment = at
    const agents = shifts.filter(({ hours }) => isOpenMs(hours, moment)).length
    if (agents > 0) return { at, agents }
    const comes = Math.min(...shifts.map(({ hours }) => nextOpeningMs(hours, moment) ?? Infinity))
    at = comes === Infinity ? undefined : nextOpeningMs(calendar, comes)
  }
  return undefined
}
