import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { always, at, beijingTechnical, copenhagenOffice, wallOf } from '../../../../test/oracle/named-calendars.ts'
import { situations } from '../../../../test/oracle/random-calendars.ts'
import { openSecondsBetween } from '../../calendars/rules/opening.ts'
import { parseTargetTerms } from '../../entitlements/rules/terms.ts'
import { clocksOf, dueOfClock, isRunning } from './clocks.ts'
import type { Bargain, Clock, ClockTerms } from './clocks.ts'
import { explainClock, stateOf } from './explain-clock.ts'
import type { ClockKind } from '../../entitlements/rules/charter.ts'
import type { Fact } from './facts.ts'

type Promised = Partial<Record<ClockKind, Readonly<Record<string, readonly [string, ClockTerms['calendar']]>>>>

/** A bargain in a few words: a target and a calendar for each kind and severity. */
function bargain(promised: Promised): Bargain {
  return {
    rankOf: (severity) => 'ABC'.indexOf(severity),
    termsOf(kind, severity, version) {
      const found = promised[kind]?.[severity]
      if (!found) return undefined
      const target = parseTargetTerms(found[0])
      assert.ok(target)
      return { target, calendar: found[1], workingDay: 'same-time', version, rule: 0 }
    },
  }
}

const office = copenhagenOffice
const usual = bargain({
  'initial-response': { A: ['1 hour', always], B: ['1 working day', office], C: ['3 working days', office] },
  'next-response': { A: ['1 hour', always], B: ['4 hours', office], C: ['8 hours', office] },
  'progress-update': { A: ['2 hours', always] },
  resolution: { A: ['8 hours', always], B: ['24 hours', office], C: ['40 hours', office] },
  'customer-answer': { B: ['2 working days', office], C: ['2 working days', office] },
})

const copenhagen = (wall: string) => at(wall, 'Europe/Copenhagen').epochMilliseconds
const wall = (moment: number | undefined) =>
  moment === undefined || moment === Infinity
    ? undefined
    : wallOf(Temporal.Instant.fromEpochMilliseconds(moment), 'Europe/Copenhagen')?.slice(0, 16)

const opened = (when: string, severity: string): Fact => ({
  kind: 'opened',
  at: copenhagen(when),
  severity,
  version: 1,
})
const said = (kind: 'answered' | 'questioned', when: string, messageId = when): Fact => ({
  kind,
  at: copenhagen(when),
  messageId,
})
const did = (kind: 'replied' | 'closed' | 'reopened' | 'resumed', when: string): Fact => ({
  kind,
  at: copenhagen(when),
})
const rated = (when: string, severity: string): Fact => ({ kind: 'severity-changed', at: copenhagen(when), severity })
const thirdParty = (when: string): Fact => ({ kind: 'paused', reason: 'third-party', at: copenhagen(when) })

function clockOf(facts: readonly Fact[], kind: ClockKind, cycle = 1, now = '2026-06-01T09:00', terms = usual): Clock {
  const found = clocksOf(facts, terms, copenhagen(now)).clocks.find((one) => one.kind === kind && one.cycle === cycle)
  assert.ok(found, `there is no ${kind} clock of cycle ${cycle}`)
  return found
}

function kindsRunning(facts: readonly Fact[], now = '2026-06-01T09:00'): readonly ClockKind[] {
  return clocksOf(facts, usual, copenhagen(now))
    .clocks.filter(isRunning)
    .map(({ kind }) => kind)
}

// Monday 1 June 2026, 10:00 in Copenhagen.
const MONDAY = '2026-06-01T10:00'

test('an answer in time meets the initial response; the same answer an hour late leaves the breach', () => {
  const inTime = clockOf([opened(MONDAY, 'A'), said('answered', '2026-06-01T10:30')], 'initial-response')
  const late = clockOf([opened(MONDAY, 'A'), said('answered', '2026-06-01T11:30')], 'initial-response')
  assert.deepEqual([stateOf(inTime), wall(inTime.metAt)], ['met', '2026-06-01T10:30'])
  assert.deepEqual([stateOf(late), wall(late.breachedAt)], ['met late', '2026-06-01T11:00'])
})

test('an answer at the very moment it is due is in time', () => {
  assert.equal(stateOf(clockOf([opened(MONDAY, 'A'), said('answered', '2026-06-01T11:00')], 'initial-response')), 'met')
})

// zammad#5177: the next response cannot start before the first is met.
test('a customer who writes again before the first answer is owed the first answer, and only that', () => {
  const facts = [opened(MONDAY, 'B'), did('replied', '2026-06-01T12:00')]
  assert.deepEqual(kindsRunning(facts), ['initial-response', 'resolution'])
})

