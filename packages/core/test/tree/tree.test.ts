import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ConfigurationError,
  PartialFailureError,
  ProtocolError,
  TransportError,
  type TreeResult,
} from '@forcewire/core'
import type { TransportRequest } from '@forcewire/core/portable'
import fc from 'fast-check'
import { rejection, sentJson } from '../composite/scripted-composite.ts'
import { type Answer, errors, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

interface WireNode {
  readonly attributes: { readonly type: string; readonly referenceId: string }
  readonly [key: string]: unknown
}

/** All records of a call, each before the records below it. */
function nodes(records: readonly WireNode[]): WireNode[] {
  return records.flatMap((record) => [
    record,
    ...Object.values(record).flatMap((value) => {
      const list = (value as { readonly records?: readonly WireNode[] } | null)?.records
      return list === undefined ? [] : nodes(list)
    }),
  ])
}

function sentNodes(request: TransportRequest | undefined): WireNode[] {
  return nodes(sentJson<{ readonly records: readonly WireNode[] }>(request).records)
}

/** Creates everything; an id holds the record's name, so that mixed up results show. */
function created(request: TransportRequest): Answer {
  const results = sentNodes(request).map(({ attributes, Name }) => ({
    referenceId: attributes.referenceId,
    id: `id of ${Name}`,
  }))
  // Salesforce does not promise an order.
  return { status: 201, json: { hasErrors: false, results: results.reverse() } }
}

const accountDescribe = {
  name: 'Account',
  fields: [],
  childRelationships: [
    { childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' },
    { childSObject: 'Task', field: 'WhatId', relationshipName: null },
  ],
}

describe('tree', () => {
  it('sends nested records and answers ids nested the same way', async () => {
    const { salesforce, requests } = scriptedOrg((request) =>
      request.method === 'GET' ? { json: accountDescribe } : created(request),
    )
    const results = await salesforce.tree('Account').create([
      {
        Name: 'Acme',
        Owner: { External_Id__c: 'boss' },
        contacts: [{ Name: 'Doe' }, { Name: 'Roe' }],
        Opportunities: { records: [{ attributes: { type: 'Opportunity', referenceId: 'mine' }, Name: 'Big' }] },
        Cases: [],
      },
      { attributes: { type: 'account' }, Name: 'Lonely' },
    ])
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
      ['GET /services/data/v67.0/sobjects/Account/describe', 'POST /services/data/v67.0/composite/tree/Account'],
    )
    assert.deepEqual(sentJson(requests[1]), {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'ref0' },
          Name: 'Acme',
          Owner: { External_Id__c: 'boss' },
          contacts: {
            records: [
              { attributes: { type: 'Contact', referenceId: 'ref1' }, Name: 'Doe' },
              { attributes: { type: 'Contact', referenceId: 'ref2' }, Name: 'Roe' },
            ],
          },
          Opportunities: { records: [{ attributes: { type: 'Opportunity', referenceId: 'ref3' }, Name: 'Big' }] },
        },
        { attributes: { type: 'Account', referenceId: 'ref4' }, Name: 'Lonely' },
      ],
    })
    const result = (name: string, children: object = {}): object => ({
      id: `id of ${name}`,
      success: true,
      created: true,
      errors: [],
      children,
    })
    assert.deepEqual(results, [
      result('Acme', { contacts: [result('Doe'), result('Roe')], Opportunities: [result('Big')] }),
      result('Lonely'),
    ])
  })

  it('takes null for no children, which is what a query gives, and sends null for fields', async () => {
    const { salesforce, requests } = scriptedOrg((request) =>
      request.method === 'GET' ? { json: accountDescribe } : created(request),
    )
    const [result] = await salesforce.tree('Account').create([{ Name: 'Acme', Contacts: null, Phone: null }])
    assert.equal(result?.success, true)
    assert.deepEqual(sentJson(requests[1]), {
      records: [{ attributes: { type: 'Account', referenceId: 'ref0' }, Name: 'Acme', Phone: null }],
    })
  })

  it('asks a record for its own JSON', async () => {
    const { salesforce, requests } = scriptedOrg(created)
    await salesforce.tree('Account').create([{ toJSON: () => ({ Name: 'Acme' }) }])
    assert.deepEqual(sentNodes(requests[0]), [{ attributes: { type: 'Account', referenceId: 'ref0' }, Name: 'Acme' }])
  })

  it('asks for no describe when the child records name their object', async () => {
    const { salesforce, requests } = scriptedOrg(created)
    await salesforce.tree('Account').create([{ Name: 'A', Contacts: [{ attributes: { type: 'Contact' }, Name: 'B' }] }])
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['POST'],
    )
  })

  it('never tears a tree, fills calls up to 200 records, and loses nothing', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 199 }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (children, list) => {
        const { salesforce, requests } = scriptedOrg(created)
        const records = children.map((count, root) => ({
          Name: `root ${root}`,
          Contacts: Array.from({ length: count }, (_, child) => ({
            attributes: { type: 'Contact' },
            Name: `child ${root} ${child}`,
          })),
        }))
        const results = await salesforce.tree('Account').create(list ? records : new Set(records), { parallelCalls: 1 })
        assert.deepEqual(
          results.map(({ id, children: own }) => [id, (own.Contacts ?? []).map((child) => child.id)]),
          records.map(({ Name, Contacts }) => [`id of ${Name}`, Contacts.map((child) => `id of ${child.Name}`)]),
        )
        const counts = requests.map((request) => sentNodes(request).length)
        assert.ok(counts.every((count) => count <= 200))
        const greedy: number[] = []
        for (const size of children.map((count) => count + 1)) {
          const last = greedy.at(-1) ?? 200
          if (last + size > 200) greedy.push(size)
          else greedy.push((greedy.pop() ?? 0) + size)
        }
        assert.deepEqual(counts, greedy)
      }),
      { numRuns: 30 },
    )
  })

  it('starts a new call where one would hold more than five objects', async () => {
    const { salesforce, requests } = scriptedOrg(created)
    const tree = (relationship: string): Record<string, unknown> => ({
      Name: relationship,
      [relationship]: [{ attributes: { type: `${relationship}__c` }, Name: 'x' }],
    })
    await salesforce.tree('Account').create(['A', 'B', 'C', 'D', 'E'].map(tree), { parallelCalls: 1 })
    assert.deepEqual(
      requests.map((request) => new Set(sentNodes(request).map(({ attributes }) => attributes.type)).size),
      [5, 2],
    )
  })

  it('gives the errors of a refused call to their records, and takes the others of that call back', async () => {
    const refused = {
      hasErrors: true,
      results: [
        {
          referenceId: 'ref2',
          errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'no name', fields: ['Name'] }],
        },
      ],
    }
    for (const raise of [false, true]) {
      const { salesforce } = scriptedOrg([{ status: 400, json: refused }])
      const outcome = await salesforce
        .tree('Account')
        .create([{ Name: 'A' }, { Name: 'B', Contacts: [{ attributes: { type: 'Contact' } }] }], { raise })
        .catch((error: unknown) => error)
      assert.equal(outcome instanceof PartialFailureError, raise)
      if (outcome instanceof PartialFailureError) {
        assert.match(
          outcome.message,
          /2 of 2 trees of Account were refused; a record of Contact says REQUIRED_FIELD_MISSING/,
        )
        continue
      }
      const [first, second] = outcome as TreeResult[]
      assert.equal(first?.success, false)
      assert.equal(first?.errors[0]?.errorCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
      assert.deepEqual(second?.children.Contacts?.[0], {
        success: false,
        errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'no name', fields: ['Name'] }],
        children: {},
      })
    }
  })

  it('keeps what was created when a later call fails', async () => {
    const { salesforce } = scriptedOrg((request, index) =>
      index === 1 ? networkFailure('ECONNRESET') : created(request),
    )
    const records = Array.from({ length: 450 }, (_, index) => ({ Name: `A${index}` }))
    const error = await rejection(salesforce.tree('Account').create(records, { parallelCalls: 1 }))
    assert.ok(error instanceof PartialFailureError && error.cause instanceof TransportError)
    const results = error.results as TreeResult[]
    assert.deepEqual(
      [0, 200, 400, 449].map((index) => results[index]).map((result) => result?.outcome ?? result?.id),
      ['id of A0', 'unknown', 'not-sent', 'not-sent'],
    )
  })

  it('throws a failure as it is when there is nothing to lose', async () => {
    const { salesforce } = scriptedOrg([
      { status: 400, json: errors('JSON_PARSER_ERROR') },
      { status: 201, json: { hasErrors: false, results: [] } },
    ])
    assert.match(String(await rejection(salesforce.tree('Account').create([{ Name: 'A' }]))), /JSON_PARSER_ERROR/)
    assert.ok((await rejection(salesforce.tree('Account').create([{ Name: 'A' }]))) instanceof ProtocolError)
  })

  it('sends nothing for an empty input', async () => {
    const { salesforce, requests } = scriptedOrg([])
    assert.deepEqual(await salesforce.tree('Account').create([]), [])
    assert.equal(requests.length, 0)
  })
})

