import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  always,
  at,
  beijingTechnical,
  chinaOffice,
  copenhagenOffice,
  wallOf,
} from '../../../../test/oracle/named-calendars.ts'
import { everyDay } from '../../calendars/rules/calendar.ts'
import type { Terms } from './due.ts'
import { dueOf, initialResponseDue } from './due.ts'
import { parseTargetTerms as parseTarget } from '../../entitlements/rules/terms.ts'

function termsOf(target: string, calendar: Terms['calendar'], workingDay: Terms['workingDay'] = 'same-time'): Terms {
  const parsed = parseTarget(target)
  assert.ok(parsed)
  return { target: parsed, calendar, workingDay }
}

function owed(received: string, terms: Terms): string | undefined {
  const { zone } = terms.calendar
  return wallOf(initialResponseDue(at(received, zone), terms), zone)
}

test('Asta reports an outage at 03:00 Beijing time: severity A is answered within the hour', () => {
  assert.equal(owed('2026-06-06T03:00', termsOf('1 hour', always)), '2026-06-06T04:00+08:00')
})

test('Liv reports the same at 03:00 as severity B: the day starts at 09:00 and ends at 09:00 of the next', () => {
  assert.equal(owed('2026-06-03T03:00', termsOf('1 working day', beijingTechnical)), '2026-06-04T09:00+08:00')
})

test('Liv asks at severity C on Saturday 23:59: three working days later, on Tuesday 23:59', () => {
  assert.equal(owed('2026-06-06T23:59', termsOf('3 working days', beijingTechnical)), '2026-06-09T23:59+08:00')
})

test('a charter may promise the end of the working day instead', () => {
  assert.equal(
    owed('2026-06-06T23:59', termsOf('3 working days', beijingTechnical, 'closing')),
    '2026-06-10T00:00+08:00',
  )
})

test('a billing question before National Day is answered after it', () => {
  assert.equal(owed('2026-09-30T15:00', termsOf('1 working day', chinaOffice)), '2026-10-08T15:00+08:00')
})

test('a working day is neither 24 hours nor nine open hours', () => {
  const friday = '2026-06-05T16:00'
  assert.equal(owed(friday, termsOf('1 working day', copenhagenOffice)), '2026-06-08T16:00+02:00')
  assert.equal(owed(friday, termsOf('24 hours', copenhagenOffice)), '2026-06-10T13:00+02:00')
  assert.equal(owed('2026-06-05T19:00', termsOf('9 hours', copenhagenOffice)), '2026-06-08T18:00+02:00')
})

test('a target of nothing is due when the office opens, whatever its unit', () => {
  for (const unit of ['minute', 'hour', 'working day'] as const)
    assert.equal(
      owed('2026-06-05T18:00', { ...termsOf('1 hour', copenhagenOffice), target: { amount: 0, unit } }),
      '2026-06-08T09:00+02:00',
    )
})

test('no answer is ever owed on a calendar that never opens', () => {
  const never = { ...copenhagenOffice, days: everyDay([]) }
  for (const target of ['1 minute', '1 hour', '1 working day'])
    assert.equal(dueOf(at('2026-06-01T10:00', never.zone), termsOf(target, never)), undefined)
})
