import fc from 'fast-check'
import { layered, WEEKDAYS } from '../../src/rooms/calendars/rules/calendar.ts'
import type { HolidayLayer, LayerDay, Span } from '../../src/rooms/calendars/rules/calendar.ts'

/** Zones and moments that bite: a clock change in each where there is one (response-targets section 7). */
const bitingMoments: readonly (readonly [zone: string, at: string])[] = [
  ['Europe/Copenhagen', '2026-03-29T01:00Z'],
  ['Europe/Copenhagen', '2026-10-25T01:00Z'],
  ['Asia/Shanghai', '1988-04-16T18:00Z'],
  ['Asia/Shanghai', '2026-09-30T16:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00Z'],
  ['Asia/Kolkata', '2028-02-29T00:00Z'],
  ['Australia/Eucla', '2026-12-31T15:15Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00Z'],
  ['America/St_Johns', '2026-11-01T04:30Z'],
  ['America/St_Johns', '2008-11-02T02:31Z'],
  ['Asia/Riyadh', '2026-06-01T00:00Z'],
  ['Asia/Dubai', '2026-06-05T00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
  ['Antarctica/Troll', '2026-10-25T01:00Z'],
  ['Pacific/Kiritimati', '2026-12-31T10:00Z'],
  ['Pacific/Pago_Pago', '2026-12-31T11:00Z'],
]

/** Further zones: the biggest markets, and offsets and habits that the ones above do not have. */
const furtherZones = [
  'UTC',
  'Africa/Johannesburg',
  'Africa/Juba',
  'Africa/Lagos',
  'America/Anchorage',
  'America/Argentina/Buenos_Aires',
  'America/Asuncion',
  'America/Bogota',
  'America/Caracas',
  'America/Chicago',
  'America/Denver',
  'America/Halifax',
  'America/Los_Angeles',
  'America/Mexico_City',
  'America/New_York',
  'America/Nuuk',
  'America/Phoenix',
  'America/Santiago',
  'America/Scoresbysund',
  'America/Toronto',
  'Asia/Dhaka',
  'Asia/Jerusalem',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Pyongyang',
  'Asia/Seoul',
  'Asia/Singapore',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Asia/Yangon',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Chisinau',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Honolulu',
  'Pacific/Marquesas',
]

/** Every zone the proofs look at, each once. */
export const ZONES: readonly string[] = [...new Set([...bitingMoments.map(([zone]) => zone), ...furtherZones])]

/** The moments that bite in a zone: the ones named above, else its changes of 2026, else its last one and New Year. */
function momentsIn(zone: string): readonly string[] {
  const named = bitingMoments.filter(([its]) => its === zone).map(([, at]) => at)
  if (named.length > 0) return named
  const newYear = Temporal.PlainDate.from('2026-01-01').toZonedDateTime(zone)
  const first = newYear.getTimeZoneTransition('next')
  const last = newYear.getTimeZoneTransition('previous')
  const second = first?.getTimeZoneTransition('next')
  const changes = [first, second].filter((change) => change?.year === 2026)
  const before = last && last.year >= 1990 ? [last] : []
  return [newYear, ...(changes.length > 0 ? changes : before)].map((change) =>
    (change ?? newYear).toInstant().toString(),
  )
}

/** The same runs every time; `SEED=… RUNS=…` searches further. */
export function runs(usual: number): fc.Parameters<unknown> {
  return { seed: Number(process.env['SEED'] ?? 2026), numRuns: Number(process.env['RUNS'] ?? usual) }
}

const minute = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
)
const length = fc.oneof(
  fc.integer({ min: 1, max: 90 }),
  fc.integer({ min: 1, max: 48 }).map((half) => half * 30),
)
const nightSpan = fc.tuple(minute, length).map(([from, lasts]) => ({ from, until: from + lasts }))
const daySpan = nightSpan.map(({ from, until }) => ({ from, until: Math.min(1440, until) }))

const holiday: fc.Arbitrary<LayerDay> = fc.oneof(
  fc.constant<LayerDay>({ kind: 'closed' }),
  fc.constantFrom(...WEEKDAYS).map((weekday): LayerDay => ({ kind: 'open-as', weekday })),
  spansOf(nightSpan).map((spans): LayerDay => ({ kind: 'open', spans })),
  spansOf(nightSpan).map((within): LayerDay => ({ kind: 'partial', within })),
)

/**
 * A calendar, with its holiday layers laid over it (`calendar`) and beside it (`written`, for the oracle), and a whole
 * second within two days (a few times: two weeks) of a moment that bites, all open within weeks or never.
 */
export const situations = situationsAt(fc.constantFrom(...bitingMoments))

/** The same in one zone. */
export function situationsIn(zone: string) {
  return situationsAt(fc.constantFrom(...momentsIn(zone)).map((at) => [zone, at] as const))
}

function situationsAt(places: fc.Arbitrary<readonly [zone: string, at: string]>) {
  return fc
    .record({
      place: places,
      days: fc.oneof(week(nightSpan), week(daySpan)),
      exceptions: nearby(spansOf(nightSpan), 6),
      layers: fc.array(nearby(holiday, 8), { maxLength: 3 }),
      seconds: secondsFromThere(),
    })
    .map(({ place: [zone, at], days, exceptions, layers, seconds }) => {
      const middle = Temporal.Instant.from(at)
      const today = middle.toZonedDateTimeISO(zone).toPlainDate()
      const base = { id: 'random', zone, days, exceptions: dated<readonly Span[]>(exceptions, today) }
      const holidays = layers.map((one, id): HolidayLayer => ({ id: `layer ${id}`, days: dated(one, today) }))
      return {
        calendar: layered(base, holidays),
        written: { ...base, layers: holidays },
        start: middle.add({ seconds }),
      }
    })
}

/** Something for days around a moment, by their distance from it. */
function nearby<T>(what: fc.Arbitrary<T>, most: number): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(fc.integer({ min: -6, max: 20 }).map(String), what, { maxKeys: most })
}

function dated<T>(nearbyDays: Readonly<Record<string, T>>, today: Temporal.PlainDate): Record<string, T> {
  return Object.fromEntries(
    Object.entries(nearbyDays).map(([days, what]) => [today.add({ days: Number(days) }).toString(), what]),
  )
}

/** Something to ask later than a start: seconds, mostly within two days. */
export const delays = fc.oneof(
  fc.integer({ min: 0, max: 172_800 }),
  fc.integer({ min: 0, max: 2000 }).map((m) => m * 60),
)

function spansOf<S>(span: fc.Arbitrary<S>): fc.Arbitrary<readonly S[]> {
  return fc.array(span, { maxLength: 4 })
}

function week<S>(span: fc.Arbitrary<S>) {
  const day = spansOf(span)
  return fc.record({
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
    sunday: day,
  })
}

function secondsFromThere(): fc.Arbitrary<number> {
  const days = (count: number) => fc.integer({ min: -count * 1440, max: count * 1440 }).map((minutes) => minutes * 60)
  return fc.oneof(days(2), days(2), fc.integer({ min: -172_800, max: 172_800 }), days(14))
}
