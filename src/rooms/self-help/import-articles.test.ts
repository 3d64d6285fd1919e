import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { browserOf } from '../../../test/client.ts'
import { world } from '../../../test/world.ts'
import type { Locale } from '../../base/locale.ts'
import { importArticles, search } from './index.ts'
import type { ImportReport } from './index.ts'

const here = await world()
const { microsoft, vianet } = here.operators
const scratch = mkdtempSync(join(tmpdir(), 'svar-import-'))
after(() => rmSync(scratch, { recursive: true }))

/** A folder of its own with these files; several calls of one name add to it. */
function folderOf(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name, file)), { recursive: true })
    writeFileSync(join(scratch, name, file), text)
  }
  return join(scratch, name)
}

const bring = (
  folder: string,
  {
    prefix = folder.split('/').at(-1) ?? '',
    language = 'en',
    site = '',
  }: { prefix?: string; language?: Locale; site?: string } = {},
) => importArticles(here.database, { operatorId: microsoft, operator: 'microsoft', folder, language, prefix, site })

const told = ({ skipped, faults }: ImportReport) => [
  ...skipped.map(({ file }) => file),
  ...faults.map(({ file, line, code }) => `${file}:${line ?? '-'} ${code}`),
]

const page = (path: string, language = 'en') =>
  browserOf(here).get(`/microsoft/articles/${path}`, { 'accept-language': language })

test('nothing in a folder stops an import, and nothing costs another article', async () => {
  const folder = folderOf('bad', {
    'good.md': '# Good article\n\nText.',
    'latin.md': Buffer.from('---\ntitle: Sæt op\n---\nBlåbærgrød på øen.', 'latin1'),
    'wide.md': Buffer.from('\uFEFF# Bredt æble\n\nTekst.', 'utf16le'),
    'big.md': `# Big\n\n${'A line of ordinary words.\n\n'.repeat(400_000)}`,
    'rows.md': `# Rows\n\n|a|b|\n|---|---|\n${'|x|y|\n'.repeat(50_000)}\nAfter the table.`,
    'deep.md': `# Deep\n\n${'>'.repeat(10_000)} down here\n\n${'<div>'.repeat(9000)}x`,
    'brackets.md': `# Brackets\n\n${'['.repeat(5000)}${'*a _b '.repeat(2000)}`,
    'front.md': '---\ntitle: "open\nupdated: 2026-01-02\n---\n# Front\n\nText.',
    'unclosed.md': '---\ntitle: Unclosed\n\n# Unclosed\n\nText.',
    'owner.md': '---\noperators: [microsoft\n---\nx',
    'CASE.md': '# Upper case',
    'case.md': '# Lower case',
    'twin.md': '# Twin',
    'twin.yml':
      '### YamlMime:FAQ\ntitle: Twin questions\nsections:\n- name: Ignored\n  questions:\n  - question: Why?\n    answer: So.\n',
    'links.md':
      '# Links\n\n[out](../../etc/passwd.md)\n[gone](gone.md) [here](#nowhere)\n\n<a href="nothing.md">x</a>\n[good](good.md)',
    'menu.yml': '- name: Good\n  href: good.md\n',
    'module.yml': '### YamlMime:Module\ntitle: x\n',
    'empty.md': '',
    'node_modules/x/readme.md': '# Never',
    '.git/readme.md': '# Never',
  })
  symlinkSync('/etc', join(folder, 'etc'))
  const report = await bring(folder)
  assert.deepEqual(
    told(report).toSorted((one, other) => (one < other ? -1 : 1)),
    [
      `big.md:${lineOf(report, 'big.md')} tooLong`,
      'case.md:- duplicate',
      'deep.md:3 tooDeep',
      'empty.md',
      `front.md:${lineOf(report, 'front.md')} frontMatter`,
      'latin.md:- encoding',
      'links.md:3 linkOutside',
      'links.md:4 linkBroken',
      'links.md:4 linkPlace',
      'links.md:6 linkBroken',
      'module.yml:1',
      'owner.md:3',
      `rows.md:${lineOf(report, 'rows.md')} tableCut`,
      'twin.yml:- duplicate',
      'unclosed.md:1 frontMatterOpen',
      'wide.md:- encoding',
    ],
  )
  assert.equal(report.added, 14)
  for (const [id, words] of [
    ['latin', /Blåbærgrød på øen/],
    ['wide', /<h1>Bredt æble<\/h1>/],
    ['rows', /After the table/],
    ['deep', /down here/],
    ['front', /<h1>Front<\/h1>/],
    ['CASE', /<h1>Upper case/],
    ['case', /<h1>Lower case/],
    ['twin.yml', /<h2 id="a-why">Why\?<\/h2>\s*<p>So\.<\/p>/],
    ['links', /<a href="good">good<\/a>/],
  ] as const) {
    const { status, body } = await page(`bad/${id}`)
    assert.equal(status, 200, id)
    assert.match(body, words, id)
  }
  const again = await bring(folder)
  assert.deepEqual(
    [again.unchanged, told(again).length],
    [14, told(report).length],
    'faults are told again, though nothing is read again',
  )
})

