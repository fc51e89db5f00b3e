import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ApiError,
  ConfigurationError,
  type GraphResult,
  PartialFailureError,
  type Reference,
  type Salesforce,
  type UnansweredSubrequest,
} from '@forcewire/core'
import type { TransportRequest } from '@forcewire/core/portable'
import fc from 'fast-check'
import { type Answer, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { answerTo, refusal, rejection, sentJson, type WireSubrequest } from './scripted-composite.ts'

interface WireGraphs {
  readonly graphs: readonly { readonly graphId: string; readonly compositeRequest: readonly WireSubrequest[] }[]
}

/** Creates everything. */
function created(request: TransportRequest): Answer {
  const graphs = sentJson<WireGraphs>(request).graphs.map(({ graphId, compositeRequest }) => ({
    graphId,
    isSuccessful: true,
    graphResponse: { compositeResponse: compositeRequest.map(({ referenceId }) => answerTo(referenceId)) },
  }))
  return { json: { graphs } }
}

describe('graph', () => {
  it('sends graphs with ids of their own and answers each of them', async () => {
    const { salesforce, requests } = scriptedOrg(created)
    const call = salesforce.graph()
    const contacts = ['order-1', undefined].map((graphId) => {
      const graph = call.add(graphId)
      const account = graph.sobject('Account').create({ Name: 'Acme' })
      return graph.sobject('Contact').create({ LastName: 'Doe', AccountId: account.ref('id') })
    })
    const results = await call.send()
    assert.match(String(requests[0]?.url), /\/services\/data\/v67\.0\/composite\/graph$/)
    const url = '/services/data/v67.0/sobjects'
    assert.deepEqual(sentJson(requests[0]), {
      graphs: ['order-1', 'graph_1'].map((graphId, index) => ({
        graphId,
        compositeRequest: [
          { referenceId: `Account_create_${index}`, method: 'POST', url: `${url}/Account`, body: { Name: 'Acme' } },
          {
            referenceId: `Contact_create_${index}`,
            method: 'POST',
            url: `${url}/Contact`,
            body: { LastName: 'Doe', AccountId: `@{Account_create_${index}.id}` },
          },
        ],
      })),
    })
    assert.deepEqual(
      results.map(({ graphId, isSuccessful, results: own }) => [graphId, isSuccessful, own.length]),
      [
        ['order-1', true, 2],
        ['graph_1', true, 2],
      ],
    )
    assert.equal(contacts[1]?.value.id, 'id of Contact_create_1')
  })

  it('tells which graph was rolled back and why, and raises it when asked', async () => {
    for (const raise of [false, true]) {
      const { salesforce } = scriptedOrg([
        {
          json: {
            graphs: [
              {
                graphId: 'bad',
                isSuccessful: false,
                graphResponse: {
                  compositeResponse: [
                    answerTo('Account_create_0', 400, refusal('PROCESSING_HALTED')),
                    answerTo('Account_create_1', 400, refusal('REQUIRED_FIELD_MISSING')),
                  ],
                },
              },
              { graphId: 'halted', isSuccessful: false },
            ],
          },
        },
      ])
      const call = salesforce.graph({ raise })
      const bad = call.add('bad')
      bad.sobject('Account').create({})
      bad.sobject('Account').create({})
      const halted = call.add('halted')
      const never = halted.sobject('Account').create({})
      const outcome = await call.send().catch((error: unknown) => error)
      assert.equal(bad.result.isSuccessful, false)
      assert.ok(bad.result.error?.has('REQUIRED_FIELD_MISSING'))
      assert.ok(halted.result.error?.has('PROCESSING_HALTED'))
      assert.throws(() => never.value, ApiError)
      assert.equal(outcome instanceof PartialFailureError, raise)
      if (raise) assert.match(String(outcome), /2 of 2 graphs failed; bad says REQUIRED_FIELD_MISSING/)
    }
  })

  it('never tears a graph and stays below 75 graphs, 500 subrequests and 15 kinds a call', async () => {
    const shape = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 40 })), {
      maxLength: 90,
    })
    await fc.assert(
      fc.asyncProperty(shape, async (graphs) => {
        const { salesforce, requests } = scriptedOrg(created)
        const call = salesforce.graph()
        for (const [nodes, kind] of graphs) {
          const graph = call.add()
          for (let node = 0; node < nodes; node += 1) graph.sobject(`Object${kind}__c`).create({})
        }
        const results = await call.send()
        assert.deepEqual(
          results.map(({ results: own }) => own.length),
          graphs.map(([nodes]) => nodes),
        )
        const calls = requests.map((request) => sentJson<WireGraphs>(request).graphs)
        assert.deepEqual(
          calls.flat().map(({ graphId }) => graphId),
          graphs.map((_, index) => `graph_${index}`),
        )
        for (const sent of calls) {
          const nodes = sent.flatMap(({ compositeRequest }) => compositeRequest)
          assert.ok(sent.length <= 75 && nodes.length <= 500)
          assert.ok(new Set(nodes.map(({ url }) => url)).size <= 15)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('takes 75 graphs to a call, and no more', async () => {
    const sizes: number[] = []
    const org = scriptedOrg((request) => {
      const { graphs } = sentJson<{ readonly graphs: readonly { readonly graphId: string }[] }>(request)
      sizes.push(graphs.length)
      return { json: { graphs: graphs.map(({ graphId }) => ({ graphId, isSuccessful: false })) } }
    })
    const call = org.salesforce.graph()
    for (let count = 0; count < 76; count += 1) call.add().sobject('Account').create({ Name: 'A' })
    await call.send()
    assert.deepEqual(sizes, [75, 1])
  })

  it('keeps what was answered when one of its calls fails', async () => {
    const { salesforce } = scriptedOrg((request) => {
      const [first] = sentJson<WireGraphs>(request).graphs
      return first?.graphId === 'graph_1' ? networkFailure('ECONNRESET') : created(request)
    })
    const call = salesforce.graph()
    for (let graph = 0; graph < 2; graph += 1) {
      const records = call.add().sobject('Account')
      for (let node = 0; node < 400; node += 1) records.create({})
    }
    const error = await rejection(call.send())
    assert.ok(error instanceof PartialFailureError)
    const [first, second] = error.results as [GraphResult, UnansweredSubrequest]
    assert.equal(first.isSuccessful, true)
    assert.equal(second.outcome, 'unknown')
  })

  it('sends nothing when there is no graph', async () => {
    const { salesforce, requests } = scriptedOrg([])
    assert.deepEqual(await salesforce.graph().send(), [])
    assert.equal(requests.length, 0)
  })
})

describe('graph: bad input', () => {
  const { salesforce, requests } = scriptedOrg([])

  const refused: Readonly<Record<string, readonly [(client: Salesforce) => Promise<unknown>, RegExp]>> = {
    'an empty graph': [
      async (client) => {
        const call = client.graph()
        call.add('none')
        await call.send()
      },
      /graph none is empty/,
    ],
    'more than 500 subrequests': [
      async (client) => {
        const call = client.graph()
        const records = call.add('big').sobject('Account')
        for (let node = 0; node < 501; node += 1) records.create({})
        await call.send()
      },
      /graph big has 501 subrequests, but Salesforce takes 500/,
    ],
    'more than 15 kinds': [
      async (client) => {
        const call = client.graph()
        const graph = call.add('wide')
        for (let kind = 0; kind < 16; kind += 1) graph.sobject(`Object${kind}__c`).create({})
        await call.send()
      },
      /graph wide has 16 kinds/,
    ],
    'a chain of more than 15': [
      async (client) => {
        const call = client.graph()
        const records = call.add('deep').sobject('Account')
        let parent: Reference | undefined
        for (let node = 0; node < 16; node += 1) parent = records.create({ ParentId: parent ?? null }).ref('id')
        await call.send()
      },
      /graph deep has 16 subrequests in its longest chain of references/,
    ],
    'a request to something else than records': [
      async (client) => {
        const call = client.graph()
        call.add('other').request({ url: 'limits' })
        await call.send()
      },
      /takes requests to sobjects only, but Request_0 is none/,
    ],
    'an id twice': [
      async (client) => [1, 2].map(() => client.graph()).map((call) => [call.add('a'), call.add('a')]),
      /'a' is taken/,
    ],
    'an id that is none': [async (client) => client.graph().add(7 as never), /graphId must be a text/],
    'a misspelt option': [async (client) => client.graph({ rise: true } as never), /no option 'rise'/],
    'headers of one subrequest': [
      async (client) => client.graph().add().sobject('Lead').create({}, { updateMru: false }),
      /has no headers/,
    ],
    'a reference to another graph': [
      async (client) => {
        const call = client.graph()
        const account = call.add().sobject('Account').create({})
        call
          .add()
          .sobject('Contact')
          .create({ AccountId: account.ref('id') })
      },
      /not before this one in the same graph/,
    ],
    'a second send': [
      async (client) => {
        const call = client.graph()
        await call.send()
        await call.send()
      },
      /were sent already/,
    ],
  }
  for (const [name, [run, message]] of Object.entries(refused)) {
    it(`refuses ${name} before any request`, async () => {
      const error = await rejection(run(salesforce))
      assert.ok(error instanceof ConfigurationError, String(error))
      assert.match(error.message, message)
      assert.equal(requests.length, 0)
    })
  }

  it('refuses to be read before it was sent', () => {
    assert.throws(() => salesforce.graph().add('early').result, /graph early has no result yet/)
  })
})
