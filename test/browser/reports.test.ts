import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { browserOf, programOf, serviceRequest } from '../client.ts'
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

/** Cases of some months: most are answered in time, some late, some never; the last one is closed, one stands still. */
async function monthsOfCases(): Promise<void> {
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const mette = browserOf(here, here.agents.mette)
  for (const [nth, day] of [
    '02-10',
    '03-04',
    '03-18',
    '03-25',
    '04-08',
    '04-22',
    '05-06',
    '05-20',
    '06-03',
    '06-10',
  ].entries()) {
    here.at(`2026-${day}T08:00:00Z`)
    const request = serviceRequest({ title: `No mail on ${day}`, requestedSeverity: nth % 4 === 3 ? 'B' : 'A' })
    const { headers } = await asta('POST', '/cases', request, { 'idempotency-key': `key-${day}` })
    const number = headers.get('location')?.split('/').at(-1) ?? ''
    here.at(`2026-${day}T${nth % 5 === 2 ? '14:00' : '08:20'}:00Z`)
    const kind = nth === 7 ? 'third-party' : 'answer'
    if (nth === 9) await browserOf(here, here.people.asta).send(`/microsoft/cases/${number}/close`, {})
    else if (nth % 5 !== 4)
      await mette.send(`/microsoft/agent/cases/${number}/messages`, { kind, body: 'We are on it.' })
  }
  here.at('2026-06-15T08:00:00Z')
}

await monthsOfCases()

test('Mette narrows the report and follows a figure to a case by keyboard, without JavaScript', async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, here.agents.mette, {
    javaScriptEnabled: false,
  })
  await page.goto(`${site.origin}/microsoft/agent`)
  await page.getByRole('main').getByRole('link', { name: 'Response targets' }).press('Enter')
  await page.getByRole('img', { name: 'Promises met and breached by month' }).waitFor()
  await page.getByLabel('Promise', { exact: true }).selectOption('Initial response')
  await page.getByRole('button', { name: 'Show' }).press('Enter')
  await page.getByText(/We kept .* of our promises/).waitFor()
  await page.getByRole('link', { name: '1 - breached, March 2026', exact: true }).press('Enter')
  await page.getByRole('link', { name: 'No mail on 03-18' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: /No mail on 03-18/ }).waitFor()
  assert.deepEqual(troubles, [])
  await leave()
})

test('the pages of reports have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  for (const width of [390, 1280])
    await lookOver(
      { browser, origin: site.origin, world: here },
      here.agents.mette,
      ['/agent/reports', '/agent/reports/cases'],
      { width },
    )
})
