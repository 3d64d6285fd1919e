import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { applyCharterFolder } from '../../src/app/charters.ts'
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
    title: { en: 'Mail is down' },
    impact: { en: 'Nobody gets mail.' },
    startedAt: Temporal.Instant.from('2026-06-15T07:30:00Z'),
    plannedEndAt: null,
    organizations: [],
    regions: [],
  }),
)

/** The operator declares a host where its public status stands at the root. */
async function declareHost(host: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'svar-charter-'))
  cpSync('charters/microsoft', folder, { recursive: true })
  const file = join(folder, 'charter.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^services:/m, `statusHosts: [${host}]\n\nservices:`))
  await applyCharterFolder(here.database, folder)
  rmSync(folder, { recursive: true })
}

test('Statuspage’s own widget, on somebody else’s page, reads our status', async () => {
  await declareHost('status.localhost')
  const widget = readFileSync('node_modules/@statuspage/status-widget/dist/src.77de5100.js', 'utf8')
  const { port } = new URL(site.origin)
  const shop = createServer((request, response) => {
    const isScript = request.url === '/widget.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? widget : shopPage(`http://status.localhost:${port}`))
  })
  await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening))
  const { page, leave } = await at(browser, site.origin, here, undefined)
  try {
    // The charter in force is read again every two seconds.
    const summary = () => here.app.fetch(new Request('http://status.localhost/api/v2/summary.json'))
    for (let tries = 0; tries < 50 && !(await summary()).ok; tries++) await pause(200)
    await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`)
    await page.getByText('Some services are down').waitFor()
  } finally {
    await leave()
    shop.close()
  }
})

const shopPage = (src: string) =>
  `<!doctype html><statuspage-widget src="${src}"></statuspage-widget><script>var parcelRequire</script><script src="/widget.js"></script>`

test('the page that others serve has no barrier, says what is wrong, and how old it is, in three languages, light and dark', async () => {
  for (const language of ['en', 'da', 'zh-Hans']) {
    const options = { viewport: { width: 390, height: 844 } }
    const { page, troubles, leave } = await at(browser, site.origin, here, undefined, options)
    await page.goto(`${site.origin}/microsoft/status/${language}/`)
    assert.match(await page.locator('main').innerText(), /Mail is down/)
    // Made in 2026 by the standing clock: it is years old or yet to come, and says the first.
    assert.equal(await page.locator('#stale').isVisible(), Date.now() > Date.parse('2026-06-15T08:15:00Z'))
    await lookAt(page, `status-${language}`)
    assert.deepEqual(troubles, [])
    await leave()
  }
})