test('after the first answer each message of the customer starts a next response, one at a time', () => {
  const facts = [
    opened(MONDAY, 'B'),
    said('answered', '2026-06-01T11:00'),
    did('replied', '2026-06-01T12:00'),
    did('replied', '2026-06-01T13:00'),
  ]
  assert.equal(wall(clockOf(facts, 'next-response').due), '2026-06-01T16:00')
  const again = [...facts, said('answered', '2026-06-01T14:00'), did('replied', '2026-06-02T09:00')]
  assert.equal(stateOf(clockOf(again, 'next-response')), 'met')
  assert.equal(wall(clockOf(again, 'next-response', 2).due), '2026-06-02T13:00')
})

// glpi#8710: each clock is measured on its own calendar.
test('the initial response runs around the clock while the resolution waits for the office', () => {
  const mixed = bargain({ 'initial-response': { A: ['1 hour', always] }, resolution: { A: ['8 hours', office] } })
  const facts = [opened('2026-06-06T22:00', 'A')]
  assert.equal(wall(clockOf(facts, 'initial-response', 1, MONDAY, mixed).due), '2026-06-06T23:00')
  assert.equal(wall(clockOf(facts, 'resolution', 1, MONDAY, mixed).due), '2026-06-08T17:00')
})

test('an outage is told about every two hours until it is over', () => {
  const facts = [opened(MONDAY, 'A'), said('answered', '2026-06-01T10:30')]
  assert.equal(wall(clockOf(facts, 'progress-update').due), '2026-06-01T12:30')
  const on = [...facts, said('answered', '2026-06-01T12:00'), did('closed', '2026-06-01T13:00')]
  assert.equal(stateOf(clockOf(on, 'progress-update')), 'met')
  assert.equal(stateOf(clockOf(on, 'progress-update', 2)), 'stopped')
})

// frappe/helpdesk#1554, #1675, #2214, #2405: pause pauses, once, and is added to the right clock only.
test('a question stops the resolution, not the initial response, and the customer has a clock of his own', () => {
  const facts = [opened(MONDAY, 'B'), said('questioned', '2026-06-01T11:00')]
  assert.equal(stateOf(clockOf(facts, 'initial-response')), 'met')
  assert.equal(stateOf(clockOf(facts, 'resolution')), 'paused')
  assert.equal(dueOfClock(clockOf(facts, 'resolution')), Infinity)
  assert.equal(wall(clockOf(facts, 'customer-answer').due), '2026-06-03T11:00')
})

test('the remaining open time goes on when the customer answers, however he does it', () => {
  const facts = [opened(MONDAY, 'B')]
  const before = clockOf(facts, 'resolution').due
  const waited = [...facts, said('questioned', '2026-06-01T17:00'), did('replied', '2026-06-02T10:00')]
  const resolution = clockOf(waited, 'resolution')
  assert.equal(wall(before), '2026-06-03T16:00')
  assert.equal(wall(resolution.due), '2026-06-03T18:00')
  assert.equal(stateOf(clockOf(waited, 'customer-answer')), 'met')
})

// glpi#10594: waiting over a weekend does not consume working time.
test('a pause while the office is closed moves nothing', () => {
  const facts = [opened('2026-06-05T10:00', 'B'), said('answered', '2026-06-05T11:00')]
  const weekend = [...facts, thirdParty('2026-06-05T18:30'), did('resumed', '2026-06-08T08:30')]
  assert.equal(clockOf(weekend, 'resolution').due, clockOf(facts, 'resolution').due)
})

// osTicket#1684, #407: an answered case that waits on the customer does not become overdue.
test('nothing becomes overdue while the customer is asked', () => {
  const facts = [opened(MONDAY, 'B'), said('questioned', '2026-06-01T11:00')]
  const later = clocksOf(facts, usual, copenhagen('2026-07-01T11:00'))
  assert.deepEqual(
    later.clocks.filter(({ breachedAt }) => breachedAt !== undefined).map(({ kind }) => kind),
    ['customer-answer'],
  )
})

test('the initial response is never paused', () => {
  const facts = [opened(MONDAY, 'A'), thirdParty('2026-06-01T10:10')]
  assert.equal(wall(clockOf(facts, 'initial-response').due), '2026-06-01T11:00')
  assert.equal(stateOf(clockOf(facts, 'initial-response', 1, '2026-06-01T11:01')), 'breached')
})

