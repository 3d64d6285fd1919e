import assert from 'node:assert/strict'
import { test } from 'node:test'
import { always, at, copenhagenOffice, wallOf } from '../../../../test/oracle/named-calendars.ts'
import { clocksOf } from './clocks.ts'
import type { Bargain, ClockTerms } from './clocks.ts'
import type { Fact } from './facts.ts'
import { momentsOf } from './moments.ts'
import type { Vigilance } from './moments.ts'

const days = (amount: number) => ({ amount, unit: 'working day' as const })
const hours = (amount: number) => ({ amount, unit: 'hour' as const })

const bargain: Bargain = {
  rankOf: (severity) => 'ABC'.indexOf(severity),
  termsOf(kind, severity, version) {
    const common = { workingDay: 'same-time', version, rule: 0 } as const
    if (kind === 'initial-response' && severity === 'A') return { target: hours(1), calendar: always, ...common }
    if (kind === 'initial-response') return { target: days(1), calendar: copenhagenOffice, ...common }
    if (kind === 'resolution') return { target: hours(18), calendar: copenhagenOffice, ...common }
    return undefined
  },
}
const vigilance: Vigilance = {
  warnAt: [0.5, 0.8],
  escalations: [
    { clock: 'initial-response', after: 1 },
    { clock: 'initial-response', severities: ['A'], after: 2 },
  ],
  silence: {
    calendar: copenhagenOffice,
    remindAfter: [days(1), days(2)],
    noticeAfter: days(3),
    lowerAfter: days(5),
    closeAfter: days(10),
    mildest: 'C',
  },
  longestPause: days(20),
  workingDay: 'same-time',
}

const copenhagen = (wall: string) => at(wall, 'Europe/Copenhagen').epochMilliseconds
const wall = (moment: number) =>
  wallOf(Temporal.Instant.fromEpochMilliseconds(moment), 'Europe/Copenhagen')?.slice(5, 16)

function told(
  facts: readonly Fact[],
  now: string,
  done: readonly string[] = [],
): readonly (readonly [string, string | undefined])[] {
  return momentsOf(clocksOf(facts, bargain, copenhagen(now)), vigilance, new Set(done)).map((moment) => [
    moment.what,
    wall(moment.at),
  ])
}

const MONDAY = '2026-06-01T10:00'
const opened = (severity: string): Fact => ({ kind: 'opened', at: copenhagen(MONDAY), severity, version: 1 })
const first = (facts: readonly Fact[], now = MONDAY) =>
  told(facts, now).filter(([, when]) => when !== undefined && when < '06-02T12:00')

// chatwoot#6889, osTicket#1330: waiting too long has a ladder.
test('an outage is warned of at half and at four fifths of its hour, breached, and told upwards twice', () => {
  assert.deepEqual(first([opened('A')]), [
    ['warning', '06-01T10:30'],
    ['warning', '06-01T10:48'],
    ['breach', '06-01T11:00'],
    ['escalation', '06-01T11:00'],
    ['escalation', '06-01T12:00'],
    ['warning', '06-02T10:00'],
  ])
})

// zammad#4432, #2157: a breach at midnight is recorded at midnight.
test('a breach is recorded at the moment it is due, whoever is on duty', () => {
  const facts: Fact[] = [{ kind: 'opened', at: copenhagen('2026-06-05T23:00'), severity: 'A', version: 1 }]
  assert.ok(told(facts, MONDAY).some(([what, when]) => what === 'breach' && when === '06-06T00:00'))
})

test('what was recorded does not come again; a due that moved warns anew', () => {
  const facts = [opened('A')]
  const due = copenhagen('2026-06-01T11:00')
  const done = [`warning:initial-response:1:0:${due}`, 'breach:initial-response:1']
  assert.deepEqual(told(facts, MONDAY, done).slice(0, 2), [
    ['warning', '06-01T10:48'],
    ['escalation', '06-01T11:00'],
  ])
  const lowered: Fact[] = [...facts, { kind: 'severity-changed', severity: 'B', at: copenhagen('2026-06-01T10:40') }]
  assert.deepEqual(told(lowered, MONDAY, done)[0], ['warning', '06-01T14:30'])
})

test('a silent customer is reminded twice, given notice, moved one step down and closed; the operator owes nothing meanwhile', () => {
  const facts: Fact[] = [opened('B'), { kind: 'questioned', messageId: 'q', at: copenhagen('2026-06-01T11:00') }]
  assert.deepEqual(told(facts, '2026-06-01T11:00'), [
    ['reminder', '06-02T11:00'],
    ['reminder', '06-03T11:00'],
    ['notice', '06-04T11:00'],
    ['lowering', '06-08T11:00'],
    ['closing', '06-15T11:00'],
  ])
})

