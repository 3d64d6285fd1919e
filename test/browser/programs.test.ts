import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, lookAt, siteOf } from './site.ts'

const here = await world()
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const programs = `${site.origin}/microsoft/organization/programs`

test('Asta makes a program by keyboard, gets a token with its secret, and revokes it, without JavaScript', async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, here.people.asta, { javaScriptEnabled: false })
  await page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/organization`)
  await page.getByRole('main').getByRole('link', { name: 'Programs' }).press('Enter')
  await page.getByRole('button', { name: 'Make the program' }).press('Enter')
  await page.getByRole('link', { name: /^Name: / }).waitFor()
  await page.getByRole('textbox', { name: /^Name/ }).fill('Wall display')
  await page.getByRole('button', { name: 'Make the program' }).press('Enter')
  await page.getByRole('heading', { name: 'Wall display is made' }).waitFor()
  const [clientId = '', secret = '', path = ''] = await page.locator('dd code').allTextContents()
  const answer = await fetch(`${site.origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret }),
  })
  assert.equal(answer.status, 200)
  await page.getByRole('link', { name: 'All programs' }).press('Enter')
  await page.getByRole('button', { name: 'Revoke Wall display' }).press('Enter')
  await page.getByRole('status').filter({ hasText: 'The program is revoked' }).waitFor()
  await page.getByText('Asta Holm revoked Wall display.').waitFor()
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('422')),
    [],
  )
  await leave()
})

test('the pages of programs have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const { page, leave } = await at(browser, site.origin, here, here.people.asta, {
    viewport: { width: 390, height: 844 },
  })
  for (const language of ['da', 'zh-Hans', 'en']) {
    await page.goto(`${site.origin}/microsoft/language/${language}?back=/microsoft/organization/programs`)
    assert.equal(await page.locator('html').getAttribute('lang'), language)
    for (const state of ['empty', 'wrong', 'made', 'list']) {
      if (state === 'wrong') await page.locator('form.paper button').click()
      if (state === 'made') {
        await page.locator('#name').fill(`A name of some length ${language}`)
        await page.locator('form.paper button').click()
        await page.locator('dd code').first().waitFor()
      }
      if (state === 'list') await page.goto(programs)
      await lookAt(page, `programs-${state}-${language}`)
    }
  }
  await leave()
})