test('a message that came back said nothing: the clock it met runs on', () => {
  const facts: Fact[] = [opened(MONDAY, 'A'), said('answered', '2026-06-01T10:30', 'm1')]
  const returned: Fact[] = [...facts, { kind: 'undelivered', messageId: 'm1', at: copenhagen('2026-06-01T10:40') }]
  assert.equal(stateOf(clockOf(returned, 'initial-response', 1, '2026-06-01T10:41')), 'running')
  assert.equal(stateOf(clockOf(returned, 'initial-response', 1, '2026-06-01T11:00')), 'breached')
})

test('a question that came back paused nothing', () => {
  const facts: Fact[] = [
    opened(MONDAY, 'B'),
    said('answered', '2026-06-01T10:30'),
    said('questioned', '2026-06-01T11:00', 'q'),
    { kind: 'undelivered', messageId: 'q', at: copenhagen('2026-06-01T15:00') },
  ]
  assert.equal(wall(clockOf(facts, 'resolution').due), '2026-06-03T16:00')
  assert.equal(stateOf(clockOf(facts, 'customer-answer')), 'stopped')
})

test('raised, a clock is due by the new target from now, and never later than before', () => {
  const soon = [opened(MONDAY, 'B'), rated('2026-06-01T12:00', 'A')]
  const already = [opened(MONDAY, 'B'), rated('2026-06-02T09:30', 'A')]
  assert.equal(wall(clockOf(soon, 'initial-response').due), '2026-06-01T13:00')
  assert.equal(wall(clockOf(already, 'initial-response').due), '2026-06-02T10:00')
})

test('lowered, a clock is due by the milder target from the start', () => {
  const facts = [opened(MONDAY, 'A'), rated('2026-06-01T10:30', 'B')]
  assert.equal(wall(clockOf(facts, 'initial-response').due), '2026-06-02T10:00')
})

test('lowering and raising again buys no time', () => {
  const facts = [opened(MONDAY, 'A'), rated('2026-06-01T10:30', 'C'), rated('2026-06-01T10:40', 'A')]
  assert.equal(wall(clockOf(facts, 'initial-response').due), '2026-06-01T11:00')
  const late = [opened(MONDAY, 'A'), rated('2026-06-01T10:30', 'C'), rated('2026-06-01T15:00', 'A')]
  assert.equal(wall(clockOf(late, 'initial-response').due), '2026-06-01T15:00', 'owed at once, not born breached')
})

// glpi#6902, #15605: raising severity keeps every earlier pause.
test('pauses belong to the case: a milder target replays them', () => {
  const facts = [
    opened(MONDAY, 'B'),
    said('questioned', '2026-06-01T11:00'),
    did('replied', '2026-06-01T13:00'),
    rated('2026-06-01T14:00', 'C'),
  ]
  const unpaused = [opened(MONDAY, 'B'), rated('2026-06-01T14:00', 'C')]
  const [moved, before] = [clockOf(facts, 'resolution').due, clockOf(unpaused, 'resolution').due]
  assert.equal((moved - before) / 3_600_000, 2)
})

test('a breach is never erased: neither lowering, nor answering, nor closing takes it back', () => {
  const facts = [
    opened(MONDAY, 'A'),
    rated('2026-06-01T12:00', 'C'),
    said('answered', '2026-06-01T12:30'),
    did('closed', '2026-06-01T13:00'),
  ]
  const first = clockOf(facts, 'initial-response')
  assert.deepEqual([stateOf(first), wall(first.breachedAt)], ['met late', '2026-06-01T11:00'])
})

// chatwoot#10178: no clock runs after closing.
test('closing meets the resolution and stops the rest', () => {
  const facts = [
    opened(MONDAY, 'B'),
    said('answered', '2026-06-01T11:00'),
    did('replied', '2026-06-01T12:00'),
    did('closed', '2026-06-01T13:00'),
  ]
  assert.deepEqual(kindsRunning(facts, '2026-12-01T10:00'), [])
  assert.equal(stateOf(clockOf(facts, 'resolution')), 'met')
  assert.equal(stateOf(clockOf(facts, 'next-response', 1, '2026-12-01T10:00')), 'stopped')
})

test('reopened after an answer, a next response and a resolution are owed; the initial response stays met', () => {
  const facts = [
    opened(MONDAY, 'B'),
    said('answered', '2026-06-01T11:00'),
    did('closed', '2026-06-01T12:00'),
    did('reopened', '2026-06-03T09:00'),
  ]
  assert.deepEqual(kindsRunning(facts, '2026-06-03T09:00'), ['next-response', 'resolution'])
  assert.equal(clockOf(facts, 'resolution', 2).startedAt, copenhagen('2026-06-03T09:00'))
  assert.equal(stateOf(clockOf(facts, 'initial-response')), 'met')
})

