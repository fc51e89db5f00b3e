import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

interface Part {
  readonly method?: string
  readonly url: string
  readonly referenceId?: string | undefined
  readonly body?: unknown
  readonly httpHeaders?: Record<string, string>
}

/** One composite call of the newest version; subrequests are GET and named by their place unless they say otherwise. */
function composite(
  emulator: Emulator,
  parts: readonly Part[],
  options: object = {},
  version = '67.0',
): Promise<Answer> {
  const compositeRequest = parts.map((part, index) => ({ method: 'GET', referenceId: `r${index}`, ...part }))
  return send(emulator, 'POST', `/services/data/v${version}/composite`, { body: { ...options, compositeRequest } })
}

const account = (Name: string, referenceId?: string): Part => ({
  method: 'POST',
  url: data('/sobjects/Account'),
  body: { Name },
  ...(referenceId && { referenceId }),
})

const accounts = async (emulator: Emulator, name: string): Promise<number> => {
  const soql = encodeURIComponent(`SELECT count() FROM Account WHERE Name = '${name}'`)
  return (await send(emulator, 'GET', data(`/query?q=${soql}`))).json.totalSize
}

test('references go into addresses, bodies and nested values, keep their type and carry any text', async (t) => {
  const emulator = await startEmulator(t)
  const name = 'Müller & Söhne + "Co" 50%'
  const { json } = await composite(emulator, [
    { ...account(name, 'new'), body: { Name: name, NumberOfEmployees: 7 } },
    { url: data('/sobjects/Account/@{new.id}'), referenceId: 'read' },
    { url: data("/query/?q=SELECT Id FROM Account WHERE Name = '@{read.Name}'"), referenceId: 'found' },
    {
      method: 'PATCH',
      url: data('/sobjects/Account/@{found.records[0].Id}'),
      body: {
        NumberOfEmployees: '@{read.NumberOfEmployees}',
        Description: 'Once @{read.Name}, @{found.totalSize} of them',
      },
    },
    {
      method: 'POST',
      url: data('/composite/sobjects'),
      body: { records: [{ attributes: { type: 'Contact' }, LastName: 'L', AccountId: '@{new.id}' }] },
      referenceId: 'list',
    },
    { url: data('/sobjects/Contact/@{list[0].id}?fields=AccountId'), referenceId: 'contact' },
    { url: data('/sobjects/Account/@{new.id}?fields=NumberOfEmployees,Description') },
  ])
  assert.deepEqual(
    json.compositeResponse.map((result: { httpStatusCode: number }) => result.httpStatusCode),
    [201, 200, 200, 204, 200, 200, 200],
  )
  const [created, , found, , , contact, last] = json.compositeResponse
  assert.equal(found.body.totalSize, 1)
  assert.equal(contact.body.AccountId, created.body.id)
  assert.equal(last.body.NumberOfEmployees, 7)
  assert.equal(last.body.Description, `Once ${name}, 1 of them`)
})

test('a failed subrequest takes those with it that refer to it, and no others', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await composite(emulator, [
    { ...account('x', 'bad'), body: {} },
    {
      method: 'POST',
      url: data('/sobjects/Contact'),
      body: { LastName: 'L', AccountId: '@{bad.id}' },
      referenceId: 'child',
    },
    { url: data('/sobjects/Contact/@{child.id}') },
    account('Stays'),
  ])
  assert.equal(status, 200)
  const [bad, child, grandchild, good] = json.compositeResponse
  assert.equal(bad.httpStatusCode, 400)
  assert.equal(bad.body[0].errorCode, 'REQUIRED_FIELD_MISSING')
  for (const [result, path] of [
    [child, 'bad.id'],
    [grandchild, 'child.id'],
  ]) {
    assert.equal(result.httpStatusCode, 400)
    assert.equal(result.body[0].errorCode, 'PROCESSING_HALTED')
    assert.ok(result.body[0].message.startsWith(`Invalid reference specified. No value for ${path} found in `))
  }
  assert.equal(good.httpStatusCode, 201)
  assert.equal(await accounts(emulator, 'Stays'), 1)
})

