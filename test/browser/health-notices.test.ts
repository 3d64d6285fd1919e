import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, lookOver, siteOf } from './site.ts'

const here = await world({ outside: { nameServers: ['127.0.0.1:9'], seconds: 1 } })
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const { asta } = here.people
const english = `${site.origin}/microsoft/language/en?back=/microsoft`

test('Asta subscribes to a daily digest from the health page, and ends it from the mail without signing in, without JavaScript', async () => {
  const off = { javaScriptEnabled: false }
  const { page, troubles } = await at(browser, site.origin, here, asta, off)
  await page.goto(`${english}/health`)
  await page.getByRole('link', { name: 'Get mail about service health' }).click()
  await page.getByRole('radio', { name: 'Once a day' }).check()
  await page.getByLabel('At what time, if once a day?').selectOption('07:00')
  await page.getByRole('button', { name: 'Subscribe', exact: true }).press('Enter')
  await page.getByText('You get one mail a day, if anything has happened.').waitFor()
  await page.getByRole('radio', { name: 'Only those I choose' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('What you typed is still here.').waitFor()
  await page.getByRole('radio', { name: 'At once' }).check()
  await page.getByRole('radio', { name: 'Those my organization has' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('You get a mail as soon as there is something to tell.').waitFor()

  await browserOf(here, here.agents.mette).send('/microsoft/agent/incidents/new', {
    kind: 'incident',
    service: 'mail',
    state: 'serviceInterruption',
    startedAt: '2026-06-15T09:30',
    language: 'da',
    origin: 'operator',
    'title-da': 'Mails kommer ikke frem',
    'impact-da': 'Ingen får mails udefra.',
  })
  await here.doJobs()
  const mailbox = (await browserOf(here).get('/microsoft/demonstration/mailbox')).body
  const address = /\/microsoft\/health\/unsubscribe\/[\w-]+/.exec(mailbox)?.[0] ?? assert.fail('no mail')
  const stranger = await at(browser, site.origin, here, undefined, off)
  await stranger.page.goto(`${site.origin}${address}`)
  await stranger.page.getByRole('button', { name: 'Unsubscribe' }).press('Enter')
  await stranger.page.getByText('You are unsubscribed').first().waitFor()
  await page.reload()
  await page.getByText('You get no mail about service health.').waitFor()
  // The form that came back said 422.
  assert.deepEqual(
    [...troubles, ...stranger.troubles].filter((trouble) => !trouble.includes('422')),
    [],
  )
})

test('the pages of notices have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const form = { url: 'https://a-rather-long-name-of-a-host.of-some-customer.example.test/webhooks/service-health' }
  await browserOf(here, asta).send('/microsoft/health/webhooks', form)
  await browserOf(here, here.agents.mette).send('/microsoft/agent/incidents/new', {
    kind: 'advisory',
    service: 'mail',
    state: 'investigating',
    startedAt: '2026-06-15T09:30',
    language: 'da',
    origin: 'operator',
    'title-da': 'Langsom post',
    'impact-da': 'Mails er længe undervejs.',
  })
  await here.doJobs()
  const list = (await browserOf(here, asta).get('/microsoft/health/webhooks')).body
  const hook = /href="\/microsoft(\/health\/webhooks\/[0-9a-f-]{36})"/.exec(list)?.[1] ?? assert.fail('no address')
  const paths = ['/health', '/health/subscriptions', '/health/webhooks', hook]
  await lookOver({ browser, origin: site.origin, world: here }, asta, paths)
})
