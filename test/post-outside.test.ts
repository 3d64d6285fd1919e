import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { openOutside, targetOf } from '../src/jobs/post-outside.ts'
import type { OutsideOptions } from '../src/jobs/post-outside.ts'
import { newWebhookSecret, webhookHeaders } from '../src/jobs/webhook-signature.ts'
import { endpoint, endpointAuthority } from './outside/endpoint.ts'
import { nameServer } from './outside/name-server.ts'

/*
 * Customers' servers at 127.0.0.1, which is let through here as if it were out in the world; 127.0.0.2 is not, and what listens
 * there must never be reached. Names are answered by a name server of the story.
 */

const names = await nameServer((name, before) => {
  if (name === 'silent.hooks.test') return 'silence'
  if (name === 'nobody.hooks.test') return 'nobody'
  if (name === 'inner.hooks.test') return ['127.0.0.2']
  if (name === 'inner6.hooks.test') return ['fd00::1']
  if (name === 'mapped.hooks.test') return ['::ffff:7f00:2']
  if (name === 'both.hooks.test') return ['127.0.0.1', '10.0.0.1']
  if (name === 'rebinding.hooks.test') return [before === 0 ? '127.0.0.1' : '127.0.0.2']
  return ['127.0.0.1']
})
const good = await endpoint()
const canary = await endpoint(undefined, { port: good.port, host: '127.0.0.2' })
after(async () => {
  await Promise.all([names.close(), good.close(), canary.close()])
})

const open = (options: OutsideOptions = {}) =>
  openOutside({
    letThrough: ['127.0.0.1/32'],
    ports: [good.port],
    ca: endpointAuthority,
    nameServers: [names.address],
    seconds: 30,
    ...options,
  })
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"type":"incident.posted"}' }
const at = (name: string, port = good.port) => `https://${name}:${port}/hook?of=asta#part`

test('a message arrives once, as it was sent, with the path and query that were typed', async () => {
  assert.deepEqual(await open().post(at('hooks.test'), MESSAGE), {
    kind: 'answered',
    status: 200,
    retryAfterSeconds: undefined,
  })
  const [one] = good.received
  assert.equal(good.received.length, 1)
  assert.equal(one?.path, '/hook?of=asta')
  assert.equal(one?.body, MESSAGE.body)
  assert.equal(one?.headers.host, `hooks.test:${good.port}`)
  assert.equal(one?.headers.cookie, undefined)
})

test('a name that leads inside is refused, also by IPv6, mapped, or with one address of several', async () => {
  for (const name of ['inner', 'inner6', 'mapped', 'both'])
    assert.deepEqual(
      await open().post(at(`${name}.hooks.test`), MESSAGE),
      { kind: 'refused', why: 'inner-address' },
      name,
    )
  assert.equal(canary.connections(), 0)
})

test('an inner address is refused however it is written', async () => {
  const written = [
    '127.0.0.2',
    '0x7f000002',
    '2130706434',
    '0177.0.0.2',
    '127.2',
    '127。0。0。2',
    '[::ffff:127.0.0.2]',
    '[::1]',
    '0',
  ]
  for (const host of [...written, '169.254.169.254', '[::ffff:a9fe:a9fe]', '[64:ff9b::7f00:2]'])
    assert.deepEqual(await open().post(at(host), MESSAGE), { kind: 'refused', why: 'inner-address' }, host)
  assert.equal(canary.connections(), 0)
})

test('a name that leads elsewhere the second time is asked once, and the address that was checked is the one', async () => {
  const before = good.received.length
  assert.equal((await open().post(at('rebinding.hooks.test'), MESSAGE)).kind, 'answered')
  assert.equal(names.timesAsked('rebinding.hooks.test'), 1)
  assert.equal(good.received.length, before + 1)
  assert.deepEqual(await open().post(at('rebinding.hooks.test'), MESSAGE), { kind: 'refused', why: 'inner-address' })
  assert.equal(canary.connections(), 0)
})

test('a redirect is an answer, and nobody follows it', async () => {
  const moved = await endpoint((_, response) => response.writeHead(307, { location: at('127.0.0.2') }).end())
  const { post } = open({ ports: [moved.port] })
  assert.deepEqual(await post(at('hooks.test', moved.port), MESSAGE), {
    kind: 'answered',
    status: 307,
    retryAfterSeconds: undefined,
  })
  assert.equal(canary.connections(), 0)
  await moved.close()
})

