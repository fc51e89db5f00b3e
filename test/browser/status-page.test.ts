import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './chromium.ts'

describe("the emulator's status page", { skip: skipWithoutChromium }, () => {
  let browser: Browser
  let emulator: Emulator
  let page: Page
  let problems: string[]

  before(async () => {
    browser = await launchChromium()
  })
  after(() => browser?.close())

  beforeEach(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    problems = []
  })
  afterEach(async () => {
    await page.close()
    await emulator.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1400, 360]) {
      test(`reads well in ${colorScheme} at ${width} pixels, and loads without a problem`, async () => {
        await open({ colorScheme, width })
        await call('GET', '/services/data/v67.0/sobjects/Nothing')
        await page.click('text=Run query')
        await page.locator('#result table').waitFor()
        await page.click('text=Show login data')
        await page.locator('#login dt').first().waitFor()
        await page.locator('#requests').getByText('404').waitFor()
        assert.deepEqual(await page.evaluate(FAINT_TEXTS), [])
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
        assert.equal(await page.evaluate(overflow), 0, 'the page itself does not scroll sideways')
        const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
        assert.equal(background, colorScheme === 'dark' ? 'rgb(22, 22, 22)' : 'rgb(243, 243, 243)')
        assert.deepEqual(problems, [])
      })
    }
  }

  test('shows requests and records as they come, until updates are paused', async () => {
    await open()
    await call('POST', '/services/data/v67.0/sobjects/Account', { Name: 'New' })
    await page.locator('#requests').getByText('/services/data/v67.0/sobjects/Account').waitFor()
    await page.locator('#records tr', { hasText: 'Account' }).getByText('301').waitFor()
    await page.click('text=Pause updates')
    await call('GET', '/services/data/v67.0/limits')
    await page.locator('#connection', { hasText: 'Updates are paused' }).waitFor()
    assert.equal(await page.locator('#requests').getByText('/limits').count(), 0)
    await page.click('text=Resume updates')
    await page.locator('#requests').getByText('/limits').waitFor()
    assert.deepEqual(problems, [])
  })

  test('runs a query by the keyboard, keeps it in the address, and explains a wrong one', async () => {
    await open()
    await page.fill('#soql', 'SELECT Name, Owner.Name FROM Account LIMIT 2')
    await page.keyboard.press('Control+Enter')
    await page.locator('#result th', { hasText: 'Owner.Name' }).waitFor()
    assert.match(page.url(), /\?soql=SELECT/)
    await page.reload()
    assert.equal(await page.locator('#result tbody tr').count(), 2)
    await page.fill('#soql', 'SELECT Nope FROM Account')
    await page.click('text=Run query')
    await page.locator('#result').getByText('INVALID_FIELD').waitFor()
    assert.deepEqual(problems, [])
  })

  test('an object of the list shows its records, and keeps the focus through updates', async () => {
    await open()
    await page.focus('#records-Contact')
    await page.keyboard.press('Enter')
    await page.locator('#result th', { hasText: 'LastName' }).waitFor()
    await call('POST', '/services/data/v67.0/sobjects/Contact', { LastName: 'New' })
    await page.locator('#records tr', { hasText: 'Contact' }).getByText('601').waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), 'records-Contact')
  })

  test('tells the login data when asked, and takes it away again', async () => {
    await open()
    const { accessToken } = emulator.credentials
    assert.ok(!(await page.content()).includes(accessToken))
    await page.click('text=Show login data')
    await page.locator('#login').getByText(accessToken).waitFor()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.click('[aria-label="Copy accessToken"]')
    await page.locator('[aria-label="Copy accessToken"]', { hasText: 'Copied' }).waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), accessToken)
    await page.click('text=Hide login data')
    assert.ok(!(await page.content()).includes(accessToken))
    assert.deepEqual(problems, [])
  })

  test('says so when the emulator is gone', async () => {
    await open()
    await emulator.close()
    await page.locator('#connection', { hasText: 'The emulator does not answer' }).waitFor()
  })

  test('shows everything and runs queries without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    page = await context.newPage()
    await page.goto(emulator.url)
    assert.equal(await page.locator('button:visible').count(), 1, 'only the button that works is shown')
    await page.fill('#soql', 'SELECT Name FROM Account LIMIT 3')
    await page.click('text=Run query')
    assert.equal(await page.locator('#result tbody tr').count(), 3)
  })

  test('a page of another origin can neither frame it, read it nor steer the emulator', async () => {
    await call('GET', '/services/data/v67.0/limits')
    const elsewhere = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(`<iframe src="${emulator.url}"></iframe>`)
    })
    try {
      elsewhere.listen(0, '127.0.0.1')
      await once(elsewhere, 'listening')
      page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)
      assert.equal(await page.frames()[1]?.evaluate('document.getElementById("requests")'), null)
      const credentials = JSON.stringify(`${emulator.url}/_emulator/credentials`)
      assert.equal(await page.evaluate(`fetch(${credentials}).then(() => 'read', () => 'kept')`), 'kept')
      const reset = JSON.stringify(`${emulator.url}/_emulator/reset`)
      await page.evaluate(`fetch(${reset}, { method: 'POST', mode: 'no-cors' }).then(() => {})`)
      assert.equal(emulator.requests().length, 1)
    } finally {
      elsewhere.close()
    }
  })

  async function open({ colorScheme = 'light', width = 1400 }: Look = {}): Promise<void> {
    page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
    page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`)
    })
    await page.goto(emulator.url)
    await page.locator('#connection', { hasText: 'Live' }).waitFor()
  }

  async function call(method: string, path: string, body?: object): Promise<void> {
    const headers = {
      authorization: `Bearer ${emulator.credentials.accessToken}`,
      'content-type': 'application/json',
    }
    const answer = await fetch(emulator.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    await answer.arrayBuffer()
  }
})

interface Look {
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
}

/** Run in the page: the texts whose contrast with what is behind them is below 4.5 : 1 (WCAG 2.2, 1.4.3). */
const FAINT_TEXTS = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor)
      if (color[3] !== 0) return color
    }
    return [255, 255, 255]
  }
  const faint = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement
    if (text.data.trim() === '' || !parent.checkVisibility()) continue
    const [a, b] = [luminance(channels(getComputedStyle(parent).color)), luminance(ground(parent))].sort((x, y) => y - x)
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.add(text.data.trim())
  }
  return [...faint]
})()`