test('a reference has the case of the answer, and leads to nothing that is no plain value', async (t) => {
  const emulator = await startEmulator(t)
  const paths = [
    'new.Id',
    'new',
    'new.errors',
    'new.errors[0]',
    'new.toString',
    'new.id.length',
    'new.__proto__.__proto__',
    'bad[0].message',
    'later.id',
    'new[0]',
    '',
  ]
  const { json } = await composite(emulator, [
    account('A', 'new'),
    { ...account('x', 'bad'), body: {} },
    ...paths.map((path) => ({ url: data(`/sobjects/Account/@{${path}}`) })),
    account('B', 'later'),
  ])
  for (const [index, path] of paths.entries()) {
    const { body } = json.compositeResponse[index + 2]
    assert.equal(body[0]?.errorCode, 'PROCESSING_HALTED', path)
    assert.ok(body[0].message.startsWith(`Invalid reference specified. No value for ${path} found in `), path)
  }
})

test('with allOrNone the first failure undoes what was done and the others say so', async (t) => {
  const emulator = await startEmulator(t)
  const parts = [account('Undone', 'first'), { ...account('x', 'cause'), body: {} }, account('Undone', 'last')]
  const { status, json } = await composite(emulator, parts, { allOrNone: true })
  assert.equal(status, 200)
  const rolledBack = [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ]
  const [first, cause, last] = json.compositeResponse
  assert.deepEqual(first, { body: rolledBack, httpHeaders: {}, httpStatusCode: 400, referenceId: 'first' })
  assert.equal(cause.body[0].errorCode, 'REQUIRED_FIELD_MISSING')
  assert.deepEqual(last, { body: rolledBack, httpHeaders: {}, httpStatusCode: 400, referenceId: 'last' })
  assert.equal(await accounts(emulator, 'Undone'), 0)
  const again = await composite(emulator, [account('Done'), account('Done')], { allOrNone: true })
  assert.deepEqual(
    again.json.compositeResponse.map((result: { httpStatusCode: number }) => result.httpStatusCode),
    [201, 201],
  )
  assert.equal(await accounts(emulator, 'Done'), 2)
})

test('calls that come at the same time neither see nor share the fate of an all-or-none composite', async (t) => {
  const emulator = await startEmulator(t)
  const failing = [...Array.from({ length: 20 }, () => account('Undone')), { ...account('x'), body: {} }]
  const calls = Array.from({ length: 10 }, () => [
    composite(emulator, failing, { allOrNone: true }),
    send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Kept' } }),
  ]).flat()
  await Promise.all(calls)
  assert.equal(await accounts(emulator, 'Undone'), 0)
  assert.equal(await accounts(emulator, 'Kept'), 10)
})

