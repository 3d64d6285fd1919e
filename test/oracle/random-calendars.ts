import fc from 'fast-check'

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

/**
 * A calendar, a whole second within two days (a few times: two weeks) of a moment that bites, all open within weeks or
 * never.
 */
export const situations = fc
  .record({
    place: fc.constantFrom(...bitingMoments),
    days: fc.oneof(week(nightSpan), week(daySpan)),
    exceptions: fc.dictionary(fc.integer({ min: -6, max: 20 }).map(String), spansOf(nightSpan), { maxKeys: 6 }),
    seconds: secondsFromThere(),
  })
  .map(({ place: [zone, at], days, exceptions, seconds }) => {
    const middle = Temporal.Instant.from(at)
    const today = middle.toZonedDateTimeISO(zone).toPlainDate()
    const dated = Object.entries(exceptions).map(([day, spans]) => [String(today.add({ days: Number(day) })), spans])
    const calendar = { id: 'random', zone, days, exceptions: Object.fromEntries(dated) as typeof exceptions }
    return { calendar, start: middle.add({ seconds }) }
  })

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
