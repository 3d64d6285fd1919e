import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextDigest } from './digest-time.ts'

const next = (now: string, minute: number, zone: string) =>
  nextDigest(Temporal.Instant.from(now), { minute, zone }).toString()

test('at the hour of his zone: today if it lies ahead, else tomorrow', () => {
  assert.equal(next('2026-06-15T04:59:59Z', 420, 'Europe/Copenhagen'), '2026-06-15T05:00:00Z')
  assert.equal(next('2026-06-15T05:00:00Z', 420, 'Europe/Copenhagen'), '2026-06-16T05:00:00Z')
  assert.equal(next('2026-06-15T05:00:00Z', 420, 'Asia/Shanghai'), '2026-06-15T23:00:00Z')
})

test('in the night of summer time, the hour that is left out is the next one, and the one that comes twice comes once', () => {
  assert.equal(next('2026-03-28T20:00:00Z', 150, 'Europe/Copenhagen'), '2026-03-29T01:30:00Z')
  assert.equal(next('2026-10-24T20:00:00Z', 150, 'Europe/Copenhagen'), '2026-10-25T00:30:00Z')
  assert.equal(next('2026-10-25T00:30:00Z', 150, 'Europe/Copenhagen'), '2026-10-26T01:30:00Z')
})

test('always later, and never more than a day and an hour or two', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom('Europe/Copenhagen', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
      (at, minute, zone) => {
        const wait = nextDigest(Temporal.Instant.fromEpochMilliseconds(at), { minute, zone }).epochMilliseconds - at
        assert.ok(wait > 0 && wait <= 26 * 3_600_000)
      },
    ),
  )
})