test('closed before any answer and reopened, the first answer is owed anew', () => {
  const facts = [opened(MONDAY, 'B'), did('closed', '2026-06-01T12:00'), did('reopened', '2026-06-03T09:00')]
  assert.equal(wall(clockOf(facts, 'initial-response', 2, '2026-06-03T10:00').due), '2026-06-04T09:00')
})

test('merged, a case keeps the earliest start and the strictest target', () => {
  const facts: Fact[] = [
    opened(MONDAY, 'B'),
    {
      kind: 'merged',
      at: copenhagen('2026-06-01T12:00'),
      clocks: [
        { kind: 'initial-response', startedAt: copenhagen('2026-05-29T10:00'), due: copenhagen('2026-06-01T15:00') },
      ],
    },
  ]
  const first = clockOf(facts, 'initial-response')
  assert.deepEqual([wall(first.startedAt), wall(first.due)], ['2026-05-29T10:00', '2026-06-01T15:00'])
})

// glpi#17186, #16236: a due never moves without a line in the ledger.
test('the last line of the ledger is the due, and each line says what moved it', () => {
  const facts = [
    opened(MONDAY, 'B'),
    said('questioned', '2026-06-01T11:00'),
    did('replied', '2026-06-01T12:00'),
    rated('2026-06-01T13:00', 'A'),
    rated('2026-06-01T14:00', 'B'),
  ]
  const resolution = clockOf(facts, 'resolution')
  assert.deepEqual(
    resolution.changes.map(({ rule }) => rule),
    ['started', 'resumed', 'raised', 'lowered'],
  )
  assert.equal(resolution.changes.at(-1)?.due, resolution.due)
})

test('an explanation shows the pause between open and closed', () => {
  const facts = [opened(MONDAY, 'B'), said('questioned', '2026-06-01T17:00'), did('replied', '2026-06-02T10:00')]
  const { segments } = explainClock(clockOf(facts, 'resolution'), copenhagen('2026-06-02T10:00'))
  assert.deepEqual(
    segments.map(({ kind, until }) => [kind, wall(until.epochMilliseconds)]),
    [
      ['open', '2026-06-01T17:00'],
      ['paused', '2026-06-02T10:00'],
      ['open', '2026-06-02T18:00'],
      ['closed', '2026-06-03T09:00'],
      ['open', '2026-06-03T18:00'],
    ],
  )
})

// ---- Properties

const SEVERITIES = ['A', 'B', 'C']
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('answered' as const, 'questioned' as const), messageId: fc.uuid() }),
  fc.record({ kind: fc.constantFrom('replied' as const, 'closed' as const, 'reopened' as const, 'resumed' as const) }),
  fc.record({ kind: fc.constant('paused' as const), reason: fc.constant('third-party' as const) }),
  fc.record({ kind: fc.constant('severity-changed' as const), severity: fc.constantFrom(...SEVERITIES) }),
)
const log = fc.array(fc.tuple(step, fc.integer({ min: 1, max: 60 * 40 })), { maxLength: 12 }).map((steps) => {
  let moment = copenhagen(MONDAY)
  const facts: Fact[] = [opened(MONDAY, 'B')]
  for (const [one, minutes] of steps) facts.push({ ...one, at: (moment += minutes * 60_000) })
  return facts
})

const random = fc.record({ one: situations, other: situations }).map(({ one, other }) =>
  bargain({
    'initial-response': {
      A: ['1 hour', always],
      B: ['90 minutes', one.calendar],
      C: ['2 working days', other.calendar],
    },
    'next-response': { A: ['1 hour', always], B: ['4 hours', one.calendar], C: ['8 hours', other.calendar] },
    'progress-update': { A: ['2 hours', one.calendar], B: ['9 hours', other.calendar] },
    resolution: { A: ['8 hours', always], B: ['24 hours', one.calendar], C: ['40 hours', other.calendar] },
    'customer-answer': { B: ['2 working days', one.calendar] },
  }),
)
const runs = { numRuns: 300 }

test('splitting a replay at any fact and going on gives the same clocks, and so does asking in between', () => {
  fc.assert(
    fc.property(log, random, (facts, terms) => {
      const end = (facts.at(-1)?.at ?? 0) + 1
      const whole = clocksOf(facts, terms, end)
      assert.deepEqual(clocksOf([...facts], terms, end), whole)
      for (const { breachedAt, due } of whole.clocks) if (breachedAt !== undefined) assert.equal(breachedAt, due)
    }),
    runs,
  )
})

