import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

const batch = (emulator: Emulator, batchRequests: unknown, options: object = {}, version = '67.0'): Promise<Answer> =>
  send(emulator, 'POST', `/services/data/v${version}/composite/batch`, { body: { ...options, batchRequests } })

const create = (Name?: string): object => ({
  method: 'POST',
  url: 'v67.0/sobjects/Account',
  richInput: { ...(Name && { Name }) },
})

const statuses = ({ json }: Answer): number[] => json.results.map((result: { statusCode: number }) => result.statusCode)

test('subrequests run one after the other and each sees what those before it wrote', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), {
    body: { Name: 'Old', BillingPostalCode: '9' },
  })
  const answer = await batch(emulator, [
    { method: 'PATCH', url: `v67.0/sobjects/account/${json.id}`, richInput: { Name: 'NewName' } },
    { method: 'GET', url: `v67.0/sobjects/account/${json.id}?fields=Name,BillingPostalCode` },
  ])
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.json, {
    hasErrors: false,
    results: [
      { statusCode: 204, result: null },
      {
        statusCode: 200,
        result: {
          attributes: { type: 'Account', url: data(`/sobjects/Account/${json.id}`) },
          Name: 'NewName',
          BillingPostalCode: '9',
          Id: json.id,
        },
      },
    ],
  })
})

test('a failed subrequest undoes nothing and stops nothing', async (t) => {
  const answer = await batch(await startEmulator(t), [create('A'), create(), create('B')])
  assert.equal(answer.json.hasErrors, true)
  assert.deepEqual(statuses(answer), [201, 400, 201])
  assert.equal(answer.json.results[1].result[0].errorCode, 'REQUIRED_FIELD_MISSING')
})

test('with haltOnError all that comes after a failure is 412 and not done', async (t) => {
  const emulator = await startEmulator(t)
  const answer = await batch(emulator, [create('A'), create(), create('B'), create('C')], { haltOnError: true })
  assert.equal(answer.status, 200)
  assert.equal(answer.json.hasErrors, true)
  assert.deepEqual(statuses(answer), [201, 400, 412, 412])
  assert.equal(answer.json.results[3].result[0].errorCode, 'BATCH_PROCESSING_HALTED')
  const { json } = await send(emulator, 'GET', data('/query?q=SELECT+Name+FROM+Account'))
  assert.deepEqual(
    json.records.map((record: { Name: string }) => record.Name),
    ['A'],
  )
})

test('addresses may begin with the version, a slash, or be whole', async (t) => {
  const emulator = await startEmulator(t)
  const urls = ['v67.0/limits', '/v34.0/limits', '/services/data/v50.0/limits', 'v67.0/query?q=SELECT Id FROM Account']
  assert.deepEqual(
    statuses(
      await batch(
        emulator,
        urls.map((url) => ({ method: 'GET', url })),
      ),
    ),
    [200, 200, 200, 200],
  )
})

test('every resource that a batch takes can be asked, others are refused in their place', async (t) => {
  const emulator = await startEmulator(t)
  const urls = [
    'limits',
    'sobjects',
    'query/?q=SELECT+Id+FROM+Account',
    'queryAll/?q=SELECT+Id+FROM+Account',
    'search/?q=FIND+%7Bnothing%7D',
    'actions',
    'jobs/ingest',
    'composite',
  ]
  const answer = await batch(
    emulator,
    urls.map((url) => ({ method: 'GET', url: `v67.0/${url}` })),
  )
  assert.deepEqual(statuses(answer), [200, 200, 200, 200, 200, 200, 400, 400])
})

test('a blob is refused in its place', async (t) => {
  const emulator = await startEmulator(t)
  const version = { PathOnClient: 't.txt', VersionData: Buffer.from('bytes').toString('base64') }
  const { json } = await send(emulator, 'POST', data('/sobjects/ContentVersion'), { body: version })
  const url = `v67.0/sobjects/ContentVersion/${json.id}/VersionData`
  assert.deepEqual(statuses(await batch(emulator, [{ method: 'GET', url }])), [400])
})

test('each subrequest that is run counts as a call', async (t) => {
  const emulator = await startEmulator(t)
  const three = await batch(emulator, [create('A'), create('B'), create('C')])
  assert.equal(three.headers.get('sforce-limit-info'), 'api-usage=3/100000')
  const halted = await batch(emulator, [create(), create('B'), create('C')], { haltOnError: true })
  assert.equal(halted.headers.get('sforce-limit-info'), 'api-usage=4/100000')
})

const REFUSED: [sentence: string, requests: unknown, code: string, message: RegExp, version?: string][] = [
  ['no list of subrequests', undefined, 'JSON_PARSER_ERROR', /batchRequests/],
  ['a method that is none', [{ method: 'FETCH', url: 'v67.0/limits' }], 'JSON_PARSER_ERROR', /method/],
  ['an address without a version', [{ method: 'GET', url: 'limits' }], 'JSON_PARSER_ERROR', /must start with vXX.X/],
  [
    'a subrequest with body for richInput',
    [{ ...create('A'), body: {} }],
    'JSON_PARSER_ERROR',
    /Unrecognized field "body"/,
  ],
  [
    'a version newer than the call',
    [{ method: 'GET', url: 'v36.0/limits' }],
    'JSON_PARSER_ERROR',
    /from 34.0 to 35.0/,
    '35.0',
  ],
  ['a version before 34.0', [{ method: 'GET', url: 'v33.0/limits' }], 'JSON_PARSER_ERROR', /from 34.0 to 67.0/],
  ['26 subrequests', Array.from({ length: 26 }, () => create('A')), 'LIMIT_EXCEEDED', /more than 25 operations/],
]
for (const [sentence, requests, code, message, version] of REFUSED) {
  test(`the whole call is 400 for ${sentence}`, async (t) => {
    const emulator = await startEmulator(t)
    const { status, json } = await batch(emulator, requests, {}, version)
    assert.equal(status, 400)
    assert.equal(json[0].errorCode, code)
    assert.match(json[0].message, message)
    const { json: count } = await send(emulator, 'GET', data('/query?q=SELECT+count()+FROM+Account'))
    assert.equal(count.totalSize, 0)
  })
}
