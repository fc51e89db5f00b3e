import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator, testClock } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

test('create answers 201, the path of the record and a save result, as recorded', {
  skip: recordingsMissing,
}, async (t) => {
  const emulator = await startEmulator(t)
  const body = { Name: 'Test Account' }
  const { status, json, headers } = await send(emulator, 'POST', '/services/data/v59.0/sobjects/Account/', { body })
  const recorded = recordedCase('nango-create-201').response
  assert.equal(status, recorded.status)
  assert.equal(headers.get('content-type'), recorded.headers['content-type'])
  assert.deepEqual(Object.keys(json), Object.keys(JSON.parse(recorded.body)))
  assert.match(json.id, /^001\w{15}$/)
  assert.equal(headers.get('location'), `/services/data/v59.0/sobjects/Account/${json.id}`)
})

test('a record comes back with all fields, REST date-times and compound addresses', async (t) => {
  const emulator = await startEmulator(t, { clock: testClock() })
  const body = {
    name: 'Edge',
    BILLINGCITY: 'Austin',
    NumberOfEmployees: 5,
    AnnualRevenue: '12',
    Interests__c: 'Data;Cloud',
  }
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Account'), { body })
  const { json } = await send(emulator, 'GET', data(`/sobjects/account/${saved.id.slice(0, 15)}`))
  assert.deepEqual(json.attributes, { type: 'Account', url: data(`/sobjects/Account/${saved.id}`) })
  assert.equal(json.Id, saved.id)
  assert.equal(json.Name, 'Edge')
  assert.equal(json.IsDeleted, false)
  assert.equal(json.NumberOfEmployees, 5)
  assert.equal(json.AnnualRevenue, 12)
  assert.equal(json.Interests__c, 'Data;Cloud')
  assert.equal(json.CreatedDate, '2026-01-01T12:00:00.000+0000')
  assert.equal(json.ShippingAddress, null)
  assert.deepEqual(json.BillingAddress, {
    city: 'Austin',
    country: null,
    countryCode: null,
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: null,
    state: null,
    stateCode: null,
    street: null,
  })
  const { json: describe } = await send(emulator, 'GET', data('/sobjects/Account/describe'))
  const names = describe.fields.map((field: { name: string }) => field.name)
  assert.deepEqual(Object.keys(json), ['attributes', ...names])
})

test('blank text is no value for a required field', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: '   ' } })
  assert.deepEqual([status, json[0].errorCode, json[0].fields], [400, 'REQUIRED_FIELD_MISSING', ['Name']])
})

test('fields picks what is shown and always shows the Id', async (t) => {
  const emulator = await startEmulator(t)
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Contact'), {
    body: { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' },
  })
  const { json } = await send(emulator, 'GET', data(`/sobjects/Contact/${saved.id}?fields=email,Name`))
  assert.deepEqual(Object.keys(json).sort(), ['Email', 'Id', 'Name', 'attributes'])
  assert.equal(json.Name, 'Ada Lovelace')
  const refused = await send(emulator, 'GET', data(`/sobjects/Contact/${saved.id}?fields=Nope`))
  assert.equal(refused.status, 400)
  assert.equal(refused.json[0].errorCode, 'INVALID_FIELD')
})

test('update changes the given fields, clears with null and moves SystemModstamp', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A', Phone: '1' } })
  clock.advance(5000)
  const road = data(`/sobjects/Account/${saved.id}`)
  const updated = await send(emulator, 'PATCH', road, { body: { Phone: null, Site: 'HQ' } })
  assert.equal(updated.status, 204)
  assert.equal(updated.text, '')
  assert.equal(updated.headers.get('content-type'), null)
  const { json } = await send(emulator, 'GET', road)
  assert.deepEqual([json.Name, json.Phone, json.Site], ['A', null, 'HQ'])
  assert.equal(json.CreatedDate, '2026-01-01T12:00:00.000+0000')
  assert.equal(json.SystemModstamp, '2026-01-01T12:00:05.000+0000')
})

test('a deleted record is 404 ENTITY_IS_DELETED, an unknown one 404 NOT_FOUND', async (t) => {
  const emulator = await startEmulator(t)
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const road = data(`/sobjects/Account/${saved.id}`)
  const deleted = await send(emulator, 'DELETE', road, { headers: { 'content-type': 'application/json' } })
  assert.deepEqual([deleted.status, deleted.text], [204, ''])
  for (const method of ['GET', 'PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { Name: 'B' } : undefined
    const gone = await send(emulator, method, road, { body })
    assert.equal(gone.status, 404, method)
    assert.equal(gone.json[0].errorCode, 'ENTITY_IS_DELETED')
    const unknown = await send(emulator, method, data('/sobjects/Account/001000000000009AAA'), { body })
    assert.equal(unknown.status, 404, method)
    assert.deepEqual(unknown.json, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }])
  }
})

test('deleting an account takes its contacts along and clears other references', async (t) => {
  const emulator = await startEmulator(t)
  const create = async (object: string, body: object) =>
    (await send(emulator, 'POST', data(`/sobjects/${object}`), { body })).json.id as string
  const parent = await create('Account', { Name: 'P' })
  const child = await create('Account', { Name: 'C', ParentId: parent })
  const contact = await create('Contact', { LastName: 'L', AccountId: parent })
  await send(emulator, 'DELETE', data(`/sobjects/Account/${parent}`))
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Contact/${contact}`))).status, 404)
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${child}`))).json.ParentId, null)
})

test('If-Modified-Since spares the body of a record that has not changed', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const road = data(`/sobjects/Account/${saved.id}`)
  const modified = String((await send(emulator, 'GET', road)).headers.get('last-modified'))
  assert.equal(modified, 'Thu, 01 Jan 2026 12:00:00 GMT')
  const headers = { 'if-modified-since': modified }
  const unchanged = await send(emulator, 'GET', road, { headers })
  assert.deepEqual([unchanged.status, unchanged.text], [304, ''])
  clock.advance(1000)
  await send(emulator, 'PATCH', road, { body: { Name: 'B' } })
  assert.equal((await send(emulator, 'GET', road, { headers })).status, 200)
})
