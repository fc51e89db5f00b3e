import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './chromium.ts'

/** What the token endpoint answers; which of them depends on the form. */
interface TokenAnswer {
  readonly access_token: string
  readonly device_code: string
  readonly user_code: string
}

describe("the emulator's login pages", { skip: skipWithoutChromium }, () => {
  let browser: Browser
  let emulator: Emulator
  let app: Server
  let callback: string
  let page: Page

  before(async () => {
    browser = await launchChromium()
    app = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>Back</h1>'))
    app.listen(0, '127.0.0.1')
    await once(app, 'listening')
    callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`
  })
  after(async () => {
    await browser?.close()
    app?.close()
  })

  beforeEach(async () => {
    emulator = await createEmulator({ app: { redirectUris: [callback] } })
  })
  afterEach(async () => {
    await page.close()
    await emulator.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a person logs in and allows access in ${colorScheme}, and the code earns a token`, async () => {
      await open(authorizeUrl(), colorScheme)
      assert.equal(await page.evaluate('document.activeElement.id'), 'username')
      await logIn('wrong')
      await page.getByRole('alert').waitFor()
      await logIn(emulator.credentials.password)
      await page.getByText('Do you want to allow access').waitFor()
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.getByRole('heading', { name: 'Back' }).waitFor()
      const { searchParams } = new URL(page.url())
      assert.equal(searchParams.get('state'), 's 1')
      assert.equal(await exchange(searchParams.get('code') ?? ''), 200)
    })
  }

  test('a person who denies access goes back without a code', async () => {
    await open(authorizeUrl())
    await logIn(emulator.credentials.password)
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('heading', { name: 'Back' }).waitFor()
    const { searchParams } = new URL(page.url())
    assert.deepEqual([searchParams.get('error'), searchParams.get('code')], ['access_denied', null])
  })

  test('an application that is not known gets no form', async () => {
    await open(authorizeUrl({ client_id: 'nobody' }))
    assert.equal(await page.locator('form').count(), 0)
    await page.getByText('client identifier invalid').waitFor()
  })

  test('a person connects a device by the code that it shows', async () => {
    const { user_code, device_code } = await token({ response_type: 'device_code' })
    await open(`${emulator.url}/setup/connect`)
    await page.getByLabel('Code').fill('WRONG')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Code').fill(user_code)
    await page.keyboard.press('Enter')
    await page.getByLabel('Username').waitFor()
    await logIn(emulator.credentials.password)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByText('Connected').first().waitFor()
    assert.ok((await token({ grant_type: 'device', code: device_code })).access_token)
  })

  async function open(url: string, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 700 } })
    await page.goto(url)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.ok(Number(width) <= 360, 'fits on a phone')
  }

  async function logIn(password: string): Promise<void> {
    await page.getByLabel('Username').fill(emulator.credentials.username)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
  }

  function authorizeUrl(more: Record<string, string> = {}): string {
    const query = { response_type: 'code', client_id: emulator.credentials.clientId, redirect_uri: callback, ...more }
    return `${emulator.url}/services/oauth2/authorize?${new URLSearchParams({ state: 's 1', ...query })}`
  }

  async function token(form: Record<string, string>): Promise<TokenAnswer> {
    const { clientId, clientSecret } = emulator.credentials
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form })
    const answer = await fetch(`${emulator.url}/services/oauth2/token`, { method: 'POST', body })
    return (await answer.json()) as TokenAnswer
  }

  async function exchange(code: string): Promise<number> {
    const { access_token } = await token({ grant_type: 'authorization_code', code, redirect_uri: callback })
    const headers = { authorization: `Bearer ${access_token}` }
    return (await fetch(`${emulator.url}/services/data/v67.0/limits`, { headers })).status
  }
})
