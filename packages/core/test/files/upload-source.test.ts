import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { describe, it } from 'node:test'
import { accessToken, Salesforce } from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'

describe('an upload whose source fails', () => {
  it('rejects with the error of the source, not with one of the network', async () => {
    await using server = await loopbackServer((request) => request.resume())
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'TOKEN', instanceUrl: server.url }) })
    const missing = (): AsyncIterable<Uint8Array> => createReadStream(new URL('./no-such-file', import.meta.url))
    const upload = salesforce.files.upload({ pathOnClient: 'a.txt', data: missing })
    await assert.rejects(upload, { code: 'ENOENT' })
    const raw = salesforce.requestStream({
      method: 'PUT',
      path: '/services/apexrest/upload',
      body: async function* () {
        yield new Uint8Array(1)
        throw new RangeError('broken source')
      },
    })
    await assert.rejects(raw, RangeError)
  })
})
