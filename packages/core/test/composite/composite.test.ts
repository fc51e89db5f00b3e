import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ApiError,
  ConfigurationError,
  type FailedRequest,
  MultipleMatchesError,
  NotFoundError,
  PartialFailureError,
  ProtocolError,
  TransportError,
} from '@forcewire/core'
import { type Answer, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { answerTo, compositeRequest, refusal, rejection, sentJson } from './scripted-composite.ts'

/** Answers one composite call with these subresponses. */
function answers(...compositeResponse: readonly object[]): readonly Answer[] {
  return [{ json: { compositeResponse } }]
}

const id = '001000000000001AAA'

describe('composite', () => {
  it('sends its subrequests as one call and gives each its typed value', async () => {
    const { salesforce, requests } = scriptedOrg(
      answers(
        answerTo('Account_create_0'),
        answerTo('Account_get_0', 200, { Id: id, Name: 'Acme' }),
        answerTo('Account_update_0', 204, null),
        answerTo('Account_upsert_0', 200, { id, success: true, errors: [], created: false }),
        answerTo('Account_delete_0', 204, null),
        answerTo('Query_0', 200, { totalSize: 1, done: true, records: [{ Id: id }] }),
        answerTo('Request_0', 200, { name: 'Account' }),
      ),
    )
    const composite = salesforce.composite({ allOrNone: true, collateSubrequests: false })
    const accounts = composite.sobject('Account')
    const created = accounts.create({ Name: 'Acme' })
    const read = accounts.get(id, { fields: ['Id', 'Name'] })
    const updated = accounts.update(id, { Name: 'New' })
    const upserted = accounts.upsert({ External_Id__c: 'a/b' }, { External_Id__c: 'a/b', Name: 'New' })
    const deleted = accounts.delete({ External_Id__c: 'x y' })
    const query = composite.query("SELECT Id FROM Account WHERE Name = 'A&B'", { includeDeleted: true })
    const described = composite.request({ url: 'sobjects/Account/describe' })
    const results = await composite.send()

    assert.equal(requests.length, 1)
    assert.equal(requests[0]?.method, 'POST')
    assert.match(String(requests[0]?.url), /\/services\/data\/v67\.0\/composite$/)
    const data = '/services/data/v67.0'
    assert.deepEqual(sentJson(requests[0]), {
      allOrNone: true,
      collateSubrequests: false,
      compositeRequest: [
        { referenceId: 'Account_create_0', method: 'POST', url: `${data}/sobjects/Account`, body: { Name: 'Acme' } },
        { referenceId: 'Account_get_0', method: 'GET', url: `${data}/sobjects/Account/${id}?fields=Id,Name` },
        {
          referenceId: 'Account_update_0',
          method: 'PATCH',
          url: `${data}/sobjects/Account/${id}`,
          body: { Name: 'New' },
        },
        {
          referenceId: 'Account_upsert_0',
          method: 'PATCH',
          url: `${data}/sobjects/Account/External_Id__c/a%2Fb`,
          body: { Name: 'New' },
        },
        { referenceId: 'Account_delete_0', method: 'DELETE', url: `${data}/sobjects/Account/External_Id__c/x%20y` },
        {
          referenceId: 'Query_0',
          method: 'GET',
          url: `${data}/queryAll?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20%3D%20'A%26B'`,
        },
        { referenceId: 'Request_0', method: 'GET', url: `${data}/sobjects/Account/describe` },
      ],
    })
    assert.deepEqual(created.value, { id: 'id of Account_create_0', success: true, created: true, errors: [] })
    assert.deepEqual(read.value, { Id: id, Name: 'Acme' })
    assert.equal(updated.value, undefined)
    assert.deepEqual(upserted.value, { id, success: true, created: false, errors: [] })
    assert.equal(deleted.result.status, 204)
    assert.deepEqual(await query.value.all(), [{ Id: id }])
    assert.equal(query.value.totalSize, 1)
    assert.deepEqual(described.value, { name: 'Account' })
    assert.deepEqual(
      results,
      [created, read, updated, upserted, deleted, query, described].map((handle) => handle.result),
    )
  })

  it('finds its answers by their ids, in whatever order they come', async () => {
    const { salesforce } = scriptedOrg(answers(answerTo('b', 200, { at: 2 }), answerTo('a', 200, { at: 1 })))
    const composite = salesforce.composite()
    const a = composite.request({ url: 'sobjects', referenceId: 'a' })
    const b = composite.request({ url: 'sobjects', referenceId: 'b' })
    await composite.send()
    assert.deepEqual([a.value, b.value], [{ at: 1 }, { at: 2 }])
  })

  it('counts ids by object and action, whatever the case, around ids that were given', async () => {
    const { salesforce } = scriptedOrg([])
    const composite = salesforce.composite()
    const ids = [
      composite.sobject('Account').create({}).referenceId,
      composite.sobject('account').create({}).referenceId,
      composite.sobject('Account').create({}, { referenceId: 'account_CREATE_2' }).referenceId,
      composite.sobject('Account').create({}).referenceId,
      composite.sobject('ns__Thing__c').delete(id).referenceId,
    ]
    assert.deepEqual(ids, [
      'Account_create_0',
      'account_create_1',
      'account_CREATE_2',
      'Account_create_3',
      'ns__Thing__c_delete_0',
    ])
  })

  it('sends the headers of one subrequest with it', async () => {
    const { salesforce, requests } = scriptedOrg(
      answers(answerTo('Lead_create_0'), answerTo('Query_0', 200, { done: true, records: [] })),
    )
    const composite = salesforce.composite()
    composite.sobject('Lead').create({}, { assignmentRule: false, headers: { 'X-Own': '1' } })
    composite.query('SELECT Id FROM Lead', { batchSize: 200 })
    await composite.send()
    assert.deepEqual(
      compositeRequest(requests[0]).map(({ httpHeaders }) => httpHeaders),
      [{ 'Sforce-Auto-Assign': 'FALSE', 'X-Own': '1' }, { 'Sforce-Query-Options': 'batchSize=200' }],
    )
  })

  it('sends nothing when there is nothing', async () => {
    const { salesforce, requests } = scriptedOrg([])
    assert.deepEqual(await salesforce.composite().send(), [])
    assert.equal(requests.length, 0)
  })

  it('goes on with the pages of a query behind the first one', async () => {
    const next = '/services/data/v67.0/query/01g-2000'
    const { salesforce, requests } = scriptedOrg([
      ...answers(answerTo('Query_0', 200, { totalSize: 2, done: false, nextRecordsUrl: next, records: [{ Id: '1' }] })),
      { json: { totalSize: 2, done: true, records: [{ Id: '2' }] } },
    ])
    const composite = salesforce.composite()
    const query = composite.query('SELECT Id FROM Account')
    await composite.send()
    assert.deepEqual(query.value.firstPage, { records: [{ Id: '1' }], totalSize: 2, done: false, nextRecordsUrl: next })
    assert.deepEqual(await query.value.first(), { Id: '1' })
    assert.equal(requests.length, 1)
    assert.deepEqual(await query.value.all(), [{ Id: '1' }, { Id: '2' }])
    assert.equal(new URL(String(requests[1]?.url)).pathname, next)
  })

  it('brings values with entities as they are', async () => {
    const Name = '&quot;A&quot; &lt;B&gt; &amp; "C"'
    const { salesforce } = scriptedOrg(answers(answerTo('Account_get_0', 200, { Name })))
    const composite = salesforce.composite()
    const account = composite.sobject('Account').get(id)
    await composite.send()
    assert.equal(account.value.Name, Name)
  })

  it('repeats a lost call only when every part may be repeated', async () => {
    for (const [write, sends] of [
      [false, 2],
      [true, 1],
    ] as const) {
      const { salesforce, requests } = scriptedOrg([
        networkFailure('ECONNRESET'),
        ...answers(answerTo('Account_get_0', 200, {})),
      ])
      const composite = salesforce.composite()
      composite.sobject('Account').get(id)
      if (write) composite.sobject('Account').delete(id)
      await composite.send().catch(() => {})
      assert.equal(requests.length, sends)
    }
  })
})

describe('composite: collections', () => {
  it('are subrequests of up to 200 records, whose results later ones refer to by position', async () => {
    const row = (number: number): object => ({ id: `id${number}`, success: true, errors: [] })
    const { salesforce, requests } = scriptedOrg(
      answers(
        answerTo('Account_createMany_0', 200, [row(0), row(1)]),
        answerTo('Contact_updateMany_0', 200, [{ success: false, errors: [{ statusCode: 'LIMIT', message: 'm' }] }]),
        answerTo('Contact_upsertMany_0', 200, [{ ...row(2), created: true }]),
        answerTo('Account_retrieve_0', 200, [{ Name: 'A' }, null]),
        answerTo('Account_deleteMany_0', 200, [row(0), row(1)]),
      ),
    )
    const composite = salesforce.composite()
    const accounts = composite.collections('Account')
    const contacts = composite.collections('Contact')
    const created = accounts.create([{ Name: 'A' }, { Name: 'B' }], { allOrNone: true, updateMru: false })
    const updated = contacts.update([{ Id: created.ref(0, 'id'), AccountId: created.ref(1, 'id') }])
    const upserted = contacts.upsert('Key__c', [{ Key__c: 'k' }])
    const read = accounts.retrieve([created.ref(0, 'id'), id], ['Name'])
    const deleted = accounts.delete([created.ref(0, 'id'), id])
    await composite.send()
    const path = '/services/data/v67.0/composite/sobjects'
    const sent = compositeRequest(requests[0])
    assert.deepEqual(
      sent.map(({ method, url }) => [method, url]),
      [
        ['POST', path],
        ['PATCH', path],
        ['PATCH', `${path}/Contact/Key__c`],
        ['GET', `${path}/Account?ids=@{Account_createMany_0[0].id},${id}&fields=Name`],
        ['DELETE', `${path}?ids=@{Account_createMany_0[0].id},${id}&allOrNone=false`],
      ],
    )
    assert.deepEqual(sent[1]?.body, {
      allOrNone: false,
      records: [
        {
          attributes: { type: 'Contact' },
          Id: '@{Account_createMany_0[0].id}',
          AccountId: '@{Account_createMany_0[1].id}',
        },
      ],
    })
    assert.deepEqual(sent[0]?.httpHeaders, { 'Sforce-Mru': 'updateMru=false' })
    assert.deepEqual(
      created.value.map((result) => [result.id, result.created]),
      [
        ['id0', true],
        ['id1', true],
      ],
    )
    assert.deepEqual(updated.value[0]?.errors, [{ errorCode: 'LIMIT', message: 'm', fields: [] }])
    assert.equal(upserted.value[0]?.created, true)
    assert.deepEqual(read.value, [{ Name: 'A' }, null])
    assert.equal(deleted.value.length, 2)
  })

  it('are refused when they are empty, too long or no lists', () => {
    const accounts = scriptedOrg([]).salesforce.composite().collections('Account')
    const cases: readonly (() => unknown)[] = [
      () => accounts.create([]),
      () => accounts.create(Array.from({ length: 201 }, () => ({}))),
      () => accounts.create('x' as never),
      () => accounts.update([{ Name: 'A' } as never]),
      () => accounts.upsert('Key__c', [{}]),
      () => accounts.delete(['x']),
      () => accounts.retrieve([id], []),
      () => accounts.create([{}], { raise: true } as never),
    ]
    for (const run of cases) assert.throws(run, ConfigurationError)
  })
})

describe('composite: failures', () => {
  it('are results of the same classes as calls of their own would throw', async () => {
    const candidates = ['/services/data/v67.0/sobjects/Account/001A', '/services/data/v67.0/sobjects/Account/001B']
    const { salesforce } = scriptedOrg(
      answers(
        answerTo('Account_get_0', 404, refusal('NOT_FOUND')),
        answerTo('Account_get_1', 300, candidates),
        answerTo('Account_get_2', 304, null),
      ),
    )
    const composite = salesforce.composite()
    const headers = { 'If-Modified-Since': 'Mon, 10 Aug 2015 00:00:00 GMT' }
    const [missing, many, unchanged] = [id, { Key__c: 1 }, id].map((key) =>
      composite.sobject('Account').get(key, { headers }),
    )
    await composite.send()
    assert.ok(missing?.result.ok === false && missing.result.error instanceof NotFoundError)
    const request: FailedRequest = {
      method: 'GET',
      path: `/services/data/v67.0/sobjects/Account/${id}`,
      attempts: 1,
    }
    assert.deepEqual(missing.result.error.request, request)
    assert.throws(() => missing.value, NotFoundError)
    assert.throws(() => many?.value, MultipleMatchesError)
    assert.equal(unchanged?.value, null)
  })

  it('are raised with the real cause, not with the echo that stands before it', async () => {
    const { salesforce } = scriptedOrg(
      answers(
        answerTo('Account_create_0', 400, refusal('PROCESSING_HALTED', 'The transaction was rolled back.')),
        answerTo('Account_create_1', 400, refusal('REQUIRED_FIELD_MISSING')),
      ),
    )
    const composite = salesforce.composite({ allOrNone: true, raise: true })
    const account = composite.sobject('Account').create({})
    composite.sobject('Account').create({})
    const error = await rejection(composite.send())
    assert.ok(error instanceof PartialFailureError)
    assert.match(error.message, /2 of 2 subrequests failed; Account_create_1 says REQUIRED_FIELD_MISSING/)
    assert.ok(error.cause instanceof ApiError && error.cause.has('REQUIRED_FIELD_MISSING'))
    assert.equal(error.results.length, 2)
    assert.equal(account.result.ok, false, 'the handles have their results all the same')
  })

  it('name a reference to nothing as the cause, which has the code of an echo', async () => {
    const { salesforce } = scriptedOrg(
      answers(
        answerTo('a', 400, refusal('PROCESSING_HALTED', 'The transaction was rolled back.')),
        answerTo(
          'b',
          400,
          refusal('PROCESSING_HALTED', 'Invalid reference specified. No value for a.Nmae found in a.'),
        ),
      ),
    )
    const composite = salesforce.composite({ raise: true })
    composite.request({ url: 'sobjects/Account', method: 'POST', body: {}, referenceId: 'a' })
    composite.request({ url: 'sobjects/Contact', method: 'POST', body: {}, referenceId: 'b' })
    assert.match(String(await rejection(composite.send())), /b says PROCESSING_HALTED: Invalid reference/)
  })

  it('of the whole call are thrown by every handle as well', async () => {
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET')])
    const composite = salesforce.composite()
    const account = composite.sobject('Account').create({})
    const error = await rejection(composite.send())
    assert.ok(error instanceof TransportError)
    assert.throws(
      () => account.result,
      (thrown) => thrown === error,
    )
  })

  it('include a create that tells no Id', async () => {
    const org = scriptedOrg([{ json: { compositeResponse: [answerTo('Account_create_0', 201, { success: true })] } }])
    const composite = org.salesforce.composite()
    const account = composite.sobject('Account').create({ Name: 'A' })
    await assert.rejects(composite.send(), { code: 'ERR_SF_PROTOCOL', message: /does not tell its Id/ })
    assert.throws(() => account.value, { code: 'ERR_SF_PROTOCOL' })
  })

  it('read an answer without headers', async () => {
    const { salesforce } = scriptedOrg(answers({ ...answerTo('Account_create_0'), httpHeaders: null }))
    const composite = salesforce.composite()
    const account = composite.sobject('Account').create({})
    await composite.send()
    assert.equal(account.value.id, 'id of Account_create_0')
    assert.deepEqual(account.result.headers, {})
  })

  it('include an answer that is missing, and one that cannot be read, which takes nothing from the others', async () => {
    const { salesforce } = scriptedOrg(answers(answerTo('Account_create_0'), answerTo('Query_0', 200, {})))
    const composite = salesforce.composite()
    const account = composite.sobject('Account').create({})
    const query = composite.query('SELECT Id FROM Account')
    const missing = composite.sobject('Account').create({})
    assert.ok((await rejection(composite.send())) instanceof ProtocolError)
    assert.equal(account.value.success, true)
    assert.throws(() => query.value, /no list of objects under 'records'/)
    assert.throws(() => missing.value, /without an answer to Account_create_1/)
  })
})
