import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

const ROAD = data('/composite/sobjects')

const row = (type: string, fields: object): object => ({ attributes: { type }, ...fields })

async function created(emulator: Emulator, ...rows: object[]): Promise<string[]> {
  const { json } = await send(emulator, 'POST', ROAD, { body: { records: rows } })
  return json.map((result: { id: string }) => result.id)
}

/** What each row came to: its Id's prefix, or the codes of its errors. */
function told({ json }: Answer): string[] {
  return json.map(({ id, success, errors }: { id?: string; success: boolean; errors: { statusCode: string }[] }) =>
    success ? id?.slice(0, 3) : errors.map((error) => error.statusCode).join(),
  )
}

test('an upsert by Id creates each row without one', async (t) => {
  const emulator = await startEmulator(t)
  const [known] = await created(emulator, row('Account', { Name: 'Known' }))
  const records = [
    row('Account', { Id: known, Name: 'Kept' }),
    row('Account', { Name: 'New' }),
    row('Account', { Id: null, Name: 'Newer' }),
    row('Account', { Id: '', Name: 'Newest' }),
  ]
  const { json } = await send(emulator, 'PATCH', `${ROAD}/Account/Id`, { body: { records } })
  assert.deepEqual(
    json.map((result: { created: boolean }) => result.created),
    [false, true, true, true],
  )
  assert.equal(json[0].id, known)
})

test('an upsert by another external id needs its value', async (t) => {
  const emulator = await startEmulator(t)
  const body = { records: [row('Account', { Name: 'New' })] }
  assert.deepEqual(told(await send(emulator, 'PATCH', `${ROAD}/Account/External_Id__c`, { body })), [
    'MISSING_ARGUMENT',
  ])
})

test('each row of a create succeeds or fails by itself, in its place', async (t) => {
  const emulator = await startEmulator(t)
  const records = [
    row('Account', { name: 'A' }),
    row('Contact', { LastName: 'L', Email: 'no' }),
    { Name: 'without attributes' },
    row('Nothing', {}),
    row('Account', { Name: 'A', Colour: 'red' }),
    row('Account', { Name: 'A', Id: '001000000000000AAA' }),
    row('Contact', { LastName: 'L', Account: { External_Id__c: 'none' } }),
    row('Contact', { LastName: 'L' }),
  ]
  const answer = await send(emulator, 'POST', ROAD, { body: { records } })
  assert.equal(answer.status, 200)
  assert.deepEqual(told(answer), [
    '001',
    'INVALID_EMAIL_ADDRESS',
    'JSON_PARSER_ERROR',
    'INVALID_TYPE',
    'INVALID_FIELD',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_FIELD',
    '003',
  ])
  assert.deepEqual(answer.json[1], {
    success: false,
    errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: no', fields: ['Email'] }],
  })
})

test('with allOrNone a create leaves nothing behind and new records have no Id', async (t) => {
  const emulator = await startEmulator(t)
  const records = [row('Account', { Name: 'Undone' }), row('Account', {}), row('Account', {})]
  const { status, json } = await send(emulator, 'POST', ROAD, { body: { allOrNone: true, records } })
  assert.equal(status, 200)
  assert.deepEqual(json[0], {
    success: false,
    errors: [
      {
        statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
        fields: [],
      },
    ],
  })
  assert.deepEqual(told({ json } as Answer).slice(1), ['REQUIRED_FIELD_MISSING', 'REQUIRED_FIELD_MISSING'])
  const { json: count } = await send(emulator, 'GET', data('/query?q=SELECT+count()+FROM+Account'))
  assert.equal(count.totalSize, 0)
})

test('an update takes id in any case and refuses rows without one or with one of another object', async (t) => {
  const emulator = await startEmulator(t)
  const [one = '', two = ''] = await created(emulator, row('Account', { Name: '1' }), row('Account', { Name: '2' }))
  const records = [
    row('Account', { id: one, Name: 'one' }),
    row('Account', { Id: two.slice(0, 15), Name: 'two' }),
    row('Account', { Name: 'nobody' }),
    row('Contact', { Id: one }),
  ]
  const answer = await send(emulator, 'PATCH', ROAD, { body: { records } })
  assert.deepEqual(told(answer), ['001', '001', 'MISSING_ARGUMENT', 'MALFORMED_ID'])
  assert.equal(answer.json[1].id, two)
  assert.equal(answer.json[3].errors[0].message, `Contact ID: id value of incorrect type: ${one}`)
})