test('raising never makes anything due later, and nothing is born breached', () => {
  fc.assert(
    fc.property(log, random, fc.integer({ min: 0, max: 3000 }), (facts, terms, minutes) => {
      const now = (facts.at(-1)?.at ?? 0) + minutes * 60_000
      const before = clocksOf(facts, terms, now)
      const raised = clocksOf([...facts, { kind: 'severity-changed', severity: 'A', at: now }], terms, now)
      for (const [i, clock] of before.clocks.entries()) {
        const then = raised.clocks[i]
        assert.ok(then)
        if (!isRunning(clock) || clock.breachedAt !== undefined || clock.severity === 'A') continue
        assert.ok(dueOfClock(then) <= dueOfClock(clock) || clock.paused)
        assert.ok(then.due >= now)
      }
    }),
    runs,
  )
})

test('no sequence of lowering and raising makes a case due later than never touching it, beyond the moment of raising', () => {
  const changes = fc.array(fc.tuple(fc.constantFrom(...SEVERITIES), fc.integer({ min: 1, max: 900 })), { maxLength: 6 })
  fc.assert(
    fc.property(changes, random, (steps, terms) => {
      let moment = copenhagen(MONDAY)
      const start: Fact = opened(MONDAY, 'B')
      const sequence: Fact[] = steps.map(([severity, minutes]) => ({
        kind: 'severity-changed',
        severity,
        at: (moment += minutes * 60_000),
      }))
      const back: Fact = { kind: 'severity-changed', severity: 'B', at: moment + 60_000 }
      const up: Fact = { kind: 'severity-changed', severity: 'A', at: moment + 120_000 }
      const untouched = clocksOf([start], terms, moment).clocks[0]
      const touched = clocksOf([start, ...sequence, back, up], terms, up.at).clocks[0]
      assert.ok(untouched && touched)
      assert.ok(touched.due <= Math.max(untouched.due, up.at))
    }),
    runs,
  )
})

test('a pause moves a due by exactly the open time that passed in it', () => {
  fc.assert(
    fc.property(
      random,
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 0, max: 9000 }),
      (terms, until, length) => {
        const from = copenhagen(MONDAY) + until * 60_000
        const to = from + length * 60_000
        const start: Fact = opened(MONDAY, 'B')
        const plain = clocksOf([start], terms, from).clocks.find(({ kind }) => kind === 'resolution')
        const waited = clocksOf(
          [start, { kind: 'paused', reason: 'third-party', at: from }, { kind: 'resumed', at: to }],
          terms,
          to,
        ).clocks.find(({ kind }) => kind === 'resolution')
        if (
          !plain?.terms ||
          !waited ||
          plain.breachedAt !== undefined ||
          plain.due === Infinity ||
          waited.due === Infinity
        )
          return
        const between = (one: number, other: number) =>
          openSecondsBetween(
            plain.terms!.calendar,
            Temporal.Instant.fromEpochMilliseconds(one),
            Temporal.Instant.fromEpochMilliseconds(other),
          )
        assert.equal(between(plain.due, waited.due), between(from, to))
      },
    ),
    runs,
  )
})

test('segments lead from start to due without gap or overlap', () => {
  fc.assert(
    fc.property(log, random, (facts, terms) => {
      const now = (facts.at(-1)?.at ?? 0) + 60_000
      for (const clock of clocksOf(facts, terms, now).clocks) {
        const { segments, due } = explainClock(clock, now)
        const edges = [clock.startedAt, ...segments.map(({ until }) => until.epochMilliseconds)]
        assert.deepEqual(
          segments.map(({ from }) => from.epochMilliseconds),
          edges.slice(0, -1),
        )
        if (due) assert.equal(edges.at(-1), due.epochMilliseconds)
      }
    }),
    runs,
  )
})

test('beijing: a raised request keeps the calendar of its new severity', () => {
  const terms = bargain({ 'initial-response': { A: ['1 hour', always], B: ['1 working day', beijingTechnical] } })
  const facts: Fact[] = [
    { kind: 'opened', at: at('2026-06-03T03:00', 'Asia/Shanghai').epochMilliseconds, severity: 'B', version: 1 },
    { kind: 'severity-changed', at: at('2026-06-03T04:00', 'Asia/Shanghai').epochMilliseconds, severity: 'A' },
  ]
  const [first] = clocksOf(facts, terms, 0).clocks
  assert.equal(first?.due, at('2026-06-03T05:00', 'Asia/Shanghai').epochMilliseconds)
})