test('an answer ends the silence, and so does a question that never arrived', () => {
  const facts: Fact[] = [opened('B'), { kind: 'questioned', messageId: 'q', at: copenhagen('2026-06-01T11:00') }]
  const stages = new Set(['reminder', 'notice', 'lowering', 'closing'])
  const silent = (more: Fact) => told([...facts, more], MONDAY).filter(([what]) => stages.has(what))
  assert.deepEqual(silent({ kind: 'replied', at: copenhagen('2026-06-01T12:00') }), [])
  assert.deepEqual(silent({ kind: 'undelivered', messageId: 'q', at: copenhagen('2026-06-01T12:00') }), [])
})

test('while a case hangs on an incident nobody counts the silence; afterwards it is counted anew', () => {
  const facts: Fact[] = [
    opened('B'),
    { kind: 'questioned', messageId: 'q', at: copenhagen('2026-06-01T11:00') },
    { kind: 'incident-linked', at: copenhagen('2026-06-01T12:00') },
  ]
  assert.deepEqual(told(facts, MONDAY), [])
  const over: Fact[] = [...facts, { kind: 'incident-unlinked', at: copenhagen('2026-06-10T09:30') }]
  assert.deepEqual(told(over, MONDAY)[0], ['reminder', '06-11T09:30'])
})

test('a pause for others ends by itself after its longest time', () => {
  const facts: Fact[] = [
    opened('B'),
    { kind: 'answered', messageId: 'm', at: copenhagen('2026-06-01T10:30') },
    { kind: 'paused', reason: 'third-party', at: copenhagen('2026-06-01T11:00') },
  ]
  assert.deepEqual(told(facts, MONDAY), [['pause-ends', '06-29T11:00']])
})

test('a closed case waits for nothing', () => {
  assert.deepEqual(told([opened('A'), { kind: 'closed', at: copenhagen('2026-06-01T10:10') }], MONDAY), [])
})

// osTicket#868: every setting of a target has an effect that a test sees.
test('no setting of a promise or of what is told about it is without effect', () => {
  const seen = (terms: Bargain, watch: Vigilance) => {
    const facts: readonly (readonly Fact[])[] = [
      [opened('A')],
      [opened('B')],
      [opened('B'), { kind: 'questioned', messageId: 'q', at: copenhagen('2026-06-01T11:00') }],
      [
        opened('B'),
        { kind: 'answered', messageId: 'm', at: copenhagen('2026-06-01T10:30') },
        { kind: 'paused', reason: 'third-party', at: copenhagen('2026-06-01T11:00') },
      ],
    ]
    return JSON.stringify(facts.map((log) => momentsOf(clocksOf(log, terms, copenhagen(MONDAY)), watch, new Set())))
  }
  const promising = (change: (terms: ClockTerms) => ClockTerms): Bargain => ({
    ...bargain,
    termsOf: (...of) => {
      const terms = bargain.termsOf(...of)
      return terms && change(terms)
    },
  })
  const [early, late] = vigilance.escalations
  const silence = vigilance.silence
  assert.ok(early && late && silence)
  const watching: readonly Partial<Vigilance>[] = [
    { warnAt: [0.5] },
    { escalations: [late] },
    { escalations: [{ ...early, after: 1.5 }, late] },
    { escalations: [early, { clock: 'initial-response', after: 2 }] },
    { escalations: [{ ...early, clock: 'resolution' }, late] },
    { longestPause: days(19) },
    { workingDay: 'closing' },
    { silence: undefined },
    { silence: { ...silence, calendar: always } },
    { silence: { ...silence, remindAfter: [days(1)] } },
    { silence: { ...silence, noticeAfter: days(4) } },
    { silence: { ...silence, lowerAfter: days(6) } },
    { silence: { ...silence, closeAfter: days(11) } },
    { silence: { ...silence, mildest: 'B' } },
  ]
  const promises: readonly Bargain[] = [
    promising((terms) => ({ ...terms, target: { ...terms.target, amount: terms.target.amount + 1 } })),
    promising((terms) => ({ ...terms, target: { ...terms.target, unit: 'minute' } })),
    promising((terms) => ({ ...terms, calendar: terms.calendar === always ? copenhagenOffice : always })),
    promising((terms) => ({ ...terms, workingDay: 'closing' })),
  ]
  const all = [
    seen(bargain, vigilance),
    ...watching.map((change) => seen(bargain, { ...vigilance, ...change })),
    ...promises.map((terms) => seen(terms, vigilance)),
  ]
  assert.equal(new Set(all).size, all.length)
})
