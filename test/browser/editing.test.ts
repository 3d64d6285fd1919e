import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { addAgent } from '../../src/rooms/people/index.ts'
import { importArticles, suggest } from '../../src/rooms/self-help/index.ts'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, barriers, lookOver, siteOf } from './site.ts'

const here = await world()
const { microsoft } = here.operators
await importArticles(here.database, {
  operatorId: microsoft,
  operator: 'microsoft',
  language: 'da',
  folder: 'demonstration/articles/da',
})
await here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) =>
  addAgent(work, {
    operatorId: microsoft,
    email: 'ole@svar.test',
    name: 'Ole Friis',
    language: 'da',
    zone: 'Europe/Copenhagen',
    lead: true,
  }),
)
const ole = { email: 'ole@svar.test', operator: 'microsoft', operatorId: microsoft }
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const BODY = `Tandhjulet sidder bag **dækslet**.

> [!NOTE]
> Sluk først.

## Sådan gør du

1. Løsn dækslet.
2. Smør tandhjulet.
`

const suggested = async (q: string) =>
  (
    await here.database.work({ kind: 'visitor', operatorId: microsoft }, (work) =>
      suggest(work, { operatorId: microsoft, language: 'da', q, limit: 5 }),
    )
  ).map(({ title }) => title)

test('from a question nobody answered to a Danish article that is found: written, seen, reviewed, published, rolled back', async () => {
  for (const q of ['knirkende tandhjul', 'knirkende tandhjulet', 'Tandhjul knirkende'])
    await browserOf(here).get(`/microsoft/help?q=${encodeURIComponent(q)}`, { 'accept-language': 'da' })
  await here.doJobs()

  const mette = await at(browser, site.origin, here, here.agents.mette)
  await mette.page.goto(`${site.origin}/microsoft/agent`)
  await mette.page.getByRole('link', { name: 'Questions without answers' }).click()
  assert.deepEqual(await barriers(mette.page), [])
  await mette.page.getByRole('link', { name: /Write an article about “.*tandhjul.*”/i }).click()
  assert.equal(await mette.page.getByRole('combobox', { name: 'Language' }).inputValue(), 'da')
  await mette.page.getByLabel('Title').fill('Et tandhjul knirker')
  await mette.page.getByLabel('Text').fill(BODY)
  await mette.page.locator('.preview .alert-title', { hasText: 'Bemærk' }).waitFor()
  await mette.page.locator('.preview strong', { hasText: 'dækslet' }).waitFor()
  assert.deepEqual(await barriers(mette.page), [])
  await mette.page.getByRole('button', { name: 'Save draft' }).click()
  await mette.page.getByText('Saved. Only support leads see the draft.').waitFor()
  await mette.page.getByRole('button', { name: 'Submit for review' }).click()
  await mette.page.getByText('waits for another support lead').waitFor()
  const article = new URL(mette.page.url()).searchParams.get('article') ?? ''

  const reviewer = await at(browser, site.origin, here, ole, { locale: 'da-DK' })
  await reviewer.page.goto(`${site.origin}/microsoft/agent/articles`)
  await reviewer.page.getByRole('link', { name: 'Et tandhjul knirker' }).first().click()
  await reviewer.page.getByText('Løsn dækslet.').first().waitFor()
  assert.deepEqual(await barriers(reviewer.page), [])
  await reviewer.page.getByRole('button', { name: 'Godkend og udgiv' }).press('Enter')
  await reviewer.page.getByText('Mette Krogh; godkendt af Ole Friis').waitFor()
  await here.doJobs()
  assert.equal((await suggested('knirkende tandh'))[0], 'Et tandhjul knirker')

  const visitor = await at(browser, site.origin, here, undefined, { locale: 'da-DK' })
  await visitor.page.goto(`${site.origin}/microsoft/help`)
  await visitor.page.getByRole('combobox').pressSequentially('tandhjul kni')
  await visitor.page.getByRole('option', { name: /Et tandhjul knirker/ }).waitFor()
  await visitor.page.keyboard.press('ArrowDown')
  await visitor.page.keyboard.press('Enter')
  await visitor.page.getByRole('heading', { level: 1, name: 'Et tandhjul knirker' }).waitFor()
  assert.deepEqual(await barriers(visitor.page), [])
  await here.doJobs()
  const { rows } = await here.database.ask<{ text: string; opened: readonly string[] }>(
    { kind: 'job', operatorIds: [microsoft] },
    sql`select text, opened from help_question where place = 'suggestion'`,
  )
  assert.deepEqual(rows, [{ text: 'tandhjul kni', opened: [article] }])
  await visitor.page.getByRole('button', { name: 'Nej' }).click()
  assert.deepEqual(await barriers(visitor.page), [])
  await visitor.page.getByLabel('Hvad manglede?').fill('Hvilken olie?')
  await visitor.page.getByRole('button', { name: 'Send' }).click()
  await visitor.page.getByText('De supportansvarlige læser').waitFor()

  await mette.page.goto(
    `${site.origin}/microsoft/agent/articles/edit?${new URLSearchParams({ article, language: 'da' })}`,
  )
  await mette.page.getByLabel('Text').fill('Brug aldrig olie.\n')
  await mette.page.getByRole('button', { name: 'Submit for review' }).click()
  await mette.page.getByText('waits for another support lead').waitFor()
  await reviewer.page.goto(`${site.origin}/microsoft/agent/articles`)
  await reviewer.page.getByRole('link', { name: 'Et tandhjul knirker' }).first().click()
  await reviewer.page.locator('ins', { hasText: 'Brug aldrig olie.' }).waitFor()
  await reviewer.page.getByRole('button', { name: 'Godkend og udgiv' }).click()
  await reviewer.page.getByRole('button', { name: 'Rul tilbage til version 1' }).click()
  await reviewer.page.getByText('(teksten fra version 1)').waitFor()
  assert.deepEqual(await barriers(reviewer.page), [])
  await here.doJobs()
  await visitor.page.goto(`${site.origin}/microsoft/articles/${article}`)
  await visitor.page.getByText('Løsn dækslet.').waitFor()
  assert.deepEqual([...mette.troubles, ...reviewer.troubles, ...visitor.troubles], [])
  for (const one of [mette, reviewer, visitor]) await one.leave()
})

