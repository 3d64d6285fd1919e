import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { importArticles } from '../../src/rooms/self-help/index.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, barriers, cutTables, lookAt, lookOver, siteOf } from './site.ts'

const here = await world()
for (const language of ['en', 'da'] as const) {
  await importArticles(here.database, {
    operatorId: here.operators.microsoft,
    operator: 'microsoft',
    folder: `demonstration/articles/${language}`,
    language,
  })
}
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const { asta, liv, bo, chen } = here.people
const { mette } = here.agents

test('the main job by mouse: Asta searches, is still stuck, asks; Mette sees it come in and answers; Asta closes', async () => {
  here.at('2026-06-15T08:00:00Z')
  const agent = await at(browser, site.origin, here, mette)
  await agent.page.goto(`${site.origin}/microsoft/agent`)

  const { page, troubles, leave } = await at(browser, site.origin, here, asta, { locale: 'da-DK' })
  await page.goto(`${site.origin}/microsoft/help`)
  await page.getByRole('combobox').fill('xyzzy uden svar')
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]q=/)
  await page.getByRole('main').getByRole('link', { name: 'Kontakt support' }).click()
  assert.match(await page.getByLabel('Hvad er problemet').inputValue(), /xyzzy/, 'the question travels along')
  await page.getByLabel('Hvad er problemet').fill('Ingen mail siden otte')
  await page.getByLabel('Beskrivelse').fill('Ingen i firmaet modtager mail.')
  await page.locator('#topic').selectOption('exchange-mail-flow')
  await page.locator('[name="impact-works"][value="not-at-all"]').check()
  await page.locator('[name="impact-affected"][value="many"]').check()
  await page.locator('[name="impact-workaround"][value="no"]').check()
  await page
    .locator('#files')
    .setInputFiles({ name: 'skærmbillede.png', mimeType: 'image/png', buffer: Buffer.from('png') })
  await page.getByRole('button', { name: 'Kontakt mig' }).click()
  await page.waitForURL(/\/contact\/sent\//)
  assert.match(await page.getByRole('main').innerText(), /mandag den 15\. juni 2026 kl\. 11\.00/)
  await here.doJobs()

  const line = agent.page.getByRole('link', { name: 'Ingen mail siden otte' })
  await line.waitFor()
  await line.click()
  await agent.page.getByRole('button', { name: 'Take the case' }).click()
  await agent.page.getByLabel('Answer to Asta Holm').fill('Vi har rettet fejlen.')
  await agent.page.getByRole('button', { name: 'Send answer' }).click()
  await agent.page.getByText('in time').waitFor()

  await page.getByRole('link', { name: 'Se sagen' }).click()
  await page.getByText('Vi har rettet fejlen.').waitFor()
  await page.getByRole('button', { name: 'Luk sagen' }).click()
  await page.getByText('Sagen blev lukket.').waitFor()
  assert.deepEqual([...troubles, ...agent.troubles], [])
  await leave()
  await agent.leave()
})

