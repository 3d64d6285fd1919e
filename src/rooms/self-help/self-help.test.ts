import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { browserOf } from '../../../test/client.ts'
import { world } from '../../../test/world.ts'
import type { Locale } from '../../base/locale.ts'
import { importArticles, importArticlesFromJsonl, search, suggest } from './index.ts'

const here = await world()
const { microsoft, vianet } = here.operators
const scratch = mkdtempSync(join(tmpdir(), 'svar-articles-'))
after(() => rmSync(scratch, { recursive: true }))

before(async () => {
  for (const [operator, operatorId] of [
    ['microsoft', microsoft],
    ['21vianet', vianet],
  ] as const) {
    for (const language of ['en', 'da', 'zh-Hans'] as const) {
      await importArticles(here.database, {
        operatorId,
        operator,
        language,
        folder: `demonstration/articles/${language}`,
      })
    }
  }
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true })
    writeFileSync(join(scratch, file), text)
  }
}

const bring = (operator: 'microsoft' | '21vianet', prefix = 'own') =>
  importArticles(here.database, {
    operatorId: operator === 'microsoft' ? microsoft : vianet,
    operator,
    language: 'en',
    folder: scratch,
    prefix,
  })

const ask = (find: typeof search, operatorId: string, language: Locale, q: string, limit = 5) =>
  here.database.work({ kind: 'visitor', operatorId }, (work) => find(work, { operatorId, language, q, limit }))

test('each language finds its article first, however it is typed', async () => {
  const expected = [
    ['en', 'outlook cannot connect', 'outlook-cannot-connect'],
    ['en', 'quarentine', 'quarantine'],
    ['da', 'adgangskode udloeber aldrig', 'password-never-expires'],
    ['da', 'gendan slettet bruger', 'restore-deleted-user'],
    ['zh-Hans', '重置密码', 'reset-user-password'],
    ['zh-Hans', '共享邮箱', 'shared-mailbox'],
  ] as const
  for (const [language, q, id] of expected) {
    const [best] = await ask(search, microsoft, language, q)
    assert.equal(best?.id, id, q)
    assert.equal(best?.language, language)
  }
})

test('half a word is enough while somebody types', async () => {
  assert.equal((await ask(suggest, microsoft, 'da', 'gendan sle'))[0]?.id, 'recover-deleted-files')
  assert.equal((await ask(suggest, microsoft, 'en', 'forward ma'))[0]?.id, 'mail-forwarding')
  assert.equal((await ask(suggest, microsoft, 'zh-Hans', '共享邮'))[0]?.id, 'shared-mailbox')
})

test('an answer points to its heading and shows the words around the hit', async () => {
  const found = await ask(search, microsoft, 'en', 'forwarding refused 550 5.7.520')
  assert.equal(found[0]?.id, 'mail-forwarding')
  assert.match(found[0]?.anchor ?? '', /^a-/)
  assert.match(found[0]?.passage ?? '', /5\.7\.520/)
})

test('whatever is typed gives a list', async () => {
  for (const q of [
    '',
    '   ',
    '???',
    'the of to',
    '%_\\',
    "'; drop table article; --",
    '😀',
    '\u0001',
    'a'.repeat(10_000),
    ':* & | !',
    '__proto__',
  ]) {
    for (const find of [search, suggest]) assert.ok(Array.isArray(await ask(find, microsoft, 'en', q)), q)
  }
  assert.equal((await ask(search, microsoft, 'en', 'mail', 1000)).length <= 20, true)
  assert.deepEqual(await ask(search, microsoft, 'en', 'mail', -1), [])
})

test('importing again changes nothing; a change, a new and a removed file are told', async () => {
  write({
    'a.md': '# Alpha apples\n\nText.',
    'sub/b.md': '---\ntitle: Beta\n---\nSee [alpha](../a.md#x) and [gamma](c.md).',
    'empty.md': ' ',
    'bad.md': '---\noperators: [microsoft\n---\nx',
  })
  const counts = async () => {
    const { added, changed, unchanged, removed, skipped } = await bring('microsoft')
    return [{ added, changed, unchanged, removed }, skipped.map(({ file }) => file)]
  }
  assert.deepEqual(await counts(), [{ added: 2, changed: 0, unchanged: 0, removed: 0 }, ['bad.md:3', 'empty.md']])
  assert.deepEqual((await counts())[0], { added: 0, changed: 0, unchanged: 2, removed: 0 })
  write({ 'a.md': '# Alpha apples\n\nOther text about zebras.' })
  assert.deepEqual((await counts())[0], { added: 0, changed: 1, unchanged: 1, removed: 0 })
  assert.equal((await ask(search, microsoft, 'en', 'zebras'))[0]?.id, 'own/a')
  write({ 'sub/c.md': '# Gamma' })
  assert.deepEqual(
    (await counts())[0],
    { added: 1, changed: 1, unchanged: 1, removed: 0 },
    'a link that leads somewhere now is a change',
  )
  rmSync(join(scratch, 'a.md'))
  assert.deepEqual((await counts())[0], { added: 0, changed: 1, unchanged: 1, removed: 1 })
  assert.deepEqual(await ask(search, microsoft, 'en', 'zebras'), [])
  assert.equal(
    (await ask(search, microsoft, 'en', 'quarantine'))[0]?.id,
    'quarantine',
    'another import of the same language is left alone',
  )
})

