import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { dialogHtml } from '../../src/generate-node-red/dialog.ts'
import { helpHtml } from '../../src/generate-node-red/help.ts'
import { localeTexts, type Texts } from '../../src/generate-node-red/locale.ts'
import { nodeDefinitions } from '../../src/generate-node-red/node-definition.ts'
import { registerTypeScript } from '../../src/generate-node-red/register-type.ts'

const sharedFile = new URL('../../../node-red/locales/en-US/shared.json', import.meta.url)
const shared = JSON.parse(await readFile(sharedFile, 'utf8')) as Texts

function textAt(texts: Texts, key: string): string | Texts | undefined {
  return key
    .split('.')
    .reduce<string | Texts | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), texts)
}

for (const definition of nodeDefinitions()) {
  const { type, operations } = definition

  test(`every key in the dialog of ${type} has a text`, () => {
    const texts = localeTexts(definition, shared)
    const keys = [...dialogHtml(definition).matchAll(/data-i18n="(?:\[\w+\])?([^"]+)"/g)].map(([, key = '']) => key)
    assert.ok(keys.length > 5)
    assert.deepEqual(
      keys.filter((key) => typeof textAt(texts, key) !== 'string'),
      [],
    )
  })

  test(`the dialog of ${type} offers several rows only where an operation takes them`, () => {
    const html = dialogHtml(definition)
    const takes = (kind: string): boolean => operations.some(({ rows }) => rows === kind)
    assert.equal(html.includes('"dialog.input-hint"'), takes('many'))
    assert.equal(html.includes('"dialog.input-hint-one"'), takes('one') && !takes('many'))
  })

  test(`every label of ${type} belongs to an input, and no id is there twice`, () => {
    const html = dialogHtml(definition)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length)
    const inputs = [...html.matchAll(/ for="([^"]+)"/g)].map(([, id]) => id)
    assert.deepEqual(
      inputs.filter((id) => !ids.includes(id)),
      [],
    )
  })

  test(`the registration of ${type} runs and declares what its runtime reads`, () => {
    const registered: { name?: string; definition?: { defaults: Record<string, unknown> } } = {}
    const script = registerTypeScript(definition).replace(/<\/?script[^>]*>/g, '')
    const RED = {
      nodes: { registerType: (name: string, value: never) => Object.assign(registered, { name, definition: value }) },
    }
    new Function('RED', script)(RED)
    assert.equal(registered.name, type)
    assert.deepEqual(Object.keys(registered.definition?.defaults ?? {}), [
      ...['name', 'connection', 'operation', 'parameters', 'input', 'inputType', 'output', 'pageSize', 'property'],
      ...['failedRows', 'version'],
    ])
  })

  test(`the help of ${type} follows Node-RED's order and names every operation`, () => {
    const help = helpHtml(definition)
    const headings = [...help.matchAll(/<h3>(\w+)<\/h3>/g)].map(([, heading]) => heading)
    assert.deepEqual(headings, ['Inputs', 'Outputs', 'Details', 'References'])
    for (const { label } of operations) assert.ok(help.includes(`<h4>${label}</h4>`))
  })
}

test('a text that i18next would damage is refused', () => {
  const definition = nodeDefinitions()[0]
  assert.ok(definition)
  assert.throws(
    () => localeTexts(definition, { hint: 'External_Id__c or Legacy_Id__c' }),
    /would replace __c or Legacy_Id__/,
  )
})
