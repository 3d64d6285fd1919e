import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../../test/oracle/random-calendars.ts'
import { parseSpan, spanText } from './span.ts'

test('Beijing is open until 24:00, a minute longer than until 23:59', () => {
  assert.deepEqual(parseSpan('09:00-24:00'), { from: 540, until: 1440 })
})

test('a night shift ends on the next day', () => {
  assert.deepEqual(parseSpan('22:00-06:00'), { from: 1320, until: 1800 })
  assert.deepEqual(parseSpan('18:00-00:00'), { from: 1080, until: 1440 })
})

test('a span over more than a day says so', () => {
  assert.deepEqual(parseSpan('05:00-06:00+1'), { from: 300, until: 1800 })
  assert.deepEqual(parseSpan('09:00-09:00+1'), { from: 540, until: 1980 })
})

test('what is no span is not read as one', () => {
  for (const text of [
    '',
    '9-17',
    '09:00',
    '09:00-09:00',
    '24:00-25:00',
    '09:60-10:00',
    '09:00-24:01',
    ' 09:00-17:00',
    '09:00-17:00+0',
  ])
    assert.equal(parseSpan(text), undefined, text)
})

test('every span is written so that it is read as the same span', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 8000 }))
  const same = fc.property(span, ([from, lasts]) => {
    assert.deepEqual(parseSpan(spanText({ from, until: from + lasts })), { from, until: from + lasts })
  })
  fc.assert(same, runs(300))
  assert.equal(spanText({ from: 540, until: 1440 }), '09:00-24:00')
  assert.equal(spanText({ from: 1320, until: 1800 }), '22:00-06:00')
})
