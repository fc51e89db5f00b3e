import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEmulator, type Emulator } from '../../src/index.ts'
import type { QuickAction } from '../../src/quick-actions/quick-action.ts'
import { data, send, startEmulator } from '../support/harness.ts'

const RENAME: QuickAction = { name: 'Rename', type: 'Update', object: 'Account', fields: ['Name'] }
const ADD_CONTACT: QuickAction = {
  name: 'Add_Contact',
  label: 'Add a Contact',
  type: 'Create',
  object: 'Account',
  targetObject: 'Contact',
  targetParentField: 'AccountId',
  fields: ['LastName', 'AccountId', 'IsEmailBounced'],
  defaults: { LastName: 'Unknown' },
}

async function withAccount(emulator: Emulator): Promise<string> {
  return (await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Acme' } })).json.id
}

test('an object has the global actions and its own, each under its own road', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [ADD_CONTACT] } })
  const names = async (road: string): Promise<string[]> =>
    (await send(emulator, 'GET', data(road))).json.map(
      ({ urls }: { urls: { quickAction?: string } }) => urls.quickAction,
    )
  const global = await names('/quickActions')
  assert.ok(global.includes(data('/quickActions/LogACall')))
  const own = data('/sobjects/Account/quickActions/Add_Contact')
  assert.deepEqual(await names('/sobjects/Account/quickActions'), [own, ...global])
  assert.deepEqual(await names('/sobjects/Contact/quickActions'), global)
})

test('a describe tells target, layout and default values; the action itself is answered alike', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [ADD_CONTACT] } })
  const road = data('/sobjects/Account/quickActions/Add_Contact')
  const { json } = await send(emulator, 'GET', `${road}/describe`)
  assert.partialDeepStrictEqual(json, {
    label: 'Add a Contact',
    contextSobjectType: 'Account',
    targetSobjectType: 'Contact',
    targetParentField: 'AccountId',
    defaultValues: [{ defaultValue: 'Unknown', field: 'LastName' }],
    layout: { rows: 3 },
  })
  const [{ layoutItems }] = json.layout.layoutRows
  assert.deepEqual([layoutItems[0].label, layoutItems[0].required], ['Last Name', true])
  assert.deepEqual((await send(emulator, 'GET', road)).json, json)
})

test('default values of a record name it in the field that takes it', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [ADD_CONTACT] } })
  const id = await withAccount(emulator)
  const own = await send(emulator, 'GET', data(`/sobjects/Account/quickActions/Add_Contact/defaultValues/${id}`))
  const attributes = { type: 'Contact' }
  assert.deepEqual(own.json, { attributes, LastName: 'Unknown', AccountId: id, IsEmailBounced: false })
  const task = await send(emulator, 'GET', data(`/quickActions/NewTask/defaultValues/${id}`))
  assert.deepEqual([task.json.WhatId, task.json.WhoId, task.json.Status], [id, null, 'Not Started'])
})

test('performing an action makes its record from what is given and its default values', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [ADD_CONTACT] } })
  const contextId = await withAccount(emulator)
  const road = data('/sobjects/Account/quickActions/Add_Contact')
  const answer = await send(emulator, 'POST', road, { body: { contextId, record: { FirstName: 'Ada' } } })
  assert.equal(answer.status, 201)
  const [id] = answer.json.ids
  assert.deepEqual(answer.json, { contextId, created: true, errors: [], feedItemIds: [], ids: [id], success: true })
  const { json } = await send(emulator, 'GET', data(`/sobjects/Contact/${id}?fields=Name,AccountId`))
  assert.deepEqual([json.Name, json.AccountId], ['Ada Unknown', contextId])
})

test('an action that updates changes the record on which it is used', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [RENAME] } })
  const contextId = await withAccount(emulator)
  const road = data('/sobjects/Account/quickActions/Rename')
  const answer = await send(emulator, 'POST', road, { body: { contextId, record: { Name: 'Zenith' } } })
  assert.deepEqual([answer.status, answer.json.created, answer.json.ids], [200, false, [contextId]])
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${contextId}`))).json.Name, 'Zenith')
})

test('an action that names no field of its object is refused at the start', async () => {
  const quickActions = [{ ...ADD_CONTACT, fields: ['Nmae'] }]
  await assert.rejects(createEmulator({ metadata: { quickActions } }), {
    message: 'Quick action Add_Contact: Contact has no field Nmae',
  })
})

test('the list is not sent again to who has it', async (t) => {
  const emulator = await startEmulator(t)
  const { headers } = await send(emulator, 'GET', data('/quickActions'))
  const known = { 'if-none-match': headers.get('etag') ?? '' }
  assert.equal((await send(emulator, 'GET', data('/quickActions'), { headers: known })).status, 304)
})

test('what cannot be performed is refused', async (t) => {
  const emulator = await startEmulator(t, { metadata: { quickActions: [RENAME] } })
  const perform = async (name: string, body: unknown, owner = ''): Promise<[number, string]> => {
    const { status, json } = await send(emulator, 'POST', data(`${owner}/quickActions/${name}`), { body })
    return [status, json[0].errorCode]
  }
  assert.deepEqual(await perform('Nothing', { record: {} }), [404, 'NOT_FOUND'])
  assert.deepEqual(await perform('FeedItem.TextPost', { record: {} }), [404, 'NOT_FOUND'])
  assert.deepEqual(await perform('NewTask', { record: {} }, '/sobjects/Nothing'), [404, 'NOT_FOUND'])
  assert.deepEqual(await perform('NewTask', { contextId: '001000000000999AAA', record: {} }), [404, 'NOT_FOUND'])
  assert.deepEqual(await perform('NewTask', []), [400, 'JSON_PARSER_ERROR'])
  assert.deepEqual(await perform('NewTask', { contextId: 1, record: {} }), [400, 'JSON_PARSER_ERROR'])
  assert.deepEqual(await perform('Rename', { record: {} }, '/sobjects/Account'), [400, 'JSON_PARSER_ERROR'])
  assert.deepEqual(await perform('NewContact', { record: {} }), [400, 'REQUIRED_FIELD_MISSING'])
  assert.deepEqual(await perform('NewNote', { record: {} }), [501, 'NOT_IMPLEMENTED'])
})