test('what the other side asks is handed on: too many, come again in a minute', async () => {
  const busy = await endpoint((_, response) => response.writeHead(429, { 'retry-after': '60' }).end())
  const sent = await open({ ports: [busy.port] }).post(at('hooks.test', busy.port), MESSAGE)
  assert.deepEqual(sent, { kind: 'answered', status: 429, retryAfterSeconds: 60 })
  await busy.close()
})

test('a certificate that nobody vouches for, or for another name, is not believed, and nothing is told to it', async () => {
  const before = good.received.length
  const failed = { kind: 'failed', why: 'tls' }
  assert.deepEqual(
    await openOutside({ letThrough: ['127.0.0.1/32'], ports: [good.port], nameServers: [names.address] }).post(
      at('hooks.test'),
      MESSAGE,
    ),
    failed,
  )
  assert.deepEqual(await open().post(at('other.test'), MESSAGE), failed)
  assert.equal(good.received.length, before)
})

test('nobody there, and no such name', async () => {
  const gone = await endpoint()
  await gone.close()
  const { post } = open({ ports: [gone.port] })
  assert.deepEqual(await post(at('hooks.test', gone.port), MESSAGE), { kind: 'failed', why: 'unreachable' })
  assert.deepEqual(await post(at('nobody.hooks.test', gone.port), MESSAGE), { kind: 'failed', why: 'unknown-host' })
})

/** A server that takes connections and says nothing, ever. */
async function hanging() {
  const sockets = new Set<Socket>()
  let most = 0
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)))
    most = Math.max(most, sockets.size)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** The most connections there were at one time. */
    most: () => most,
    close: async () => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}

test('while one endpoint hangs with fifty messages, those for others arrive; it has four lanes', async () => {
  const stuck = await hanging()
  const outside = open({ ports: [good.port, stuck.port], seconds: 100 })
  const before = good.received.length
  let ended = 0
  const hung = Array.from({ length: 50 }, () =>
    outside.post(at('stuck.hooks.test', stuck.port), MESSAGE).finally(() => ended++),
  )
  const others = await Promise.all(
    Array.from({ length: 50 }, (_, one) => outside.post(at(`n${one}.hooks.test`), MESSAGE)),
  )
  assert.ok(others.every(({ kind }) => kind === 'answered'))
  assert.equal(good.received.length, before + 50)
  assert.equal(ended, 0)
  await stuck.close()
  assert.ok((await Promise.all(hung)).every(({ kind }) => kind === 'failed'))
  assert.ok(stuck.most() <= 4)
})

test('an endpoint that hung rests: who waited for it is sent away, and so is who comes next', async () => {
  const stuck = await hanging()
  const outside = open({ ports: [stuck.port], seconds: 1 })
  const post = () => outside.post(at('stuck.hooks.test', stuck.port), MESSAGE)
  const all = (await Promise.all(Array.from({ length: 10 }, post))).map((sent) => sent.kind === 'failed' && sent.why)
  assert.equal(all.filter((why) => why === 'timeout').length, 4)
  assert.equal(all.filter((why) => why === 'resting').length, 6)
  const next = await post()
  assert.ok(next.kind === 'failed' && next.why === 'resting' && next.retryAfterSeconds >= 30)
  await stuck.close()
})

test('a name server that is silent, and an answer without an end, take only so long', async () => {
  const endless = await endpoint((_, response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
      if (!response.destroyed) response.once('drain', pour)
    }
    pour()
  })
  const trickling = await endpoint((_, response) => void response.writeHead(204 + 1).write('x'))
  const headless = await endpoint((_, response) => response.writeHead(200, { x: 'x'.repeat(20_000) }).end())
  const ports = [good.port, endless.port, trickling.port, headless.port]
  const outside = open({ ports, seconds: 2 })
  const [silent, poured, trickled, big] = await Promise.all([
    outside.post(at('silent.hooks.test'), MESSAGE),
    outside.post(at('hooks.test', endless.port), MESSAGE),
    outside.post(at('hooks.test', trickling.port), MESSAGE),
    outside.post(at('hooks.test', headless.port), MESSAGE),
  ])
  assert.deepEqual(silent, { kind: 'failed', why: 'timeout' })
  assert.equal(poured.kind === 'answered' && poured.status, 200)
  assert.equal(trickled.kind === 'answered' && trickled.status, 205)
  assert.deepEqual(big, { kind: 'failed', why: 'unreachable' })
  await Promise.all([endless.close(), trickling.close(), headless.close()])
})

