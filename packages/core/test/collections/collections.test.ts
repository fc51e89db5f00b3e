import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, ConfigurationError, PartialFailureError, type RowResult, TransportError } from '@forcewire/core'
import type { TransportRequest } from '@forcewire/core/portable'
import fc from 'fast-check'
import { errors, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { accounts, idOf, refusal, rejection, saved, wire } from './scripted-collections.ts'

describe('collections: create', () => {
  it('sends the records with the name of their object and answers results in their order', async () => {
    const { salesforce, requests } = scriptedOrg(saved)
    const results = await salesforce.collections('Account').create([{ Name: 'One' }, { Name: 'Two' }])
    assert.equal(requests[0]?.method, 'POST')
    assert.match(String(requests[0]?.url), /\/services\/data\/v67\.0\/composite\/sobjects$/)
    assert.deepEqual(wire(requests[0] as TransportRequest), {
      allOrNone: false,
      records: [
        { attributes: { type: 'Account' }, Name: 'One' },
        { attributes: { type: 'Account' }, Name: 'Two' },
      ],
    })
    assert.deepEqual(results, [
      { id: 'id of One', success: true, created: true, errors: [] },
      { id: 'id of Two', success: true, created: true, errors: [] },
    ])
  })

  it('asks records for their own JSON, as a create of one record does', async () => {
    class Task {
      readonly #subject: string
      constructor(subject: string) {
        this.#subject = subject
      }
      toJSON(): object {
        return { Subject: this.#subject }
      }
    }
    const { salesforce, requests } = scriptedOrg(saved)
    await salesforce.collections('Task').create([new Task('Call') as never])
    assert.deepEqual(wire(requests[0] as TransportRequest).records, [{ attributes: { type: 'Task' }, Subject: 'Call' }])
  })

  it('sends 5,000 records in 25 calls, at most five at the same time', async () => {
    let underWay = 0
    let most = 0
    const { salesforce, requests } = scriptedOrg(async (request) => {
      underWay += 1
      most = Math.max(most, underWay)
      await new Promise(setImmediate)
      underWay -= 1
      return saved(request)
    })
    const results = await salesforce.collections('Account').create(accounts(5_000))
    assert.equal(requests.length, 25)
    assert.equal(most, 5)
    assert.deepEqual(
      results.map((result) => result.id),
      accounts(5_000).map(({ Name }) => `id of ${Name}`),
    )
  })

  it('loses and doubles nothing, whatever the count and the parallel calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_100 }),
        fc.integer({ min: 1, max: 25 }),
        async (count, parallelCalls) => {
          const { salesforce, requests } = scriptedOrg(saved)
          async function* rows(): AsyncGenerator<{ readonly Name: string }> {
            yield* accounts(count)
          }
          const results = await salesforce.collections('Account').create(rows(), { parallelCalls })
          assert.equal(requests.length, Math.ceil(count / 200))
          assert.ok(requests.every((request) => wire(request).records.length <= 200))
          assert.deepEqual(
            results.map((result) => result.id),
            accounts(count).map(({ Name }) => `id of ${Name}`),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keeps the order of the input when calls answer in another one', async () => {
    let release = (): void => {}
    const others = new Promise<void>((resolve) => {
      release = resolve
    })
    const { salesforce } = scriptedOrg(async (request) => {
      const first = wire(request).records[0]?.Name === 'Account 0'
      if (first) await others
      else release()
      return saved(request)
    })
    const results = await salesforce.collections('Account').create(accounts(400))
    assert.deepEqual([results[0]?.id, results[399]?.id], ['id of Account 0', 'id of Account 399'])
  })

  it('reads the input only as fast as it is sent', async () => {
    let read = 0
    function* rows(): Generator<{ readonly Name: string }> {
      for (; read < 1_000; read += 1) yield { Name: `Account ${read}` }
    }
    const readAtFirstCall: number[] = []
    const { salesforce } = scriptedOrg((request) => {
      readAtFirstCall.push(read)
      return saved(request)
    })
    await salesforce.collections('Account').create(rows(), { parallelCalls: 1 })
    assert.deepEqual(readAtFirstCall.slice(0, 2), [199, 399])
  })

  it('sends nothing for an empty input', async () => {
    const { salesforce, requests } = scriptedOrg([])
    assert.deepEqual(await salesforce.collections('Account').create([]), [])
    assert.equal(requests.length, 0)
  })

  it('answers refusals as results, in the words of errors everywhere', async () => {
    const { salesforce } = scriptedOrg([{ json: [refusal('REQUIRED_FIELD_MISSING')] }])
    assert.deepEqual(await salesforce.collections('Account').create([{}]), [
      {
        success: false,
        errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'said REQUIRED_FIELD_MISSING', fields: ['Name'] }],
      },
    ])
  })

  it('raises a refusal that is not the echo of another one', async () => {
    const json = [{ id: idOf(1), ...(refusal('ALL_OR_NONE_OPERATION_ROLLED_BACK') as object) }, refusal('MALFORMED_ID')]
    const { salesforce } = scriptedOrg([{ json }])
    const error = await rejection(
      salesforce.collections('Account').create(accounts(2), { allOrNone: true, raise: true }),
    )
    assert.ok(error instanceof PartialFailureError)
    assert.match(error.message, /2 of 2 records of Account were refused; record 1 says MALFORMED_ID: said MALFORMED_ID/)
    assert.equal(
      (error.results as RowResult[])[0]?.id,
      undefined,
      'the id of a record that was rolled back names nothing',
    )
  })

  it('takes the headers of write options', async () => {
    const { salesforce, requests } = scriptedOrg(saved)
    await salesforce.collections('Lead').create([{ Name: 'A' }], { assignmentRule: false, updateMru: false })
    assert.equal(requests[0]?.headers['sforce-auto-assign'], 'FALSE')
    assert.equal(requests[0]?.headers['sforce-mru'], 'updateMru=false')
  })
})

describe('collections: update, upsert, delete', () => {
  it('updates by the Id that each record holds', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [{ id: idOf(1), success: true, errors: [] }] }])
    const results = await salesforce.collections('Account').update([{ Id: idOf(1), Name: 'New' }])
    assert.equal(requests[0]?.method, 'PATCH')
    assert.deepEqual(wire(requests[0] as TransportRequest).records, [
      { attributes: { type: 'Account' }, Id: idOf(1), Name: 'New' },
    ])
    assert.deepEqual(results, [{ id: idOf(1), success: true, errors: [] }])
  })

  it('upserts by an external ID, tells what was created, and repeats a lost call', async () => {
    const { salesforce, requests } = scriptedOrg([
      networkFailure('ECONNRESET'),
      {
        json: [
          { id: 'a', success: true, errors: [], created: true },
          { id: 'b', success: true, errors: [], created: false },
        ],
      },
    ])
    const rows = [{ External_Id__c: 'A-1' }, { external_id__c: 'A-2' }]
    const results = await salesforce.collections('Account').upsert('External_Id__c', rows)
    assert.equal(requests.length, 2)
    assert.match(String(requests[1]?.url), /\/composite\/sobjects\/Account\/External_Id__c$/)
    assert.deepEqual(
      results.map((result) => result.created),
      [true, false],
    )
  })

  it('does not repeat a lost upsert by Id, which may have created records', async () => {
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET')])
    assert.ok(
      (await rejection(salesforce.collections('Account').upsert('Id', [{ Name: 'New' }]))) instanceof TransportError,
    )
    assert.equal(requests.length, 1)
  })

  it('deletes 200 Ids a call, in the URL', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => idOf(index))
    const { salesforce, requests } = scriptedOrg((request) => {
      const given = new URL(request.url).searchParams.get('ids')?.split(',') ?? []
      return { json: given.map((id) => ({ id, success: true, errors: [] })) }
    })
    const results = await salesforce.collections('Account').delete(new Set(ids), { allOrNone: true })
    assert.deepEqual(
      results.map((result) => result.id),
      ids,
    )
    assert.equal(requests.length, 2)
    assert.equal(requests[0]?.method, 'DELETE')
    assert.ok(String(requests[0]?.url).length < 4_200)
    assert.match(String(requests[0]?.url), /&allOrNone=true$/)
  })

  it('counts a record as deleted when only the answer of the first send was lost', async () => {
    const gone = refusal('ENTITY_IS_DELETED')
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET'), { json: [gone] }, { json: [gone] }])
    assert.deepEqual(await salesforce.collections('Account').delete([idOf(1)]), [
      { id: idOf(1), success: true, errors: [] },
    ])
    const [again] = await salesforce.collections('Account').delete([idOf(1)])
    assert.equal(again?.success, false)
  })
})

