import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { root } from '@forcewire/tools/repository'
import type { Browser, Page } from 'playwright-core'
import { type NodeRedSession, startSession } from '../hosts/node-red/node-red-session.ts'
import type { FlowNode } from '../support/node-red-admin.ts'
import { launchChromium, skipWithoutChromium } from './chromium.ts'
import { cancelDialog, collectProblems, openDialog, openEditor, saveDialog, shownTexts } from './node-red-editor.ts'

const exampleNames = ['query', 'record', 'bulk', 'org', 'request', 'bulk-trigger']

describe('the Node-RED editor', { skip: skipWithoutChromium }, () => {
  let session: NodeRedSession
  let browser: Browser
  let page: Page
  let problems: readonly string[]
  const flows: FlowNode[] = []

  before(async () => {
    session = await startSession()
    for (const name of exampleNames) {
      const file = join(root, `packages/node-red/examples/${name}.json`)
      flows.push(...(JSON.parse(await readFile(file, 'utf8')) as FlowNode[]))
    }
    const { clientId, clientSecret } = session.emulator.credentials
    const credentials = { clientId, clientSecret }
    await session.deploy(
      flows.map((node) =>
        node.type === 'forcewire-connection' ? { ...node, url: session.emulator.url, credentials } : node,
      ),
    )
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await session?.[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    await page?.close()
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    problems = collectProblems(page)
  })

  for (const theme of ['dark', 'light'] as const) {
    test(`opens every dialog in the ${theme} theme, with texts everywhere and without a page error`, async () => {
      await openEditor(page, session.url, theme)
      for (const { id, type } of flows.filter((node) => node.type.startsWith('forcewire-'))) {
        await openDialog(page, id, type)
        const texts = await shownTexts(page)
        assert.ok(texts.length > 3, `${type} has an empty dialog`)
        assert.deepEqual(
          texts.filter((text) => /^[a-z]+(\.[\w-]+)+$/.test(text)),
          [],
          `${type} shows keys, not texts`,
        )
        await cancelDialog(page, type)
      }
      assert.deepEqual(problems, [])
    })
  }

  test('marks a required field that is empty, names it, and is content when it is filled in', async () => {
    await openEditor(page, session.url, 'light')
    await openDialog(page, 'fw-record-upsert', 'forcewire-record')
    const object = page.locator('[data-operation="record.upsert"] [data-parameter="object"] .red-ui-typedInput-input')
    // The dialog fills its inputs after it has become visible.
    await page.waitForFunction((input) => (input as HTMLInputElement).value === 'Account', await object.elementHandle())
    await object.fill('')
    await object.blur()
    await saveDialog(page, 'forcewire-record')
    const invalid = await page.evaluate("RED.nodes.node('fw-record-upsert').validationErrors")
    assert.deepEqual(invalid, ['Fill in: Object'])
    await openDialog(page, 'fw-record-upsert', 'forcewire-record')
    await object.fill('Contact')
    await saveDialog(page, 'forcewire-record')
    assert.equal(await page.evaluate("RED.nodes.node('fw-record-upsert').valid"), true)
    assert.deepEqual(problems, [])
  })

  test('shows what belongs to the chosen values, and takes what was filled in to another operation', async () => {
    await openEditor(page, session.url, 'light')
    await openDialog(page, 'fw-record-get', 'forcewire-record')
    const parameter = (operation: string, name: string) =>
      page.locator(`[data-operation="${operation}"] [data-parameter="${name}"]`)
    assert.equal(await parameter('record.get', 'recordId').isVisible(), true)
    assert.equal(await parameter('record.get', 'externalIdField').isVisible(), false)
    await page.selectOption('#node-input-operation', 'record.delete')
    assert.equal(await parameter('record.get', 'recordId').isVisible(), false)
    assert.equal(await parameter('record.delete', 'object').locator('.red-ui-typedInput-input').inputValue(), 'Account')
    assert.equal(
      await parameter('record.delete', 'recordId').locator('.red-ui-typedInput-input').inputValue(),
      'payload.id',
    )
    await cancelDialog(page, 'forcewire-record')
    assert.deepEqual(problems, [])
  })

  test('completes object names and external ID fields from the org', async () => {
    await openEditor(page, session.url, 'light')
    await openDialog(page, 'fw-record-upsert', 'forcewire-record')
    const field = (name: string) =>
      page.locator(`[data-operation="record.upsert"] [data-parameter="${name}"] .red-ui-typedInput-input`)
    await field('object').fill('')
    await field('object').pressSequentially('Oppo')
    const choices = page.locator('.red-ui-autoComplete-container .forcewire-completion')
    await choices.filter({ hasText: 'Opportunity' }).first().click()
    assert.equal(await field('object').inputValue(), 'Opportunity')
    await field('object').fill('Account')
    await field('externalIdField').fill('')
    await field('externalIdField').press('ArrowDown')
    await choices.filter({ hasText: 'Legacy_Id__c' }).waitFor()
    const offered = await choices.allTextContents()
    assert.ok(offered.some((text) => text.startsWith('External_Id__c')))
    assert.ok(!offered.some((text) => text.startsWith('BillingCity')), 'only external ID fields are offered')
    assert.deepEqual(problems, [])
  })

  test('tests a connection with the stored secret, and explains a wrong one', async () => {
    await openEditor(page, session.url, 'light')
    await openDialog(page, 'fw-query-connection', 'forcewire-connection')
    const result = page.locator('#forcewire-test-result')
    await page.click('#forcewire-test')
    await page.locator('#forcewire-test-result.forcewire-success').waitFor()
    assert.match(
      (await result.textContent()) ?? '',
      /^Signed in as demo@forcewire\.example to org 00D\w+\. API requests used today: \d+ of \d+\.$/,
    )
    await page.fill('#node-config-input-clientSecret', 'wrong')
    await page.click('#forcewire-test')
    await page.locator('#forcewire-test-result.forcewire-problem').waitFor()
    assert.match((await result.textContent()) ?? '', /Salesforce refused the login.*Check the consumer secret/)
    await cancelDialog(page, 'forcewire-connection')
  })

  test('saves a changed SOQL query and deploys it', async () => {
    await openEditor(page, session.url, 'light')
    await openDialog(page, 'fw-query-query', 'forcewire-query')
    await page.locator('.forcewire-soql .view-lines').click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText('SELECT Id FROM Contact')
    await saveDialog(page, 'forcewire-query')
    await page.evaluate("RED.actions.invoke('core:deploy-flows')")
    await page.waitForFunction('!RED.nodes.dirty()')
    const saved = JSON.parse(await readFile(join(session.userDir, 'flows.json'), 'utf8')) as FlowNode[]
    const query = saved.find(({ id }) => id === 'fw-query-query') as { parameters: { soql: unknown } } | undefined
    assert.deepEqual(query?.parameters.soql, { type: 'str', value: 'SELECT Id FROM Contact' })
    assert.deepEqual(problems, [])
  })
})
