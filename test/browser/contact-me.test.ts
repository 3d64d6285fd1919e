import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LOCALES } from '../../src/base/locale.ts'
import type { Locale } from '../../src/base/locale.ts'
import { everyDay } from '../../src/rooms/calendars/index.ts'
import { callWords, importStaffing } from '../../src/rooms/callbacks/index.ts'
import { words } from '../../src/rooms/contact/messages/words.ts'
import { findByEmail } from '../../src/rooms/people/index.ts'
import { addAddOn } from '../../src/rooms/rights/index.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, siteOf } from './site.ts'

const here = await world()
const site = await siteOf(here)
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const { asta, bo, liv } = here.people
const operatorId = here.operators.microsoft
const job = { kind: 'job', operatorIds: [operatorId] } as const

const found = await here.database.work(job, (work) => findByEmail(work, operatorId, here.agents.mette.email))
if (found?.actor.kind !== 'agent') throw new Error('nobody answers')
const { agentId } = found.actor
await here.database.work(job, (work) =>
  importStaffing(work, operatorId, {
    agentId,
    skills: { topics: null, severities: null, languages: LOCALES },
    hours: { id: agentId, zone: 'Europe/Copenhagen', days: everyDay([{ from: 9 * 60, until: 17 * 60 }]) },
  }),
)

/** A page in somebody's window, in a language; what it shows is kept as a picture where a folder is named. */
async function open(who: Somebody | undefined, locale: Locale, path: string) {
  const visitor = await at(browser, site.origin, here, who, { viewport: { width: 1280, height: 900 } })
  const { page } = visitor
  await page.goto(`${site.origin}/microsoft/language/${locale}?back=/microsoft${path}`)
  const picture = async (name: string) => {
    const folder = process.env['SHOTS']
    if (folder) await page.screenshot({ path: `${folder}/${name}-${locale}.png`, fullPage: true })
  }
  return { ...visitor, picture }
}

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name="${name}"]`).first()
    if (await field.evaluate((element) => element instanceof HTMLSelectElement)) await field.selectOption(value)
    else await field.fill(value)
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
/** The text of the page's part that matters. */
const main = (page: Page) => page.locator('main').innerText()

for (const locale of LOCALES) {
  const say = words(locale)
  const call = callWords(locale)

  test(`sold by a partner: the partner comes first, the operator is one press away (${locale})`, async () => {
    here.at('2026-06-15T08:00:00Z')
    const { page, picture, leave } = await open(liv, locale, '/contact')
    const text = await main(page)
    assert.ok(text.includes(say('partnerTitle')) && text.includes('Nordlys IT') && text.includes('help@nordlys.test'))
    await picture('partner')
    await page
      .getByText(say('toOperator', { operator: 'Microsoft' }).split(' ').at(0) ?? '')
      .last()
      .click()
    await page.getByRole('button', { name: say('contactMe') }).waitFor()
    await leave()
  })

  test(`not an administrator: he is told who is, and asks them with what he had typed (${locale})`, async () => {
    const { page, picture, leave } = await open(bo, locale, '/contact')
    assert.ok((await main(page)).includes('Asta Holm'))
    await fill(page, { title: `Bo ${locale}`, description: 'Since eight.' })
    await picture('employee')
    await press(page, say('askThem'))
    await page.waitForURL(/questions\?said=asked/)
    const other = await open(asta, locale, '/organization/questions')
    assert.ok((await main(other.page)).includes(`Bo ${locale}`))
    await other.leave()
    await leave()
  })

  test(`before buying: a visitor without an account asks, and is told that we have it (${locale})`, async () => {
    const { page, picture, leave } = await open(undefined, locale, '/pre-sales')
    await fill(page, {
      name: 'Vera Stone',
      company: 'Stone',
      country: 'DK',
      email: `vera-${locale.toLowerCase()}@stone.test`,
      topic: 'plans-and-prices',
      title: 'Which plan?',
      description: 'We are six.',
    })
    await picture('pre-sales')
    await press(page, say('contactMe'))
    await page.getByText(say('preSalesSent')).waitFor()
    await leave()
  })

  test(`billing at night: the form says when work starts, and so does the page of the call (${locale})`, async () => {
    here.at('2026-06-16T21:00:00Z')
    await here.tendCalls()
    const { page, picture, leave } = await open(asta, locale, '/contact')
    await fill(page, { title: `Bill ${locale}`, description: 'Twice.', topic: 'understand-bill' })
    const opens = call('wait.opens', { moment: 'MOMENT' }).replace('MOMENT', '').trim()
    const aside = page.locator('aside')
    assert.ok((await aside.innerText()).includes(opens), await aside.innerText())
    // Only what was chosen is told.
    assert.equal(await aside.locator('section:visible').count(), 1)
    await page.locator('[name=method][value=now]').check()
    await page.locator('#callConfirmed').check()
    await picture('billing-night')
    await press(page, say('contactMe'))
    await page.waitForURL(/\/contact\/sent\//)
    await here.tendCalls()
    await page.reload()
    assert.ok((await main(page)).includes(opens))
    await picture('billing-night-sent')
    await leave()
  })

  test(`a call at a time: chosen, changed, called off (${locale})`, async () => {
    here.at('2026-06-15T08:00:00Z')
    const { page, picture, leave } = await open(asta, locale, '/contact')
    await fill(page, { title: `Later ${locale}`, description: 'Call me.', topic: 'exchange-mail-flow' })
    await page.locator('[name=method][value=at]').check()
    await page.locator('#callConfirmed').check()
    await press(page, say('contactMe'))
    await page.waitForURL(/\/cases\/\d+\/call$/)
    const choose = async (slot: string) => {
      await page.locator('#slot').selectOption(slot)
      await page.locator('#confirmed').check()
      await press(page, call('ask.send'))
      await page.waitForURL(/\/cases\/\d+$/)
      return page.locator('section[aria-labelledby=call-title]').innerText()
    }
    await picture('choose-time')
    assert.match(await choose('2026-06-16T08:00:00Z'), /10[.:]00/)
    await picture('time-chosen')
    await page.getByRole('link', { name: call('panel.reschedule') }).click()
    assert.match(await choose('2026-06-16T09:30:00Z'), /11[.:]30/)
    await press(page, call('panel.cancel'))
    await page.getByText(call('panel.cancelled')).waitFor()
    await leave()
  })
}

test('an employee with Business Assist asks for himself, and for nothing else, in three languages', async () => {
  here.at('2026-06-15T08:00:00Z')
  await here.tendCalls()
  const member = await here.database.work(job, (work) => findByEmail(work, operatorId, bo.email))
  if (member?.actor.kind !== 'member') throw new Error('nobody asks')
  const { organizationId } = member.actor
  await here.database.work(job, (work) =>
    addAddOn(work, { organizationId, operatorId, addOn: 'business-assist', seats: 5 }),
  )
  for (const locale of LOCALES) {
    const { page, picture, leave } = await open(bo, locale, '/contact')
    const topics = await page
      .locator('#topic option')
      .evaluateAll((options) => options.map((one) => one.getAttribute('value')))
    assert.ok(topics.includes('getting-started') && !topics.includes('exchange-mail-flow'))
    await fill(page, { title: `Move in ${locale}`, description: 'How?', topic: 'getting-started' })
    await picture('business-assist')
    await press(page, words(locale)('contactMe'))
    await page.waitForURL(/\/contact\/sent\//)
    await leave()
  }
})
