import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Env } from '../ui/visit.ts'
import { compressed } from './compression.ts'

const LONG = 'Svar på dansk. '.repeat(200)
const app = new Hono<Env>()
app.use(compressed)
app.get('/page', (context) => context.html(LONG, 422, { 'x-kept': 'yes' }))
app.get('/huge', (context) => context.html(LONG.repeat(100)))
app.get('/short', (context) => context.html('Svar'))
app.get('/file', (context) => context.body(LONG, 200, { 'content-type': 'application/octet-stream' }))
app.get('/changes', (context) => context.body(LONG, 200, { 'content-type': 'text/event-stream' }))
app.get('/away', (context) => {
  context.header('set-cookie', 'a=1', { append: true })
  context.header('set-cookie', 'b=2', { append: true })
  return context.redirect('/page', 303)
})

const get = async (path: string, encoding?: string) =>
  app.fetch(new Request(`http://svar.test${path}`, { headers: encoding ? { 'accept-encoding': encoding } : {} }))

test('a page goes compressed to whoever takes gzip, with its status and headers', async () => {
  for (const path of ['/page', '/huge']) {
    const answer = await get(path, 'br, gzip;q=0.8')
    assert.equal(answer.headers.get('content-encoding'), 'gzip')
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
    const text = gunzipSync(await answer.arrayBuffer()).toString()
    assert.equal(text, path === '/page' ? LONG : LONG.repeat(100))
  }
  const answer = await get('/page', 'gzip')
  assert.equal(answer.status, 422)
  assert.equal(answer.headers.get('x-kept'), 'yes')
})

test('it goes as it is to whoever does not, and says that this differs', async () => {
  for (const encoding of [undefined, 'br', 'gzip;q=0', 'identity']) {
    const answer = await get('/page', encoding)
    assert.equal(answer.headers.get('content-encoding'), null)
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
    assert.equal(await answer.text(), LONG)
  }
})

test('what is short, a file, or a stream of events is left alone, and a redirect keeps its cookies', async () => {
  assert.equal((await get('/short', 'gzip')).headers.get('content-encoding'), null)
  assert.equal(await (await get('/short', 'gzip')).text(), 'Svar')
  for (const path of ['/file', '/changes']) {
    const answer = await get(path, 'gzip')
    assert.equal(answer.headers.get('content-encoding'), null)
    assert.equal(await answer.text(), LONG)
  }
  const away = await get('/away', 'gzip')
  assert.deepEqual(away.headers.getSetCookie(), ['a=1', 'b=2'])
})
