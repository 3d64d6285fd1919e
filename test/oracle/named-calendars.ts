import { aroundTheClock, everyDay, layered, mondayToFriday } from '../../src/rooms/calendars/rules/calendar.ts'
import type { BusinessCalendar, HolidayLayer, LayerDay } from '../../src/rooms/calendars/rules/calendar.ts'

/** The moment a wall clock shows this; with an offset ("2026-10-25T02:30+01:00") where it would show it twice. */
export function at(wall: string, zone: string): Temporal.Instant {
  return Temporal.ZonedDateTime.from(`${wall}[${zone}]`, { disambiguation: 'reject' }).toInstant()
}

/** What a wall clock shows, with its offset, to the minute or as fine as needed: "2026-10-25T02:30+01:00". */
export function wallOf(moment: Temporal.Instant | undefined, zone: string): string | undefined {
  return moment?.toString({ timeZone: zone, smallestUnit: 'second' }).replace(/:00(?=[+-]\d\d:\d\d$)/, '')
}

const nineToSix = [{ from: 540, until: 1080 }]

export const copenhagenOffice: BusinessCalendar = {
  id: 'office',
  zone: 'Europe/Copenhagen',
  days: mondayToFriday(nineToSix),
}

export const nightShift: BusinessCalendar = {
  id: 'night',
  zone: 'Europe/Copenhagen',
  days: everyDay([{ from: 1320, until: 1800 }]),
}

export const beijingTechnical: BusinessCalendar = {
  id: 'technical',
  zone: 'Asia/Shanghai',
  days: everyDay([{ from: 540, until: 1440 }]),
}

export const always = aroundTheClock('always', 'Asia/Shanghai')

const closed: LayerDay = { kind: 'closed' }
const makeUp: LayerDay = { kind: 'open-as', weekday: 'monday' }

/**
 * Autumn 2026 as approved: closed from 25 to 27 September and from 1 to 7 October, make-up working days on 20 September
 * and 10 October.
 */
const chinaAutumn: HolidayLayer = {
  id: 'CN-2026',
  days: {
    '2026-09-20': makeUp,
    '2026-09-25': closed,
    '2026-10-01': closed,
    '2026-10-02': closed,
    '2026-10-05': closed,
    '2026-10-06': closed,
    '2026-10-07': closed,
    '2026-10-10': makeUp,
  },
}

export const chinaOffice: BusinessCalendar = layered(
  { id: 'office', zone: 'Asia/Shanghai', days: mondayToFriday(nineToSix) },
  [chinaAutumn],
)
