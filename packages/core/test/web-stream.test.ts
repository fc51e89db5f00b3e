import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openSource } from '../src/bulk/ingest-source.ts'
import { openData } from '../src/files/file-data.ts'

/** Streams as some browsers have them. */
describe('a web stream that cannot be looped over', () => {
  const prototype = ReadableStream.prototype as object
  const own = Object.getOwnPropertyDescriptor(prototype, Symbol.asyncIterator) as PropertyDescriptor
  before(() => Reflect.deleteProperty(prototype, Symbol.asyncIterator))
  after(() => Object.defineProperty(prototype, Symbol.asyncIterator, own))

  function stream(told: { cancelled: boolean }): ReadableStream<Uint8Array> {
    let count = 0
    return new ReadableStream({
      pull(controller) {
        count += 1
        if (count > 3) controller.close()
        else controller.enqueue(new Uint8Array([count]))
      },
      cancel() {
        told.cancelled = true
      },
    })
  }

  it('is read as a file, and let go when the upload ends early', async () => {
    const told = { cancelled: false }
    const chunks = await Array.fromAsync(openData(stream(told)).open())
    assert.deepEqual(
      chunks.map((chunk) => chunk[0]),
      [1, 2, 3],
    )
    assert.equal(told.cancelled, false)
    const early = openData(stream(told))
    await early.open()[Symbol.asyncIterator]().next()
    early.close()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(told.cancelled, true)
  })

  it('is read as the CSV of a bulk load', async () => {
    const opened = await openSource(stream({ cancelled: false }), new AbortController().signal)
    assert.ok(opened.kind === 'csv')
    assert.deepEqual(
      (await Array.fromAsync(opened.chunks)).map((chunk) => chunk[0]),
      [1, 2, 3],
    )
  })
})
