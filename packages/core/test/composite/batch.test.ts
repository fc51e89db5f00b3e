import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ApiError,
  ConfigurationError,
  PartialFailureError,
  ProtocolError,
  TransportError,
  type UnansweredSubrequest,
} from '@forcewire/core'
import type { TransportRequest } from '@forcewire/core/portable'
import fc from 'fast-check'
import { idOf } from '../collections/scripted-collections.ts'
import { type Answer, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { refusal, rejection, sentJson } from './scripted-composite.ts'

interface WireBatch {
  readonly haltOnError: boolean
  readonly batchRequests: readonly {
    readonly method: string
    readonly url: string
    readonly richInput?: Readonly<Record<string, unknown>>
  }[]
}

/** Answers each get with its own URL, so that mixed up results show. */
function echoing(request: TransportRequest): Answer {
  const results = sentJson<WireBatch>(request).batchRequests.map(({ url }) => ({
    statusCode: 200,
    result: { Name: url },
  }))
  return { json: { hasErrors: false, results } }
}

const failed = { statusCode: 400, result: refusal('MALFORMED_ID') }
const halted = { statusCode: 412, result: refusal('BATCH_PROCESSING_HALTED') }
const good = { statusCode: 204, result: null }

describe('batch', () => {
  it('sends bodies as richInput and paths without /services/data', async () => {
    const { salesforce, requests } = scriptedOrg([
      {
        json: {
          hasErrors: false,
          results: [
            { statusCode: 201, result: { id: '001A', success: true, errors: [] } },
            { statusCode: 200, result: { DailyApiRequests: { Max: 1, Remaining: 1 } } },
            { statusCode: 200, result: { totalSize: 3, done: true, records: [] } },
            { statusCode: 200, result: { searchRecords: [{ Id: '1' }] } },
            { statusCode: 200, result: [{ Id: '2' }] },
            { statusCode: 200, result: {} },
            { statusCode: 200, result: { actions: [] } },
          ],
        },
      },
    ])
    const batch = salesforce.batch()
    const account = batch.sobject('Account').create({ Name: 'A' })
    const limits = batch.limits()
    const count = batch.query('SELECT COUNT() FROM Account')
    const found = batch.search('FIND {A&B}')
    const old = batch.search('FIND {B}')
    const broken = batch.search('FIND {C}')
    const actions = batch.request({ url: 'actions' })
    const error = await rejection(batch.send())
    assert.ok(error instanceof PartialFailureError && error.cause instanceof ProtocolError)
    assert.match(String(requests[0]?.url), /\/services\/data\/v67\.0\/composite\/batch$/)
    assert.deepEqual(sentJson(requests[0]), {
      haltOnError: false,
      batchRequests: [
        { method: 'POST', url: 'v67.0/sobjects/Account', richInput: { Name: 'A' } },
        { method: 'GET', url: 'v67.0/limits' },
        { method: 'GET', url: 'v67.0/query?q=SELECT%20COUNT()%20FROM%20Account' },
        { method: 'GET', url: 'v67.0/search?q=FIND%20%7BA%26B%7D' },
        { method: 'GET', url: 'v67.0/search?q=FIND%20%7BB%7D' },
        { method: 'GET', url: 'v67.0/search?q=FIND%20%7BC%7D' },
        { method: 'GET', url: 'v67.0/actions' },
      ],
    })
    assert.equal(account.value.id, '001A')
    assert.equal(limits.value.DailyApiRequests?.Max, 1)
    assert.equal(count.value.totalSize, 3)
    assert.deepEqual(found.value, [{ Id: '1' }])
    assert.deepEqual(old.value, [{ Id: '2' }], 'API versions before 37.0 answer a bare list')
    assert.throws(() => broken.value, /no list of objects under 'searchRecords'/)
    assert.deepEqual(actions.value, { actions: [] })
  })

  it('names the option, or the header of it, that only a composite can carry', () => {
    const batch = scriptedOrg([]).salesforce.batch()
    assert.throws(() => batch.query('SELECT Id FROM Account', { batchSize: 200 }), {
      code: 'ERR_SF_CONFIG',
      message: 'batchSize is a header, which a query in a batch cannot have; leave it out, or query in a composite.',
    })
    assert.throws(() => batch.sobject('Account').create({}, { updateMru: true }), {
      code: 'ERR_SF_CONFIG',
      message: 'A subrequest of a batch has no headers such as Sforce-Mru; give them to send().',
    })
  })

  it('loses and doubles nothing, whatever the count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 130 }), fc.boolean(), async (count, haltOnError) => {
        const { salesforce, requests } = scriptedOrg(echoing)
        const batch = salesforce.batch({ haltOnError })
        const handles = Array.from({ length: count }, (_, index) => batch.sobject('Account').get(idOf(index)))
        const results = await batch.send()
        assert.equal(requests.length, Math.ceil(count / 25))
        assert.ok(requests.every((request) => sentJson<WireBatch>(request).batchRequests.length <= 25))
        assert.equal(results.length, count)
        handles.forEach((handle, index) => {
          assert.deepEqual(handle.value, { Name: `v67.0/sobjects/Account/${idOf(index)}` })
        })
      }),
      { numRuns: 40 },
    )
  })

  it('leaves failures to the handles, and raises the first of them when asked', async () => {
    for (const raise of [false, true]) {
      const { salesforce } = scriptedOrg([{ json: { hasErrors: true, results: [good, failed] } }])
      const batch = salesforce.batch({ raise })
      batch.sobject('Account').delete(idOf(0))
      const second = batch.sobject('Account').delete(idOf(1))
      const outcome = await batch.send().catch((error: unknown) => error)
      assert.throws(() => second.value, ApiError)
      assert.equal(outcome instanceof PartialFailureError, raise)
      if (raise) assert.match(String(outcome), /1 of 2 subrequests failed; Account_delete_1 says MALFORMED_ID/)
    }
  })

  it('halts over its calls: what comes after a failure is not sent', async () => {
    const { salesforce, requests } = scriptedOrg([
      { json: { hasErrors: true, results: [failed, ...Array.from({ length: 24 }, () => halted)] } },
    ])
    const batch = salesforce.batch({ haltOnError: true })
    const handles = Array.from({ length: 60 }, (_, index) => batch.sobject('Account').delete(idOf(index)))
    const results = await batch.send()
    assert.equal(requests.length, 1)
    assert.equal(sentJson<WireBatch>(requests[0]).haltOnError, true)
    assert.equal(results.length, 60)
    for (const handle of handles.slice(1)) {
      assert.ok(handle.result.ok === false && handle.result.error.has('BATCH_PROCESSING_HALTED'))
      assert.equal(handle.result.status, 412)
    }
  })

  it('keeps what was answered when a call fails, and tells the fate of the others', async () => {
    const { salesforce } = scriptedOrg((_, index) =>
      index === 1 ? networkFailure('ECONNRESET') : { json: { results: Array.from({ length: 25 }, () => good) } },
    )
    const batch = salesforce.batch({ haltOnError: true })
    const handles = Array.from({ length: 75 }, (_, index) => batch.sobject('Account').delete(idOf(index)))
    const error = await rejection(batch.send())
    assert.ok(error instanceof PartialFailureError && error.cause instanceof TransportError)
    assert.match(error.message, /25 answered, 0 refused, 25 of unknown fate, 25 not sent/)
    const results = error.results as (UnansweredSubrequest | { readonly ok: true })[]
    assert.deepEqual(
      [0, 25, 50].map((index) => results[index]).map((result) => result?.ok || result?.outcome),
      [true, 'unknown', 'not-sent'],
    )
    assert.equal(handles[0]?.result.ok, true)
    assert.throws(() => handles[25]?.result, TransportError)
    assert.throws(() => handles[50]?.value, TransportError)
  })

  it('halts at a subrequest of the second call, and sends what comes without haltOnError', async () => {
    const results = (index: number) =>
      Array.from({ length: 25 }, (_, part) => (index === 1 && part === 24 ? failed : good))
    for (const [haltOnError, calls] of [
      [true, 2],
      [false, 3],
    ] as const) {
      const { salesforce, requests } = scriptedOrg((_, index) => ({ json: { results: results(index) } }))
      const batch = salesforce.batch({ haltOnError })
      const handles = Array.from({ length: 75 }, (_, index) => batch.sobject('Account').delete(idOf(index)))
      await batch.send()
      assert.equal(requests.length, calls)
      assert.deepEqual(
        [0, 24, 25, 48].map((index) => handles[index]?.result.ok),
        [true, true, true, true],
      )
      assert.equal(handles[50]?.result.ok, !haltOnError)
      if (haltOnError) assert.throws(() => handles[74]?.value, /Not carried out, because a subrequest before it failed/)
    }
  })

  it('takes no options but its own, and nothing more once it was sent', async () => {
    const { salesforce } = scriptedOrg([{ json: { hasErrors: false, results: [good] } }])
    assert.throws(() => salesforce.batch({ haltOnErr: true } as never), /no option 'haltOnErr'/)
    for (const name of ['haltOnError', 'raise']) {
      assert.throws(
        () => salesforce.batch({ [name]: 1 } as never),
        new RegExp(`${name} must be true or false, but is 1`),
      )
    }
    const batch = salesforce.batch({ haltOnError: undefined as never })
    batch.sobject('Account').delete(idOf(0))
    await batch.send()
    assert.throws(() => batch.limits(), /This batch was sent; make a new one/)
  })

  it('throws a failure as it is when there is nothing to lose', async () => {
    const { salesforce } = scriptedOrg([{ status: 400, json: refusal('JSON_PARSER_ERROR') }, { json: { results: [] } }])
    for (const kind of [ApiError, ProtocolError]) {
      const batch = salesforce.batch()
      batch.limits()
      assert.ok((await rejection(batch.send())) instanceof kind)
    }
  })

  it('has no references and no headers of its own, which Salesforce would not take', () => {
    const batch = scriptedOrg([]).salesforce.batch()
    assert.throws(() => batch.limits().ref('DailyApiRequests'), /cannot refer to each other/)
    assert.throws(() => batch.sobject('Lead').create({}, { assignmentRule: true }), /give them to send\(\)/)
    assert.throws(() => batch.limits({ referenceid: 'a' } as never), ConfigurationError)
    assert.throws(() => batch.search(' '), ConfigurationError)
  })
})
