import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { openPublishedFiles } from '../src/jobs/published-files.ts'
import { s3 } from './outside/s3.ts'

const folder = mkdtempSync(join(tmpdir(), 'svar-published-'))
const KEYS = { key: 'AKIASVAR', secret: 'a/secret+with=signs', region: 'eu-north-1' }
const store = await s3(KEYS)
after(async () => {
  rmSync(folder, { recursive: true, force: true })
  await store.close()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const bucket = ({ key, secret, region }: typeof KEYS, prefix = '/status') =>
  openPublishedFiles(`s3+http://${key}:${encodeURIComponent(secret)}@${store.host}/pages${prefix}?region=${region}`)

test('a file is put into its folder, readable by a web server, and in place of the one before', async () => {
  const { publish } = openPublishedFiles(join(folder, 'site'))
  await publish('microsoft/api/v2/summary.json', 'application/json', bytes('{"one":1}'))
  await publish('microsoft/api/v2/summary.json', 'application/json', bytes('{}'))
  const file = join(folder, 'site/microsoft/api/v2/summary.json')
  assert.equal(readFileSync(file, 'utf8'), '{}')
  assert.equal(statSync(file).mode & 0o444, 0o444)
  assert.deepEqual(readdirSync(join(folder, 'site/microsoft/api/v2')), ['summary.json'])
})

test('whoever reads while it is written sees a whole file: the one before or the one after', async () => {
  const { publish } = openPublishedFiles(join(folder, 'whole'))
  const versions = Array.from({ length: 30 }, (_, at) =>
    String.fromCharCode(97 + (at % 26)).repeat(200_000 - at * 5000),
  )
  await publish('page.html', 'text/html', bytes(versions[0] ?? ''))
  const writing = { ended: false }
  const reading = (async () => {
    const seen = new Set<string>()
    while (!writing.ended) {
      seen.add(readFileSync(join(folder, 'whole/page.html'), 'utf8'))
      await new Promise((turn) => setImmediate(turn))
    }
    return seen
  })()
  for (const version of versions) await publish('page.html', 'text/html', bytes(version))
  writing.ended = true
  for (const seen of await reading) assert.ok(versions.includes(seen), `a part of ${seen.length} characters was seen`)
})

test('a write that fails leaves what was there, and nothing beside it', async () => {
  const { publish } = openPublishedFiles(join(folder, 'failing'))
  await publish('a/page.html', 'text/html', bytes('first'))
  await assert.rejects(publish('a', 'text/html', bytes('a folder is in the way')))
  await assert.rejects(publish('a/page.html/b', 'text/html', bytes('a file is in the way')))
  assert.equal(readFileSync(join(folder, 'failing/a/page.html'), 'utf8'), 'first')
  assert.deepEqual(readdirSync(join(folder, 'failing')), ['a'])
})

test('no path leads out of the place', async () => {
  const { publish } = openPublishedFiles(join(folder, 'inside'))
  for (const path of [
    '',
    '/etc/x',
    '../x',
    'a/../../x',
    'a//b',
    './a',
    '.htaccess',
    'a/.git/x',
    'a\\b',
    'a\0',
    'a b',
    'a?b',
    '%2e%2e/x',
  ])
    await assert.rejects(publish(path, 'text/plain', bytes('x')), /is no path to publish at/, path)
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40 }), async (path) => {
      const kept = await publish(path, 'text/plain', bytes('x')).then(
        () => true,
        () => false,
      )
      if (kept) assert.ok(existsSync(join(folder, 'inside', path)))
    }),
  )
  assert.deepEqual(
    readdirSync(folder).filter((name) => !['site', 'whole', 'failing', 'inside', 'taken'].includes(name)),
    [],
  )
})

test('a folder that is reached by a link is fine: a release is switched by one', async () => {
  symlinkSync(join(folder, 'inside'), join(folder, 'inside-link'))
  await openPublishedFiles(join(folder, 'inside-link')).publish('linked.txt', 'text/plain', bytes('x'))
  assert.ok(existsSync(join(folder, 'inside/linked.txt')))
})

