import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  always,
  at,
  beijingTechnical,
  chinaOffice,
  copenhagenOffice,
  nightShift,
  wallOf,
} from '../../../../test/oracle/named-calendars.ts'
import { delays, runs, situations } from '../../../../test/oracle/random-calendars.ts'
import type { BusinessCalendar, Span } from './calendar.ts'
import { everyDay, WEEKDAYS } from './calendar.ts'
import { addOpenMinutes, closingOf, isOpen, nextOpening, openSecondsBetween, openSegments } from './opening.ts'

const copenhagen = (wall: string) => at(wall, 'Europe/Copenhagen')
const beijing = (wall: string) => at(wall, 'Asia/Shanghai')
const closedAllWeek: BusinessCalendar = { id: 'never', zone: 'Asia/Shanghai', days: everyDay([]) }
const minutes = fc.integer({ min: 0, max: 3000 })

const never = Temporal.Instant.from('+200000-01-01T00:00Z')
const orNever = (moment: Temporal.Instant | undefined) => moment ?? never
const notLater = (one: Temporal.Instant | undefined, other: Temporal.Instant | undefined) =>
  Temporal.Instant.compare(orNever(one), orNever(other)) <= 0

test('a bakery that writes at closing time finds the door closed, and at opening time open', () => {
  assert.equal(isOpen(copenhagenOffice, copenhagen('2026-06-01T09:00')), true)
  assert.equal(isOpen(copenhagenOffice, copenhagen('2026-06-01T17:59:59')), true)
  assert.equal(isOpen(copenhagenOffice, copenhagen('2026-06-01T18:00')), false)
})

test('Saturday waits for Monday, and an open moment is its own next opening', () => {
  const monday = copenhagen('2026-06-08T09:00')
  assert.deepEqual(nextOpening(copenhagenOffice, copenhagen('2026-06-06T11:00')), monday)
  assert.deepEqual(nextOpening(copenhagenOffice, monday), monday)
})

test('a calendar that never opens says so at once, and one whose last opening has passed too', () => {
  const once = { ...closedAllWeek, exceptions: { '2026-09-20': [{ from: 540, until: 1080 }] } }
  assert.equal(nextOpening(closedAllWeek, beijing('2026-06-01T10:00')), undefined)
  assert.equal(addOpenMinutes(closedAllWeek, beijing('2026-06-01T10:00'), 1), undefined)
  assert.equal(nextOpening(once, beijing('2026-09-20T18:00')), undefined)
  assert.equal(addOpenMinutes(once, beijing('2026-06-01T10:00'), 541), undefined)
})

test('a calendar whose only open day is a make-up Sunday opens on it, however far away', () => {
  const once = { ...closedAllWeek, exceptions: { '2039-09-18': [{ from: 540, until: 1080 }] } }
  assert.deepEqual(nextOpening(once, beijing('2026-06-01T10:00')), beijing('2039-09-18T09:00'))
  assert.deepEqual(addOpenMinutes(once, beijing('2026-06-01T10:00'), 540), beijing('2039-09-18T18:00'))
})

test('three closed years do not make a calendar one that never opens', () => {
  const days = Array.from({ length: 1100 }, (_, i) => Temporal.PlainDate.from('2026-06-01').add({ days: i }))
  const exceptions = Object.fromEntries(days.map((date) => [String(date), []]))
  const opening = nextOpening({ ...copenhagenOffice, exceptions }, copenhagen('2026-06-01T10:00'))
  assert.equal(wallOf(opening, 'Europe/Copenhagen'), '2029-06-05T09:00+02:00')
})

test('the office closes on its days and has no closing on the others', () => {
  assert.deepEqual(closingOf(copenhagenOffice, '2026-06-05'), copenhagen('2026-06-05T18:00'))
  assert.equal(closingOf(copenhagenOffice, '2026-06-06'), undefined)
  assert.deepEqual(closingOf(beijingTechnical, '2026-06-06'), beijing('2026-06-07T00:00'))
  assert.deepEqual(closingOf(nightShift, '2026-06-06'), copenhagen('2026-06-07T06:00'))
})

// glpi#10594: waiting over a weekend does not consume working time.
test('an hour asked for on Friday at 17:30 is over on Monday at 09:30', () => {
  const friday = copenhagen('2026-06-05T17:30')
  assert.deepEqual(addOpenMinutes(copenhagenOffice, friday, 60), copenhagen('2026-06-08T09:30'))
  assert.equal(openSecondsBetween(copenhagenOffice, friday, copenhagen('2026-06-08T09:30')), 3600)
})

// chatwoot#10178: no clock runs after closing.
test('a target used up exactly at closing is due at closing, not at the next opening', () => {
  assert.deepEqual(addOpenMinutes(copenhagenOffice, copenhagen('2026-06-05T17:00'), 60), copenhagen('2026-06-05T18:00'))
})

