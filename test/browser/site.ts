import assert from 'node:assert/strict'
import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import { LOCALES } from '../../src/base/locale.ts'
import type { Locale } from '../../src/base/locale.ts'
import type { Somebody, World } from '../world.ts'

/** A world on a real port, any or the one given, for a real browser. */
export async function siteOf(
  world: World,
  { port: wanted = 0 } = {},
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const server = serve({ fetch: world.app.fetch, port: wanted, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

export type Visitor = { readonly page: Page; readonly troubles: readonly string[]; readonly leave: () => Promise<void> }

/** Somebody at a browser window of his own, signed in; what the console complains of is kept. */
export async function at(
  browser: Browser,
  origin: string,
  world: World,
  who: Somebody | undefined,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  if (who) {
    const cookies = (await world.cookieOf(who)).split('; ').map((one) => one.split(/=(.*)/s))
    await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: origin })))
  }
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const troubles: string[] = []
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  return { page, troubles, leave: () => context.close() }
}

/** Serious and critical findings of axe on the page as it is, one line each. */
export async function barriers(page: Page): Promise<readonly string[]> {
  return findingsOf(new AxeBuilder({ page }))
}

/** Our pages have no frames: without looking into them axe needs no second page, and half the time. */
async function findingsOf(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/**
 * The page as it is has no barrier in the light and none in the dark, and does not scroll sideways. Colors are all that the dark
 * changes, so only they are asked about again. With `SHOTS`, a folder, both are kept there as pictures, to be looked at.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page })
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    assert.deepEqual(await findingsOf(axe), [], `${name}, ${colorScheme}`)
    const path = `${process.env['SHOTS']}/${name.replaceAll(/[^\w-]+/g, '-')}-${colorScheme}.png`
    if (process.env['SHOTS']) await page.screenshot({ path, fullPage: true })
  }
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  assert.ok(over <= 0, `${name} scrolls sideways by ${over} pixels`)
}

/** Looks at pages below `/microsoft` in every language on a telephone, as somebody sees them; the languages side by side. */
export async function lookOver(
  { browser, origin, world }: { readonly browser: Browser; readonly origin: string; readonly world: World },
  who: Somebody | undefined,
  paths: readonly string[],
  { width = 390 } = {},
): Promise<void> {
  const read = async ({ page, leave }: Visitor, language: Locale) => {
    for (const path of paths) {
      await page.goto(`${origin}/microsoft/language/${language}?back=${encodeURIComponent(`/microsoft${path}`)}`)
      assert.equal(await page.locator('html').getAttribute('lang'), language)
      await lookAt(page, `${path.slice(1)}-${language}-${width}`)
    }
    await leave()
  }
  const readings = []
  // One after another: a code that is asked for ends the one before.
  for (const language of LOCALES)
    readings.push(read(await at(browser, origin, world, who, { viewport: { width, height: 844 } }), language))
  await Promise.all(readings)
}

/** Tables that are wider than their place and have to be scrolled sideways, by what they are called. */
export async function cutTables(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('table')]
      .filter(({ offsetWidth, parentElement }) => offsetWidth > (parentElement?.clientWidth ?? 0) + 1)
      .map(({ caption, id }) => caption?.textContent ?? id),
  )
}
