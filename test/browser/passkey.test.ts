import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { browserOf } from '../client.ts'
import { freePort } from '../drills/product.ts'
import { world } from '../world.ts'
import { launchChromium } from './chromium.ts'
import { at, barriers, siteOf } from './site.ts'

// A passkey belongs to a name: a browser makes none at an address in numbers.
const port = await freePort()
const origin = `http://localhost:${port}`
const here = await world({ publicUrl: origin })
const site = await siteOf(here, { port })
const browser = await launchChromium()
after(async () => {
  await browser.close()
  await site.close()
})

const { asta } = here.people

test('Asta signs in with a code, adds a passkey, signs in with it alone, and removes it again', async () => {
  const { page, leave } = await at(browser, origin, here, undefined)
  await withAuthenticator(page)
  await signInByCode(page)

  await page.goto(`${origin}/microsoft/account`)
  await page.getByText('Du har ingen adgangsnøgle endnu.').waitFor()
  await page.getByRole('button', { name: 'Føj en adgangsnøgle' }).click()
  await page.getByText('Adgangsnøglen er tilføjet.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Fjern adgangsnøglen' }).count(), 1)
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('button', { name: 'Føj en adgangsnøgle' }).click()
  await page.getByText('Denne enhed har allerede en adgangsnøgle').waitFor()

  await page.getByRole('button', { name: 'Log ud' }).click()
  await page.goto(`${origin}/microsoft/sign-in?back=/microsoft/account`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(`${origin}/microsoft/account`)
  assert.match(await page.locator('.whoami').innerText(), /Asta Holm/)

  await page.getByRole('button', { name: 'Fjern adgangsnøglen' }).click()
  await page.getByText('Adgangsnøglen er fjernet').waitFor()
  await page.getByText('Du har ingen adgangsnøgle endnu.').waitFor()

  await page.getByRole('button', { name: 'Log ud' }).click()
  await page.goto(`${origin}/microsoft/sign-in`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('This passkey is not known here any more.').waitFor()
  assert.equal(await page.locator('.whoami a').innerText(), 'Sign in')
  await leave()
})

test('whose device has no passkey is told so in his own language', async () => {
  const { page, leave } = await at(browser, origin, here, undefined, { locale: 'zh-CN' })
  await withAuthenticator(page)
  await page.goto(`${origin}/21vianet/sign-in`)
  await page.getByRole('button', { name: '使用通行密钥登录' }).click()
  await page.getByRole('alert').getByText('设备未出示通行密钥').waitFor()
  await leave()
})

test('whose session has ended meanwhile is told that no passkey was added', async () => {
  const { page, leave } = await at(browser, origin, here, asta)
  await withAuthenticator(page)
  await page.goto(`${origin}/microsoft/account`)
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Føj en adgangsnøgle' }).click()
  await page.getByText('Adgangsnøglen blev ikke tilføjet.').waitFor()
  await leave()
})

test('at an address in numbers the account page says why no passkey can be added', async () => {
  const { page, leave } = await at(browser, site.origin, here, asta)
  await page.goto(`${site.origin}/microsoft/account`)
  await page.getByText('localhost i stedet for 127.0.0.1').waitFor()
  await page.goto(`${site.origin}/microsoft/sign-in`)
  assert.equal(await page.locator('passkey-sign-in button').count(), 0)
  await leave()
})

test("nobody removes somebody else's passkey", async () => {
  const { page, leave } = await at(browser, origin, here, here.people.liv)
  await withAuthenticator(page)
  await page.goto(`${origin}/microsoft/account`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('The passkey is added.').waitFor()
  const passkey = await page.locator('[name=passkey]').inputValue()
  const bo = browserOf(here, here.people.bo)
  assert.equal((await bo.send('/microsoft/account/passkeys/remove', { passkey })).status, 404)
  await page.reload()
  assert.equal(await page.locator('[name=passkey]').count(), 1)
  await leave()
})

/** A device that keeps passkeys and lets its owner through at once. */
async function withAuthenticator(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  await line.send('WebAuthn.enable')
  await line.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signInByCode(page: Page): Promise<void> {
  await page.goto(`${origin}/microsoft/sign-in`)
  await page.getByLabel('E-mail address').fill(asta.email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the message').fill(await latestCode())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/microsoft\/$/)
}

/** The code is mailed after the answer: it may be a moment late. */
async function latestCode(): Promise<string> {
  for (let tries = 0; tries < 100; tries++, await pause(20)) {
    const { body } = await browserOf(here).get('/microsoft/demonstration/mailbox')
    const code = /(\d{6}) (?:is your sign-in code|er din engangskode)/.exec(body)?.[1]
    if (code) return code
  }
  return assert.fail('no code was mailed')
}
