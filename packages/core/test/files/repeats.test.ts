import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { custom, type FileData } from '@forcewire/core'
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
    await assert.rejects(org.salesforce.files.upload({ ...upload, data: stream(5 << 20) }), {
      code: 'ERR_SF_CONFIG',
      message: /stream that was already read; give data as bytes, a Blob or a function that makes a fresh stream/,
    })
    assert.equal(org.arrived.length, 1)
  })
})
