import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, lookOver, siteOf } from './site.ts'

const here = await world()
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const { asta, bo } = here.people

test('Bo asks his administrators with one press, and Asta lends him a role for a time, without JavaScript', async () => {
  const off = { javaScriptEnabled: false }
  const one = await at(browser, site.origin, here, bo, off)
  await one.page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/contact?question=Mail`)
  await one.page.getByLabel('Description').fill('Since eight nobody has mail.')
  await one.page.getByRole('button', { name: 'Ask your administrators' }).press('Enter')
  await one.page.getByText('Your administrators have your question.').waitFor()

  const other = await at(browser, site.origin, here, asta, off)
  await other.page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/organization/questions`)
  await other.page.getByRole('link', { name: 'Look through and send' }).click()
  assert.equal(await other.page.getByLabel('Description').inputValue(), 'Since eight nobody has mail.')

  await other.page.goto(`${site.origin}/microsoft/organization`)
  await other.page.getByText('Lend Bo Lind a role for a time').click()
  await other.page.locator('details[open]').getByLabel('Until').fill('2026-06-20T17:00')
  await other.page.locator('details[open]').getByRole('button', { name: 'Lend the role' }).click()
  await other.page.getByText('The role is lent.').waitFor()
  await one.page.goto(`${site.origin}/microsoft/contact`)
  await one.page.getByRole('button', { name: 'Contact me' }).waitFor()
  // The page that tells him who may ask says 403.
  assert.deepEqual(
    [...one.troubles, ...other.troubles].filter((trouble) => !trouble.includes('403')),
    [],
  )
  await one.leave()
  await other.leave()
})

test('the pages of rights have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const place = { browser, origin: site.origin, world: here }
  await lookOver(place, asta, [
    '/organization',
    '/organization/questions',
    '/organization/partner',
    '/organizations',
    '/contact',
  ])
  await lookOver(place, here.people.liv, ['/organization'])
  await lookOver(place, undefined, ['/pre-sales'])
})
