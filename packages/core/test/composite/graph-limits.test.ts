import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TransportRequest } from '@forcewire/core/portable'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'
import { answerTo, sentJson, type WireSubrequest } from './scripted-composite.ts'

interface WireGraphs {
  readonly graphs: readonly { readonly graphId: string; readonly compositeRequest: readonly WireSubrequest[] }[]
}

/** Creates everything. */
function created(request: TransportRequest): Answer {
  const graphs = sentJson<WireGraphs>(request).graphs.map(({ graphId, compositeRequest }) => {
    const compositeResponse = compositeRequest.map(({ referenceId }) => answerTo(referenceId))
    return { graphId, isSuccessful: true, graphResponse: { compositeResponse } }
  })
  return { json: { graphs } }
}

/** How many graphs each call holds, of graphs with so many subrequests of so many kinds, counted on from a first kind. */
async function calls(
  ...graphs: readonly { readonly nodes: number; readonly kinds?: number; readonly from?: number }[]
) {
  const { salesforce, requests } = scriptedOrg(created)
  const call = salesforce.graph()
  for (const { nodes, kinds = 1, from = 0 } of graphs) {
    const graph = call.add()
    for (let node = 0; node < nodes; node += 1) graph.sobject(`Object${from + (node % kinds)}__c`).create({})
  }
  await call.send()
  return requests.map((request) => sentJson<WireGraphs>(request).graphs.length)
}

/** A call with one graph whose records refer to each other in a chain. */
async function chain(length: number): Promise<number> {
  const { salesforce, requests } = scriptedOrg(created)
  const call = salesforce.graph()
  const accounts = call.add().sobject('Account')
  let last = accounts.create({ Name: 'A' })
  for (let index = 1; index < length; index += 1) last = accounts.create({ Name: 'A', ParentId: last.ref('id') })
  await call.send()
  return requests.length
}

describe('the limits of graphs', () => {
  it('let a graph of exactly 500 subrequests through, and refuse one of 501', async () => {
    assert.deepEqual(await calls({ nodes: 500 }), [1])
    await assert.rejects(calls({ nodes: 501 }), /has 501 subrequests, but Salesforce takes 500 in one graph/)
  })

  it('let a graph of exactly 15 kinds through, and refuse one of 16', async () => {
    assert.deepEqual(await calls({ nodes: 15, kinds: 15 }), [1])
    await assert.rejects(calls({ nodes: 16, kinds: 16 }), /has 16 kinds of subrequests.*Salesforce takes 15/)
  })

  it('let a chain of exactly 15 references through, and refuse one of 16', async () => {
    assert.equal(await chain(15), 1)
    await assert.rejects(chain(16), /has 16 subrequests in its longest chain of references/)
  })

  it('put graphs together up to exactly 500 subrequests', async () => {
    assert.deepEqual(await calls({ nodes: 250 }, { nodes: 250 }), [2])
    assert.deepEqual(await calls({ nodes: 250 }, { nodes: 251 }), [1, 1])
    assert.deepEqual(await calls({ nodes: 200 }, { nodes: 200 }, { nodes: 200 }, { nodes: 300 }), [2, 2])
  })

  it('put graphs together up to exactly 15 kinds, those of all graphs counted', async () => {
    const single = Array.from({ length: 16 }, (_, from) => ({ nodes: 1, from }))
    assert.deepEqual(await calls(...single.slice(0, 15)), [15])
    assert.deepEqual(await calls(...single), [15, 1])
    assert.deepEqual(await calls(...single, ...single), [15, 15, 2])
  })
})
