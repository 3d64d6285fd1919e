import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { applyCharter, documentInForce } from '../../src/rooms/entitlements/index.ts'
import { addAgent } from '../../src/rooms/people/index.ts'
import { importArticles, search } from '../../src/rooms/self-help/index.ts'
import type { Locale } from '../../src/base/locale.ts'
import { browserOf } from '../client.ts'
import type { Answer } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

/*
 * Mette and Ole lead support of microsoft and write help articles there; Ida answers and leads nobody. At 21vianet Wang does not
 * lead either.
 */

const here = await world()
const { microsoft } = here.operators
const job = { kind: 'job', operatorIds: [microsoft] } as const

async function add(name: string, email: string, lead: boolean): Promise<Somebody> {
  const agent = { operatorId: microsoft, email, name, language: 'en' as const, zone: 'Europe/Copenhagen', lead }
  await here.database.work(job, (work) => addAgent(work, agent))
  return { email, operator: 'microsoft', operatorId: microsoft }
}

const { mette } = here.agents
const ole = await add('Ole Friis', 'ole@svar.test', true)
const ida = await add('Ida Bech', 'ida@svar.test', false)

const folder = mkdtempSync(join(tmpdir(), 'svar-editing-'))
writeFileSync(
  join(folder, 'folder-article.md'),
  '# From a folder\n\nKept in a folder.\n\n> [!NOTE]\n> Mind this.\n\n## Steps\n\n1. One\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
)
const bring = () =>
  importArticles(here.database, { operatorId: microsoft, operator: 'microsoft', folder, language: 'en' })
await bring()

type Fields = Readonly<Record<string, string>>

const EDIT = '/microsoft/agent/articles/edit'
const lead = (who: Somebody) => browserOf(here, who)

