import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OneTimeStream } from '../../src/files/one-time-stream.ts'

const MiB = 1 << 20

/** A source of numbered chunks of one MiB that tells what became of it. */
function source(count: number) {
  const told = { pulled: 0, closed: false }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (; told.pulled < count; ) {
        told.pulled += 1
        yield new Uint8Array(MiB).fill(told.pulled)
      }
    } finally {
      told.closed = true
    }
  }
  return { told, stream: new OneTimeStream(chunks()) }
}

async function numbers(bytes: AsyncIterable<Uint8Array>): Promise<number[]> {
  const seen: number[] = []
  for await (const chunk of bytes) seen.push(chunk[0] ?? 0)
  return seen
}

describe('a stream that can be read only once', () => {
  it('is read to its end whatever its length', async () => {
    assert.deepEqual(await numbers(source(10).stream.open()), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert.deepEqual(await numbers(source(0).stream.open()), [])
  })

  it('begins again with what was read before', async () => {
    const { stream } = source(8)
    const first = stream.open()[Symbol.asyncIterator]()
    for (let count = 0; count < 3; count += 1) await first.next()
    assert.deepEqual(await numbers(stream.open()), [1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('loses nothing that an earlier reader still waits for', async () => {
    const { stream } = source(4)
    const waiting = stream.open()[Symbol.asyncIterator]().next()
    const second = numbers(stream.open())
    await waiting
    assert.deepEqual(await second, [1, 2, 3, 4])
  })

  it('gives nothing more to an earlier reader', async () => {
    const { stream } = source(4)
    const first = stream.open()[Symbol.asyncIterator]()
    await first.next()
    const second = stream.open()
    assert.equal((await first.next()).done, true)
    assert.deepEqual(await numbers(second), [1, 2, 3, 4])
  })

  it('cannot begin again after more than four MiB', async () => {
    const { stream } = source(8)
    const reader = stream.open()[Symbol.asyncIterator]()
    for (let count = 0; count < 4; count += 1) await reader.next()
    stream.open()
    const last = stream.open()[Symbol.asyncIterator]()
    for (let count = 0; count < 5; count += 1) await last.next()
    assert.throws(() => stream.open(), { code: 'ERR_SF_CONFIG' })
  })

  it('lets go of its source when it is closed, and not after its end', async () => {
    const open = source(3)
    await open.stream.open()[Symbol.asyncIterator]().next()
    open.stream.close()
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(open.told, { pulled: 1, closed: true })
    const ended = source(1)
    await numbers(ended.stream.open())
    ended.stream.close()
    assert.equal(ended.told.closed, true)
  })
})
