import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, beijingTechnical, copenhagenOffice, wallOf } from '../../../../test/oracle/named-calendars.ts'
import { runs, situations } from '../../../../test/oracle/random-calendars.ts'
import { everyDay } from '../../calendars/rules/calendar.ts'
import type { Terms } from './due.ts'
import { dueOf } from './due.ts'
import { explainDue } from './explain.ts'

const targets = fc.record({
  amount: fc.integer({ min: 0, max: 40 }),
  unit: fc.constantFrom<Terms['target']['unit']>('minute', 'hour', 'working day'),
})
const readings = fc.constantFrom<Terms['workingDay']>('same-time', 'closing')

function explained(received: string, terms: Terms) {
  const explanation = explainDue(at(received, terms.calendar.zone), terms)
  assert.ok(explanation)
  return explanation
}

function workingDay(calendar: Terms['calendar'], reading: Terms['workingDay'] = 'same-time'): Terms {
  return { target: { amount: 1, unit: 'working day' }, calendar, workingDay: reading }
}

test('Liv wrote at 03:00 in Beijing: closed until 09:00, open until 24:00, closed, and due when it opens', () => {
  const { segments, startedAt, due, zone, calendarId } = explained('2026-06-03T03:00', workingDay(beijingTechnical))
  assert.deepEqual(
    segments.map(({ kind, until }) => [kind, wallOf(until, zone)]),
    [
      ['closed', '2026-06-03T09:00+08:00'],
      ['open', '2026-06-04T00:00+08:00'],
      ['closed', '2026-06-04T09:00+08:00'],
    ],
  )
  assert.equal(wallOf(startedAt, zone), '2026-06-03T09:00+08:00')
  assert.equal(wallOf(due, zone), '2026-06-04T09:00+08:00')
  assert.deepEqual([zone, calendarId], ['Asia/Shanghai', 'technical'])
})

test('an explanation names the line that decided', () => {
  const shortTuesday = { ...copenhagenOffice, exceptions: { '2026-06-02': [{ from: 660, until: 900 }] } }
  const hour: Terms = { ...workingDay(copenhagenOffice), target: { amount: 1, unit: 'hour' } }
  assert.equal(explained('2026-06-01T12:00', hour).rule, 'open-time')
  assert.equal(explained('2026-06-01T12:00', workingDay(shortTuesday)).rule, 'same-time-next-working-day')
  assert.equal(explained('2026-06-01T16:00', workingDay(shortTuesday)).rule, 'clamped-to-closing')
  assert.equal(explained('2026-06-01T10:00', workingDay(shortTuesday)).rule, 'clamped-to-opening')
  assert.equal(explained('2026-06-01T10:00', workingDay(shortTuesday, 'closing')).rule, 'closing-of-working-day')
})

test('a calendar that never opens has no due to explain', () => {
  const never = { ...copenhagenOffice, days: everyDay([]) }
  assert.equal(explainDue(at('2026-06-01T10:00', never.zone), workingDay(never)), undefined)
})

test('the explanation is the calculation: segments lead from start to due and add up to the target', () => {
  const same = fc.property(situations, targets, readings, ({ calendar, start }, target, reading) => {
    const terms = { target, calendar, workingDay: reading }
    const explanation = explainDue(start, terms)
    assert.deepEqual(explanation?.due, dueOf(start, terms))
    if (explanation === undefined) return

    const edges = [start, ...explanation.segments.map(({ until }) => until)]
    assert.deepEqual(
      explanation.segments.map(({ from }) => from),
      edges.slice(0, -1),
    )
    assert.deepEqual(edges.at(-1), explanation.due)
    if (target.unit !== 'working day') assert.equal(openSeconds(explanation), secondsOf(target))
  })
  fc.assert(same, runs(300))
})

function openSeconds({ segments }: NonNullable<ReturnType<typeof explainDue>>): number {
  const open = segments.filter(({ kind }) => kind === 'open')
  return open.reduce((sum, { from, until }) => sum + from.until(until).total('second'), 0)
}

function secondsOf({ amount, unit }: Terms['target']): number {
  return amount * (unit === 'hour' ? 3600 : 60)
}