/** The form of a page as a browser would send it back, with some fields changed. */
function formOf({ body }: Answer, changes: Fields): Record<string, string> {
  const form = /<form class="editor"[^]*?<\/form>/.exec(body)?.[0] ?? assert.fail('there is no form')
  const inputs = [...form.matchAll(/<input[^>]*name="(\w+)"[^>]*?(?:value="([^"]*)")?[^>]*>/g)]
  const values = inputs.map(([tag, name = '']) => [name, unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '')])
  const text = /<textarea[^>]*name="body"[^>]*>([^]*?)<\/textarea>/.exec(form)?.[1] ?? ''
  const chosen = /<option value="([^"]+)" selected/.exec(form)?.[1]
  return {
    ...(Object.fromEntries(values) as Fields),
    ...(chosen ? { language: chosen } : {}),
    body: unescaped(text),
    ...changes,
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

const editPath = (article: string, language: Locale = 'en') => `${EDIT}?${new URLSearchParams({ article, language })}`

/** Begins an article as Mette; answers its id. */
async function begin(title: string, body: string, language: Locale = 'en'): Promise<string> {
  const answer = await lead(mette).send(EDIT, { language, title, body })
  assert.equal(answer.status, 200, answer.body)
  return new URL(answer.path, 'http://svar.test').searchParams.get('article') ?? assert.fail('no article')
}

async function change(who: Somebody, article: string, changes: Fields, language: Locale = 'en'): Promise<Answer> {
  const browser = lead(who)
  return browser.send(EDIT, formOf(await browser.get(editPath(article, language)), changes))
}

/** The draft of whoever wrote one, for a review. */
async function draftOf(article: string, language: Locale = 'en'): Promise<string> {
  const { rows } = await here.database.ask<{ id: string }>(
    job,
    sql`select draft_id as id from own_article_draft where article_id = ${article} and language = ${language} order by saved_at desc`,
  )
  return rows[0]?.id ?? assert.fail('no draft')
}

async function approve(article: string, who: Somebody = ole, language: Locale = 'en'): Promise<Answer> {
  const draft = await draftOf(article, language)
  const answer = await lead(who).send('/microsoft/agent/articles/review', { draft, act: 'approve' })
  await here.doJobs()
  return answer
}

async function publish(title: string, body: string): Promise<string> {
  const article = await begin(title, body)
  await change(mette, article, { act: 'submit' })
  assert.equal((await approve(article)).status, 200)
  return article
}

const found = async (q: string, language: Locale = 'en') =>
  (
    await here.database.work({ kind: 'visitor', operatorId: microsoft }, (work) =>
      search(work, { operatorId: microsoft, language, q, limit: 5 }),
    )
  ).map(({ id }) => id)

test('the editor is for support leads', async () => {
  for (const path of ['', '/new?language=en', '/edit?article=x&language=en', '/versions?article=x&language=en']) {
    assert.equal((await lead(ida).get(`/microsoft/agent/articles${path}`)).status, 403, path)
    assert.equal((await browserOf(here, here.people.asta).get(`/microsoft/agent/articles${path}`)).status, 403, path)
  }
  assert.equal((await lead(ida).send(EDIT, { language: 'en', title: 'Mine', body: 'Mine' })).status, 403)
  assert.equal((await lead(ida).send('/microsoft/agent/articles/preview', { language: 'en', body: 'x' })).status, 403)
})

test('a draft is nobody’s but leads’ until another lead has approved it; then search has it', async () => {
  const article = await begin('Reboot the flux capacitor', 'Turn the **flux** dial.\n')
  assert.match(article, /^here\/reboot-the-flux-capacitor-[0-9a-f]{6}$/)
  assert.equal((await browserOf(here).get(`/microsoft/articles/${article}`)).status, 404)
  const own = await lead(mette).send('/microsoft/agent/articles/review', {
    draft: await draftOf(article),
    act: 'approve',
  })
  assert.equal(own.status, 403)
  await change(mette, article, { act: 'submit' })
  assert.match((await lead(mette).get(editPath(article))).body, /waits for another support lead/)
  const review = await lead(ole).get(`/microsoft/agent/articles/review?draft=${await draftOf(article)}`)
  assert.match(review.body, /<ins># Reboot the flux capacitor<\/ins>/)
  assert.match(review.body, /<strong>flux<\/strong>/)
  assert.match((await approve(article)).body, /written by|Mette Krogh; approved by Ole Friis/)
  assert.deepEqual(await found('flux capacitor'), [article])
  assert.match((await browserOf(here).get(`/microsoft/articles/${article}`)).body, /<strong>flux<\/strong>/)
})

test('an import of folders never removes what was written here, and nobody imports under its name', async () => {
  const article = await publish('Kept through imports', 'It stays.')
  await bring()
  assert.deepEqual(await found('kept through imports'), [article])
  await assert.rejects(
    importArticles(here.database, {
      operatorId: microsoft,
      operator: 'microsoft',
      folder,
      language: 'en',
      prefix: '@here',
    }),
    /another prefix/,
  )
})

test('a reviewer sends back with a note, the writer reads it and submits again', async () => {
  const article = await begin('Send me back', 'First attempt.')
  await change(mette, article, { act: 'submit' })
  const draft = await draftOf(article)
  await lead(ole).send('/microsoft/agent/articles/review', { draft, act: 'send-back', note: 'Name the menu.' })
  assert.match((await lead(mette).get(editPath(article))).body, /sent this back: Name the menu\./)
  assert.equal((await lead(ole).send('/microsoft/agent/articles/review', { draft, act: 'approve' })).status, 409)
  await change(mette, article, { body: 'Second attempt, with the menu.', act: 'submit' })
  assert.equal((await approve(article)).status, 200)
})

test('what waits for review stands still until its writer takes it back', async () => {
  const article = await begin('Stand still', 'Text.')
  const form = formOf(await lead(mette).get(editPath(article)), {})
  await change(mette, article, { act: 'submit' })
  const refused = await lead(mette).send(EDIT, { ...form, body: 'Sneaked in.' })
  assert.equal(refused.status, 409)
  assert.equal(formOf(refused, {})['body'], 'Sneaked in.', 'nothing typed is lost')
  const place = { article, language: 'en' }
  assert.match((await lead(mette).send(EDIT, { ...place, act: 'withdraw' })).body, /name="body"/)
  await lead(mette).send(EDIT, { ...place, act: 'discard' })
  assert.doesNotMatch(
    (await lead(mette).get('/microsoft/agent/articles')).body,
    /Your drafts[^]*Stand still[^]*<h2>All/,
  )
})

test('two leads have a draft each; the second to publish sees both texts, and loses nothing', async () => {
  const article = await publish('Shared article', 'Line one.\n\nLine two.\n')
  await change(mette, article, { body: 'Line one by Mette.\n\nLine two.\n' })
  await change(ole, article, { body: 'Line one.\n\nLine two by Ole.\n', act: 'submit' })
  const mettes = formOf(await lead(mette).get(editPath(article)), { act: 'submit' })
  const oles = await here.database.ask<{ id: string }>(
    job,
    sql`select draft_id as id from own_article_draft where article_id = ${article} and state = 'submitted'`,
  )
  await lead(mette).send('/microsoft/agent/articles/review', { draft: oles.rows[0]?.id ?? '', act: 'approve' })
  await here.doJobs()
  const conflict = await lead(mette).send(EDIT, mettes)
  assert.equal(conflict.status, 409)
  assert.match(conflict.body, /Somebody saved another text meanwhile/)
  assert.match(conflict.body, /<del>Line two by Ole\.<\/del>/)
  assert.match(conflict.body, /<ins>Line one by Mette\.<\/ins>/)
  const merged = formOf(conflict, { body: 'Line one by Mette.\n\nLine two by Ole.\n', act: 'submit' })
  assert.equal((await lead(mette).send(EDIT, merged)).status, 200)
  assert.equal((await approve(article)).status, 200)
  assert.match((await browserOf(here).get(`/microsoft/articles/${article}`)).body, /by Mette\.[^]*by Ole\./)
})

test('two windows of one person: the later one sees what the earlier one saved', async () => {
  const article = await begin('Two windows', 'Base.')
  const browser = lead(mette)
  const [one, other] = [await browser.get(editPath(article)), await browser.get(editPath(article))]
  await browser.send(EDIT, formOf(one, { body: 'From the first window.' }))
  const conflict = await browser.send(EDIT, formOf(other, { body: 'From the second window.' }))
  assert.equal(conflict.status, 409)
  assert.match(conflict.body, /<del>From the first window\.<\/del>/)
  assert.equal(formOf(conflict, {})['body'], 'From the second window.')
  assert.equal((await browser.send(EDIT, formOf(conflict, { body: 'Both.' }))).status, 200)
  assert.equal(formOf(await browser.get(editPath(article)), {})['body'], 'Both.')
})

test('a session that ends while somebody writes loses nothing: the text comes through the sign-in', async () => {
  const browser = lead(mette)
  const form = formOf(await browser.get('/microsoft/agent/articles/new?language=en'), {
    title: 'Through the sign-in',
    body: 'Typed for an hour.',
  })
  void browser.signOut()
  const ask = await browser.send(EDIT, form)
  assert.equal(ask.status, 401)
  assert.match(ask.body, /Typed for an hour\./)
  const again = await lead(mette).send(EDIT, { ...form, review: 'yes' })
  assert.equal(again.status, 200)
  assert.equal(formOf(again, {})['body'], 'Typed for an hour.')
})

test('the same form sent twice begins one article', async () => {
  const form = formOf(await lead(mette).get('/microsoft/agent/articles/new?language=en'), {
    title: 'Twice',
    body: 'Once.',
  })
  const [one, other] = [await lead(mette).send(EDIT, form), await lead(mette).send(EDIT, form)]
  assert.equal(one.path, other.path)
  const changed = await lead(mette).send(EDIT, { ...form, body: 'Came back, and wrote on.' })
  assert.equal(changed.status, 409)
  assert.match(changed.body, /<del>Once\.<\/del>/)
  assert.equal((await lead(mette).send(EDIT, formOf(changed, {}))).status, 200)
})

test('a translation becomes stale when its source is published anew, and current when it follows', async () => {
  const article = await publish('Translate me', 'The source.')
  await change(mette, article, { title: 'Oversæt mig', body: 'Kilden.', act: 'submit' }, 'da')
  await approve(article, ole, 'da')
  assert.deepEqual(await found('oversæt mig', 'da'), [article])
  const states = async () => {
    const { body } = await lead(mette).get('/microsoft/agent/articles?q=translate')
    return [...body.matchAll(/class="state-(\w+)"/g)].map(([, state]) => state)
  }
  assert.deepEqual(await states(), ['source', 'current', 'missing'])
  await change(mette, article, { body: 'The source, mended.', act: 'submit' })
  await approve(article)
  assert.deepEqual(await states(), ['source', 'stale', 'missing'])
  assert.match((await lead(mette).get(editPath(article, 'da'))).body, /published anew after this translation/)
  await change(mette, article, { body: 'Kilden, rettet.', act: 'submit' }, 'da')
  await approve(article, ole, 'da')
  assert.deepEqual(await states(), ['source', 'current', 'missing'])
})

test('versions are compared and rolled back, and a roll back is a version too', async () => {
  const article = await publish('Roll me back', 'Good text.')
  await change(mette, article, { body: 'Bad text.', act: 'submit' })
  await approve(article)
  const path = `/microsoft/agent/articles/versions?${new URLSearchParams({ article, language: 'en' })}`
  const compared = await lead(mette).get(`${path}&from=1&to=2`)
  assert.match(compared.body, /<del>Good text\.<\/del>[^]*<ins>Bad text\.<\/ins>/)
  const back = await lead(mette).send('/microsoft/agent/articles/versions', { article, language: 'en', version: '1' })
  await here.doJobs()
  assert.match(back.body, /the text of version 1/)
  assert.match(back.body, /rolled a text back/)
  assert.match((await browserOf(here).get(`/microsoft/articles/${article}`)).body, /Good text\./)
})

test('a retired article is gone for readers in every language, and comes back whole', async () => {
  const article = await publish('Retire and restore', 'For a while.')
  await change(mette, article, { title: 'Pensionér', body: 'Et stykke tid.', act: 'submit' }, 'da')
  await approve(article, ole, 'da')
  const set = async (act: string) => {
    await lead(mette).send('/microsoft/agent/articles/state', { article, language: 'en', act })
    await here.doJobs()
    return [await found('retire and restore'), await found('pensionér', 'da')].map((ids) => ids.includes(article))
  }
  assert.deepEqual(await set('retire'), [false, false])
  assert.equal((await browserOf(here).get(`/microsoft/articles/${article}`)).status, 410)
  assert.deepEqual(await set('restore'), [true, true])
})

test('an article of a folder is read-only here, with the reason; a copy is one’s own', async () => {
  const browser = lead(mette)
  const list = await browser.get('/microsoft/agent/articles?place=folders')
  assert.match(list.body, /read-only here/)
  assert.equal((await browser.get(editPath('folder-article'))).status, 409)
  const copy = await browser.send('/microsoft/agent/articles/state', {
    article: 'folder-article',
    language: 'en',
    act: 'copy',
  })
  assert.match(copy.path, /here%2Ffrom-a-folder-/)
  const { body = '' } = formOf(copy, {})
  assert.match(body, /> \[!NOTE\]\n> ?\n?> ?Mind this\./)
  assert.match(body, /## Steps\n\n1\. One\n2\. Two/)
  assert.match(body, /\| a +\| b +\|/)
})

test('nothing an article contains runs, neither in the preview nor for readers', async () => {
  const body = 'Hi <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>bold</b>\n'
  const preview = await lead(mette).send('/microsoft/agent/articles/preview', { language: 'en', body })
  const article = await publish('Harmless', body)
  const page = await browserOf(here).get(`/microsoft/articles/${article}`)
  for (const { body: html } of [preview, page]) {
    assert.doesNotMatch(html, /<script>alert|onerror|javascript:/)
    assert.match(html, /<(?:b|strong)>bold/)
  }
})

test('bad input is told at its field in the reader’s language, and what was typed is still there', async () => {
  const browser = lead(mette)
  const empty = await browser.send(EDIT, { language: 'en', title: ' ', body: 'Typed with care.' })
  assert.equal(empty.status, 422)
  assert.match(empty.body, /id="title-problem"[^]*Fill this in/)
  assert.equal(formOf(empty, {})['body'], 'Typed with care.')
  const huge = await browser.send(EDIT, { language: 'en', title: 'Huge', body: 'x'.repeat(2 * 1024 * 1024) })
  assert.equal(huge.status, 422)
  assert.match(huge.body, /id="body-problem"[^]*Shorten this to 200,000 characters/)
  assert.equal(formOf(huge, {})['body']?.length, 2 * 1024 * 1024)
  const unknown = await browser.send(EDIT, { language: 'tlh', title: 'Klingon', body: 'Qapla.' })
  assert.equal(unknown.status, 422)
  assert.match(unknown.body, /id="language-problem"[^]*Choose one of the options/)
  assert.equal((await browser.get(`${EDIT}?article=here/none&language=en`)).status, 404)
  await browser.get('/microsoft/language/da?back=/microsoft/')
})

test('where the charter says that review is optional, a lead publishes alone', async () => {
  const article = await begin('Published alone', 'No review.')
  assert.equal((await change(mette, article, { act: 'publish' })).status, 403)
  await here.database.work(job, async (work) => {
    const document = (await documentInForce(work, microsoft)) as Record<string, unknown>
    await applyCharter(work, microsoft, { ...document, selfHelp: { review: 'optional' } })
  })
  assert.equal((await change(mette, article, { act: 'publish' })).status, 200)
  await here.doJobs()
  assert.deepEqual(await found('published alone'), [article])
})

test('who did what stands in the events, which nobody can edit', async () => {
  const { rows } = await here.database.ask<{ kind: string; name: string }>(
    job,
    sql`select distinct kind, (select name from agent where agent.agent_id = e.agent_id) as name from own_article_event e`,
  )
  const done = new Set(rows.map(({ kind, name }) => `${kind} ${name}`))
  for (const one of ['created Mette Krogh', 'submitted Mette Krogh', 'published Ole Friis', 'sent-back Ole Friis'])
    assert.ok(done.has(one), one)
  for (const one of ['rolled-back', 'retired', 'restored', 'copied', 'withdrawn', 'discarded'])
    assert.ok(done.has(`${one} Mette Krogh`), one)
  const actor = { kind: 'agent', agentId: crypto.randomUUID(), operatorIds: [microsoft], lead: true } as const
  await assert.rejects(
    here.database.work(actor, (work) => sql`delete from own_article_event`.execute(work.tx)),
    /permission denied/,
  )
  await assert.rejects(
    here.database.work(actor, (work) => sql`update own_article_version set body = ''`.execute(work.tx)),
    /permission denied/,
  )
})
