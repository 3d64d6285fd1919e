import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { declareIncident } from '../../src/rooms/service-health/index.ts'
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

const { asta } = here.people
const operatorId = here.operators.microsoft
here.at('2026-06-15T08:00:00Z')
await here.database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
  declareIncident(work, operatorId, {
    kind: 'incident',
    service: 'mail',
    feature: null,
    origin: 'operator',
    state: 'serviceInterruption',
    language: 'en',
    title: { en: 'Mail is down at the harbor' },
    impact: { en: 'Nobody at Havn gets mail.' },
    startedAt: Temporal.Instant.from('2026-06-15T07:30:00Z'),
    plannedEndAt: null,
    organizations: ['Havn Logistik'],
    regions: [],
  }),
)

/** Where an address of the world, which has no port, is in the browser. */
const inBrowser = (address: string) => address.replace('http://svar.test', site.origin)

test('Asta makes an address by keyboard, a screen on the wall shows it, and after she renews it the screen has nothing', async () => {
  const { page, troubles, leave } = await at(browser, site.origin, here, asta, { javaScriptEnabled: false })
  await page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/health/subscriptions`)
  await page.getByRole('link', { name: 'Feeds and a page of your own' }).press('Enter')
  await page.getByText('Your organization has no such address yet.').waitFor()
  await page.getByRole('button', { name: 'Make an address' }).press('Enter')
  await page.getByText('The address is made.').waitFor()
  const address = await page.getByRole('link', { name: /\/status\/o\/\w+\/en\/index\.html$/ }).getAttribute('href')
  const wall = await at(browser, site.origin, here, undefined, { javaScriptEnabled: false })
  await wall.page.goto(inBrowser(address ?? ''))
  const shown = await wall.page.locator('main').innerText()
  assert.match(shown, /Mail is down at the harbor/)
  assert.match(shown, /Last written/)
  assert.equal(await wall.page.title(), 'Service health: Havn Logistik (Microsoft 365 support)')
  await page.getByRole('button', { name: 'Renew' }).press('Enter')
  await page.getByText('The old one ends now.').waitFor()
  assert.equal((await wall.page.reload())?.status(), 404)
  await page.getByRole('button', { name: 'Take it back' }).press('Enter')
  await page.getByRole('button', { name: 'Make an address' }).waitFor()
  assert.deepEqual(troubles, [])
  await Promise.all([leave(), wall.leave()])
})

test('both pages have no barrier and do not scroll sideways, in three languages, light and dark, wide and narrow', async () => {
  for (const width of [390, 1280]) {
    const { page, troubles, leave } = await at(browser, site.origin, here, asta, { viewport: { width, height: 844 } })
    for (const language of ['da', 'zh-Hans', 'en']) {
      await page.goto(`${site.origin}/microsoft/language/${language}?back=/microsoft/health/feeds`)
      await lookAt(page, `feeds-none-${language}-${width}`)
      await page.locator('button[value=make]').click()
      await page.locator('button[value=renew]').waitFor()
      await lookAt(page, `feeds-${language}-${width}`)
      const address = await page.locator('a[href$="index.html"]').first().getAttribute('href')
      await page.goto(inBrowser(address ?? ''))
      await lookAt(page, `own-status-${language}-${width}`)
      await page.goto(`${site.origin}/microsoft/health/feeds`)
      await page.locator('button[value=withdraw]').click()
      await page.locator('button[value=make]').waitFor()
    }
    assert.deepEqual(troubles, [])
    await leave()
  }
})
