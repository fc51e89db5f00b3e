import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'
import { type FileData, openData } from '../../src/files/file-data.ts'
import { networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { documentId } from './sink.ts'

const upload = { pathOnClient: 'a', contentDocumentId: documentId }

describe('a stream of file data', () => {
  it('is let go when the request failed before it was read', async () => {
    const made: Readable[] = []
    const make = (): Readable => {
      const stream = new Readable({ read() {} })
      made.push(stream)
      return stream
    }
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNREFUSED')], { retry: { maxRetries: 2 } })
    for (const data of [make(), make]) {
      await assert.rejects(salesforce.files.upload({ ...upload, data }), { code: 'ERR_SF_TRANSPORT' })
    }
    assert.equal(requests.length, 6)
    assert.deepEqual(
      made.map(({ destroyed }) => destroyed),
      [true, true, true, true],
    )
  })

  it('is cancelled when it is one of the web', async () => {
    let cancelled = 0
    const cancel = (): void => {
      cancelled += 1
    }
    const make = (): ReadableStream<Uint8Array> => new ReadableStream({ cancel })
    const given: readonly FileData[] = [make(), make]
    for (const data of given) {
      const opened = openData(data)
      opened.open()
      opened.close()
    }
    assert.equal(cancelled, 2)
  })

  it('may be chunks of another realm, but no text with half a character', async () => {
    const bytes = runInNewContext('new Uint8Array([1])') as Uint8Array
    assert.deepEqual(await Array.fromAsync(openData(Readable.from([bytes])).open()), [bytes])
    await assert.rejects(Array.fromAsync(openData(Readable.from(['a\ud800'])).open()), {
      code: 'ERR_SF_CONFIG',
      message: /^A chunk of data must be a text of whole characters/,
    })
  })

  it('is made anew for each attempt', async () => {
    const opened = openData(() => Readable.from([new Uint8Array([1])]), 1)
    for (let attempt = 0; attempt < 2; attempt += 1) {
      assert.deepEqual(await Array.fromAsync(opened.open()), [new Uint8Array([1])])
    }
    opened.close()
  })
})