describe('collections: retrieve', () => {
  it('reads 2,000 Ids a call by POST, null where there is no record', async () => {
    const ids = Array.from({ length: 2_001 }, (_, index) => idOf(index))
    const { salesforce, requests } = scriptedOrg((request) => {
      const body = JSON.parse(String(request.body)) as { readonly ids: readonly string[]; readonly fields: unknown }
      assert.deepEqual(body.fields, ['Id', 'Name'])
      return { json: body.ids.map((Id) => (Id === idOf(7) ? null : { Id, Name: `Name of ${Id}` })) }
    })
    const records = await salesforce.collections('Account').retrieve(ids, ['Id', 'Name'])
    assert.deepEqual(
      requests.map((request) => [request.method, new URL(request.url).pathname]),
      [
        ['POST', '/services/data/v67.0/composite/sobjects/Account'],
        ['POST', '/services/data/v67.0/composite/sobjects/Account'],
      ],
    )
    // The calls go out side by side, and the long one is compressed first.
    const sizes = requests.map(
      (request) => (JSON.parse(String(request.body)) as { readonly ids: readonly string[] }).ids.length,
    )
    assert.deepEqual(
      sizes.sort((a, b) => b - a),
      [2_000, 1],
    )
    assert.equal(records[7], null)
    assert.equal(records[2_000]?.Id, idOf(2_000))
  })

  it('repeats a lost call, since it only reads', async () => {
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET'), { json: [null] }])
    assert.deepEqual(await salesforce.collections('Account').retrieve([idOf(1)], ['Id']), [null])
  })

  it('throws the failure of a call as it is', async () => {
    const { salesforce } = scriptedOrg([{ json: [] }, { status: 400, json: errors('INVALID_FIELD') }])
    const retrieve = (): Promise<unknown> => salesforce.collections('Account').retrieve([idOf(1)], ['Nmae'])
    assert.match(String(await rejection(retrieve())), /did not answer one record for each of 1 Ids/)
    assert.ok((await rejection(retrieve())) instanceof ApiError)
  })
})

