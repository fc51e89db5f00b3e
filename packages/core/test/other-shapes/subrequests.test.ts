import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Batch, type Composite, ProtocolError, type Subrequest, type TransportRequest } from '@forcewire/core'
import { scriptedOrg } from '../support/scripted-org.ts'

const id = '001000000000001AAA'
const rows = [{ Name: 'A' }]
const bodies = [{}, [], null, 'text', [null], '<!doctype html><title>Sign in</title>'] as const
const unread = new Set<unknown>(bodies)

interface Part {
  readonly add: (call: Composite & Batch) => Subrequest
  /** The bodies that it may have. */
  readonly legit?: ReadonlySet<unknown>
}

const parts: Readonly<Record<string, Part>> = {
  'sobject().create': { add: (call) => call.sobject('Account').create({ Name: 'A' }) },
  'sobject().get': { add: (call) => call.sobject('Account').get(id) },
  'sobject().update': { add: (call) => call.sobject('Account').update(id, { Name: 'A' }), legit: unread },
  'sobject().upsert': { add: (call) => call.sobject('Account').upsert({ Code__c: 1 }, { Name: 'A' }) },
  'sobject().delete': { add: (call) => call.sobject('Account').delete(id), legit: unread },
  query: { add: (call) => call.query('SELECT Id FROM Account') },
  request: { add: (call) => call.request({ url: 'limits' }), legit: unread },
}
const inComposite: Readonly<Record<string, Part>> = {
  ...parts,
  'collections().create': { add: (call) => call.collections('Account').create(rows) },
  'collections().update': { add: (call) => call.collections('Account').update([{ Id: id }]) },
  'collections().upsert': { add: (call) => call.collections('Account').upsert('Code__c', [{ Code__c: 1 }]) },
  'collections().delete': { add: (call) => call.collections('Account').delete([id]) },
  'collections().retrieve': {
    add: (call) => call.collections('Account').retrieve([id], ['Name']),
    legit: new Set([bodies[4]]),
  },
}
const inBatch: Readonly<Record<string, Part>> = {
  ...parts,
  search: { add: (call) => call.search('FIND {Acme}'), legit: new Set([bodies[1]]) },
  limits: { add: (call) => call.limits(), legit: new Set([bodies[0]]) },
}

describe('a part that succeeds with a body of another shape is a ProtocolError, unless it is promised, of', () => {
  const kinds = [
    ['composite', inComposite],
    ['batch', inBatch],
  ] as const
  for (const [kind, table] of kinds) {
    for (const [name, { add, legit = new Set() }] of Object.entries(table)) {
      it(`${kind}: ${name}`, async () => {
        for (const body of bodies) {
          const { salesforce } = scriptedOrg((request) => ({ json: answerOf(sentJson(request), body) }))
          const call = salesforce[kind]() as Composite & Batch
          const handle = add(call)
          const outcome = await call.send().catch((error: unknown) => error)
          assert.equal(outcome instanceof ProtocolError, !legit.has(body), `${JSON.stringify(body)}: ${outcome}`)
          if (!legit.has(body)) assert.throws(() => handle.value, ProtocolError)
        }
      })
    }
  }
})

describe('a call of several parts that is answered by something else is a ProtocolError of', () => {
  const wrong = [undefined, null, 'text', {}, [], [null], [{}], [{ graphId: 'a' }], [{ statusCode: 'good' }]]
  for (const [kind, member] of [
    ['composite', 'compositeResponse'],
    ['batch', 'results'],
    ['graph', 'graphs'],
  ] as const) {
    it(kind, async () => {
      for (const value of wrong) {
        const { salesforce } = scriptedOrg([{ json: { [member]: value } }])
        const call = salesforce[kind]()
        const list = 'add' in call ? call.add('a') : call
        const handle = list.sobject('Account').create({ Name: 'A' })
        await assert.rejects(call.send(), ProtocolError, JSON.stringify(value))
        assert.throws(() => handle.value, ProtocolError)
      }
    })
  }

  it('graph, which leaves the other graphs of the call their answers', async () => {
    const compositeResponse = [{ body: { id }, httpStatusCode: 201, referenceId: 'Account_create_1' }]
    const good = { graphId: 'b', isSuccessful: true, graphResponse: { compositeResponse } }
    const { salesforce } = scriptedOrg([{ json: { graphs: [{ graphId: 'a' }, good] } }])
    const call = salesforce.graph()
    const graphs = ['a', 'b'].map((name) => call.add(name))
    for (const graph of graphs) graph.sobject('Account').create({ Name: 'A' })
    await assert.rejects(call.send(), { code: 'ERR_SF_PARTIAL' })
    assert.throws(() => graphs[0]?.result, ProtocolError)
    assert.equal(graphs[1]?.result.isSuccessful, true)
  })
})

it('a part that says "not modified" unasked is a ProtocolError', async () => {
  const part = { body: null, httpStatusCode: 304, referenceId: 'Account_get_0' }
  const { salesforce } = scriptedOrg([{ json: { compositeResponse: [part] } }])
  const composite = salesforce.composite()
  composite.sobject('Account').get(id)
  await assert.rejects(composite.send(), ProtocolError)
})

/** The answer to a call of one part, with this body. */
function answerOf({ compositeRequest }: SentCall, body: unknown): object {
  if (compositeRequest === undefined) return { results: [{ statusCode: 200, result: body }] }
  const [{ referenceId }] = compositeRequest
  return { compositeResponse: [{ body, httpHeaders: {}, httpStatusCode: 200, referenceId }] }
}

interface SentCall {
  readonly compositeRequest?: readonly [{ readonly referenceId: string }]
}

function sentJson(request: TransportRequest): SentCall {
  return JSON.parse(String(request.body)) as SentCall
}
