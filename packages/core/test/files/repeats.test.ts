import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, ConfigurationError, custom, type FileData, SessionError } from '@forcewire/core'
import { errors } from '../support/scripted-org.ts'
import { documentId, type Reply, type Sink, sink } from './sink.ts'

const upload = { pathOnClient: 'a', contentDocumentId: documentId }
const expired: Reply = [401, errors('INVALID_SESSION_ID')]

/** An org that refuses the first upload, once it has read it, because the session has expired. */
async function expiredOnce(): Promise<Sink> {
  const auth = custom(async () => ({ accessToken: 'T', instanceUrl: address }))
  const org = await sink((index) => (index === 0 ? expired : undefined), { auth, retry: false })
  const address = org.server.url
  return org
}

function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

async function* stream(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= 1 << 16) yield new Uint8Array(Math.min(left, 1 << 16)).fill(left % 251)
}

describe('an upload that must be sent again', () => {
  it('is sent again whole when its data can be read again', async () => {
    const again: readonly FileData[] = ['text', new Uint8Array(9), new Blob(['x']), () => stream(6 << 20)]
    for (const data of again) {
      await using org = await expiredOnce()
      await org.salesforce.files.upload({ ...upload, data })
      const [first, second] = org.arrived
      assert.equal(org.arrived.length, 2)
      assert.ok(first !== undefined && second !== undefined && first.body.equals(second.body))
    }
  })

  it('is sent again whole when its data is a short stream', async () => {
    await using org = await expiredOnce()
    await org.salesforce.files.upload({ ...upload, data: stream(3 << 20) })
    const [first, second] = org.arrived
    assert.ok(first !== undefined && second !== undefined && first.body.equals(second.body))
  })

  it('is refused with advice when its data is a long stream that is gone', async () => {
    await using org = await expiredOnce()
    const error = await rejection(org.salesforce.files.upload({ ...upload, data: stream(5 << 20) }))
    assert.ok(error instanceof ConfigurationError)
    assert.match(error.message, /stream that was already read; give data as bytes, a Blob or a function that makes a/)
    assert.ok(error.cause instanceof SessionError)
    assert.equal(error.request?.attempts, 1)
    assert.equal(org.arrived.length, 1)
  })

  it('is refused when the function gives the stream again that was read before', async () => {
    await using org = await expiredOnce()
    const same = stream(9)
    const error = await rejection(org.salesforce.files.upload({ ...upload, data: () => same }))
    assert.ok(error instanceof ConfigurationError)
    assert.match(error.message, /^data is a stream that was read before/)
    assert.ok(error.cause instanceof SessionError)
    const again = await rejection(org.salesforce.files.upload({ ...upload, data: same }))
    assert.ok(again instanceof ConfigurationError)
    assert.equal(org.arrived.length, 1)
  })

  it('tells why a retry was needed for which its stream was gone', async () => {
    const rules = [{ when: () => true }]
    await using org = await sink((index) => (index === 0 ? [400, errors('TRY_AGAIN')] : undefined), {
      retry: { rules },
    })
    const error = await rejection(org.salesforce.files.upload({ ...upload, data: stream(5 << 20) }))
    assert.ok(error instanceof ConfigurationError)
    assert.ok(error.cause instanceof ApiError && error.cause.has('TRY_AGAIN'))
  })
})