test('the preview comes without JavaScript too, with a button, and what was typed stays', async () => {
  const { page, leave } = await at(browser, site.origin, here, here.agents.mette, { javaScriptEnabled: false })
  await page.goto(`${site.origin}/microsoft/agent/articles/new?language=da`)
  await page.getByLabel('Title').fill('Uden script')
  await page.getByLabel('Text').fill('Med **fed** skrift.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.locator('.preview strong', { hasText: 'fed' }).waitFor()
  assert.equal(await page.getByLabel('Text').inputValue(), 'Med **fed** skrift.')
  assert.equal(await page.getByRole('combobox', { name: 'Language' }).inputValue(), 'da')
  await leave()
})

test('the pages of leads have no barrier and do not scroll sideways, in three languages, and in the dark', async () => {
  const lead = await browserOf(here, here.agents.mette).send('/microsoft/agent/articles/edit', {
    language: 'en',
    title: 'A page to look at',
    body: BODY,
  })
  const article = new URL(lead.path, 'http://svar.test').searchParams.get('article') ?? ''
  await lookOver({ browser, origin: site.origin, world: here }, here.agents.mette, [
    '/agent/answers',
    '/agent/answers/teach?question=knirkende+tandhjul&language=da',
    '/agent/articles',
    '/agent/articles?place=folders',
    `/agent/articles/edit?${new URLSearchParams({ article, language: 'en' })}`,
    '/agent/articles/new?title=Knirkende+tandhjul&language=da',
  ])
})