test('an upsert refuses rows that share a value, lack one, or are of another object', async (t) => {
  const emulator = await startEmulator(t)
  await created(emulator, row('Account', { Name: 'E', External_Id__c: 'e' }))
  await created(
    emulator,
    row('Account', { Name: 'L', Legacy_Id__c: 'l' }),
    row('Account', { Name: 'L', Legacy_Id__c: 'l' }),
  )
  const upsert = (field: string, records: object[]): Promise<Answer> =>
    send(emulator, 'PATCH', `${ROAD}/Account/${field}`, { body: { records } })
  const answer = await upsert('external_id__c', [
    row('Account', { External_Id__c: 'E', Name: 'same record' }),
    row('Account', { External_Id__c: 'new', Name: 'new' }),
    row('Account', { external_id__C: 'x', Name: 'X' }),
    row('Account', { External_Id__c: 'X', Name: 'X' }),
    row('Account', { Name: 'without' }),
    row('Contact', { LastName: 'L' }),
  ])
  assert.deepEqual(told(answer), [
    '001',
    '001',
    'DUPLICATE_VALUE',
    'DUPLICATE_VALUE',
    'MISSING_ARGUMENT',
    'INVALID_TYPE',
  ])
  assert.deepEqual(
    answer.json.map((result: { created: boolean }) => result.created),
    [false, true, false, false, false, false],
  )
  assert.deepEqual(told(await upsert('Legacy_Id__c', [row('Account', { Legacy_Id__c: 'l' })])), [
    'DUPLICATE_EXTERNAL_ID',
  ])
  const unknown = await upsert('Colour__c', [])
  assert.equal(unknown.status, 404)
  assert.match(unknown.json[0].message, /Provided external ID field does not exist/)
})

test('with allOrNone an upsert keeps the Ids of records that were there, and tells nothing created', async (t) => {
  const emulator = await startEmulator(t)
  const [there] = await created(emulator, row('Account', { Name: 'T', External_Id__c: 't' }))
  const records = [
    row('Account', { External_Id__c: 't', Name: 'changed' }),
    row('Account', { External_Id__c: 'u', Name: 'new' }),
    row('Account', { External_Id__c: 'v' }),
  ]
  const { json } = await send(emulator, 'PATCH', `${ROAD}/Account/External_Id__c`, {
    body: { allOrNone: true, records },
  })
  assert.deepEqual(
    json.map(({ id, created: isNew }: { id?: string; created: boolean }) => [id, isNew]),
    [
      [there, false],
      [undefined, false],
      [undefined, false],
    ],
  )
  const record = await send(emulator, 'GET', data(`/sobjects/Account/${there}?fields=Name`))
  assert.equal(record.json.Name, 'T')
})

test('a delete takes Ids of several objects and tells what became of each', async (t) => {
  const emulator = await startEmulator(t)
  const [account = '', contact = ''] = await created(
    emulator,
    row('Account', { Name: 'A' }),
    row('Contact', { LastName: 'L' }),
  )
  const ids = [account, '001RM000003oLrB000', 'x', '001000000000001AAA', contact.slice(0, 15), account]
  const answer = await send(emulator, 'DELETE', `${ROAD}?ids=${ids}&allOrNone=false`)
  assert.deepEqual(told(answer), [
    '001',
    'MALFORMED_ID',
    'MALFORMED_ID',
    'INVALID_CROSS_REFERENCE_KEY',
    '003',
    'ENTITY_IS_DELETED',
  ])
  assert.equal(answer.json[1].errors[0].message, 'malformed id 001RM000003oLrB000')
})

