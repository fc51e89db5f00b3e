import assert from 'node:assert/strict'
import { ApiError, ConfigurationError, PartialFailureError } from '@forcewire/core'
import { emulatedOrg } from '../support/emulated-org.ts'
import { type LoopbackAnswer, type LoopbackOrg, loopbackOrg } from '../support/loopback-org.ts'
import type { Behaviours } from './behaviour.ts'

const missing = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]
const saved = { id: '001', success: true, errors: [] }
const records = { totalSize: 1, done: true, records: [{ Id: '001', Name: 'A' }] }

/** The parsed body of the only request. */
function bodyOf(org: LoopbackOrg): never {
  assert.equal(org.requests.length, 1)
  return JSON.parse(org.requests[0]?.body ?? '') as never
}

/** Answers each part of a composite call with status 200 and the value that belongs to its position. */
function compositeOf(...bodies: readonly unknown[]): (request: { body: string }) => LoopbackAnswer {
  return ({ body }) => {
    const { compositeRequest } = JSON.parse(body) as { compositeRequest: { referenceId: string }[] }
    const parts = compositeRequest.map(({ referenceId }, index) => {
      const part = bodies[index]
      return { body: part, httpHeaders: {}, httpStatusCode: Array.isArray(part) ? 404 : 200, referenceId }
    })
    // Salesforce answers in order; the client goes by the ids all the same.
    return { json: { compositeResponse: parts.reverse() } }
  }
}