describe('tree: bad input', () => {
  const contact = { attributes: { type: 'Contact' } }
  const deep = [1, 2, 3, 4, 5].reduce<object>((child) => ({ Below: [{ attributes: { type: 'A__c' }, ...child }] }), {})
  const unreadable = new Proxy([1], {
    get: () => {
      throw new Error('mine')
    },
  })
  const loop: Record<string, unknown> = { attributes: { type: 'A__c' } }
  loop.Loop__r = [loop]
  const cases: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    'no list': [{ Name: 'A' }, /records must be a list/],
    'a record that is none': [['A'], /Account\[0\] must be an object of field values, but is a text/],
    'a hole in the list': [new Array(2), /Account\[0\] must be an object of field values, but is undefined/],
    'a hole in a child list': [
      [{ Contacts: new Array(1) }],
      /Account\[0\]\.Contacts\[0\] must be an object.*undefined/,
    ],
    'a hole in records': [[{ Contacts: { records: new Array(1) } }], /Contacts\[0\] must be an object.*undefined/],
    'attributes that are none': [[{ attributes: 5 }], /Account\[0\]\.attributes must be an object.*but is 5/],
    'a child list that cannot be read': [[{ Contacts: unreadable }], /Account\[0\]\.Contacts must be readable/],
    'an iterable that is none': [{ [Symbol.iterator]: 5 }, /records must be a list/],
    'an iterator that is none': [{ [Symbol.asyncIterator]: () => ({}) }, /^The iterator of records must be an object/],
    'a child that is none': [[{ Contacts: [null] }], /Account\[0\]\.Contacts\[0\] must be an object.*null/],
    'a child value that JSON loses': [
      [{ Contacts: [{ ...contact, Birthdate: new Date(Number.NaN) }] }],
      /Account\[0\]\.Contacts\[0\]\.Birthdate/,
    ],
    'a root of another object': [[contact], /record 0 is one of Contact, but the tree is of Account/],
    'a tree of more than 200': [
      [{ Contacts: Array.from({ length: 200 }, () => contact) }],
      /tree of the record 0 has 201 records, but a call takes 200/,
    ],
    'a tree of more than five levels': [[deep], /is on level 6 of its tree/],
    'a tree without an end': [[{ ...loop, attributes: undefined }], /is on level 6 of its tree/],
    'a tree of more than five objects': [
      [Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`R${n}`, [{ attributes: { type: `O${n}__c` } }]]))],
      /is of 6 objects, but a call takes 5/,
    ],
  }
  for (const [name, [records, message]] of Object.entries(cases)) {
    it(`refuses ${name} before any request`, async () => {
      const { salesforce, requests } = scriptedOrg(created)
      const error = await rejection(salesforce.tree('Account').create(records as never))
      assert.ok(error instanceof ConfigurationError, String(error))
      assert.match(error.message, message)
      assert.equal(requests.length, 0)
    })
  }

  it('refuses a relationship that the object above does not have', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: accountDescribe }])
    const error = await rejection(salesforce.tree('Account').create([{ Contact: [{ LastName: 'Doe' }] }]))
    assert.match(String(error), /Account has no child relationship Contact; use its name in describe/)
    assert.equal(requests.length, 1)
  })

  it('refuses wrong options', async () => {
    const { salesforce } = scriptedOrg([])
    const tree = salesforce.tree('Account')
    for (const options of [null, { allOrNone: true }, { raise: 'yes' }, { parallelCalls: 0 }]) {
      assert.ok((await rejection(tree.create([], options as never))) instanceof ConfigurationError)
    }
    assert.throws(() => salesforce.tree('' as never), ConfigurationError)
  })
})
