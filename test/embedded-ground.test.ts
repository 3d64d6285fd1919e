import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'node:test'
import { embeddedGround } from '../src/app/parts.ts'

test('a command that ends beside us leaves us the database, however long we asked nothing', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'svar-ground-'))
  const settings = { dataFolder, namedStatements: true }
  const silent = () => {}
  const first = await embeddedGround(settings, silent, { idleTimeoutMillis: 1 })
  try {
    await pause(100)
    const second = await embeddedGround(settings, silent)
    await second.end()
    await assert.doesNotReject(first.database.ping())
  } finally {
    await first.end()
    rmSync(dataFolder, { recursive: true })
  }
})
