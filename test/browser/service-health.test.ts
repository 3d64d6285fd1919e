import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { declareIncident } from '../../src/rooms/service-health/index.ts'
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

const { asta } = here.people
const { mette } = here.agents
const url = (path: string) => `${site.origin}/microsoft${path}`

test('Mette declares in Danish with translations; Asta sees it without a reload, follows, and confirms that it works', async () => {
  const lead = await at(browser, site.origin, here, mette)
  const one = await at(browser, site.origin, here, asta, { locale: 'da-DK' })
  const help = await at(browser, site.origin, here, asta, { locale: 'da-DK' })
  await one.page.goto(url('/health'))
  await one.page.getByRole('heading', { name: 'Alle tjenester virker' }).waitFor()
  await help.page.goto(url('/help'))
  await help.page.getByText('Ingen kendte problemer').waitFor()

  const { page } = lead
  await page.goto(url('/language/en?back=/microsoft/agent'))
  await page.getByRole('link', { name: 'Incidents' }).click()
  await page.getByRole('link', { name: 'Declare an incident' }).click()
  await page.getByLabel('Service (required)').selectOption('mail/mail-flow')
  await page.getByRole('group', { name: 'State' }).getByLabel('Service interrupted').check()
  await page.getByLabel('Started').fill('2026-06-15T09:30')
  await page.getByRole('group', { name: 'Written in' }).getByLabel('Danish').check()
  await page.getByLabel('Title, Danish').fill('Mails udefra kommer ikke frem')
  await page.getByLabel('What it does to whom, Danish').fill('Ingen får mails fra andre firmaer.')
  await page.getByLabel('Title, English').fill('External mail does not arrive')
  await page.getByLabel('What it does to whom, English').fill('Nobody gets mail from other companies.')
  await page.getByRole('button', { name: 'Preview in every language' }).press('Enter')
  await page.getByRole('heading', { name: 'This is what readers will see' }).waitFor()
  await page.getByText('尚未翻译').waitFor()
  await page.getByRole('button', { name: 'Declare', exact: true }).press('Enter')
  // Two seconds from here, on two open pages, by nobody's hand.
  const soon = { timeout: 2000 }
  await Promise.all([
    page.getByRole('heading', { level: 1, name: 'External mail does not arrive' }).waitFor(),
    one.page.getByRole('link', { name: 'Mails udefra kommer ikke frem' }).waitFor(soon),
    help.page.getByRole('link', { name: 'Mails udefra kommer ikke frem' }).waitFor(soon),
  ])

  await one.page.getByRole('link', { name: 'Mails udefra kommer ikke frem' }).click()
  await one.page.getByRole('button', { name: 'Følg' }).press('Enter')
  await one.page.getByText('Du følger dette').waitFor()

  await page.getByRole('button', { name: 'It works again' }).click()
  assert.match(await page.getByLabel('Text, Danish').inputValue(), /^Problemet er løst/)
  await page.getByRole('button', { name: 'Post', exact: true }).press('Enter')
  await page.getByText('Published').waitFor()
  await page.getByLabel('Change to').selectOption('serviceRestored')
  await page.getByRole('button', { name: 'Change state' }).press('Enter')
  await page.locator('aside strong', { hasText: 'Service restored' }).waitFor()

  await one.page.reload()
  await one.page.getByText('Problemet er løst').waitFor()
  await one.page.getByRole('button', { name: 'Ja, det virker igen' }).press('Enter')
  await one.page.getByText('Tak: Du har svaret').waitFor()
  await page.reload()
  await page.getByText('Works again: 1').waitFor()
  for (const { troubles, leave } of [lead, one, help]) {
    assert.deepEqual(troubles, [])
    await leave()
  }
})

test('Asta reports and asks without JavaScript', async () => {
  const { page, leave } = await at(browser, site.origin, here, asta, { javaScriptEnabled: false })
  await page.goto(url('/language/en?back=/microsoft/health'))
  await page.getByRole('link', { name: 'Report an issue' }).click()
  await page.getByLabel('Service (required)').selectOption('files')
  await page.getByLabel('What do you notice?').fill('Shared folders do not open.')
  await page.getByLabel('How many people').fill('12')
  await page.getByRole('button', { name: 'Report' }).press('Enter')
  await page.getByText('Thank you. If others notice the same').waitFor()
  await page.getByText('Shared folders do not open.').waitFor()
  await leave()
})

test('a request with a file is asked about where it is confirmed, on a phone in the dark, without JavaScript', async () => {
  const { operators } = here
  const incident = await here.database.work({ kind: 'job', operatorIds: [operators.microsoft] }, (work) =>
    declareIncident(work, operators.microsoft, {
      kind: 'incident',
      service: 'mail',
      feature: null,
      origin: 'operator',
      state: 'serviceInterruption',
      language: 'en',
      title: { en: 'Attachments of mail cannot be opened' },
      impact: { en: 'Everybody sees an empty file.' },
      startedAt: work.now.subtract({ hours: 1 }),
      plannedEndAt: null,
      organizations: [],
      regions: [],
    }),
  )
  const { page, leave } = await at(browser, site.origin, here, asta, {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  await page.goto(url('/language/en?back=/microsoft/contact'))
  await page.getByLabel('What is the problem, in one sentence?').fill('Attachments of mail cannot be opened')
  await page.getByLabel('Description').fill('Empty since this morning.')
  await page.getByLabel('Product and topic').selectOption('exchange-mail-flow')
  await page.getByLabel('Files').setInputFiles({ name: 'a.log', mimeType: 'text/plain', buffer: Buffer.from('a log') })
  await page.locator('form.paper button.primary').click()
  await page.getByRole('heading', { name: 'This may be about a known problem' }).waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 390))
  await page.getByRole('button', { name: 'Yes, it is this' }).press('Enter')
  await page.getByRole('heading', { name: 'This may be about a known problem' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'See the case' }).click()
  await page.getByText('a.log').waitFor()
  await page.locator(`p.notice a[href$="${incident}"]`).waitFor()
  await leave()
})

test('the pages of service health have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const incident = await here.database.work({ kind: 'job', operatorIds: [here.operators.microsoft] }, (work) =>
    declareIncident(work, here.operators.microsoft, {
      kind: 'incident',
      service: 'files',
      feature: null,
      origin: 'operator',
      state: 'serviceDegradation',
      language: 'da',
      title: { da: 'Delte mapper åbner langsomt' },
      impact: { da: 'Det tager op til et minut.' },
      startedAt: work.now.subtract({ hours: 40 }),
      plannedEndAt: null,
      organizations: [],
      regions: [],
    }),
  )
  const place = { browser, origin: site.origin, world: here }
  await lookOver(place, asta, [
    '/health',
    `/health/incidents/${incident}`,
    '/health/report',
    '/help?q=Delte mapper åbner langsomt',
  ])
  await lookOver(place, mette, [
    '/agent/incidents',
    '/agent/incidents/new',
    `/agent/incidents/${incident}`,
    `/agent/incidents/${incident}/cases`,
    '/agent/noticed',
  ])
})
