import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { describe, it } from 'node:test'
import { scriptedOrg } from './support/scripted-org.ts'

const missing = () => createReadStream(new URL('./no-such-file.csv', import.meta.url))

describe('a stream that fails before anybody reads it', () => {
  it('fails the load that it was given to, not the process', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: {} }])
    const file = missing()
    const load = salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, file)
    await new Promise<void>((resolve) => file.on('close', () => resolve()))
    await assert.rejects(load.run(), { code: 'ENOENT' })
    assert.equal(requests.length, 0)
  })

  it('fails the upload that it was given to, not the process', async () => {
    const { salesforce } = scriptedOrg(async ({ body }) => {
      for await (const _ of body as AsyncIterable<Uint8Array>) {
        // The source fails on the way.
      }
      return { json: {} }
    })
    const file = missing()
    const upload = salesforce.files.upload({ pathOnClient: 'a.txt', data: file })
    await assert.rejects(upload, { code: 'ENOENT' })
  })
})