test('a target of 0 is due at once while open and at the next opening while closed', () => {
  const friday = copenhagen('2026-06-05T17:30')
  assert.deepEqual(addOpenMinutes(copenhagenOffice, friday, 0), friday)
  assert.deepEqual(addOpenMinutes(copenhagenOffice, copenhagen('2026-06-05T19:00'), 0), copenhagen('2026-06-08T09:00'))
})

test('time cannot be added backwards', () => {
  assert.throws(() => addOpenMinutes(copenhagenOffice, copenhagen('2026-06-05T17:30'), -1), RangeError)
})

test('a span of one minute a day makes three minutes last three days', () => {
  const minute = { ...copenhagenOffice, days: everyDay([{ from: 600, until: 601 }]) }
  assert.deepEqual(addOpenMinutes(minute, copenhagen('2026-06-01T00:00'), 3), copenhagen('2026-06-03T10:01'))
})

// chatwoot#14009, #5254, frappe/helpdesk#2212: split shift, lunch, and a night shift 22-06 are possible.
test('lunch is closed, and the night shift works through midnight', () => {
  const lunch = {
    ...copenhagenOffice,
    days: everyDay([
      { from: 540, until: 720 },
      { from: 780, until: 1080 },
    ]),
  }
  assert.deepEqual(addOpenMinutes(lunch, copenhagen('2026-06-01T11:30'), 60), copenhagen('2026-06-01T13:30'))
  assert.deepEqual(addOpenMinutes(nightShift, copenhagen('2026-06-01T23:30'), 120), copenhagen('2026-06-02T01:30'))
  assert.deepEqual(addOpenMinutes(nightShift, copenhagen('2026-06-01T12:00'), 480), copenhagen('2026-06-02T06:00'))
})

test('hours until 24:00 next to hours from 00:00 have no closing between them', () => {
  const joined = {
    ...copenhagenOffice,
    days: everyDay([
      { from: 0, until: 600 },
      { from: 1200, until: 1440 },
    ]),
  }
  const evening = copenhagen('2026-06-01T20:00')
  const segments = openSegments(joined, evening, copenhagen('2026-06-02T12:00'))
  assert.deepEqual(
    segments.map(({ kind }) => kind),
    ['open', 'closed'],
  )
  assert.deepEqual(segments[0]?.until, copenhagen('2026-06-02T10:00'))
  assert.equal(openSegments(always, evening, copenhagen('2026-12-01T12:00')).length, 1)
})

test('a day declared closed does not send the night shift of yesterday home', () => {
  const holiday = { ...nightShift, exceptions: { '2026-06-02': [] } }
  assert.equal(isOpen(holiday, copenhagen('2026-06-02T05:00')), true)
  assert.equal(isOpen(holiday, copenhagen('2026-06-02T23:00')), false)
})

test('an exception that closes the rest of today moves a running hour to the next opening', () => {
  const today = { ...copenhagenOffice, exceptions: { '2026-06-01': [{ from: 540, until: 660 }] } }
  assert.deepEqual(addOpenMinutes(today, copenhagen('2026-06-01T10:30'), 60), copenhagen('2026-06-02T09:30'))
})

test('29 February 2028 and New Year are days like others', () => {
  assert.deepEqual(
    addOpenMinutes(copenhagenOffice, copenhagen('2028-02-28T17:00'), 120),
    copenhagen('2028-02-29T10:00'),
  )
  assert.deepEqual(addOpenMinutes(beijingTechnical, beijing('2026-12-31T23:30'), 60), beijing('2027-01-01T09:30'))
})

test('the same question in 1990, today and in 2090 is answered by the same rules', () => {
  for (const year of ['1990', '2026', '2090', '2026'])
    assert.deepEqual(
      addOpenMinutes(beijingTechnical, beijing(`${year}-12-31T23:30`), 60),
      beijing(`${Number(year) + 1}-01-01T09:30`),
    )
})

test('whatever was asked before, the night shift was at work on every night before it', () => {
  const calendar = { ...nightShift }
  const june = copenhagen('2026-06-01T05:00')
  for (let nights = 0; nights < 90; nights += 1) {
    assert.equal(isOpen(calendar, june.subtract({ hours: nights * 24 })), true)
  }
})

test('two operators with calendars of the same name each keep their own hours', () => {
  const other = { ...beijingTechnical, days: everyDay([{ from: 0, until: 60 }]) }
  assert.equal(isOpen(beijingTechnical, beijing('2026-06-01T10:00')), true)
  assert.equal(isOpen(other, beijing('2026-06-01T10:00')), false)
  assert.equal(isOpen(beijingTechnical, beijing('2026-06-01T10:00')), true)
})

