import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

const ROAD = '/sobjects/Account/External_Id__c'

test('upsert creates with 201 and updates with 200, and says which', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const first = await send(emulator, 'PATCH', data(`${ROAD}/a%2F1`), { body: { Name: 'A' } })
  const recorded = recordedCase('nango-upsert-created-201').response
  assert.equal(first.status, recorded.status)
  assert.deepEqual(Object.keys(first.json), Object.keys(JSON.parse(recorded.body)))
  assert.equal(first.json.created, true)
  assert.equal(first.headers.get('location'), data(`/sobjects/Account/${first.json.id}`))
  const second = await send(emulator, 'PATCH', data(`${ROAD}/A%2F1`), { body: { Name: 'B' } })
  assert.equal(second.status, 200)
  assert.deepEqual(second.json, { id: first.json.id, success: true, errors: [], created: false })
  const { json } = await send(emulator, 'GET', data(`${ROAD}/a%2F1`))
  assert.deepEqual([json.Name, json.External_Id__c], ['B', 'a/1'])
})

test('before version 46.0 upsert tells no created and updates with an empty 204', async (t) => {
  const emulator = await startEmulator(t)
  const road = `/services/data/v45.0${ROAD}/x`
  const first = await send(emulator, 'PATCH', road, { body: { Name: 'A' } })
  assert.deepEqual([first.status, 'created' in first.json], [201, false])
  const second = await send(emulator, 'PATCH', road, { body: { Name: 'B' } })
  assert.deepEqual([second.status, second.text], [204, ''])
})

test('several records under one external id are 300 and the list of their paths', async (t) => {
  const emulator = await startEmulator(t)
  const ids: string[] = []
  for (const Name of ['A', 'B']) {
    const body = { Name, Legacy_Id__c: 'same' }
    ids.push((await send(emulator, 'POST', data('/sobjects/Account'), { body })).json.id)
  }
  for (const method of ['GET', 'PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { Name: 'C' } : undefined
    const { status, json } = await send(emulator, method, data('/sobjects/Account/Legacy_Id__c/same'), { body })
    assert.equal(status, 300, method)
    assert.deepEqual(
      json,
      ids.map((id) => data(`/sobjects/Account/${id}`)),
    )
  }
})

test('a field that is no external id is the recorded 404', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'PATCH', data('/sobjects/Account/Namez/1'), { body: { Name: 'A' } })
  const recorded = recordedCase('restforce-upsert-error').response
  assert.equal(status, recorded.status)
  assert.deepEqual(json, JSON.parse(recorded.body))
})

test('the addressed field may not stand in the body', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'PATCH', data(`${ROAD}/1`), {
    body: { external_id__c: '1', Name: 'A' },
  })
  assert.equal(status, 400)
  assert.equal(json[0].message, 'The External_Id__c field should not be specified in the sobject data.')
})

test('updateOnly turns a creation into 404', async (t) => {
  const emulator = await startEmulator(t)
  const { status } = await send(emulator, 'PATCH', data(`${ROAD}/1?updateOnly=true`), { body: { Name: 'A' } })
  assert.equal(status, 404)
})

test('upsert by Id without a value creates, with a value updates', async (t) => {
  const emulator = await startEmulator(t)
  const made = await send(emulator, 'POST', data('/sobjects/Account/Id'), { body: { Name: 'A' } })
  assert.deepEqual([made.status, made.json.created], [201, true])
  const road = data(`/sobjects/Account/Id/${made.json.id}`)
  assert.equal((await send(emulator, 'PATCH', road, { body: { Name: 'B' } })).json.created, false)
  assert.equal((await send(emulator, 'GET', road)).json.Name, 'B')
})

test('delete by external id answers 204', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'PATCH', data(`${ROAD}/1`), { body: { Name: 'A' } })
  assert.equal((await send(emulator, 'DELETE', data(`${ROAD}/1`))).status, 204)
  assert.equal((await send(emulator, 'GET', data(`${ROAD}/1`))).status, 404)
})

test('a parent may be named by its external id', async (t) => {
  const emulator = await startEmulator(t)
  const { json: parent } = await send(emulator, 'PATCH', data(`${ROAD}/P`), { body: { Name: 'P' } })
  const body = { Name: 'C', Parent: { External_Id__c: 'P' } }
  const { json: child } = await send(emulator, 'POST', data('/sobjects/Account'), { body })
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${child.id}`))).json.ParentId, parent.id)
  const unknown = await send(emulator, 'POST', data('/sobjects/Account'), {
    body: { Name: 'C', Parent: { External_Id__c: 'Q' } },
  })
  assert.equal(
    unknown.json[0].message,
    'Foreign key external ID: q not found for field External_Id__c in entity Account',
  )
})
