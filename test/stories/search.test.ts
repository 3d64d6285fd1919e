import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { importArticles } from '../../src/rooms/self-help/index.ts'
import { browserOf, programOf } from '../client.ts'
import { world } from '../world.ts'

const here = await world()
const folder = mkdtempSync(join(tmpdir(), 'svar-search-'))
after(() => rmSync(folder, { recursive: true }))

async function publish(articles: Readonly<Record<string, string>>) {
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  for (const [name, text] of Object.entries(articles)) writeFileSync(join(folder, `${name}.md`), text)
  const { microsoft: operatorId } = here.operators
  await importArticles(here.database, { operatorId, operator: 'microsoft', language: 'en', folder })
}

const ARTICLES = {
  forward: '---\nproducts: [mail]\naudience: Admin\n---\n# Forward mail\n\nSend a copy of every message elsewhere.\n',
  copies:
    '---\nproducts: [files]\naudience: End User\n---\n# Copies of files\n\nA copy of a file is a file. A message tells who made it.\n',
}
await publish(ARTICLES)

type Result = { readonly id: string; readonly score: number; readonly because?: readonly { readonly points: number }[] }

async function ask(path: string, token: string | Promise<string> = '') {
  const answer = await programOf(here, await token)('GET', path)
  return { status: answer.status, results: (answer.json as { results?: readonly Result[] }).results ?? [] }
}

async function ids(path: string) {
  const { status, results } = await ask(path)
  assert.equal(status, 200)
  return results.map(({ id }) => id)
}

test('answers are narrowed to a product or to the readers they are written for', async () => {
  assert.deepEqual((await ids('/articles/search?q=copy+message&language=en&operator=microsoft')).toSorted(), [
    'copies',
    'forward',
  ])
  assert.deepEqual(await ids('/articles/search?q=copy+message&language=en&operator=microsoft&product=files'), [
    'copies',
  ])
  assert.deepEqual(await ids('/articles/search?q=copy+message&language=en&operator=microsoft&audience=admin'), [
    'forward',
  ])
  assert.deepEqual(
    await ids('/articles/search?q=copy+message&language=en&operator=microsoft&product=mail&audience=end-user'),
    [],
  )
  const { body } = await browserOf(here).get('/microsoft/help?q=copy+message&audience=end-user')
  const text = body.replaceAll(/<\/?mark>/g, '')
  assert.match(text, />Copies of files</)
  assert.doesNotMatch(text, />Forward mail</)
  assert.match(text, /aria-current="page">Users</)
})

test('a misspelt word is said as it was read', async () => {
  const page = await browserOf(here).get('/microsoft/help?q=forwrad')
  assert.match(page.body, /“forwrad”/)
  assert.match(page.body, /“Forward”/)
})

test('who leads support sees what each score is made of; others are refused', async () => {
  const path = '/articles/search?q=forward+mail&language=en&operator=microsoft&explain=1'
  const [first] = (await ask(path, here.tokenOf(here.agents.mette))).results
  const sum = first?.because?.reduce((all, { points }) => all + points, 0) ?? 0
  assert.ok(sum > 0 && Math.abs(sum - (first?.score ?? 0)) < 0.01)
  assert.equal((await ask(path, here.tokenOf(here.people.asta))).status, 403)
  assert.equal((await ask(path)).status, 401)
  assert.equal((await ask(path.replace('&explain=1', ''))).results[0]?.because, undefined)
})

test('what is published is found at once, by who has searched before too, and what has gone is not', async () => {
  await ids('/articles/search?q=forward&language=en&operator=microsoft')
  await publish({ ...ARTICLES, quarantine: '# Quarantine\n\nWhere suspicious messages wait.\n' })
  assert.deepEqual(await ids('/articles/suggest?q=quaran&language=en&operator=microsoft'), ['quarantine'])
  await publish({ copies: ARTICLES.copies })
  assert.deepEqual(await ids('/articles/search?q=forward+quarantine&language=en&operator=microsoft'), [])
})

test('what no article is about is not called answered', async () => {
  await publish(ARTICLES)
  const visitor = browserOf(here)
  assert.match((await visitor.get('/microsoft/help?q=forward+mail')).body, /1 article for|2 articles for/)
  const far = await visitor.get('/microsoft/help?q=who+made+the+football+cup')
  assert.match(far.body, /No article seems to answer/)
  assert.match(far.body, />Copies of files</)
})

test('whatever is asked is answered with a list', async () => {
  const asked = [
    '',
    '???',
    'x'.repeat(400),
    '😀😀',
    'مرحبا بالعالم',
    '重置 password リセット',
    'the of and',
    '\u202eabc',
  ]
  for (const q of asked)
    assert.ok(Array.isArray(await ids(`/articles/search?language=en&operator=microsoft&q=${encodeURIComponent(q)}`)), q)
  const long = await browserOf(here).get(`/microsoft/help?q=${'abc+'.repeat(2500)}`)
  assert.equal(long.status, 200)
})