test('a store that speaks S3 believes the signature, and keeps type, words and that nobody may keep them', async () => {
  await bucket(KEYS).publish('microsoft/atom.xml', 'application/atom+xml; charset=utf-8', bytes('服务运行状况'))
  assert.deepEqual(store.files.get('/pages/status/microsoft/atom.xml'), {
    contentType: 'application/atom+xml; charset=utf-8',
    cacheControl: 'no-cache',
    body: '服务运行状况',
  })
  await bucket(KEYS, '').publish('root.json', 'application/json', bytes(''))
  assert.equal(store.files.get('/pages/root.json')?.body, '')
})

test('another secret or region is refused by the store, and said so without the secret', async () => {
  for (const wrong of [{ secret: 'other' }, { region: 'us-east-1' }, { key: 'AKIAOTHER' }])
    await assert.rejects(
      bucket({ ...KEYS, ...wrong }).publish('refused.json', 'application/json', bytes('{}')),
      (error: Error) => {
        assert.match(error.message, /answered 403 to refused.json: .*SignatureDoesNotMatch/)
        assert.doesNotMatch(error.message, /AKIA|secret/)
        return true
      },
    )
  assert.equal(store.files.has('/pages/status/refused.json'), false)
})

test('a store that is too busy is told to the job, which tries again', async () => {
  store.breakFor(1)
  const { publish } = bucket(KEYS)
  await assert.rejects(publish('busy.json', 'application/json', bytes('{}')), /answered 503 .*SlowDown/)
  await publish('busy.json', 'application/json', bytes('{}'))
  assert.equal(store.files.get('/pages/status/busy.json')?.body, '{}')
})

test('a file is taken away with the folders it leaves empty, not with others; what is not there is no trouble', async () => {
  const { publish, remove } = openPublishedFiles(join(folder, 'taken'))
  for (const path of ['microsoft/o/one/da/index.html', 'microsoft/o/one/index.html', 'microsoft/index.html'])
    await publish(path, 'text/html', bytes('x'))
  await remove('microsoft/o/one/da/index.html')
  assert.deepEqual(readdirSync(join(folder, 'taken/microsoft/o/one')), ['index.html'])
  await remove('microsoft/o/one/index.html')
  assert.deepEqual(readdirSync(join(folder, 'taken/microsoft')), ['index.html'])
  await remove('microsoft/o/one/index.html')
  await remove('microsoft/index.html/below/a/file').catch(() => {})
  await remove('microsoft/index.html')
  assert.deepEqual(readdirSync(join(folder, 'taken')), [])
  await assert.rejects(remove('../failing/a/page.html'), /is no path to publish at/)
  assert.ok(existsSync(join(folder, 'failing/a/page.html')))
})

test('a store that speaks S3 takes a file out, twice as well as once, and only for whoever may', async () => {
  const { publish, remove } = bucket(KEYS)
  await publish('microsoft/o/one/index.html', 'text/html', bytes('x'))
  await assert.rejects(bucket({ ...KEYS, secret: 'other' }).remove('microsoft/o/one/index.html'), /answered 403/)
  assert.ok(store.files.has('/pages/status/microsoft/o/one/index.html'))
  await remove('microsoft/o/one/index.html')
  assert.equal(store.files.has('/pages/status/microsoft/o/one/index.html'), false)
  await remove('microsoft/o/one/index.html')
  store.breakFor(1)
  await assert.rejects(remove('microsoft/o/one/index.html'), /answered 503/)
})

test('a place that is none is said in a sentence', () => {
  for (const place of ['s3+https://host/bucket', 's3+https://key:secret@host/', 's3+https://'])
    assert.throws(() => openPublishedFiles(place), /s3\+https:\/\/KEY:SECRET@HOST\/BUCKET/, place)
  assert.throws(() => openPublishedFiles('ftp://host/x'), /^Error: ftp: is no place/)
})