test('with allOrNone a delete keeps all records and their Ids', async (t) => {
  const emulator = await startEmulator(t)
  const [id] = await created(emulator, row('Account', { Name: 'A' }))
  const answer = await send(emulator, 'DELETE', `${ROAD}?ids=${id},x&allOrNone=true`)
  assert.deepEqual(told(answer), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'MALFORMED_ID'])
  assert.equal(answer.json[0].id, id)
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${id}`))).status, 200)
})

test('a retrieve by address and by body gives the fields asked for, null for Ids that are none, in order', async (t) => {
  const emulator = await startEmulator(t)
  const [one = '', two = ''] = await created(emulator, row('Account', { Name: '1' }), row('Account', { Name: '2' }))
  const ids = [two, '001000000000000AAA', one, 'x', two]
  const byAddress = await send(emulator, 'GET', `${ROAD}/account?ids=${ids}&fields=id,name`)
  const byBody = await send(emulator, 'POST', `${ROAD}/Account`, { body: { ids, fields: ['id', 'name'] } })
  const record = (Id: string, Name: string): object => ({
    attributes: { type: 'Account', url: data(`/sobjects/Account/${Id}`) },
    Id,
    Name,
  })
  assert.deepEqual(byAddress.json, [record(two, '2'), null, record(one, '1'), null, record(two, '2')])
  assert.deepEqual(byBody.json, byAddress.json)
  const unknown = await send(emulator, 'GET', `${ROAD}/Account?ids=${one}&fields=Colour`)
  assert.equal(unknown.status, 400)
  assert.equal(unknown.json[0].errorCode, 'INVALID_FIELD')
})

test('objects that cannot be created or deleted refuse their rows', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/query?q=SELECT+Id+FROM+User'))
  const deleted = await send(emulator, 'DELETE', `${ROAD}?ids=${json.records[0].Id}`)
  const records = [row('ContentDocument', { Title: 'T' })]
  const made = await send(emulator, 'POST', ROAD, { body: { records } })
  assert.deepEqual(told(deleted), ['INVALID_TYPE_FOR_OPERATION'])
  assert.deepEqual(told(made), ['INVALID_TYPE_FOR_OPERATION'])
})

test('201 records and 2,001 Ids are more than a call takes', async (t) => {
  const emulator = await startEmulator(t)
  const rows = Array.from({ length: 201 }, (_, index) => row('Account', { Name: `A${index}` }))
  const ids = Array.from({ length: 2001 }, () => '001000000000000AAA')
  for (const [method, path, body, limit] of [
    ['POST', ROAD, { records: rows }, 200],
    ['PATCH', ROAD, { records: rows }, 200],
    ['PATCH', `${ROAD}/Account/External_Id__c`, { records: rows }, 200],
    ['DELETE', `${ROAD}?ids=${ids.slice(0, 201)}`, undefined, 200],
    ['POST', `${ROAD}/Account`, { ids, fields: ['Id'] }, 2000],
  ] as const) {
    const { status, json } = await send(emulator, method, path, { body })
    assert.equal(status, 400, `${method} ${path}`)
    assert.deepEqual(json, [
      {
        errorCode: 'EXCEEDED_ID_LIMIT',
        message: `record limit reached. cannot submit more than ${limit} records into this call`,
      },
    ])
  }
  const most = await send(emulator, 'POST', ROAD, { body: { records: rows.slice(1) } })
  assert.equal(most.json.length, 200)
})

test('records that change their type more than nine times are too many chunks', async (t) => {
  const emulator = await startEmulator(t)
  const rows = Array.from({ length: 11 }, (_, index) =>
    row(index % 2 ? 'Account' : 'Contact', { LastName: 'L', Name: 'N' }),
  )
  const { status, json } = await send(emulator, 'POST', ROAD, { body: { records: rows } })
  assert.equal(status, 400)
  assert.match(json[0].message, /more than 10 chunks/)
  assert.equal((await send(emulator, 'POST', ROAD, { body: { records: rows.slice(1) } })).status, 200)
})

test('bodies and parameters that cannot be read are 400', async (t) => {
  const emulator = await startEmulator(t)
  for (const [method, path, body] of [
    ['POST', ROAD, {}],
    ['POST', ROAD, []],
    ['POST', ROAD, { records: ['x'] }],
    ['POST', ROAD, { records: [], allOrNone: 'yes' }],
    ['POST', ROAD, { records: [], allornone: true }],
    ['POST', `${ROAD}/Account`, { ids: [], fields: ['Id'] }],
    ['POST', `${ROAD}/Account`, { ids: ['x'] }],
    ['DELETE', ROAD, undefined],
    ['GET', `${ROAD}/Account?ids=x`, undefined],
  ] as const) {
    const { status, json } = await send(emulator, method, path, { body })
    assert.equal(status, 400, `${method} ${path} ${JSON.stringify(body)}`)
    assert.equal(json[0].errorCode, 'JSON_PARSER_ERROR')
  }
  assert.equal((await send(emulator, 'GET', `${ROAD}/Nothing?ids=x&fields=Id`)).status, 404)
})

test('a collection is one call, whatever it holds', async (t) => {
  const emulator = await startEmulator(t)
  const records = Array.from({ length: 50 }, () => row('Account', { Name: 'A' }))
  const { headers } = await send(emulator, 'POST', ROAD, { body: { records } })
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=1/100000')
})

test('collections came with v42.0, upserts of them with v46.0', async (t) => {
  const emulator = await startEmulator(t)
  const records = [row('Account', { Name: 'A', External_Id__c: 'e' })]
  const status = async (method: string, path: string): Promise<number> =>
    (await send(emulator, method, `/services/data/${path}`, { body: { records } })).status
  assert.equal(await status('POST', 'v41.0/composite/sobjects'), 404)
  assert.equal(await status('POST', 'v42.0/composite/sobjects'), 200)
  assert.equal(await status('PATCH', 'v45.0/composite/sobjects/Account/External_Id__c'), 404)
  assert.equal(await status('PATCH', 'v46.0/composite/sobjects/Account/External_Id__c'), 200)
})
