import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, it } from 'node:test'
import { PartialFailureError, type RowResult, TransportError } from '@forcewire/core'
import type { TransportRequest } from '@forcewire/core/portable'
import { type Answer, errors, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { accounts, refusal, rejection, saved, wire } from './scripted-collections.ts'

describe('collections: locked records', () => {
  it('sends only the locked ones again, after the back-off of the policy', async () => {
    const { salesforce, requests, clock } = scriptedOrg((request, index) => {
      const { records } = wire(request)
      if (index === 0)
        return { json: [{ id: 'a', success: true, errors: [] }, refusal('UNABLE_TO_LOCK_ROW'), refusal('X')] }
      if (index === 1) return { json: [refusal('UNABLE_TO_LOCK_ROW')] }
      return { json: records.map(({ Name }) => ({ id: `id of ${Name}`, success: true, errors: [] })) }
    })
    const results = await salesforce.collections('Account').create(accounts(3))
    assert.deepEqual(
      requests.slice(1).map((request) => wire(request).records.map((record) => record.Name)),
      [['Account 1'], ['Account 1']],
    )
    assert.deepEqual(clock.sleeps, [500, 1_000])
    assert.deepEqual(
      results.map((result) => result.id),
      ['a', 'id of Account 1', undefined],
    )
  })

  it('sends the whole call again where a lock rolled it back', async () => {
    const { salesforce, requests } = scriptedOrg((request, index) =>
      index === 0
        ? { json: [refusal('ALL_OR_NONE_OPERATION_ROLLED_BACK'), refusal('UNABLE_TO_LOCK_ROW')] }
        : saved(request),
    )
    const results = await salesforce.collections('Account').create(accounts(2), { allOrNone: true })
    assert.equal(wire(requests[1] as TransportRequest).records.length, 2)
    assert.ok(results.every((result) => result.success))
  })

  it('tells listeners of each repeat, and takes it from the budget of the client', async () => {
    const locked = { json: [refusal('UNABLE_TO_LOCK_ROW')] }
    const { salesforce, requests } = scriptedOrg([locked], { retry: { budget: 2.2 } })
    const told: unknown[] = []
    salesforce.on('retry', ({ method, path, retry, delay, error }) =>
      told.push([method, path, retry, delay, error.has('UNABLE_TO_LOCK_ROW'), error.request?.attempts]),
    )
    await salesforce.collections('Account').upsert('External_Id__c', [{ External_Id__c: 'a' }])
    const path = '/services/data/v67.0/composite/sobjects/Account/External_Id__c'
    assert.deepEqual(told, [
      ['PATCH', path, 1, 500, true, 1],
      ['PATCH', path, 2, 1_000, true, 2],
    ])
    assert.equal(requests.length, 3)
  })

  it('gives up with the policy, and at once when retries are off', async () => {
    for (const [retry, sends] of [
      [{ maxRetries: 2 }, 3],
      [false, 1],
    ] as const) {
      const { salesforce, requests } = scriptedOrg([{ json: [refusal('UNABLE_TO_LOCK_ROW')] }])
      const [result] = await salesforce.collections('Account').create(accounts(1), { retry })
      assert.equal(result?.errors[0]?.errorCode, 'UNABLE_TO_LOCK_ROW')
      assert.equal(requests.length, sends)
    }
  })

  it('has the timeout of the call for all of it', async () => {
    const locked = { json: [refusal('UNABLE_TO_LOCK_ROW')] }
    const once = scriptedOrg([locked])
    const retry = { initialDelay: 20_000, maxDelay: 20_000 }
    const rows = once.salesforce.collections('Account').create(accounts(1), { timeout: 20_000, retry })
    assert.equal((await rows)[0]?.errors[0]?.errorCode, 'UNABLE_TO_LOCK_ROW')
    assert.equal(once.requests.length, 1, 'the wait would end when the time is over')

    const org = scriptedOrg((_, index) => (index === 0 ? locked : new Promise<Answer>(() => {})))
    const { clock } = org
    const begin = clock.now()
    const stopped = assert.rejects(org.salesforce.collections('Account').create(accounts(1), { timeout: 20_000 }))
    while (org.requests.length < 2) await new Promise((resolve) => setImmediate(resolve))
    clock.advance(begin + 20_000 - clock.now())
    await stopped
  })

  it('keeps what was saved when the repeat of a locked record fails', async () => {
    const { salesforce } = scriptedOrg([
      { json: [{ id: 'a', success: true, errors: [] }, refusal('UNABLE_TO_LOCK_ROW')] },
      networkFailure('ECONNRESET'),
    ])
    const error = await rejection(salesforce.collections('Account').create(accounts(2)))
    assert.ok(error instanceof PartialFailureError)
    const [first, second] = error.results as RowResult[]
    assert.equal(first?.id, 'a')
    assert.equal(second?.outcome, 'unknown')
  })
})

describe('collections: a wait for locked records that is aborted', () => {
  it('keeps what was saved', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const { salesforce } = scriptedOrg(() => {
      controller.abort(reason)
      return { json: [{ id: 'a', success: true, errors: [] }, refusal('UNABLE_TO_LOCK_ROW')] }
    })
    const { signal } = controller
    const error = await rejection(salesforce.collections('Account').create(accounts(2), { signal }))
    assert.equal(error instanceof PartialFailureError ? error.cause : error, reason)
  })
})

