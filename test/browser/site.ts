import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
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
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** Tables that are wider than their place and have to be scrolled sideways, by what they are called. */
export async function cutTables(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('table')]
      .filter(({ offsetWidth, parentElement }) => offsetWidth > (parentElement?.clientWidth ?? 0) + 1)
      .map(({ caption, id }) => caption?.textContent ?? id),
  )
}
