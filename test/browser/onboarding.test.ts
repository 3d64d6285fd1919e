import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { findByEmail } from '../../src/rooms/people/index.ts'
import { addAddOn } from '../../src/rooms/rights/index.ts'
import { importArticles } from '../../src/rooms/self-help/index.ts'
import { browserOf } from '../client.ts'
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

const { asta, bo, liv } = here.people
const { mette } = here.agents
const operatorId = here.operators.microsoft
const organizationId = await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
  const found = await findByEmail(work, operatorId, asta.email)
  const of = found?.actor.kind === 'member' ? found.actor.organizationId : assert.fail('Asta is nobody')
  await addAddOn(work, { organizationId: of, operatorId, addOn: 'business-assist', seats: 4 })
  return of
})
for (const language of ['en', 'da', 'zh-Hans'] as const)
  await importArticles(here.database, {
    operatorId,
    operator: 'microsoft',
    folder: `demonstration/articles/${language}`,
    language,
  })
const sent = await browserOf(here, asta).send('/microsoft/contact', {
  title: 'Our files',
  description: 'They lie on three computers.',
  topic: 'getting-started',
  businessImpact: '',
  method: 'email',
  phone: '',
  email: asta.email,
})
const number = sent.path.split('/').at(-1) ?? ''

test('Bo ticks a step by keyboard and Asta sets one aside, without JavaScript; Mette ticks one with them beside the case', async () => {
  const off = { javaScriptEnabled: false }
  const one = await at(browser, site.origin, here, bo, off)
  await one.page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/help`)
  await one.page.getByRole('link', { name: 'Getting started' }).press('Enter')
  await one.page.getByRole('button', { name: 'Done: An account for everybody' }).press('Enter')
  await one.page.getByText('“An account for everybody” is ticked off.').waitFor()
  await one.page.getByText('1 of 8 steps settled').waitFor()
  assert.equal(await one.page.getByRole('button', { name: /^Not for us/ }).count(), 0)
  await one.page.getByRole('link', { name: 'Read: Add a domain and its DNS records' }).waitFor()
  await one.page.getByRole('link', { name: 'Get help with this: Mail addresses with your own name' }).click()
  assert.equal(await one.page.locator('#title').inputValue(), 'Mail addresses with your own name')

  const other = await at(browser, site.origin, here, asta, off)
  await other.page.goto(`${site.origin}/microsoft/language/en?back=/microsoft/onboarding`)
  const step = other.page.locator('#settling-in-shared-mailbox')
  await step.getByText('Write a note, or not for us').click()
  await step.getByRole('button', { name: /^Not for us/ }).click()
  await other.page.getByText('Fill this in.').waitFor()
  await step.getByLabel('Note or reason').fill('Our customers call us.')
  await step.getByRole('button', { name: /^Not for us/ }).click()
  await other.page.getByText('1 done, 1 put aside, 6 to go').waitFor()

  const desk = await at(browser, site.origin, here, mette, off)
  await desk.page.goto(`${site.origin}/microsoft/agent/cases/${number}`)
  await desk.page.getByText('Next: Mail addresses with your own name').click()
  await desk.page
    .getByRole('combobox', { name: 'Step' })
    .first()
    .selectOption({ label: 'Files moved to a shared place' })
  await desk.page.getByLabel('Note for the customer').first().fill('All in one library.')
  await desk.page.getByRole('button', { name: 'Done, with the customer' }).first().click()
  await desk.page.getByText('3 of 8 steps settled').waitFor()
  await other.page.reload()
  await other.page.getByText('All in one library.').waitFor()
  assert.deepEqual(
    [...one.troubles, ...other.troubles, ...desk.troubles].filter((trouble) => !trouble.includes('422')),
    [],
  )
  for (const { leave } of [one, other, desk]) await leave()
})

test('the pages of checklists have no barrier and do not scroll sideways, in three languages, light and dark', async () => {
  const place = { browser, origin: site.origin, world: here }
  await lookOver(place, asta, ['/onboarding', '/onboarding/settling-in/history', '/help', '/contact'])
  await lookOver(place, liv, ['/onboarding'])
  await lookOver(place, mette, ['/agent/onboarding', `/agent/onboarding/${organizationId}`, `/agent/cases/${number}`])
})
