import type { Page } from 'playwright-core'

/** Opens the editor and waits until nodes and dialogs are there. */
export async function openEditor(page: Page, url: string, theme: 'light' | 'dark'): Promise<void> {
  await page.addInitScript(`localStorage.setItem('view-dark-theme', '${theme}')`)
  await page.goto(url)
  await page.waitForFunction("window.RED?.nodes?.node('fw-query-query') !== null && window.forcewire !== undefined")
  await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' })
  // Node-RED's tips run into an error of their own when their sidebar is not there yet.
  await page.evaluate("RED.actions.invoke('core:toggle-show-tips', false)")
}

/** Opens the dialog of a node. */
export async function openDialog(page: Page, id: string, type: string): Promise<void> {
  const open =
    type === 'forcewire-connection'
      ? `RED.editor.editConfig('', '${type}', '${id}')`
      : `RED.editor.edit(RED.nodes.node('${id}'))`
  await page.evaluate(open)
  await page.locator(`#${prefix(type)}-ok`).waitFor({ state: 'visible' })
  await page.locator('.forcewire-dialog').waitFor({ state: 'visible' })
}

/** Presses Done (Update in a config node's dialog). */
export async function saveDialog(page: Page, type: string): Promise<void> {
  await page.click(`#${prefix(type)}-ok`)
  await closed(page)
}

/** Presses Cancel. */
export async function cancelDialog(page: Page, type: string): Promise<void> {
  await page.click(`#${prefix(type)}-cancel`)
  await closed(page)
}

/** Every text in the open dialog: labels, hints, choices. */
export function shownTexts(page: Page): Promise<string[]> {
  return page
    .locator('.forcewire-dialog [data-i18n]')
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()).filter((text) => text !== ''))
}

/** Page errors and failed requests from now on; the palette's public catalogue is the one thing that may be out of reach. */
export function collectProblems(page: Page): readonly string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`page error: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    if (!request.url().includes('catalogue.nodered.org')) problems.push(`failed: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`)
  })
  return problems
}

/** The editor opens no dialog while another one is still sliding out, and does so without a word. */
async function closed(page: Page): Promise<void> {
  await page.waitForFunction("document.querySelector('.red-ui-tray') === null")
}

function prefix(type: string): string {
  return type === 'forcewire-connection' ? 'node-config-dialog' : 'node-dialog'
}
