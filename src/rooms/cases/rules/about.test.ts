import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOfItsTime } from './about.ts'

const startedAt = Temporal.Instant.from('2026-06-15T08:00:00Z')
const opened = (at: string) => isOfItsTime({ openedAt: Temporal.Instant.from(at) }, { startedAt })

test('a case of the day before may be about it, and every later one; one of last week is not', () => {
  assert.ok(opened('2026-06-14T08:00:00Z'))
  assert.ok(opened('2026-06-20T08:00:00Z'))
  assert.ok(!opened('2026-06-14T07:59:59Z'))
})