test('the zone of the process changes nothing', () => {
  const script = `import { addOpenMinutes, closingOf } from ${JSON.stringify(new URL('./opening.ts', import.meta.url))}
    const span = [{ from: 540, until: 1440 }]
    const days = Object.fromEntries(${JSON.stringify(WEEKDAYS)}.map((day) => [day, span]))
    const calendar = { id: 'c', zone: 'Europe/Copenhagen', days, exceptions: { '2026-03-30': [] } }
    const due = addOpenMinutes(calendar, Temporal.Instant.from('2026-03-28T22:30Z'), 999)
    console.log(String(due), String(closingOf(calendar, '2026-03-29')))`
  const answers = ['Pacific/Kiritimati', 'America/St_Johns'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: { TZ }, encoding: 'utf8' }),
  )
  assert.equal(answers[0], '2026-03-31T08:09:00Z 2026-03-29T22:00:00Z\n')
  assert.equal(answers[1], answers[0])
})

test('the time that is added is the time that was open', () => {
  const inverse = fc.property(situations, minutes, ({ calendar, start }, added) => {
    const due = addOpenMinutes(calendar, start, added)
    if (due !== undefined) assert.equal(openSecondsBetween(calendar, start, due), added * 60)
  })
  fc.assert(inverse, runs(300))
})

test('adding the open time up to a moment leads back to that moment', () => {
  const inverse = fc.property(situations, delays, ({ calendar, start }, delay) => {
    const then = start.add({ seconds: delay })
    // At the very opening the open time was already used up at the closing before it.
    fc.pre(isOpen(calendar, then) && isOpen(calendar, then.subtract({ milliseconds: 1 })))
    assert.deepEqual(addOpenMinutes(calendar, start, openSecondsBetween(calendar, start, then) / 60), then)
  })
  fc.assert(inverse, runs(300))
})

test('asking later never makes the answer due earlier', () => {
  const monotone = fc.property(situations, delays, minutes, ({ calendar, start }, delay, added) => {
    const later = start.add({ seconds: delay })
    assert.ok(notLater(addOpenMinutes(calendar, start, added), addOpenMinutes(calendar, later, added)))
  })
  fc.assert(monotone, runs(300))
})

test('a longer target is never due earlier', () => {
  const monotone = fc.property(situations, minutes, minutes, ({ calendar, start }, one, more) => {
    assert.ok(notLater(addOpenMinutes(calendar, start, one), addOpenMinutes(calendar, start, one + more)))
  })
  fc.assert(monotone, runs(300))
})

test('a calendar with more open time is never due later', () => {
  const extra = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 600 }))
  const monotone = fc.property(situations, extra, minutes, ({ calendar, start }, [from, lasts], added) => {
    const longer = withMore(calendar, { from, until: from + lasts })
    assert.ok(notLater(addOpenMinutes(longer, start, added), addOpenMinutes(calendar, start, added)))
  })
  fc.assert(monotone, runs(300))
})

test('a due in minutes lies in open time or on its edge', () => {
  const within = fc.property(situations, minutes, ({ calendar, start }, added) => {
    const due = addOpenMinutes(calendar, start, added)
    if (due !== undefined) assert.ok(isOpen(calendar, due) || isOpen(calendar, due.subtract({ milliseconds: 1 })))
  })
  fc.assert(within, runs(300))
})

test('twenty minutes and then ten are thirty minutes', () => {
  const additive = fc.property(situations, minutes, minutes, ({ calendar, start }, one, other) => {
    const first = addOpenMinutes(calendar, start, one)
    const second = first && addOpenMinutes(calendar, first, other)
    assert.deepEqual(second, addOpenMinutes(calendar, start, one + other))
  })
  fc.assert(additive, runs(300))
})

test('segments cover the stretch in turn, without gap or overlap, and their open seconds are the open time', () => {
  const covering = fc.property(situations, delays, ({ calendar, start }, delay) => {
    const until = start.add({ seconds: delay })
    const segments = openSegments(calendar, start, until)
    let reached = start
    for (const [i, segment] of segments.entries()) {
      assert.deepEqual(segment.from, reached)
      assert.ok(Temporal.Instant.compare(segment.from, segment.until) < 0)
      assert.notEqual(segment.kind, segments[i + 1]?.kind)
      assert.equal(isOpen(calendar, segment.from), segment.kind === 'open')
      reached = segment.until
    }
    assert.deepEqual(reached, until)
    const open = segments
      .filter(({ kind }) => kind === 'open')
      .map(({ from, until: end }) => from.until(end).total('second'))
    assert.equal(
      open.reduce((sum, seconds) => sum + seconds, 0),
      openSecondsBetween(calendar, start, until),
    )
  })
  fc.assert(covering, runs(300))
})

test('China office hours: the National Day week counts nothing', () => {
  const eve = beijing('2026-09-30T17:00')
  assert.deepEqual(addOpenMinutes(chinaOffice, eve, 120), beijing('2026-10-08T10:00'))
})

function withMore(calendar: BusinessCalendar, span: Span): BusinessCalendar {
  const more = <Days extends Readonly<Record<string, readonly Span[]>>>(days: Days) =>
    Object.fromEntries(Object.entries(days).map(([day, spans]) => [day, [...spans, span]])) as unknown as Days
  return { ...calendar, days: more(calendar.days), exceptions: more(calendar.exceptions ?? {}) }
}