export const compositeBehaviours: Behaviours = {
  60: {
    says: 'a batch is one POST; values are typed, failures are errors when they are read, or all together on request',
    async shows() {
      const results = [
        { statusCode: 201, result: saved },
        { statusCode: 200, result: { Id: '001', Name: 'A' } },
        { statusCode: 200, result: records },
        { statusCode: 404, result: missing },
        { statusCode: 200, result: { ...saved, created: false } },
      ]
      const add = (org: LoopbackOrg, raise: boolean) => {
        const batch = org.salesforce.batch({ raise })
        const account = batch.sobject('Account')
        const created = account.create({ Name: 'A' })
        const read = account.get('001000000000000AAA')
        const found = batch.query('SELECT Id, Name FROM Account')
        const lost = account.get('001000000000002AAA')
        const upserted = account.upsert({ Code__c: 'A' }, { Name: 'A' })
        return { batch, created, read, found, lost, upserted }
      }
      await using org = await loopbackOrg([{ json: { hasErrors: true, results } }])
      const { batch, created, read, found, lost, upserted } = add(org, false)
      await batch.send()
      assert.equal(org.requests[0]?.method, 'POST')
      assert.match(org.requests[0]?.url ?? '', /\/services\/data\/v67\.0\/composite\/batch$/)
      assert.equal((bodyOf(org) as { batchRequests: unknown[] }).batchRequests.length, 5)
      assert.equal(created.value.id, '001')
      assert.deepEqual(read.value, { Id: '001', Name: 'A' })
      assert.deepEqual(await found.value.all(), records.records)
      assert.equal(upserted.value.created, false)
      assert.throws(
        () => lost.value,
        (error) => error instanceof ApiError && error.status === 404,
      )
      await using other = await loopbackOrg([{ json: { hasErrors: true, results } }])
      await assert.rejects(add(other, true).batch.send(), (error) => {
        assert.ok(error instanceof PartialFailureError)
        assert.equal(error.results.length, 5)
        assert.ok(error.has('NOT_FOUND'))
        return true
      })
    },
  },
  61: {
    says: 'a composite sends allOrNone and collateSubrequests as chosen; its ids are unique and stable',
    async shows() {
      for (const flag of [true, false]) {
        await using org = await loopbackOrg(compositeOf(saved, saved, undefined, records, records))
        const composite = org.salesforce.composite({ allOrNone: flag, collateSubrequests: flag })
        const handles = [
          composite.sobject('Account').create({ Name: 'A' }),
          composite.sobject('account').create({ Name: 'B' }),
          composite.sobject('Account').update('001000000000000AAA', { Name: 'C' }),
        ]
        const { referenceId: query } = composite.query('SELECT Id FROM Account')
        const { referenceId: next } = composite.query('SELECT Id FROM Contact')
        assert.deepEqual([query, next], ['Query_0', 'Query_1'])
        await composite.send()
        assert.deepEqual(
          handles.map(({ referenceId }) => referenceId),
          ['Account_create_0', 'account_create_1', 'Account_update_0'],
        )
        assert.partialDeepStrictEqual(bodyOf(org), { allOrNone: flag, collateSubrequests: flag })
      }
    },
  },
  62: {
    says: 'a reference arrives as @{Account_create_0.id} in a body, in a URL, and for any name of a field',
    async shows() {
      await using org = await loopbackOrg(compositeOf(saved, saved, { Id: '001' }, undefined, undefined, records))
      const composite = org.salesforce.composite()
      const account = composite.sobject('Account').create({ Name: 'A' })
      composite.sobject('Contact').create({ LastName: 'A', AccountId: account.ref('id'), Title: account.ref('title') })
      composite.sobject('Account').get(account.ref('id'))
      composite.sobject('Account').update(account.ref('id'), { Name: 'B' })
      composite.sobject('Account').delete(account.ref('records', 0, 'count'))
      composite.query(`SELECT Id FROM Contact WHERE AccountId = '${account.ref('id')}'`)
      await composite.send()
      const { compositeRequest } = bodyOf(org) as { compositeRequest: { url: string; body: unknown }[] }
      const reference = '@{Account_create_0.id}'
      const base = '/services/data/v67.0/sobjects/Account'
      assert.deepEqual(compositeRequest[1]?.body, {
        LastName: 'A',
        AccountId: reference,
        Title: '@{Account_create_0.title}',
      })
      assert.equal(compositeRequest[2]?.url, `${base}/${reference}`)
      assert.equal(compositeRequest[3]?.url, `${base}/${reference}`)
      assert.equal(compositeRequest[4]?.url, `${base}/@{Account_create_0.records[0].count}`)
      assert.ok(compositeRequest[5]?.url.includes(reference))
      await using real = await emulatedOrg()
      const call = real.salesforce.composite({ allOrNone: true })
      const parent = call.sobject('Account').create({ Name: 'A' })
      const child = call.sobject('Contact').create({ LastName: 'B', AccountId: parent.ref('id') })
      const read = call.sobject('Contact').get(child.ref('id'), { fields: ['AccountId', 'LastName'] })
      await call.send()
      assert.partialDeepStrictEqual(read.value, { AccountId: parent.value.id, LastName: 'B' })
    },
  },
  63: {
    says: 'nothing to send is no request, and nothing is sent before send()',
    async shows() {
      await using org = await loopbackOrg([{ json: {} }])
      assert.deepEqual(await org.salesforce.composite().send(), [])
      assert.deepEqual(await org.salesforce.batch().send(), [])
      assert.deepEqual(await org.salesforce.graph().send(), [])
      org.salesforce.composite().sobject('Account').create({ Name: 'A' })
      await assert.rejects(
        async () => {
          const batch = org.salesforce.batch()
          batch.sobject('Account').create({ Name: 'A' })
          throw new RangeError('a bug of the caller')
        },
        { name: 'RangeError' },
      )
      assert.equal(org.requests.length, 0)
    },
  },
  64: {
    says: 'more than 25 subrequests are refused before sending by a composite, and split by a batch',
    async shows() {
      await using org = await loopbackOrg(({ body }) => {
        const { batchRequests } = JSON.parse(body) as { batchRequests: unknown[] }
        return { json: { hasErrors: false, results: batchRequests.map(() => ({ statusCode: 201, result: saved })) } }
      })
      await using full = await loopbackOrg(compositeOf(...Array.from({ length: 25 }, () => saved)))
      const most = full.salesforce.composite()
      for (let count = 0; count < 25; count += 1) most.sobject('Account').create({ Name: 'A' })
      assert.equal((await most.send()).length, 25)
      const composite = org.salesforce.composite()
      const batch = org.salesforce.batch()
      for (let count = 0; count < 26; count += 1) {
        composite.sobject('Account').create({ Name: 'A' })
        batch.sobject('Account').create({ Name: 'A' })
      }
      await assert.rejects(composite.send(), ConfigurationError)
      assert.equal(org.requests.length, 0)
      assert.equal((await batch.send()).length, 26)
      const sizes = org.requests.map(({ body }) => JSON.parse(body).batchRequests.length as number)
      assert.deepEqual(sizes.sort(), [1, 25])
    },
  },
  65: {
    says: 'values with &quot;, &lt; and &amp; come back as they are',
    async shows() {
      const Name = 'Tom &quot;&lt;b&gt; &amp; "Jerry" <i>'
      await using org = await loopbackOrg(compositeOf({ Id: '001', Name }))
      const composite = org.salesforce.composite()
      const account = composite.sobject('Account').get('001000000000000AAA')
      await composite.send()
      assert.deepEqual(account.value, { Id: '001', Name })
      const result = { statusCode: 200, result: { Id: '001', Name } }
      await using other = await loopbackOrg([{ json: { hasErrors: false, results: [result] } }])
      const batch = other.salesforce.batch()
      const part = batch.sobject('Account').get('001000000000000AAA')
      await batch.send()
      assert.deepEqual(part.value, { Id: '001', Name })
    },
  },
}
