import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Salesforce, Subrequest } from '@forcewire/core/portable'
import { networkFailure, type ScriptedOrg, scriptedOrg } from '../support/scripted-org.ts'

const id = '001000000000001AAA'
const key = { External_Id__c: 'A-1' }
const retry = { maxRetries: 1 }

type Call = (salesforce: Salesforce) => { readonly send: () => Promise<unknown> }

/** Subrequests that may be carried out twice, and those that may not. */
const repeatable: Readonly<Record<string, Call>> = {
  'composite get': (s) => withSubrequest(s.composite(), (c) => c.sobject('Account').get(id)),
  'composite upsert': (s) => withSubrequest(s.composite(), (c) => c.sobject('Account').upsert(key, { Name: 'A' })),
  'composite query': (s) => withSubrequest(s.composite(), (c) => c.query('SELECT Id FROM Account')),
  'composite retrieve': (s) => withSubrequest(s.composite(), (c) => c.collections('Account').retrieve([id], ['Id'])),
  'batch get': (s) => withSubrequest(s.batch(), (b) => b.sobject('Account').get(id)),
  'batch search': (s) => withSubrequest(s.batch(), (b) => b.search('FIND {a}')),
  'batch limits': (s) => withSubrequest(s.batch(), (b) => b.limits()),
}

const once: Readonly<Record<string, Call>> = {
  'composite create': (s) => withSubrequest(s.composite(), (c) => c.sobject('Account').create({ Name: 'A' })),
  'composite update': (s) => withSubrequest(s.composite(), (c) => c.sobject('Account').update(id, { Name: 'A' })),
  'composite update by external ID': (s) =>
    withSubrequest(s.composite(), (c) => c.sobject('Account').update(key, { Name: 'A' })),
  'composite delete': (s) => withSubrequest(s.composite(), (c) => c.sobject('Account').delete(id)),
  'composite createMany': (s) => withSubrequest(s.composite(), (c) => c.collections('Account').create([{ Name: 'A' }])),
  'composite updateMany': (s) =>
    withSubrequest(s.composite(), (c) => c.collections('Account').update([{ Id: id, Name: 'A' }])),
  'composite deleteMany': (s) => withSubrequest(s.composite(), (c) => c.collections('Account').delete([id])),
  'composite POST': (s) => withSubrequest(s.composite(), (c) => c.request({ method: 'POST', url: 'sobjects/Account' })),
  'a get beside a create': (s) =>
    withSubrequest(s.composite(), (c) => {
      c.sobject('Account').get(id)
      c.sobject('Account').create({ Name: 'A' })
    }),
  'batch create': (s) => withSubrequest(s.batch(), (b) => b.sobject('Account').create({ Name: 'A' })),
  'graph create': (s) => withSubrequest(s.graph(), (g) => g.add().sobject('Account').create({ Name: 'A' })),
}

function withSubrequest<C extends { send(options: object): Promise<unknown> }>(
  call: C,
  add: (call: C) => unknown,
): ReturnType<Call> {
  add(call)
  return { send: () => call.send({ retry }) }
}

/** An org whose every answer is lost. */
async function sends(call: Call): Promise<number> {
  const org: ScriptedOrg = scriptedOrg([networkFailure('ECONNRESET')])
  await assert.rejects(call(org.salesforce).send(), { code: 'ERR_SF_TRANSPORT' })
  return org.requests.length
}

describe('a call of many whose answer is lost', () => {
  for (const [name, call] of Object.entries(repeatable)) {
    it(`is sent again when all of it may be carried out twice: ${name}`, async () => {
      assert.equal(await sends(call), 2)
    })
  }

  for (const [name, call] of Object.entries(once)) {
    it(`is not sent again when a part may not be carried out twice: ${name}`, async () => {
      assert.equal(await sends(call), 1)
    })
  }
})

describe('the error of a subrequest', () => {
  const refused = [{ errorCode: 'NOT_FOUND', message: 'no', fields: [] }]
  const answers: Readonly<Record<string, (id: string) => object>> = {
    composite: (referenceId) => ({
      compositeResponse: [{ referenceId, httpStatusCode: 404, httpHeaders: {}, body: refused }],
    }),
    batch: () => ({ hasErrors: true, results: [{ statusCode: 404, result: refused }] }),
    graph: (referenceId) => ({
      graphs: [{ graphId: 'graph_0', isSuccessful: false, graphResponse: answers.composite?.(referenceId) }],
    }),
  }
  const calls: Readonly<
    Record<string, (s: Salesforce) => readonly [{ send(): Promise<unknown> }, Subrequest<unknown>]>
  > = {
    composite: (s) => {
      const call = s.composite()
      return [call, call.sobject('Account').get(id)]
    },
    batch: (s) => {
      const call = s.batch()
      return [call, call.sobject('Account').get(id)]
    },
    graph: (s) => {
      const call = s.graph()
      return [call, call.add().request({ method: 'GET', url: 'sobjects/Account' })]
    },
  }
  for (const [name, callOf] of Object.entries(calls)) {
    it(`says how often its call was sent: ${name}`, async () => {
      const org = scriptedOrg((_, index) => (index === 0 ? { status: 503, json: [] } : { json: answer }))
      const [call, handle] = callOf(org.salesforce)
      const answer = answers[name]?.(handle.referenceId)
      await call.send()
      assert.ok(handle.result.ok === false)
      assert.equal(handle.result.error.request?.attempts, 2)
    })
  }
})
