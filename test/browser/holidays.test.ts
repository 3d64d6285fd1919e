import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { proposeHolidays } from '../../src/rooms/holidays/index.ts'
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

const { microsoft } = here.operators
const propose = (year: number) =>
  here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) =>
    proposeHolidays(work, {
      operatorId: microsoft,
      layer: 'denmark',
      year,
      days: { [`${year}-01-01`]: 'closed', [`${year}-12-31`]: { within: ['00:00-12:00'] } },
      source: 'https://example.com/helligdage.ics',
    }),
  )

test('Mette approves the holidays of a year by keyboard, from the link below her queue, without JavaScript', async () => {
  await propose(2028)
  const { page, troubles, leave } = await at(browser, site.origin, here, here.agents.mette, {
    javaScriptEnabled: false,
  })
  await page.goto(`${site.origin}/microsoft/agent`)
  await page.getByRole('main').getByRole('link', { name: 'Public holidays' }).click()
  await page.getByRole('button', { name: 'Approve Public holidays in Denmark 2028' }).press('Enter')
  await page.getByText(/Approved by Mette Krogh/).waitFor()
  await page.getByText(/2028: Mette Krogh/).waitFor()
  assert.deepEqual(troubles, [])
  await leave()
})

test('the page of holidays has no barrier and does not scroll sideways, in three languages, light and dark', async () => {
  await propose(2029)
  here.at('2028-12-01T08:00:00Z')
  await lookOver({ browser, origin: site.origin, world: here }, here.agents.mette, ['/agent/holidays'])
})
