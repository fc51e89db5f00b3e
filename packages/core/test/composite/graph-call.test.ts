import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, PartialFailureError } from '@forcewire/core'
import { networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { answerTo, refusal, rejection } from './scripted-composite.ts'

const done = { graphId: 'graph_0', isSuccessful: true, graphResponse: { compositeResponse: [answerTo('a', 200, {})] } }

describe('a call with graphs', () => {
  it('is sent once, and takes nothing more from then on', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: { graphs: [done] } }])
    const call = salesforce.graph()
    const graph = call.add()
    graph.request({ method: 'GET', url: 'sobjects/Account', referenceId: 'a' })
    await call.send()
    assert.throws(() => call.add(), /sent already; make a new graph\(\)/)
    assert.throws(() => graph.sobject('Account').create({}), /This graph was sent; make a new one/)
    await assert.rejects(call.send(), /sent already/)
    assert.equal(requests.length, 1)
  })

  it('is repeated after a broken connection only when all its parts may be', async () => {
    for (const [method, sends] of [
      ['GET', 2],
      ['POST', 1],
    ] as const) {
      const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET'), { json: { graphs: [done] } }])
      const call = salesforce.graph()
      call.add().request({ method, url: 'sobjects/Account', referenceId: 'a' })
      await call.send().catch(() => undefined)
      assert.equal(requests.length, sends, method)
    }
  })

  it('tells every graph of a call that failed what happened to it', async () => {
    const { salesforce } = scriptedOrg([{ status: 400, json: refusal('JSON_PARSER_ERROR') }])
    const call = salesforce.graph()
    const graph = call.add()
    const record = graph.sobject('Account').create({})
    const error = await rejection(call.send())
    assert.ok(error instanceof ApiError && error.has('JSON_PARSER_ERROR'))
    assert.throws(() => graph.result, error)
    assert.throws(() => record.value, error)
  })

  it('raises a failed graph with all results and the first cause; what Salesforce is silent about was halted', async () => {
    const failed = {
      graphId: 'bad',
      isSuccessful: false,
      graphResponse: { compositeResponse: [answerTo('a', 400, refusal('REQUIRED_FIELD_MISSING'))] },
    }
    const { salesforce } = scriptedOrg([{ json: { graphs: [failed, { graphId: 'late', isSuccessful: false }] } }])
    const call = salesforce.graph({ raise: true })
    call.add('bad').request({ method: 'POST', url: 'sobjects/Account', referenceId: 'a' })
    const late = call.add('late').request({ method: 'POST', url: 'sobjects/Account', referenceId: 'b' })
    const error = await rejection(call.send())
    assert.ok(error instanceof PartialFailureError)
    assert.equal(error.results.length, 2)
    assert.ok(error.cause instanceof ApiError && error.cause.has('REQUIRED_FIELD_MISSING'))
    assert.equal(late.result.status, 400)
    assert.throws(() => late.value, /PROCESSING_HALTED: Not carried out, because the graph failed/)
  })

  it('refuses options that are none, and headers of single parts, which Salesforce would not take', () => {
    const { salesforce } = scriptedOrg([])
    assert.throws(() => salesforce.graph({ rase: true } as never), /options has no option 'rase'/)
    assert.throws(() => salesforce.graph({ raise: 1 } as never), /raise must be true or false/)
    const leads = salesforce.graph().add().sobject('Lead')
    assert.throws(() => leads.create({}, { assignmentRule: true }), /give them to send\(\)/)
  })
})
