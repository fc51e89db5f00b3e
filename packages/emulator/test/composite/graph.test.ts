import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

interface Node {
  readonly method: string
  readonly url: string
  readonly referenceId: string
  readonly body?: unknown
}

interface Graph {
  readonly graphId: string
  readonly compositeRequest: readonly Node[]
}

const run = (emulator: Emulator, graphs: unknown, version = '67.0'): Promise<Answer> =>
  send(emulator, 'POST', `/services/data/v${version}/composite/graph`, { body: { graphs } })

const account = (referenceId: string, fields: object = { Name: referenceId }): Node => ({
  method: 'POST',
  url: data('/sobjects/Account/'),
  referenceId,
  body: fields,
})

const graph = (graphId: string, ...compositeRequest: Node[]): Graph => ({ graphId, compositeRequest })

const count = async (emulator: Emulator): Promise<number> =>
  (await send(emulator, 'GET', data('/query?q=SELECT+count()+FROM+Account'))).json.totalSize

const successes = ({ json }: Answer): boolean[] => json.graphs.map((one: { isSuccessful: boolean }) => one.isSuccessful)

test('a graph that fails is undone, the others stand', async (t) => {
  const emulator = await startEmulator(t)
  const answer = await run(emulator, [
    graph('good', account('a'), account('b', { Name: 'b', ParentId: '@{a.id}' })),
    graph('bad', account('a'), account('b', {}), account('c')),
    graph('last', account('a')),
  ])
  assert.equal(answer.status, 200)
  assert.deepEqual(successes(answer), [true, false, true])
  assert.equal(await count(emulator), 3)
  const [a, b, c] = answer.json.graphs[1].graphResponse.compositeResponse
  for (const other of [a, c]) {
    assert.equal(other.httpStatusCode, 400)
    assert.equal(other.body[0].errorCode, 'PROCESSING_HALTED')
    assert.equal(
      other.body[0].message,
      'The transaction was rolled back since another operation in the same transaction failed.',
    )
  }
  assert.equal(b.body[0].errorCode, 'REQUIRED_FIELD_MISSING')
})

test('references reach no other graph', async (t) => {
  const emulator = await startEmulator(t)
  const answer = await run(emulator, [
    graph('1', account('a')),
    graph('2', account('b', { Name: 'b', ParentId: '@{a.id}' })),
  ])
  assert.deepEqual(successes(answer), [true, false])
})

test('records are read, changed, upserted and deleted by Id and by external id', async (t) => {
  const emulator = await startEmulator(t)
  const at = (method: string, path: string, referenceId: string, body?: object): Node => ({
    method,
    url: data(`/sobjects/Account/${path}`),
    referenceId,
    ...(body && { body }),
  })
  const answer = await run(emulator, [
    graph(
      'g',
      at('PATCH', 'External_Id__c/e', 'new', { Name: 'N' }),
      at('GET', '@{new.id}', 'read'),
      at('PATCH', '@{read.Id}', 'changed', { Name: '@{read.Name}!' }),
      at('GET', 'External_Id__c/e', 'again'),
      at('DELETE', '@{new.id}', 'gone'),
    ),
  ])
  const results = answer.json.graphs[0].graphResponse.compositeResponse
  assert.deepEqual(
    results.map((result: { httpStatusCode: number }) => result.httpStatusCode),
    [201, 200, 204, 200, 204],
  )
  assert.equal(results[3].body.Name, 'N!')
  assert.equal(await count(emulator), 0)
})

test('what graphs do not support fails its graph', async (t) => {
  const emulator = await startEmulator(t)
  const nodes = [
    ['GET', data('/query?q=SELECT+Id+FROM+Account')],
    ['GET', data('/sobjects/Account')],
    ['POST', '/services/data/v49.0/sobjects/Account'],
    ['POST', data('/composite/sobjects')],
  ].map(([method = '', url = ''], index) => graph(`g${index}`, { method, url, referenceId: 'a', body: { Name: 'A' } }))
  assert.deepEqual(successes(await run(emulator, nodes)), [false, false, false, false])
  assert.equal(await count(emulator), 0)
})