function lineOf({ faults }: ImportReport, file: string): number {
  return faults.find((fault) => fault.file === file)?.line ?? 0
}

test('an article that moves keeps its old address, also when its links were adjusted, and when it moves again', async () => {
  const text = '# Harmonica care\n\nSee [the other](other.md). Breathe slowly, and keep it dry at night.'
  const folder = folderOf('moving', { 'old/harmonica.md': text, 'old/other.md': '# Other instrument\n\nText.' })
  await bring(folder)
  rmSync(join(folder, 'old/harmonica.md'))
  folderOf('moving', { 'new/harmonica.md': text.replace('(other', '(../old/other') })
  const { moved, retired, added, removed } = await bring(folder)
  assert.deepEqual(
    [moved, retired, added, removed],
    [[{ from: 'moving/old/harmonica', to: 'moving/new/harmonica' }], [], 1, 1],
  )
  const first = await page('moving/old/harmonica')
  assert.deepEqual([first.status, first.headers.get('location')], [301, '/microsoft/articles/moving/new/harmonica'])
  renameSync(join(folder, 'new'), join(folder, 'newest'))
  await bring(folder)
  for (const path of ['old', 'new'])
    assert.equal(
      (await page(`moving/${path}/harmonica`)).headers.get('location'),
      '/microsoft/articles/moving/newest/harmonica',
    )
  assert.equal((await page('moving/newest/harmonica.md')).status, 301, 'the address of the file leads to the article')
  mkdirSync(join(folder, 'old'), { recursive: true })
  renameSync(join(folder, 'newest/harmonica.md'), join(folder, 'old/harmonica.md'))
  await bring(folder)
  assert.equal((await page('moving/old/harmonica')).status, 200, 'back where it was')
  assert.equal(
    (await page('moving/newest/harmonica')).headers.get('location'),
    '/microsoft/articles/moving/old/harmonica',
  )
})

test('lists of redirects and stubs in the files are followed; what leads nowhere is told with its line', async () => {
  const list = {
    redirections: [
      { source_path: 'docs/ancient.md', redirect_url: '/site/docs/oboe', redirect_document_id: true },
      { source_path: 'docs/older.md', redirect_url: '/site/docs/ancient' },
      { source_path: 'docs/lost.md', redirect_url: '/site/docs/nothing-like-it' },
      { source_path: 'elsewhere/x.md', redirect_url: '/site/docs/oboe' },
    ],
  }
  folderOf('listed', {
    '.git/HEAD': '',
    '.openpublishing.redirection.json': JSON.stringify(list, null, 2),
    'docs/oboe.md': '# Oboe reeds\n\nSoak them.',
    'docs/stub.md': '---\nredirect_url: oboe\n---\n',
  })
  const report = await bring(join(scratch, 'listed/docs'), { prefix: 'listed' })
  for (const old of ['ancient', 'older', 'stub']) {
    const { status, headers } = await page(`listed/${old}`)
    assert.deepEqual([status, headers.get('location')], [301, '/microsoft/articles/listed/oboe'], old)
  }
  assert.equal((await page('listed/lost')).status, 404)
  assert.deepEqual(
    report.faults.map(({ file, line, detail }) => [file, line, detail]),
    [['.openpublishing.redirection.json', 13, 'lost.md → /site/docs/nothing-like-it']],
  )
})

