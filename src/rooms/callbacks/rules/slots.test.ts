import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aroundTheClock, everyDay } from '../../calendars/rules/calendar.ts'
import type { Shift } from './staffing.ts'
import { nextStaffed, onShift } from './staffing.ts'
import { slotsOf } from './slots.ts'

const zones = [
  'Europe/Copenhagen',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Shanghai',
  'Asia/Kathmandu',
]
const skills = { topics: null, severities: null, languages: ['en'] }
const shiftOf = (agentId: string, zone: string): Shift => ({ agentId, skills, hours: aroundTheClock('shift', zone) })
const ms = (written: string) => Temporal.Instant.from(written).epochMilliseconds

/** Nights on which clocks change somewhere, forward and back. */
const nights = [
  '2026-03-28T20:00:00Z',
  '2026-10-24T20:00:00Z',
  '2026-03-07T20:00:00Z',
  '2026-10-31T20:00:00Z',
  '2026-04-04T10:00:00Z',
  '2026-10-03T10:00:00Z',
]

test('a slot exists once, lies on the grid of the local hour and never in an hour that does not exist', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...nights),
      fc.constantFrom(15 as const, 30 as const),
      fc.nat(600),
      (zone, night, slotMinutes, minutes) => {
        const now = ms(night) + minutes * 60_000
        const slots = slotsOf({
          calendar: aroundTheClock('always', zone),
          shifts: [shiftOf('a', zone)],
          taken: [],
          need: {},
          rules: { slotMinutes, aheadDays: 2 },
          now,
        })
        const labels = slots.map(({ at }) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone))
        assert.equal(new Set(slots.map(({ at }) => at)).size, slots.length)
        // With its offset every label names one slot, also in the hour that comes twice.
        assert.equal(new Set(labels.map((label) => label.toString())).size, slots.length)
        for (const [i, label] of labels.entries()) {
          assert.equal(label.minute % slotMinutes, 0)
          if (i > 0) assert.equal(slots[i]!.at - slots[i - 1]!.at, slotMinutes * 60_000)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('on the night the clocks go back 02:00 comes twice, with two offsets; on the night they go forward there is none', () => {
  const zone = 'Europe/Copenhagen'
  const at = (night: string) =>
    slotsOf({
      calendar: aroundTheClock('always', zone),
      shifts: [shiftOf('a', zone)],
      taken: [],
      need: {},
      rules: { slotMinutes: 30, aheadDays: 2 },
      now: ms(night),
    })
      .map((slot) => Temporal.Instant.fromEpochMilliseconds(slot.at).toZonedDateTimeISO(zone))
      .filter(({ hour, minute }) => hour === 2 && minute === 0)
      .map((label) => label.toString({ timeZoneName: 'never' }))
  assert.deepEqual(at('2026-10-24T20:00:00Z'), ['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'])
  assert.deepEqual(at('2026-03-28T20:00:00Z'), [])
})

test('a slot needs somebody on shift for all of it who is not promised elsewhere', () => {
  const zone = 'Europe/Copenhagen'
  const hours = (from: number, until: number) => ({
    id: 'shift',
    zone,
    days: everyDay([{ from: from * 60, until: until * 60 }]),
  })
  const calendar = hours(9, 17)
  const shifts = [
    { agentId: 'early', skills, hours: hours(8, 10) },
    { agentId: 'late', skills: { ...skills, languages: ['da'] }, hours: hours(9, 11) },
  ]
  const found = (need: object, taken: { at: number; agentId: string }[] = []) =>
    slotsOf({
      calendar,
      shifts,
      taken,
      need,
      rules: { slotMinutes: 30, aheadDays: 1 },
      now: ms('2026-06-15T04:00:00Z'),
    })
  assert.deepEqual(
    found({}).map(({ agents }) => agents),
    [['early', 'late'], ['early', 'late'], ['late'], ['late']],
  )
  assert.equal(found({ language: 'en' }).length, 2)
  assert.equal(found({ language: 'en' }, [{ at: ms('2026-06-15T07:00:00Z'), agentId: 'early' }]).length, 1)
})

test('after closing time work starts when the calendar opens and somebody is on shift', () => {
  const zone = 'Europe/Copenhagen'
  const hours = (from: number, until: number) => ({
    id: 'shift',
    zone,
    days: everyDay([{ from: from * 60, until: until * 60 }]),
  })
  const shifts = [{ agentId: 'a', skills, hours: hours(10, 12) }]
  assert.deepEqual(nextStaffed(hours(9, 17), shifts, ms('2026-06-15T18:00:00Z')), {
    at: ms('2026-06-16T08:00:00Z'),
    agents: 1,
  })
  assert.deepEqual(nextStaffed(hours(9, 17), [], ms('2026-06-15T18:00:00Z')), {
    at: ms('2026-06-16T07:00:00Z'),
    agents: undefined,
  })
  assert.equal(nextStaffed(hours(13, 17), shifts, ms('2026-06-15T18:00:00Z')), undefined)
  assert.equal(onShift(shifts, {}, ms('2026-06-15T09:30:00Z'), ms('2026-06-15T10:30:00Z')).length, 0)
})