test('after more than 14 failed graphs the rest is halted', async (t) => {
  const emulator = await startEmulator(t)
  const bad = (number: number): Graph[] =>
    Array.from({ length: number }, (_, index) => graph(`bad${index}`, account('a', {})))
  const fourteen = await run(emulator, [...bad(14), graph('good', account('a'))])
  assert.equal(successes(fourteen).at(-1), true)
  const fifteen = await run(emulator, [...bad(15), graph('good', account('a'))])
  assert.equal(successes(fifteen).at(-1), false)
  const [halted] = fifteen.json.graphs.at(-1).graphResponse.compositeResponse
  assert.equal(halted.body[0].errorCode, 'PROCESSING_HALTED')
  assert.equal(fifteen.json.graphs[14].graphResponse.compositeResponse[0].body[0].errorCode, 'REQUIRED_FIELD_MISSING')
  assert.equal(await count(emulator), 1)
})

/** A graph of so many nodes, each the child of the one before. */
const chain = (length: number): Graph =>
  graph(
    'chain',
    ...Array.from({ length }, (_, index) =>
      account(`n${index}`, { Name: 'N', ...(index > 0 && { ParentId: `@{n${index - 1}.id}` }) }),
    ),
  )

const many = (number: number): Node[] => Array.from({ length: number }, (_, index) => account(`n${index}`))

/** Nodes of so many kinds: one for each version. */
const kinds = (number: number): Node[] =>
  many(number).map((node, index) => ({ ...node, url: `/services/data/v${67 - index}.0/sobjects/Account` }))

const LIMITS: [sentence: string, within: Graph[], beyond: Graph[], message: RegExp][] = [
  [
    '75 graphs',
    Array.from({ length: 75 }, (_, index) => graph(`g${index}`, account('a'))),
    Array.from({ length: 76 }, (_, index) => graph(`g${index}`, account('a'))),
    /more than 75 graphs/,
  ],
  [
    '500 nodes',
    [graph('a', ...many(250)), graph('b', ...many(250))],
    [graph('a', ...many(250)), graph('b', ...many(251))],
    /more than 500 nodes/,
  ],
  ['15 different nodes', [graph('a', ...kinds(15))], [graph('a', ...kinds(16))], /more than 15 different nodes/],
  ['15 levels', [chain(15)], [chain(16)], /more than 15 levels/],
]
for (const [sentence, within, beyond, message] of LIMITS) {
  test(`${sentence} are within the limits, one more is 400`, async (t) => {
    const emulator = await startEmulator(t)
    const refused = await run(emulator, beyond)
    assert.equal(refused.status, 400)
    assert.equal(refused.json[0].errorCode, 'LIMIT_EXCEEDED')
    assert.match(refused.json[0].message, message)
    assert.equal(await count(emulator), 0)
    assert.ok(successes(await run(emulator, within)).every(Boolean))
  })
}

for (const [sentence, graphs] of [
  ['no graphs', undefined],
  ['a graph without an Id', [{ compositeRequest: [] }]],
  ['a graph Id given twice', [graph('g', account('a')), graph('g', account('a'))]],
  ['a graph Id with a period', [graph('a.b', account('a'))]],
  ['a graph Id of 40 characters', [graph('g'.repeat(40), account('a'))]],
  ['a graph without nodes', [{ graphId: 'g' }]],
] as const) {
  test(`the whole call is 400 for ${sentence}`, async (t) => {
    const emulator = await startEmulator(t)
    const { status, json } = await run(emulator, graphs)
    assert.equal(status, 400)
    assert.equal(json[0].errorCode, 'JSON_PARSER_ERROR')
    assert.equal(await count(emulator), 0)
  })
}

test('graphs are one call, and came with v50.0', async (t) => {
  const emulator = await startEmulator(t)
  const { headers } = await run(emulator, [graph('a', account('a'), account('b')), graph('b', account('c'))])
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=1/100000')
  assert.equal((await run(emulator, [], '49.0')).status, 404)
})