test('what is typed is judged before anything is asked: https, its ports, no password, an address at all', () => {
  const judged = (url: string) => {
    const target = targetOf(url)
    return typeof target === 'string' ? target : 'fine'
  }
  assert.equal(judged('https://hooks.example.com/a'), 'fine')
  assert.equal(judged('https://hooks.example.com:8443/a'), 'fine')
  assert.equal(judged('http://hooks.example.com/a'), 'not-https')
  assert.equal(judged('ftp://hooks.example.com/a'), 'not-https')
  assert.equal(judged('https://hooks.example.com:22/a'), 'port')
  assert.equal(judged('https://hooks.example.com:6379/a'), 'port')
  assert.equal(judged('https://me:secret@hooks.example.com/a'), 'with-a-password')
  assert.equal(judged('hooks.example.com'), 'not-an-address')
  assert.equal(judged('https://'), 'not-an-address')
  assert.equal(judged(`https://hooks.example.com/${'a'.repeat(2000)}`), 'not-an-address')
  assert.equal(judged('file:///etc/passwd'), 'not-an-address')
})

test('whatever text is typed, nothing inside is reached', async () => {
  const outside = open({ letThrough: [], nameServers: [names.address], seconds: 5 })
  const host = fc.oneof(
    fc.ipV4().map((address) => `127.${address.split('.').slice(1).join('.')}`),
    fc.integer({ min: 0x7f000000, max: 0x7fffffff }).map(String),
    fc.integer({ min: 0x7f000000, max: 0x7fffffff }).map((number) => `0x${number.toString(16)}`),
    fc.constantFrom(
      'localhost',
      'inner.hooks.test',
      '[::]',
      '[::1]',
      '0',
      '0.0.0.0',
      '127.1',
      '[::ffff:7f00:2]',
      'rebinding.hooks.test',
    ),
  )
  const url = fc.tuple(fc.constantFrom('', 'a@', 'hooks.test@', 'hooks.test\\@'), host, fc.constantFrom('', '.'))
  await fc.assert(
    fc.asyncProperty(url, async ([before, name, end]) => {
      const sent = await outside.post(`https://${before}${name}${end}:${good.port}/`, MESSAGE)
      assert.notEqual(sent.kind, 'answered')
    }),
    { numRuns: 100 },
  )
  assert.equal(canary.connections(), 0)
})

test('the canary would have told', async () => {
  const sent = await open({ letThrough: ['127.0.0.2/32'] }).post(at('inner.hooks.test'), MESSAGE)
  assert.equal(sent.kind, 'answered')
  assert.equal(canary.connections(), 1)
})

// ---- Signatures, by a library of somebody else

test('a receiver with the library of Standard Webhooks believes our messages, and no changed one', () => {
  const [first, second] = [newWebhookSecret(), newWebhookSecret()]
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (body, id) => {
      const headers = webhookHeaders({ id, at: Temporal.Now.instant(), body }, [second, first])
      // The library verifies any text, and reads it as JSON afterwards.
      const believed = (secret: string, text: string, changed = {}) => {
        try {
          new Webhook(secret).verify(text, { ...headers, ...changed })
          return true
        } catch (error) {
          if (error instanceof SyntaxError) return true
          return false
        }
      }
      assert.ok(believed(first, body) && believed(second, body))
      assert.ok(!believed(newWebhookSecret(), body))
      assert.ok(!believed(first, `${body} `))
      assert.ok(!believed(first, body, { 'webhook-id': 'another' }))
    }),
  )
})

test('our signature is the one the library makes', () => {
  const secret = newWebhookSecret()
  const when = Temporal.Instant.from('2026-06-15T08:00:00.900Z')
  const message = { id: 'msg_1', at: when, body: '{"a":1}' }
  const expected = new Webhook(secret).sign(message.id, new Date(when.epochMilliseconds), message.body)
  assert.deepEqual(webhookHeaders(message, [secret]), {
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1781510400',
    'webhook-signature': expected,
  })
})
