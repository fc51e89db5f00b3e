import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, it } from 'node:test'
import { accessToken, Salesforce, type TransportRequest } from '@forcewire/core/portable'
import { instanceUrl, scriptedOrg } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

/** A client whose every answer has this status and body. */
function answering(status: number, body: (request: TransportRequest) => AsyncIterable<Uint8Array>): Salesforce {
  const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
  const transport = async (request: TransportRequest) => ({ status, headers: {}, body: body(request) })
  return new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1, retry: false })
}

describe('an answer', () => {
  it('that nothing has changed is no error', async () => {
    const { salesforce } = scriptedOrg([{ status: 304, headers: { etag: '"1"' } }])
    const answer = await salesforce.request({ path: 'sobjects', headers: { 'If-None-Match': '"1"' } })
    assert.deepEqual(answer, { status: 304, headers: { etag: '"1"' }, body: undefined })
  })

  it('of refusal is read up to a megabyte, however long it is', async () => {
    let sent = 0
    const salesforce = answering(400, async function* () {
      for (; sent < 50_000_000; sent += 100_000) yield new Uint8Array(100_000).fill(32)
    })
    await assert.rejects(salesforce.limits(), { status: 400 })
    assert.ok(sent <= 1_000_000, `${sent} bytes were read`)
  })
})

describe('a JSON body that never ends', () => {
  it('ends with the call when its caller aborts it, even when the transport takes no notice', async () => {
    const reading = Promise.withResolvers<void>()
    const salesforce = answering(200, async function* () {
      yield new Uint8Array(1)
      reading.resolve()
      await new Promise(() => {})
    })
    const stop = new AbortController()
    const ended = assert.rejects(salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
    await reading.promise
    stop.abort('enough')
    await ended
  })
})

describe('the body of a stream', () => {
  it('ends with an abort when the transport takes no notice', async () => {
    let sent = 0
    const salesforce = answering(200, async function* () {
      for (; sent < 1_000; sent += 1) yield new Uint8Array(1)
    })
    const stop = new AbortController()
    const { body } = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
    const reading = async (): Promise<void> => {
      for await (const _ of body) stop.abort('enough')
    }
    await assert.rejects(reading(), (error) => error === 'enough')
    assert.equal(sent, 0)
  })

  it("ends with the caller's own reason when it is aborted, whatever the transport makes of that", async () => {
    const salesforce = answering(200, async function* ({ signal }) {
      yield new Uint8Array(1)
      assert.ok(signal?.aborted)
      throw new Error('socket closed')
    })
    const stop = new AbortController()
    const { body } = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
    const read = async (): Promise<void> => {
      for await (const _ of body) stop.abort('enough')
    }
    await assert.rejects(read(), (error) => error === 'enough')
  })

  it('ends with an abort also when the call was sent again before it came', async () => {
    const org = scriptedOrg([{ status: 503, text: 'busy' }, { text: 'abc' }])
    const stop = new AbortController()
    const { body } = await org.salesforce.requestStream({ path: 'limits' }, { signal: stop.signal })
    const chunks = body[Symbol.asyncIterator]()
    await chunks.next()
    stop.abort(new Error('enough'))
    await assert.rejects(chunks.next(), { message: 'enough' })
  })

  it('that does not come ends with an abort also when the call is sent again', async () => {
    const stop = new AbortController()
    const org = scriptedOrg((_, index) => {
      if (index === 0) return { status: 503, text: 'busy' }
      setImmediate(() => stop.abort(new Error('enough')))
      return new Promise(() => {})
    })
    await assert.rejects(org.salesforce.requestStream({ path: 'limits' }, { signal: stop.signal }), {
      message: 'enough',
    })
  })

  it('holds on to the signal of the caller until it has been read, and no longer', async () => {
    const salesforce = answering(200, async function* () {
      yield new Uint8Array(1)
    })
    const { signal } = new AbortController()
    const { body } = await salesforce.requestStream({ path: 'x' }, { signal })
    assert.equal(getEventListeners(signal, 'abort').length, 1)
    assert.equal((await Array.fromAsync(body)).length, 1)
    assert.equal(getEventListeners(signal, 'abort').length, 0)
  })
})
