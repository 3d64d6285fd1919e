import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drill } from './kill.ts'

test('the app and the database are killed while requests come in: every confirmed case is there, once and whole', async () => {
  const { confirmed, broken } = await drill({ rounds: 3, mailsToo: false })
  assert.deepEqual(broken, [])
  assert.ok(confirmed > 0)
})
