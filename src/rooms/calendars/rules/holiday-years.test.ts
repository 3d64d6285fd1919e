import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assumesUnknownYear, yearsMissing } from './holiday-years.ts'
import { parseLayerDay, writtenDay } from './layer-day.ts'

const layer = (...years: readonly number[]) => ({
  id: 'china',
  days: {},
  approved: years.map((year) => ({ year, by: 'Wang Fang', on: '2025-11-04' })),
})

test('a layer warns of the next year from 90 days before it begins, and not earlier', () => {
  assert.deepEqual(yearsMissing(layer(2026), '2026-10-02'), [])
  assert.deepEqual(yearsMissing(layer(2026), '2026-10-03'), [2027])
  assert.deepEqual(yearsMissing(layer(2026, 2027), '2026-12-31'), [])
  assert.deepEqual(yearsMissing(layer(2026), '2027-11-01'), [2027, 2028])
  assert.deepEqual(yearsMissing(layer(), '2026-06-01'), [2026])
})

test('a due on New Year in Beijing assumes a year nobody has approved, while it is still the old year in Copenhagen', () => {
  const due = Temporal.Instant.from('2026-12-31T16:30:00Z')
  assert.equal(assumesUnknownYear([layer(2026)], due, 'Asia/Shanghai'), 2027)
  assert.equal(assumesUnknownYear([layer(2026)], due, 'Europe/Copenhagen'), undefined)
  assert.equal(assumesUnknownYear([layer(2026, 2027), layer(2026)], due, 'Asia/Shanghai'), 2027)
  assert.equal(assumesUnknownYear([], due, 'Asia/Shanghai'), undefined)
})

test('a day of a layer is read as it is written, and written as it is read', () => {
  for (const written of ['closed', 'open as monday', ['09:00-12:00', '22:00-06:00'], { within: ['00:00-12:00'] }]) {
    const day = parseLayerDay(written) ?? assert.fail(JSON.stringify(written))
    assert.deepEqual(writtenDay(day), written)
  }
})

test('what is no day of a layer is not read as one', () => {
  for (const written of ['shut', 'open as mondayy', '', [], ['9-12'], ['09:00-12:00', '12'], { within: ['noon'] }])
    assert.equal(parseLayerDay(written), undefined, JSON.stringify(written))
})