describe('collections: a call that fails', () => {
  it('keeps the results of the calls before it and tells the fate of every record', async () => {
    const { salesforce, requests } = scriptedOrg((request, index) =>
      index === 1 ? networkFailure('ECONNRESET') : saved(request),
    )
    const error = await rejection(salesforce.collections('Account').create(accounts(1_000), { parallelCalls: 1 }))
    assert.ok(error instanceof PartialFailureError)
    assert.ok(error.cause instanceof TransportError)
    assert.match(
      error.message,
      /create of Account stopped \(records: 200 saved, 0 refused, 200 of unknown fate, 600 not sent\)/,
    )
    const results = error.results as RowResult[]
    assert.equal(results.length, 1_000)
    assert.deepEqual(
      [0, 199, 200, 399, 400, 999].map((index) => results[index]?.outcome ?? results[index]?.success),
      [true, true, 'unknown', 'unknown', 'not-sent', 'not-sent'],
    )
    assert.equal(requests.length, 2, 'a create whose answer was lost is not repeated, and no further call starts')
  })

  it('is thrown as it is when Salesforce refused the first call whole', async () => {
    const { salesforce } = scriptedOrg([{ status: 400, json: errors('INVALID_FIELD') }])
    const error = await rejection(salesforce.collections('Account').create(accounts(300)))
    assert.ok(!(error instanceof PartialFailureError))
    assert.match(String(error), /INVALID_FIELD/)
  })

  it('tells the fate of every record also when it was the first of several', async () => {
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET')])
    const error = await rejection(salesforce.collections('Account').create(accounts(300), { parallelCalls: 1 }))
    assert.ok(error instanceof PartialFailureError)
    const results = error.results as RowResult[]
    assert.deepEqual([results[0]?.outcome, results[299]?.outcome], ['unknown', 'not-sent'])
  })

  it('is thrown as it is when it was the only one', async () => {
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET')])
    assert.ok((await rejection(salesforce.collections('Account').create(accounts(3)))) instanceof TransportError)
  })

  it('names the records of an input that breaks half-way', async () => {
    async function* rows(): AsyncGenerator<{ readonly Name: string }> {
      yield* accounts(250)
      throw new Error('the file ended early')
    }
    const { salesforce } = scriptedOrg(saved)
    const error = await rejection(salesforce.collections('Account').create(rows(), { parallelCalls: 1 }))
    assert.ok(error instanceof PartialFailureError)
    assert.equal((error.cause as Error).message, 'the file ended early')
    const results = error.results as RowResult[]
    assert.equal(results.filter((result) => result.success).length, 200)
    assert.equal(results.filter((result) => result.outcome === 'not-sent').length, 50)
  })

  it('ends the input when it stops', async () => {
    let closed = false
    function* rows(): Generator<{ readonly Name: string }> {
      try {
        for (;;) yield { Name: 'A' }
      } finally {
        closed = true
      }
    }
    const { salesforce } = scriptedOrg([{ status: 400, json: errors('INVALID_FIELD') }])
    await rejection(salesforce.collections('Account').create(rows(), { parallelCalls: 1 }))
    assert.ok(closed)
  })

  it('does not wait for an input that has nothing to give once the client is closed', async () => {
    async function* rows(): AsyncGenerator<{ readonly Name: string }> {
      queueMicrotask(() => void salesforce.close())
      await new Promise(() => {})
      yield { Name: 'A' }
    }
    const { salesforce } = scriptedOrg(saved)
    const closed = { message: /^This Salesforce client was closed/ }
    await assert.rejects(salesforce.collections('Account').create(rows()), closed)
    const other = scriptedOrg(saved).salesforce
    const trees = other.tree('Account').create(rows())
    queueMicrotask(() => void other.close())
    await assert.rejects(trees, closed)
  })

  it('does not wait for an input that has nothing to give', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    async function* rows(): AsyncGenerator<{ readonly Name: string }> {
      yield* accounts(200)
      // The first call is answered, and more rows never come.
      queueMicrotask(() => controller.abort(reason))
      await new Promise(() => {})
    }
    const { salesforce } = scriptedOrg(saved)
    const { signal } = controller
    const error = await rejection(salesforce.collections('Account').create(rows(), { signal, parallelCalls: 1 }))
    assert.ok(error instanceof PartialFailureError)
    assert.equal(error.cause, reason)
    assert.ok((error.results as RowResult[]).every((result) => result.success))
  })

  it('is a broken promise of the API when results are missing', async () => {
    const { salesforce } = scriptedOrg([{ json: [] }])
    const error = await rejection(salesforce.collections('Account').create(accounts(2)))
    assert.match(String(error), /answered 0 results to 2 records/)
  })

  it('is a broken promise of the API when there are more results than records', async () => {
    const org = scriptedOrg([{ json: [refusal('A'), refusal('B')] }])
    await assert.rejects(org.salesforce.collections('Account').create(accounts(1)), {
      code: 'ERR_SF_PROTOCOL',
      message: /answered 2 results to 1 records/,
    })
  })

  it('or succeeds leaves nothing on the signal of its caller', async () => {
    const { signal } = new AbortController()
    const org = scriptedOrg(saved)
    await org.salesforce.collections('Account').create(accounts(450), { signal })
    assert.equal(getEventListeners(signal, 'abort').length, 0)
  })

  it('does not start for a signal that is aborted already', async () => {
    const { salesforce, requests } = scriptedOrg(saved)
    const reason = new Error('no more')
    const signal = AbortSignal.abort(reason)
    assert.equal(await rejection(salesforce.collections('Account').create(accounts(3), { signal })), reason)
    assert.equal(requests.length, 0)
  })
})
