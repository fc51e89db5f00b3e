import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PartialFailureError } from '@forcewire/core'
import { instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const queued = (message: string) => ({
  id: 'e01000000000001AAA',
  success: true,
  errors: [{ statusCode: 'OPERATION_ENQUEUED', message, fields: [] }],
})
const refused = { success: false, errors: [{ statusCode: 'LIMIT_EXCEEDED', message: 'too many', fields: [] }] }

describe('platform events', () => {
  it('are published together, each with a result that tells its UUID', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [queued('uuid-1'), refused] }])
    const results = await salesforce.platformEvents.publish('Order__e', [{ Number__c: 1 }, { Number__c: 2 }])
    assert.deepEqual(
      results.map(({ success, eventUuid, errors }) => [success, eventUuid, errors.map(({ errorCode }) => errorCode)]),
      [
        [true, 'uuid-1', []],
        [false, undefined, ['LIMIT_EXCEEDED']],
      ],
    )
    assert.equal(requests[0]?.url, `${instanceUrl}/services/data/v67.0/composite/sobjects`)
    assert.deepEqual(JSON.parse(String(requests[0]?.body)), {
      allOrNone: false,
      records: [
        { attributes: { type: 'Order__e' }, Number__c: 1 },
        { attributes: { type: 'Order__e' }, Number__c: 2 },
      ],
    })
  })

  it('that were published stay known when a later call fails', async () => {
    const events = Array.from({ length: 201 }, (_, index) => ({ Number__c: index }))
    const { salesforce } = scriptedOrg((_, index) =>
      index === 0 ? { json: Array(200).fill(queued('uuid')) } : networkFailure('ECONNRESET'),
    )
    const publish = salesforce.platformEvents.publish('Order__e', events, { parallelCalls: 1 })
    await assert.rejects(publish, (error) => {
      assert.ok(error instanceof PartialFailureError)
      const [first, last] = [error.results[0], error.results[200]]
      assert.deepEqual([first.success, first.eventUuid, first.errors], [true, 'uuid', []])
      assert.equal(last.success, false)
      return true
    })
  })

  it('fail together when asked to', async () => {
    const { salesforce } = scriptedOrg([{ json: [refused] }])
    await assert.rejects(salesforce.platformEvents.publish('Order__e', [{}], { raise: true }), {
      code: 'ERR_SF_PARTIAL',
    })
  })

  it('are refused before any request when they are none', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [] }])
    const { platformEvents } = salesforce
    for (const name of ['Account', 'Event', 'Order__c']) {
      await assert.rejects(platformEvents.publish(name, [{}]), /event must be the API name of a platform event/)
    }
    for (const name of [null, 'a/b__e', 'Order __e']) {
      await assert.rejects(platformEvents.publish(name as never, [{}]), /event must be an API name/)
    }
    await assert.rejects(platformEvents.publish('Order__e', null as never), { code: 'ERR_SF_CONFIG' })
    await assert.rejects(platformEvents.publish('Order__e', [{}], { allOrNon: true } as never), /allOrNon/)
    assert.equal(requests.length, 0)
  })
})