test('allOrNone of the composite overrides that of a collection in it', async (t) => {
  const emulator = await startEmulator(t)
  const records = [{ attributes: { type: 'Account' }, Name: 'Inner' }, { attributes: { type: 'Account' } }]
  const list = (allOrNone: boolean): Part => ({
    method: 'POST',
    url: data('/composite/sobjects'),
    body: { allOrNone, records },
  })
  const outcomes: [outer: boolean, inner: boolean, saved: number, others: number, code?: string][] = [
    [true, false, 0, 400, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
    [true, true, 0, 400, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
    [false, true, 0, 201, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
    [false, false, 1, 201],
  ]
  for (const [outer, inner, saved, others, code] of outcomes) {
    const { json } = await composite(emulator, [account('Beside'), list(inner)], { allOrNone: outer })
    assert.equal(json.compositeResponse[0].httpStatusCode, others)
    assert.equal(json.compositeResponse[1].httpStatusCode, 200)
    assert.equal(json.compositeResponse[1].body[0].errors[0]?.statusCode, code)
    assert.equal(await accounts(emulator, 'Inner'), saved)
  }
})

test('a delete of a collection in an all-or-none composite is all or none too', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Stays' } })
  const part = { method: 'DELETE', url: data(`/composite/sobjects?ids=${json.id},001000000000000AAA`) }
  const kept = await composite(emulator, [part], { allOrNone: true })
  const [first] = kept.json.compositeResponse[0].body
  assert.equal(first.errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
  assert.equal(await accounts(emulator, 'Stays'), 1)
  await composite(emulator, [part])
  assert.equal(await accounts(emulator, 'Stays'), 0)
})

test('26 subrequests, or six queries and collections, are one refusal without a reference ID', async (t) => {
  const emulator = await startEmulator(t)
  const limits = { url: data('/sobjects/Account') }
  const lists = ['/query?q=SELECT+Id+FROM+Account', '/queryAll?q=SELECT+Id+FROM+Account'].map((path) => ({
    url: data(path),
  }))
  const collection = { url: data('/composite/sobjects/Account?ids=001000000000000AAA&fields=Id') }
  for (const [parts, number] of [
    [Array.from({ length: 26 }, () => limits), 25],
    [[...lists, ...lists, collection, collection], 5],
  ] as const) {
    const { status, json } = await composite(emulator, parts)
    assert.equal(status, 200)
    const [refusal, ...rest] = json.compositeResponse
    assert.deepEqual(rest, [])
    assert.equal(refusal.httpStatusCode, 400)
    assert.equal(refusal.referenceId, null)
    assert.equal(refusal.body[0].errorCode, 'LIMIT_EXCEEDED')
    assert.ok(refusal.body[0].message.startsWith(`The request can’t contain more than ${number} `))
    assert.equal((await composite(emulator, parts.slice(1))).json.compositeResponse.length, parts.length - 1)
  }
})

const REFUSED: [sentence: string, parts: unknown, code: string, message: RegExp][] = [
  ['no list of subrequests', undefined, 'JSON_PARSER_ERROR', /compositeRequest/],
  [
    'a subrequest without a reference ID',
    [{ method: 'GET', url: data('/sobjects') }],
    'JSON_PARSER_ERROR',
    /referenceId/,
  ],
  [
    'a method in small letters',
    [{ method: 'get', url: data('/sobjects'), referenceId: 'a' }],
    'JSON_PARSER_ERROR',
    /method/,
  ],
  [
    'an address without a version',
    [{ method: 'GET', url: '/sobjects', referenceId: 'a' }],
    'JSON_PARSER_ERROR',
    /must start/,
  ],
  [
    'an unknown property',
    [{ method: 'GET', url: data('/sobjects'), referenceID: 'a' }],
    'JSON_PARSER_ERROR',
    /Unrecognized field "referenceID"/,
  ],
  [
    'a header that belongs to the call around it',
    [{ method: 'GET', url: data('/sobjects'), referenceId: 'a', httpHeaders: { accept: 'x' } }],
    'JSON_PARSER_ERROR',
    /accept/,
  ],
  ['a reference ID given twice', [account('A', 'a'), account('A', 'a')], 'INVALID_INPUT', /Duplicate ReferenceId/],
  [
    'a reference ID with a bracket',
    [account('A', 'refNewAccount[1]')],
    'JSON_PARSER_ERROR',
    /^Provided referenceId \('refNewAccount\[1\]'\) must start with a letter or a number, and it can contain only/,
  ],
]
for (const [sentence, compositeRequest, code, message] of REFUSED) {
  test(`the whole call is 400 for ${sentence}`, async (t) => {
    const emulator = await startEmulator(t)
    const { status, json } = await send(emulator, 'POST', data('/composite'), { body: { compositeRequest } })
    assert.equal(status, 400)
    assert.equal(json[0].errorCode, code)
    assert.match(json[0].message, message)
    assert.equal(await accounts(emulator, 'A'), 0)
  })
}

test('up to v51.0 a reference ID with a bracket fails only who refers to it', async (t) => {
  const emulator = await startEmulator(t)
  const parts = [
    account('A', 'refNewAccount[1]'),
    { ...account('B', 'child'), body: { Name: 'B', ParentId: '@{refNewAccount[1].id}' } },
    account('C', 'refNewAccount2'),
  ]
  const { status, json } = await composite(emulator, parts, {}, '51.0')
  assert.equal(status, 200)
  const [first, second, third] = json.compositeResponse
  assert.deepEqual([first.httpStatusCode, first.referenceId], [201, 'refNewAccount[1]'])
  assert.deepEqual([second.httpStatusCode, second.body[0].errorCode], [400, 'PROCESSING_HALTED'])
  assert.match(
    second.body[0].message,
    /^Invalid reference specified\. No value for refNewAccount\[1\]\.id found in refNewAccount\./,
  )
  assert.equal(third.httpStatusCode, 201)
})

test('resources that are none of composite are refused in their place', async (t) => {
  const emulator = await startEmulator(t)
  const urls = [data('/limits'), data('/composite'), data('/jobs/ingest'), data('/search?q=FIND+{a}')]
  const { json } = await composite(
    emulator,
    urls.map((url) => ({ url })),
  )
  for (const { httpStatusCode, body } of json.compositeResponse) {
    assert.equal(httpStatusCode, 400)
    assert.equal(body[0].errorCode, 'INVALID_INPUT')
  }
})

test('a version that there is not fails its subrequest', async (t) => {
  const { json } = await composite(await startEmulator(t), [{ url: '/services/data/v99.0/sobjects/Account' }])
  const [{ httpStatusCode, body }] = json.compositeResponse
  assert.deepEqual([httpStatusCode, body[0].errorCode], [404, 'NOT_FOUND'])
})

test('a blob is refused in its place, its bytes read by nobody', async (t) => {
  const emulator = await startEmulator(t)
  const version = { Title: 'T', PathOnClient: 't.txt', VersionData: Buffer.from('bytes').toString('base64') }
  const { json } = await composite(emulator, [
    { method: 'POST', url: data('/sobjects/ContentVersion'), body: version, referenceId: 'file' },
    { url: data('/sobjects/ContentVersion/@{file.id}/VersionData') },
  ])
  const [created, blob] = json.compositeResponse
  assert.deepEqual([created.httpStatusCode, blob.httpStatusCode], [201, 400])
  assert.equal(blob.body[0].errorCode, 'INVALID_INPUT')
})

test('every sObject road that is JSON can be a subrequest', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A', External_Id__c: 'e' } })
  const now = Date.now()
  const span = `start=${new Date(now - 120_000).toISOString()}&end=${new Date(now).toISOString()}`
  const paths = [
    '',
    '/Account',
    '/Account/describe',
    `/Account/updated?${encodeURI(span)}`,
    `/Account/deleted?${encodeURI(span)}`,
    `/Account/${json.id}`,
    `/Account/${json.id}/`,
    `/Account/${json.id}/Owner`,
    `/Account/${json.id}/Contacts`,
    '/Account/External_Id__c/e',
  ]
  const answer = await composite(
    emulator,
    paths.map((path) => ({ url: data(`/sobjects${path}`) })),
  )
  for (const [index, path] of paths.entries())
    assert.equal(answer.json.compositeResponse[index].httpStatusCode, 200, path)
})

test('a composite is one call, whatever it holds, and a fault happens to it alone', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/sobjects', status: 503 })
  const { headers, json } = await composite(emulator, [account('A'), account('B')])
  assert.equal(json.compositeResponse[1].httpStatusCode, 201)
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=1/100000')
  assert.deepEqual(
    emulator.requests().map((request) => request.path),
    [data('/composite')],
  )
  emulator.faults.add({ path: '/composite', status: 503, errorCode: 'SERVER_UNAVAILABLE' })
  assert.equal((await composite(emulator, [account('A')])).status, 503)
})

test('GET composite lists the resources; before v38.0 there is none', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/composite'))
  assert.deepEqual(json, {
    tree: data('/composite/tree'),
    batch: data('/composite/batch'),
    sobjects: data('/composite/sobjects'),
    graph: data('/composite/graph'),
  })
  assert.equal((await composite(emulator, [account('A')], {}, '37.0')).status, 404)
})
