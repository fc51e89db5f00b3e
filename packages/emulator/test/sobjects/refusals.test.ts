import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

test('a missing required field is the recorded refusal', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: {} })
  const recorded = recordedCase('jsforce-400-required-field').response
  assert.equal(status, recorded.status)
  assert.deepEqual(json, JSON.parse(recorded.body))
})

test('an unknown field is refused in the recorded words', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { foo: 1 } })
  const recorded = recordedCase('restforce-write-error').response
  assert.equal(status, recorded.status)
  const words = recorded.body.replace('Bar', 'Account')
  assert.deepEqual(json, JSON.parse(words))
})

const REFUSED: [
  sentence: string,
  object: string,
  body: unknown,
  errorCode: string,
  message: RegExp,
  fields?: string[],
][] = [
  [
    'two missing fields in one entry',
    'Lead',
    { FirstName: 'A' },
    'REQUIRED_FIELD_MISSING',
    /\[LastName, Company\]/,
    ['LastName', 'Company'],
  ],
  [
    'a field that only Salesforce writes',
    'Account',
    { Name: 'A', CreatedDate: '2026-01-01' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    /^Unable to create\/update fields: CreatedDate\./,
    ['CreatedDate'],
  ],
  [
    'an Id in a create',
    'Account',
    { Name: 'A', Id: '001000000000001AAA' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    /cannot specify Id in an insert call/,
    ['Id'],
  ],
  [
    'text that is too long',
    'Account',
    { Name: 'x'.repeat(256) },
    'STRING_TOO_LONG',
    /^Account Name: data value too large: x+ \(max length=255\)$/,
    ['Name'],
  ],
  [
    'a number that is too wide',
    'Account',
    { Name: 'A', NumberOfEmployees: 123456789 },
    'NUMBER_OUTSIDE_VALID_RANGE',
    /Employees/,
    ['NumberOfEmployees'],
  ],
  [
    'text in a number field',
    'Account',
    { Name: 'A', NumberOfEmployees: 'many' },
    'JSON_PARSER_ERROR',
    /instance of int from VALUE_STRING value many/,
  ],
  [
    'a day that does not exist',
    'Contact',
    { LastName: 'L', Birthdate: '2026-02-30' },
    'JSON_PARSER_ERROR',
    /instance of date from VALUE_STRING value 2026-02-30/,
  ],
  [
    'an array in a picklist field',
    'Account',
    { Name: 'A', Interests__c: ['Data'] },
    'JSON_PARSER_ERROR',
    /instance of multipicklist from START_ARRAY/,
  ],
  [
    'a value outside a restricted picklist',
    'Account',
    { Name: 'A', Interests__c: 'Data;Golf' },
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    /Interests: bad value for restricted picklist field: Golf/,
    ['Interests__c'],
  ],
  [
    'an address that is no e-mail',
    'Contact',
    { LastName: 'L', Email: 'nowhere' },
    'INVALID_EMAIL_ADDRESS',
    /Email: invalid email address: nowhere/,
    ['Email'],
  ],
  [
    'a reference that is no Id',
    'Contact',
    { LastName: 'L', AccountId: '12' },
    'MALFORMED_ID',
    /Account ID: id value of incorrect type: 12/,
    ['AccountId'],
  ],
  [
    'a reference to another kind of object',
    'Contact',
    { LastName: 'L', AccountId: '003000000000001AAA' },
    'MALFORMED_ID',
    /incorrect type/,
    ['AccountId'],
  ],
  [
    'a reference to nothing',
    'Contact',
    { LastName: 'L', AccountId: '001000000000009AAA' },
    'INVALID_CROSS_REFERENCE_KEY',
    /invalid cross reference id/,
    [],
  ],
  ['a body that is no object', 'Account', [1], 'JSON_PARSER_ERROR', /must be a JSON object/],
]

for (const [sentence, object, body, errorCode, message, fields] of REFUSED) {
  test(`${sentence}: ${errorCode}`, async (t) => {
    const emulator = await startEmulator(t)
    const answer = await send(emulator, 'POST', data(`/sobjects/${object}`), { body })
    assert.equal(answer.status, 400)
    assertEntry(answer, errorCode, message, fields)
  })
}

test('a second record with a unique value is DUPLICATE_VALUE and names the first', async (t) => {
  const emulator = await startEmulator(t)
  const { json: first } = await send(emulator, 'POST', data('/sobjects/Account'), {
    body: { Name: 'A', External_Id__c: 'x' },
  })
  const answer = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'B', External_Id__c: 'X' } })
  assert.equal(answer.status, 400)
  assertEntry(answer, 'DUPLICATE_VALUE', new RegExp(`record with id: ${first.id.slice(0, 15)}$`), [])
})

test('JSON that breaks off is 400 JSON_PARSER_ERROR', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { 'content-type': 'application/json' }
  const answer = await send(emulator, 'POST', data('/sobjects/Account'), { body: '{"Name":', headers })
  assert.equal(answer.status, 400)
  assert.equal(answer.json[0].errorCode, 'JSON_PARSER_ERROR')
})

test('an unknown object is 404 NOT_FOUND, an address that is no Id too', async (t) => {
  const emulator = await startEmulator(t)
  const object = await send(emulator, 'GET', data('/sobjects/Nothing/describe'))
  assert.deepEqual([object.status, object.json[0].errorCode], [404, 'NOT_FOUND'])
  const record = await send(emulator, 'GET', data('/sobjects/Account/abc'))
  assert.equal(record.status, 404)
  assert.equal(record.json[0].message, 'Provided external ID field does not exist or is not accessible: abc')
})

test('a resource of an object that is not covered is 501 and no record', async (t) => {
  const emulator = await startEmulator(t)
  for (const road of ['describe/layouts', 'describe/compactLayouts', 'defaultValues', 'suggestedArticles']) {
    const { status, json } = await send(emulator, 'GET', data(`/sobjects/Account/${road}`))
    assert.deepEqual([status, json[0].errorCode], [501, 'NOT_IMPLEMENTED'], road)
  }
})

test('users cannot be deleted', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/sobjects/User'))
  const { status } = await send(emulator, 'DELETE', data(`/sobjects/User/${json.recentItems[0].Id}`))
  assert.equal(status, 405)
})

function assertEntry(answer: Answer, errorCode: string, message: RegExp, fields?: string[]): void {
  const [entry, ...others] = answer.json
  assert.equal(others.length, 0)
  assert.equal(entry.errorCode, errorCode)
  assert.match(entry.message, message)
  assert.deepEqual(entry.fields, fields)
}