test('articles that are fields already come from lines of JSON, zipped too; a broken line is told', async () => {
  const file = join(scratch, 'lines.jsonl.gz')
  const harp = {
    id: 'fields/harp',
    title: 'Harp strings',
    description: null,
    headings: ['Broken <string>'],
    body: 'Wood.\nBroken <string>\nUse a knot.',
  }
  writeFileSync(file, gzipSync(`${JSON.stringify(harp)}\n\nnot json\n`))
  const { added, skipped } = await importArticlesFromJsonl(here.database, {
    operatorId: microsoft,
    language: 'en',
    file,
    prefix: 'lines',
  })
  assert.deepEqual([added, skipped.map((one) => one.file)], [1, ['line 3']])
  assert.equal((await ask(search, microsoft, 'en', 'broken string'))[0]?.anchor, 'a-1')
  assert.match(
    (await browserOf(here).get('/microsoft/articles/fields/harp')).body,
    /<h2 id="a-1">Broken &lt;string&gt;<\/h2>/,
  )
})

test('an article says whose it is, and its blocks too; nobody finds what another operator has', async () => {
  write({
    'whose/a.md': '---\noperators: [microsoft]\n---\n# Xylophone tuning\n\nText.',
    'whose/b.md':
      '# Ranges\n\n::: moniker range="o365-21vianet"\nMarimba.\n::: moniker-end\n\n::: moniker range="o365-worldwide"\nGlockenspiel.\n::: moniker-end\n',
  })
  await bring('microsoft')
  await bring('21vianet')
  assert.equal((await ask(search, microsoft, 'en', 'xylophone'))[0]?.id, 'own/whose/a')
  assert.deepEqual(await ask(search, vianet, 'en', 'xylophone'), [])
  assert.deepEqual(
    [
      (await ask(search, microsoft, 'en', 'glockenspiel')).length,
      (await ask(search, microsoft, 'en', 'marimba')).length,
    ],
    [1, 0],
  )
  assert.deepEqual(
    [(await ask(search, vianet, 'en', 'glockenspiel')).length, (await ask(search, vianet, 'en', 'marimba')).length],
    [0, 1],
  )
  const stranger = await here.database.work({ kind: 'visitor', operatorId: vianet }, (work) =>
    search(work, { operatorId: microsoft, language: 'en', q: 'xylophone', limit: 5 }),
  )
  assert.deepEqual(stranger, [], 'the wall holds where the question is asked for another operator')
  assert.equal((await browserOf(here).get('/21vianet/articles/own/whose/a')).status, 404)
})

test('Asta searches without JavaScript: health first, hits marked, and her question goes along to support', async () => {
  const { status, body } = await browserOf(here, here.people.asta).get('/microsoft/help?q=nulstil%20adgangskode')
  assert.equal(status, 200)
  assert.ok(body.indexOf('class="health') < body.indexOf('<form method="get"'))
  assert.match(body, /<mark>Nulstil<\/mark>/)
  assert.match(body, /href="\/microsoft\/articles\/reset-user-password/)
  assert.match(body, /href="\/microsoft\/contact\?question=nulstil%20adgangskode&amp;asked=/)
})

test('nothing found says what to try, and markup in a question is text', async () => {
  const { body } = await browserOf(here).get(`/microsoft/help?q=${encodeURIComponent('"><script>zzqqxx</script>')}`, {
    'accept-language': 'en',
  })
  assert.match(body, /Nothing found for/)
  assert.doesNotMatch(body, /<script>zzqqxx/)
  assert.match(body, /Check the spelling/)
})

test('suggestions come as JSON with the way to the place', async () => {
  const { body, headers } = await browserOf(here).get('/microsoft/help/suggest?q=quarant', { 'accept-language': 'en' })
  assert.match(headers.get('content-type') ?? '', /json/)
  const { results } = JSON.parse(body) as { results: { url: string; title: string }[] }
  assert.match(results[0]?.url ?? '', /^\/microsoft\/articles\/quarantine/)
})

test('an article has its contents, its language and a way to support that says what was read', async () => {
  const { body } = await browserOf(here).get('/microsoft/articles/quarantine', { 'accept-language': 'en' })
  assert.match(body, /<html lang="en"/)
  assert.equal(body.match(/<h1/g)?.length, 1)
  assert.match(body, /<a href="#a-review-a-message">/)
  assert.match(body, /href="\/microsoft\/contact\?article=Release%20or%20delete/)
  assert.match(body, /8 September 2026/)
})

test('an article that is not translated is shown in another language, and says so', async () => {
  write({ 'only-english.md': '# Bassoon care\n\nKeep it dry.' })
  await bring('microsoft')
  const danish = await browserOf(here).get('/microsoft/articles/own/only-english', { 'accept-language': 'da' })
  assert.match(
    danish.body,
    /<html lang="da"[^]*<h1 lang="en">Bassoon care<\/h1>[^]*vises på engelsk[^]*<div class="article-text" lang="en"><p>Keep it dry/,
  )
  const found = await browserOf(here).get('/microsoft/help?q=bassoon', { 'accept-language': 'da' })
  assert.match(found.body, /Disse artikler er på engelsk[^]*<h3 lang="en">/)
})

test('the pane of another site may ask, and gets whole addresses', async () => {
  const { status, headers, body } = await browserOf(here).get('/microsoft/pane/suggest?q=karant%C3%A6ne&language=da', {
    origin: 'https://portal.example',
  })
  assert.equal(status, 200)
  assert.equal(headers.get('access-control-allow-origin'), '*')
  assert.equal(headers.get('access-control-allow-credentials'), null)
  const { results } = JSON.parse(body) as { results: { url: string; language: string }[] }
  assert.match(results[0]?.url ?? '', /^http:\/\/svar\.test\/microsoft\/articles\//)
  assert.equal(results[0]?.language, 'da')
})