test('an article that is taken down says so, offers others and a search, and comes back when its file does', async () => {
  const folder = folderOf('gone', {
    'tuba.md': '# Tuba valves\n\nOil them once a month.',
    'tuba-oil.md': '# Oil for tuba valves\n\nWhich oil to use for valves.',
  })
  await bring(folder)
  rmSync(join(folder, 'tuba.md'))
  assert.deepEqual((await bring(folder)).retired, ['gone/tuba'])
  const { status, body } = await page('gone/tuba', 'da')
  assert.equal(status, 410)
  assert.match(
    body,
    /Artiklen er ikke længere her[^]*Tuba valves[^]*href="\/microsoft\/articles\/gone\/tuba-oil"[^]*value="Tuba valves"/,
  )
  assert.equal((await browserOf(here).get('/21vianet/articles/gone/tuba')).status, 404, 'another operator never had it')
  folderOf('gone', { 'tuba.md': '# Tuba valves\n\nOil them once a week.' })
  await bring(folder)
  assert.equal((await page('gone/tuba')).status, 200)
})

test('several folders are one, and an article has one address in all languages', async () => {
  const en = [
    { folder: folderOf('en/first', { 'a.md': '# Alpha\n\nSee [beta](../two/b.md).' }), under: 'one' },
    { folder: folderOf('en/second', { 'b.md': '# Beta\n\nText.' }), under: 'two' },
  ]
  const da = folderOf('da', { 'one/a.md': '# <a name="alpha"></a>Alfa\n\nSe [her](#alpha).' })
  const of = { operatorId: microsoft, operator: 'microsoft', prefix: 'all' }
  const report = await importArticles(here.database, { ...of, language: 'en', folder: en })
  await importArticles(here.database, { ...of, language: 'da', folder: da })
  assert.deepEqual(told(report), [])
  assert.match((await page('all/one/a')).body, /<a href="..\/two\/b">beta<\/a>[^]*hreflang="da"/)
  assert.match((await page('all/one/a', 'da')).body, /<h1>Alfa<\/h1>[^]*<a href="#a-alpha">her<\/a>/)
  assert.match((await page('all/two/b', 'da')).body, /vises på engelsk/)
})

test('what applies to one operator only says so, and a page for another is not there', async () => {
  const folder = folderOf('whose', {
    'both.md':
      '# Both\n\n::: moniker range="o365-worldwide || o365-germany"\nWorldwide text.\n::: moniker-end\n\n::: moniker range="o365-21vianet"\nChina text.\n::: moniker-end',
    'china.md': "---\nmonikerRange: 'o365-21vianet'\n---\n# China only\n\nText.",
    'plain.md': '# Plain\n\nText.',
  })
  await bring(folder)
  await importArticles(here.database, {
    operatorId: vianet,
    operator: '21vianet',
    folder,
    language: 'en',
    prefix: 'whose',
  })
  const [ours, theirs] = [await page('whose/both'), await browserOf(here).get('/21vianet/articles/whose/both')]
  assert.match(ours.body, /This is what applies to Microsoft\.[^]*Worldwide text/)
  assert.doesNotMatch(ours.body, /China text/)
  assert.match(theirs.body, /China text/)
  assert.doesNotMatch((await page('whose/plain')).body, /This is what applies/)
  assert.equal((await page('whose/china')).status, 404)
  assert.equal((await browserOf(here).get('/21vianet/articles/whose/china')).status, 200)
})

test('an article names its relatives', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 70 }, (_, at) => [`x${at}.md`, `# Guide number ${at} of things\n\nText.`] as const),
  )
  const folder = folderOf('related', {
    ...many,
    'fagott.md': '# Fagott fingering chart\n\nSee [reeds](reeds.md).',
    'reeds.md': '# Double reeds\n\nText.',
    'chart.md': '# Fingering chart for the fagott\n\nText.',
  })
  await bring(folder)
  const { body } = await page('related/fagott')
  const [, related = ''] = /id="related"[^]*?<ul>([^]*?)<\/ul>/.exec(body) ?? []
  assert.deepEqual(
    [...related.matchAll(/href="([^"]*)"/g)]
      .map(([, href = '']) => href)
      .toSorted((one, other) => (one < other ? -1 : 1)),
    ['/microsoft/articles/related/chart', '/microsoft/articles/related/reeds'],
  )
  const found = await here.database.work({ kind: 'visitor', operatorId: microsoft }, (work) =>
    search(work, { operatorId: microsoft, language: 'en', q: 'fagott fingering', limit: 3 }),
  )
  assert.equal(found[0]?.id, 'related/fagott')
})
