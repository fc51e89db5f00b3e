import assert from 'node:assert/strict'
import { ApiError, ConfigurationError, PartialFailureError } from '@forcewire/core'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const missing = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]
const saved = { id: '001', success: true, errors: [] }
const records = { totalSize: 1, done: true, records: [{ Id: '001', Name: 'A' }] }

/** The parsed body of the only request. */
function bodyOf(org: ReturnType<typeof scriptedOrg>): never {
  assert.equal(org.requests.length, 1)
  return JSON.parse(String(org.requests[0]?.body)) as never
}

/** Answers each part of a composite call with status 200 and the value that belongs to its position. */
function compositeOf(...bodies: readonly unknown[]): (request: { body?: unknown }) => Answer {
  return ({ body }) => {
    const { compositeRequest } = JSON.parse(String(body)) as { compositeRequest: { referenceId: string }[] }
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
      const send = async (raise: boolean) => {
        const org = scriptedOrg([{ json: { hasErrors: true, results } }])
        const batch = org.salesforce.batch({ raise })
        const account = batch.sobject('Account')
        const created = account.create({ Name: 'A' })
        const read = account.get('001000000000000AAA')
        const found = batch.query('SELECT Id, Name FROM Account')
        const lost = account.get('001000000000002AAA')
        const upserted = account.upsert({ Code__c: 'A' }, { Name: 'A' })
        const sent = batch.send()
        return { org, sent, created, read, found, lost, upserted }
      }
      const { org, sent, created, read, found, lost, upserted } = await send(false)
      await sent
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
      await assert.rejects((await send(true)).sent, (error) => {
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
        const org = scriptedOrg(compositeOf(saved, saved, saved))
        const composite = org.salesforce.composite({ allOrNone: flag, collateSubrequests: flag })
        const handles = [
          composite.sobject('Account').create({ Name: 'A' }),
          composite.sobject('account').create({ Name: 'B' }),
          composite.sobject('Account').update('001000000000000AAA', { Name: 'C' }),
        ]
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
      const org = scriptedOrg(compositeOf(saved, saved, undefined, undefined, undefined, records))
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
    },
  },
  63: {
    says: 'nothing to send is no request, and nothing is sent before send()',
    async shows() {
      const org = scriptedOrg([{ json: {} }])
      assert.deepEqual(await org.salesforce.composite().send(), [])
      assert.deepEqual(await org.salesforce.batch().send(), [])
      org.salesforce.composite().sobject('Account').create({ Name: 'A' })
      assert.equal(org.requests.length, 0)
    },
  },
  64: {
    says: 'more than 25 subrequests are refused before sending by a composite, and split by a batch',
    async shows() {
      const org = scriptedOrg(({ body }) => {
        const { batchRequests } = JSON.parse(String(body)) as { batchRequests: unknown[] }
        return { json: { hasErrors: false, results: batchRequests.map(() => ({ statusCode: 201, result: saved })) } }
      })
      const composite = org.salesforce.composite()
      const batch = org.salesforce.batch()
      for (let count = 0; count < 26; count += 1) {
        composite.sobject('Account').create({ Name: 'A' })
        batch.sobject('Account').create({ Name: 'A' })
      }
      await assert.rejects(composite.send(), ConfigurationError)
      assert.equal(org.requests.length, 0)
      assert.equal((await batch.send()).length, 26)
      const sizes = org.requests.map(({ body }) => JSON.parse(String(body)).batchRequests.length as number)
      assert.deepEqual(sizes.sort(), [1, 25])
    },
  },
  65: {
    says: 'values with &quot;, &lt; and &amp; come back as they are',
    async shows() {
      const Name = 'Tom &quot;&lt;b&gt; &amp; "Jerry" <i>'
      const org = scriptedOrg(compositeOf({ Id: '001', Name }))
      const composite = org.salesforce.composite()
      const account = composite.sobject('Account').get('001000000000000AAA')
      await composite.send()
      assert.deepEqual(account.value, { Id: '001', Name })
    },
  },
}