describe('collections: bad input', () => {
  const { salesforce, requests } = scriptedOrg([])
  const all = salesforce.collections('Account')
  const cases: Readonly<Record<string, readonly [() => Promise<unknown>, RegExp]>> = {
    'no records at all': [() => all.create(undefined as never), /records must be a list.*undefined/],
    'a text instead of records': [() => all.create('Acme' as never), /records must be a list.*a text/],
    'one record instead of a list': [() => all.create({ Name: 'Acme' } as never), /records must be a list.*an object/],
    'a record that is none': [() => all.create([{ Name: 'A' }, null as never]), /Account\[1\].*null/],
    'a hole in the records': [() => all.create(new Array(2)), /A record of Account\[0\] must be .* undefined/],
    'a hole in the Ids': [() => all.delete(new Array(2)), /ids\[0\] must be an Id.*undefined/],
    'a hole in the Ids to read': [() => all.retrieve(new Array(2), ['Id']), /ids\[0\] must be an Id.*undefined/],
    'a hole in the fields': [() => all.retrieve([idOf(1)], new Array(1)), /fields\[0\] must be an API name.*undefined/],
    'a hole in the events': [() => salesforce.platformEvents.publish('A__e', new Array(1)), /A__e\[0\].*undefined/],
    'a hole in a composite': [
      async () => salesforce.composite().collections('Account').create(new Array(1)),
      /Account\[0\].*undefined/,
    ],
    'an iterable that is none': [() => all.create({ [Symbol.iterator]: 5 } as never), /records must be a list/],
    'an iterator that is none': [
      () => all.create({ [Symbol.asyncIterator]: () => ({}) } as never),
      /^The iterator of records must be an object with a method next, but is an empty object/,
    ],
    'a list that cannot be read': [
      () => all.create(new Proxy([{}], { get: () => assert.fail('mine') })),
      /^records must be readable/,
    ],
    'a value that JSON loses': [() => all.create([{ Founded__c: new Date(Number.NaN) }]), /Account\[0\]\.Founded__c/],
    'a record of another object': [
      () => all.create([{ attributes: { type: 'Contact' } }]),
      /record 0 is one of Contact, but the collection is of Account/,
    ],
    'an update without Id': [() => all.update([{ Name: 'A' } as never]), /Id of the record 0 must be an Id.*undefined/],
    'an upsert without a key': [() => all.upsert('Key__c', [{ Name: 'A' }]), /record 0 has no value.*Key__c/],
    'an upsert without a field': [() => all.upsert('' as never, []), /externalIdField must be an API name/],
    'a wrong Id': [() => all.delete(['001']), /ids\[0\] must be an Id/],
    'a retrieve without fields': [
      () => all.retrieve([], []),
      /fields must be a list of one field or more, .* but is an empty list/,
    ],
    'a misspelt option': [() => all.create([], { alOrNone: true } as never), /no option 'alOrNone'/],
    'a wrong flag': [() => all.create([], { raise: 1 as never }), /raise must be true or false, but is 1/],
    'too many parallel calls': [() => all.create([], { parallelCalls: 26 }), /parallelCalls.*from 1 to 25, but is 26/],
    'a wrong timeout': [() => all.create([{}], { timeout: -1 }), /timeout must be a positive number/],
    'a signal that is none': [
      () => all.retrieve([idOf(1)], ['Id'], { signal: {} as never }),
      /signal must be an AbortSignal/,
    ],
    'null options': [() => all.create([], null as never), /create must be an object of options, but is null/],
  }
  for (const [name, [run, message]] of Object.entries(cases)) {
    it(`refuses ${name} before any request`, async () => {
      const error = await rejection(run())
      assert.ok(error instanceof ConfigurationError, String(error))
      assert.match(error.message, message)
      assert.equal(requests.length, 0)
    })
  }

  it('refuses an object without a name', () => {
    assert.throws(() => salesforce.collections('' as never), ConfigurationError)
  })

  it('checks a whole list before its first call', async () => {
    const org = scriptedOrg(saved)
    const rows = [...accounts(400), { Founded__c: new Date(Number.NaN) }]
    assert.ok((await rejection(org.salesforce.collections('Account').create(rows))) instanceof ConfigurationError)
    assert.equal(org.requests.length, 0)
  })
})
