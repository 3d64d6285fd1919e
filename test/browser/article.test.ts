import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import { importArticles } from '../../src/rooms/self-help/index.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, barriers, siteOf } from './site.ts'

const here = await world()
const folder = mkdtempSync(join(tmpdir(), 'svar-article-'))

const ARTICLE = `---
title: Tune a harpsichord
description: Which tools to use, and in which order.
updated: 2026-05-01
---
# Tune a harpsichord

> [!VIDEO https://videos.example/embed/1]

## Before you begin

> [!IMPORTANT]
> Wait until the room is warm. See [another article](other.md) or [the maker](https://maker.example/).

## Choose a way

# [By ear](#tab/ear)

Listen to **fifths**.

# [With a device](#tab/device)

Read the needle.

---

## Strings

| Note | Length | Gauge | Material | Supplier and order number |
|---|---|---|---|---|
| ${'A very long cell of words | '.repeat(4)}HARPSICHORD-STRING-NUMBER-0001-IN-BRASS |

![A string on its pin.](https://images.example/pin.png)

\`\`\`
tune --instrument harpsichord --temperament meantone --pitch 415 --from C2 --to C6 --patiently
\`\`\`

${'Play every octave twice.\n\n'.repeat(30)}

## When nothing helps

Call somebody.
`

writeFileSync(join(folder, 'harpsichord.md'), ARTICLE)
writeFileSync(join(folder, 'other.md'), '# Another article about a harpsichord\n\nText.')
await importArticles(here.database, {
  operatorId: here.operators.microsoft,
  operator: 'microsoft',
  language: 'en',
  folder,
  prefix: 'music',
})
const browser = await launchChromium()
const site = await siteOf(here)
after(async () => {
  await site.close()
  await browser.close()
  rmSync(folder, { recursive: true })
})

async function reading(options: BrowserContextOptions = {}) {
  const visitor = await at(browser, site.origin, here, undefined, options)
  const elsewhere: string[] = []
  visitor.page.on('request', (request) => {
    if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
  await visitor.page.goto(`${site.origin}/microsoft/articles/music/harpsichord`)
  return { ...visitor, elsewhere }
}

for (const [name, options] of [
  ['a wide screen', { viewport: { width: 1280, height: 800 } }],
  ['a phone in the dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
  ['a browser without scripts', { viewport: { width: 390, height: 800 }, javaScriptEnabled: false }],
] as const) {
  test(`an article on ${name}: nothing sticks out, nobody else is reached, and tabs open by keyboard`, async () => {
    const { page, elsewhere, troubles, leave } = await reading(options)
    const scripts = !('javaScriptEnabled' in options)
    assert.equal(await page.getByText('Listen to fifths').isVisible(), true)
    assert.equal(await page.getByText('Read the needle').isVisible(), false)
    await page.getByText('With a device', { exact: true }).locator('visible=true').last().focus()
    await page.keyboard.press('Enter')
    await page.getByText('Read the needle').waitFor()
    assert.equal(await page.getByText('Listen to fifths').isVisible(), false, 'one closes the other')
    if (scripts) {
      const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const)
      assert.ok(needed <= there, `${needed} of ${there} pixels`)
      assert.deepEqual(await barriers(page), [])
    }
    assert.deepEqual([elsewhere, troubles], [[], []])
    await leave()
  })
}

test('the contents stay beside the text and mark where the reader is; on a phone they fold', async () => {
  const { page, leave } = await reading({ viewport: { width: 1280, height: 700 } })
  const contents = page.getByRole('navigation', { name: 'On this page' })
  await contents.locator('[aria-current="location"]', { hasText: 'Before you begin' }).waitFor()
  await contents.getByRole('link', { name: 'When nothing helps' }).click()
  await contents.locator('[aria-current="location"]', { hasText: 'When nothing helps' }).waitFor()
  assert.equal(await contents.isVisible(), true)
  await leave()
  const phone = await reading({ viewport: { width: 390, height: 700 } })
  assert.equal(await phone.page.getByRole('link', { name: 'Strings' }).isVisible(), false)
  await phone.page.getByText('On this page').locator('visible=true').click()
  assert.equal(await phone.page.getByRole('link', { name: 'Strings' }).locator('visible=true').count(), 1)
  await phone.leave()
})

test('every link leads somewhere, and those that leave say so', async () => {
  const { page, leave } = await reading()
  const links = await page.locator('main a[href]').evaluateAll((all) =>
    all.map((one) => ({
      href: (one as HTMLAnchorElement).href,
      says: document.getElementById(one.getAttribute('aria-describedby') ?? '')?.textContent ?? one.textContent,
    })),
  )
  assert.ok(links.length > 8)
  for (const { href, says } of links) {
    const { origin, hash } = new URL(href)
    if (origin !== site.origin) assert.match(says, /another site/, href)
    else {
      assert.equal((await page.request.get(href)).status(), 200, href)
      const there = await page.evaluate(
        (id) => id === '' || document.getElementById(id) !== null,
        decodeURIComponent(hash.slice(1)),
      )
      assert.ok(there, href)
    }
  }
  await leave()
})

test('on paper there is the article, with what is folded, and nothing to press', async () => {
  const { page, leave } = await reading()
  await page.emulateMedia({ media: 'print' })
  for (const text of ['Contact support', 'On this page'])
    assert.equal(await page.locator('main').getByText(text, { exact: true }).locator('visible=true').count(), 0, text)
  for (const text of ['Call somebody', 'Read the needle'])
    assert.equal(await page.getByText(text).isVisible(), true, text)
  await leave()
})
