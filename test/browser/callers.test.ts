import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outbox } from '../../src/rooms/channels/index.ts'
import { programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, lookOver, siteOf } from './site.ts'

const here = await world()
const site = await siteOf(here)
const browser = await launchChromium()
const { asta } = here.people
const { mette } = here.agents
const { microsoft } = here.operators
const url = (path: string) => `${site.origin}/microsoft${path}`

here.at('2026-07-01T08:00:00Z')
const opened = await programOf(here, here.tokenOf(asta))('POST', '/cases', serviceRequest({ title: 'On the phone' }), {
  'idempotency-key': 'on-the-phone',
})
const { number } = opened.json as { number: string }

async function codeMailed(): Promise<string> {
  await here.doJobs()
  const mails = await here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) => outbox(work, microsoft))
  return mails.flatMap(({ body }) => /\n(\d{3} \d{3})\n/.exec(body)?.[1] ?? [])[0] ?? assert.fail('no code was mailed')
}

test('by keyboard: Mette checks who calls, Asta checks who answers, and both are who they say', async () => {
  const agent = await at(browser, site.origin, here, mette)
  const customer = await at(browser, site.origin, here, asta, { viewport: { width: 390, height: 844 } })
  const { page } = agent
  await page.goto(url(`/language/en?back=/microsoft/agent/cases/${number}`))
  await page.getByRole('link', { name: 'Check a caller' }).press('Enter')
  await page.getByRole('button', { name: 'Send a code' }).press('Enter')
  await page.getByText('A code is on its way to a…@havn.test').waitFor()
  const code = await codeMailed()
  await page.getByText('A code was sent to a…@havn.test').waitFor()
  const said = await page.locator('.spoken-number').innerText()
  await customer.page.goto(url('/caller'))
  assert.equal(await customer.page.locator('.spoken-number').innerText(), said)
  await page.getByLabel('What the caller reads out').fill(code === '000 000' ? '000 001' : '000 000')
  await page.keyboard.press('Enter')
  await page.getByText('4 tries are left').waitFor()
  await page.getByLabel('What the caller reads out').fill(code)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'It is Asta Holm' }).waitFor()
  await here.doJobs()
  await page.getByRole('link', { name: 'Open the case' }).press('Enter')
  await page.getByText('✓ Asta Holm: verified on the phone').waitFor()
  for (const { troubles, leave } of [agent, customer]) {
    assert.deepEqual(
      troubles.filter((one) => !/422/.test(one)),
      [],
    )
    await leave()
  }
})

test('who is not on the phone says so, and the agent is warned at once, without losing what he types', async () => {
  const agent = await at(browser, site.origin, here, mette)
  const customer = await at(browser, site.origin, here, asta, { javaScriptEnabled: false })
  await agent.page.goto(url('/language/en?back=/microsoft/agent/callers'))
  await agent.page.getByLabel('Case number or email address').fill(asta.email)
  await agent.page.keyboard.press('Enter')
  await agent.page.getByRole('button', { name: 'Send a code' }).press('Enter')
  await codeMailed()
  await agent.page.getByText('A code was sent').waitFor()
  await agent.page.getByLabel('What the caller reads out').fill('12')
  await customer.page.goto(url('/language/en?back=/microsoft/caller'))
  await customer.page.getByRole('button', { name: 'It is not me on the phone' }).click()
  await customer.page.getByText('Thank you. The check has ended').waitFor()
  await agent.page.getByRole('heading', { name: 'Asta Holm says that it is somebody else' }).waitFor()
  assert.equal(await agent.page.getByLabel('What the caller reads out').inputValue(), '12')
  await agent.leave()
  await customer.leave()
})

test('the pages have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const place = { browser, origin: site.origin, world: here }
  const agent = await at(browser, site.origin, here, mette)
  await agent.page.goto(url(`/agent/callers?told=${asta.email}`))
  await agent.page.locator('form[method=post] button.primary').click()
  await agent.page.locator('.spoken-number').waitFor()
  const check = new URL(agent.page.url()).pathname.replace('/microsoft', '')
  await codeMailed()
  await lookOver(place, mette, [`/agent/callers?told=${number}`, check])
  await lookOver(place, asta, ['/caller'])
  await agent.leave()
})
