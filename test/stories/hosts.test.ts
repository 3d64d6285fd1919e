import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '../world.ts'

const here = await world()

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await here.app.fetch(new Request(url, { headers: { 'x-forwarded-for': '192.0.2.1', ...headers } }))
  return { status: response.status, body: await response.text() }
}

test("under the house's own host an operator's pages carry its name", async () => {
  const { status, body } = await get('http://svar.test/microsoft/help')
  assert.equal(status, 200)
  assert.match(body, /href="\/microsoft\/contact"/)
})

test('nobody makes a page believe in a host of its own by a header', async () => {
  const { body } = await get('http://svar.test/microsoft/help', { 'x-svar-own-host': 'true' })
  assert.match(body, /href="\/microsoft\/contact"/)
})

test('an operator nobody declared is not found, like any page that is not there', async () => {
  assert.equal((await get('http://svar.test/nobody/help')).status, 404)
  assert.equal((await get('http://svar.test/microsoft/nothing')).status, 404)
})

test('the language is chosen from the browser, and kept once somebody chose', async () => {
  assert.match((await get('http://svar.test/microsoft/help', { 'accept-language': 'zh-CN' })).body, /lang="zh-Hans"/)
  const kept = { 'accept-language': 'zh-CN', cookie: 'svar_language=da' }
  assert.match((await get('http://svar.test/microsoft/help', kept)).body, /<html lang="da"/)
})
