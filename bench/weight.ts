import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startEmbedded } from '../src/database/launcher.ts'
import { launchChromium } from '../test/browser/chromium.ts'
import { freePort, startProduct } from '../test/drills/product.ts'

/*
 * G7: what a first visit brings over the line, cold, in Chromium: kilobytes as transferred, requests, elements, and how far the
 * page moves while it loads (layout shift). Performance.md, section 6. Run with: node --import tsx bench/weight.ts
 */

export type WeightFigures = {
  readonly page: string
  readonly kilobytes: number
  readonly requests: number
  readonly elements: number
  readonly layoutShift: number
}

const PAGES = [
  { path: '/microsoft/help', as: undefined },
  { path: '/microsoft/', as: undefined },
  { path: '/microsoft/agent', as: 'agent@microsoft.example' },
] as const

export async function measureWeight(): Promise<readonly WeightFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'svar-weight-'))
  const product = await startProduct({ folder, port: await freePort(), command: 'start' })
  const browser = await launchChromium()
  try {
    const figures: WeightFigures[] = []
    for (const { path, as } of PAGES) figures.push(await weigh(browser, `http://127.0.0.1:${product.port}`, path, as))
    return figures
  } finally {
    await browser.close()
    product.signal('SIGTERM')
    await product.ended
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function weigh(browser: Browser, base: string, path: string, as: string | undefined): Promise<WeightFigures> {
  const context = await browser.newContext()
  if (as)
    await context.request.post(`${base}/microsoft/demonstration/people`, {
      form: { email: as },
      headers: { origin: base },
    })
  const page = await context.newPage()
  const line = await context.newCDPSession(page)
  let bytes = 0
  let requests = 0
  await line.send('Network.enable')
  line.on('Network.requestWillBeSent', () => (requests += 1))
  line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await watchShifts(page)
  await page.goto(base + path, { waitUntil: 'load' })
  await page.waitForTimeout(1000)
  const { elements, shift } = await page.evaluate(() => ({
    elements: document.querySelectorAll('*').length,
    shift: (globalThis as unknown as { shift: number }).shift,
  }))
  await context.close()
  return { page: path, kilobytes: bytes / 1000, requests, elements, layoutShift: shift }
}

async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { shift: number }
    seen.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

if (import.meta.filename === process.argv[1]) console.table(await measureWeight())
