import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmbedded } from '../../src/database/launcher.ts'
import { askOverTls, freePort, makeData, startProduct } from './product.ts'

test('svar serve --tls: a client with the authority in its trust reaches the product, one without refuses, and http is no way in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svar-serve-tls-'))
  try {
    await makeData(folder)
    const port = await freePort()
    const product = await startProduct({ folder, port, tls: true })
    const ca = readFileSync(join(folder, 'tls/ca.pem'))
    const page = await askOverTls(`https://localhost:${port}/microsoft/help`, { ca })
    assert.equal(page.status, 200)
    assert.match(page.body, /<h1>/)
    assert.match(page.protocol ?? '', /^TLSv1\.[23]$/)
    await assert.rejects(askOverTls(`https://localhost:${port}/healthz`, {}), {
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    })
    await assert.rejects(fetch(`http://localhost:${port}/healthz`))
    product.signal('SIGTERM')
    await product.ended
  } finally {
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
})
