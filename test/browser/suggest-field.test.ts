import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { at, barriers, siteOf } from './site.ts'
import { launchChromium } from './chromium.ts'
import { world } from '../world.ts'
import { importArticles } from '../../src/rooms/self-help/index.ts'

const here = await world()
await importArticles(here.database, {
  operatorId: here.operators.microsoft,
  operator: 'microsoft',
  language: 'en',
  folder: 'demonstration/articles/en',
})
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

test('suggestions by keyboard: said, chosen with arrows, left with Escape, opened with Enter', async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, undefined)
  await page.goto(`${site.origin}/microsoft/help`)
  const field = page.getByRole('combobox', { name: 'What do you need help with?' })
  await field.pressSequentially('forward ma')
  await page.getByRole('listbox', { name: 'Suggested articles' }).waitFor()
  assert.equal(await field.getAttribute('aria-expanded'), 'true')
  assert.match((await page.locator('#status').textContent()) ?? '', /^\d+ suggestions?\. /)
  assert.deepEqual(await barriers(page), [])

  await page.keyboard.press('ArrowDown')
  const first = page.getByRole('option').first()
  assert.equal(await first.getAttribute('aria-selected'), 'true')
  assert.equal(await field.getAttribute('aria-activedescendant'), await first.getAttribute('id'))
  await page.keyboard.press('End')
  assert.equal(await page.getByRole('option').last().getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Home')
  assert.equal(await first.getAttribute('aria-selected'), 'true')
  await page.keyboard.press('ArrowUp')
  assert.equal(await field.getAttribute('aria-activedescendant'), null)

  await page.keyboard.press('Escape')
  assert.equal(await field.getAttribute('aria-expanded'), 'false')
  assert.equal(await field.inputValue(), 'forward ma')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/microsoft\/articles\/mail-forwarding/)
  assert.deepEqual(await barriers(page), [])
  assert.deepEqual(troubles, [])
  await leave()
})

test('Enter without a choice searches; a suggestion can be clicked', async () => {
  const { page, leave } = await at(browser, site.origin, here, undefined)
  await page.goto(`${site.origin}/microsoft/help`)
  await page.getByRole('combobox').pressSequentially('quarantine')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/help\?q=quarantine/)
  assert.ok((await page.locator('.results mark').count()) > 0)
  assert.deepEqual(await barriers(page), [])

  await page.getByRole('combobox').fill('shared mailb')
  await page.getByRole('option').first().click()
  await page.waitForURL(/\/articles\/shared-mailbox/)
  await leave()
})

test('in Danish, with a slip: the arrow, Enter, and the article is there', async () => {
  await importArticles(here.database, {
    operatorId: here.operators.microsoft,
    operator: 'microsoft',
    language: 'da',
    folder: 'demonstration/articles/da',
  })
  const { page, leave } = await at(browser, site.origin, here, undefined, { locale: 'da-DK' })
  await page.goto(`${site.origin}/microsoft/help`)
  await page.keyboard.press('Tab')
  while ((await page.evaluate(() => document.activeElement?.id)) !== 'q') await page.keyboard.press('Tab')
  await page.keyboard.type('kan ikke sende mal')
  await page.getByRole('listbox').waitFor()
  assert.match((await page.locator('#status').textContent()) ?? '', /^\d+ forslag/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/microsoft\/articles\/(?:mail-bounced|shared-mailbox|outlook-cannot-connect)/)
  assert.match((await page.locator('h1').textContent()) ?? '', /mail|postkasse|Outlook/i)
  await leave()
})