test('the main job by keyboard alone: arrows choose a suggestion, Tab reaches every field, j Enter r answer', async () => {
  here.at('2026-06-15T10:00:00Z')
  const { page, leave } = await at(browser, site.origin, here, asta)
  await page.goto(`${site.origin}/microsoft/contact`)
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = async (id: string) => {
    for (let steps = 0; steps < 60; steps++) {
      await press('Tab')
      if (
        await page.evaluate(
          (wanted) => document.activeElement?.id === wanted || document.activeElement?.getAttribute('name') === wanted,
          id,
        )
      )
        return
    }
    assert.fail(`Tab never reaches ${id}`)
  }
  await press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip')
  await press('Enter')
  await tabTo('title')
  await page.keyboard.type('Password prompts without end')
  await tabTo('description')
  await page.keyboard.type('Outlook asks again and again.')
  await tabTo('topic')
  await press('ArrowDown')
  await tabTo('impact-works')
  await press('Space')
  await press('ArrowDown')
  await tabTo('email')
  for (
    let steps = 0;
    steps < 5 && (await page.evaluate(() => document.activeElement?.textContent?.trim())) !== 'Kontakt mig';
    steps++
  )
    await press('Tab')
  await Promise.all([page.waitForURL(/\/contact\/sent\//), press('Enter')])
  await leave()

  const agent = await at(browser, site.origin, here, mette)
  await agent.page.goto(`${site.origin}/microsoft/agent`)
  await agent.page.keyboard.press('?')
  assert.ok(await agent.page.locator('#keys').isVisible())
  await agent.page.keyboard.press('Escape')
  await agent.page.keyboard.press('j')
  assert.match((await agent.page.evaluate(() => document.activeElement?.textContent)) ?? '', /Password prompts/)
  await agent.page.keyboard.press('Enter')
  await agent.page.waitForURL(/\/agent\/cases\//)
  await agent.page.keyboard.press('r')
  await agent.page.keyboard.type('Sign out everywhere, then in again.')
  await agent.page.keyboard.press('Tab')
  await agent.page.keyboard.press('Enter')
  await agent.page.getByText('in time').waitFor()
  await agent.page.keyboard.press('n')
  assert.equal(await agent.page.evaluate(() => document.activeElement?.id), 'note')
  await agent.page.keyboard.type('Third case of this kind today.')
  await agent.page.keyboard.press('Tab')
  await Promise.all([agent.page.waitForURL(/#latest/), agent.page.keyboard.press('Enter')])
  await agent.page.getByText('Third case of this kind today.').waitFor()
  await agent.leave()
})

test('suggestions while typing: arrows choose, Escape closes, Enter opens the article, and the list says what it is', async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, asta)
  await page.goto(`${site.origin}/microsoft/help`)
  const field = page.getByRole('combobox')
  await field.pressSequentially('delt postk')
  const options = page.getByRole('option')
  await options.first().waitFor()
  assert.equal(await field.getAttribute('aria-expanded'), 'true')
  await page.keyboard.press('Escape')
  assert.equal(await field.getAttribute('aria-expanded'), 'false')
  assert.equal(await field.inputValue(), 'delt postk', 'Escape keeps what was typed')
  await page.keyboard.press('ArrowDown')
  await options.first().waitFor()
  assert.ok(await field.getAttribute('aria-activedescendant'))
  assert.deepEqual(await barriers(page), [])
  await Promise.all([page.waitForURL(/\/articles\//), page.keyboard.press('Enter')])
  assert.match(await page.locator('h1').innerText(), /delt postkasse/)
  assert.deepEqual(troubles, [])
  await leave()
})

test('without JavaScript the help page searches, the form sends, the agent answers', async () => {
  const { page, leave } = await at(browser, site.origin, here, asta, { javaScriptEnabled: false })
  await page.goto(`${site.origin}/microsoft/help`)
  await page.locator('input[name=q]').fill('mail')
  await page.keyboard.press('Enter')
  await page.waitForURL(/[?&]q=mail/)
  await page.goto(`${site.origin}/microsoft/contact`)
  await page.locator('#title').fill('No script here')
  await page.locator('#description').fill('Still works.')
  await page.locator('#topic').selectOption('exchange-mail-flow')
  await page.locator('button.primary').click()
  await page.waitForURL(/\/contact\/sent\//)
  await leave()
})

test("the pane on somebody else's page: opens, suggests, gives the focus back, fits 390 pixels", async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, undefined, {
    viewport: { width: 390, height: 844 },
  })
  await page.goto(`${site.origin}/microsoft/demonstration/portal`)
  await page.getByRole('button', { name: 'Help & support' }).click()
  await page.getByRole('searchbox').waitFor()
  assert.equal(
    await page.evaluate(() => document.querySelector('svar-help')?.shadowRoot?.activeElement?.id),
    'question',
  )
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390))
  assert.deepEqual(await barriers(page), [])
  await page.keyboard.press('Escape')
  assert.ok(await page.evaluate(() => document.activeElement?.localName === 'svar-help'))
  assert.deepEqual(troubles, [])
  await leave()
})

const PAGES = [
  {
    who: undefined,
    paths: ['/', '/help', '/help?q=mail', '/sign-in', '/demonstration/people', '/demonstration/mailbox', '/nowhere'],
  },
  {
    who: asta,
    paths: [
      '/',
      '/help',
      '/contact',
      '/cases',
      '/account',
      '/articles/shared-mailbox',
      '/articles/add-domain-dns-records',
    ],
  },
  { who: liv, paths: ['/contact', '/contact?to=operator', '/cases'] },
  { who: bo, paths: ['/contact'] },
  { who: mette, paths: ['/agent', '/agent?waiting=customer'] },
] as const

for (const { who, paths } of PAGES)
  test(`no barrier that axe calls serious, and no sideways scrolling at 390 pixels: ${who?.email ?? 'a visitor'}`, () =>
    lookOver({ browser, origin: site.origin, world: here }, who, paths))

test('one case as its customer and as its agent sees it has no barrier either, nor has the confirmation', async () => {
  const customer = await at(browser, site.origin, here, asta)
  await customer.page.goto(`${site.origin}/microsoft/cases`)
  await customer.page.locator('tbody th a').first().click()
  await customer.page.waitForURL(/cases\/\d{11}/)
  await lookAt(customer.page, 'case of a customer')
  const number = /\d{11}/.exec(customer.page.url())?.[0] ?? ''
  await customer.page.goto(`${site.origin}/microsoft/contact/sent/${number}`)
  await lookAt(customer.page, 'confirmation')
  const agent = await at(browser, site.origin, here, mette)
  await agent.page.goto(`${site.origin}/microsoft/agent/cases/${number}`)
  await lookAt(agent.page, 'case of an agent')
  await customer.leave()
  await agent.leave()
})

test('Chen in Nanjing sees Chinese from the first page to the confirmation', async () => {
  const { page, leave } = await at(browser, site.origin, here, chen, { locale: 'zh-CN' })
  for (const path of ['/', '/help', '/contact', '/cases']) {
    await page.goto(`${site.origin}/21vianet${path}`)
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans')
    const words = await page.getByRole('main').innerText()
    assert.match(words, /[\u4e00-\u9fff]{2}/u, path)
  }
  await leave()
})

test('no table is cut off at 1280 pixels, in no language', async () => {
  const options = { viewport: { width: 1280, height: 800 } }
  const visitor = await at(browser, site.origin, here, undefined, options)
  const agent = await at(browser, site.origin, here, mette, options)
  for (const language of ['en', 'da', 'zh-Hans']) {
    for (const [{ page }, paths] of [
      [visitor, ['/']],
      [agent, ['/agent', '/agent?waiting=customer', '/agent/incidents']],
    ] as const) {
      await page.goto(`${site.origin}/microsoft/language/${language}`)
      for (const path of paths) {
        await page.goto(`${site.origin}/microsoft${path}`)
        assert.deepEqual(await cutTables(page), [], `${path} in ${language}`)
      }
    }
  }
  await visitor.leave()
  await agent.leave()
})

test('at 200 % text on 1280 pixels nothing is cut off', async () => {
  const { page, leave } = await at(browser, site.origin, here, asta, { viewport: { width: 640, height: 480 } })
  for (const path of ['/', '/contact', '/cases']) {
    await page.goto(`${site.origin}/microsoft${path}`)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path)
  }
  await leave()
})
