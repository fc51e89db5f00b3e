import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Page, recordStream } from '../src/record-stream.ts'

/** A list of three pages of ten, and how many pages were asked for. */
function list() {
  const asked = { pages: 0 }
  async function* pages(): AsyncGenerator<Page<number>> {
    for (let page = 0; page < 3; page++) {
      asked.pages++
      yield { records: Array.from({ length: 10 }, (_, index) => page * 10 + index), done: page === 2 }
    }
  }
  return { asked, stream: recordStream(pages) }
}

describe('a record stream', () => {
  for (const [limit, pages] of [
    [7, 1],
    [10, 1],
    [11, 2],
    [30, 3],
  ] as const) {
    it(`asks for ${pages} page(s) of ten when ${limit} records are wanted`, async () => {
      const { asked, stream } = list()
      assert.deepEqual(
        await stream.all({ limit }),
        Array.from({ length: limit }, (_, index) => index),
      )
      assert.equal(asked.pages, pages)
    })
  }

  it('asks for nothing when no record is wanted', async () => {
    const { asked, stream } = list()
    assert.deepEqual(await stream.all({ limit: 0 }), [])
    assert.equal(asked.pages, 0)
  })

  it('gives all there is when nothing is said', async () => {
    assert.equal((await list().stream.all()).length, 30)
  })

  it('refuses a limit that is none, and unknown options', async () => {
    const { asked, stream } = list()
    for (const options of [{ limit: -1 }, { limit: 1.5 }, { limit: '7' }, { limit: null }, { max: 1 }, null, 7]) {
      await assert.rejects(stream.all(options as never), { code: 'ERR_SF_CONFIG' })
    }
    assert.equal(asked.pages, 0)
    assert.equal((await stream.all({ limit: Number.POSITIVE_INFINITY })).length, 30)
  })

  it('ends a page that is on its way when the loop is returned from, and who waits for it sees the end', async () => {
    let aborted = false
    const stream = recordStream<number>((signal) => ({
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true
              reject(signal.reason)
            })
          }),
      }),
    }))
    for (const iterable of [stream, stream.pages()]) {
      aborted = false
      const loop = iterable[Symbol.asyncIterator]()
      const waiting = loop.next()
      await loop.return?.()
      assert.ok(aborted)
      assert.deepEqual(await waiting, { done: true, value: undefined })
      assert.deepEqual(await loop.next(), { done: true, value: undefined })
    }
  })

  it('gives several records that are asked for at once in order, over the end of a page and of the list', async () => {
    const loop = list().stream[Symbol.asyncIterator]()
    const results = await Promise.all(Array.from({ length: 32 }, () => loop.next()))
    assert.deepEqual(
      results.map(({ value }) => value),
      [...Array.from({ length: 30 }, (_, index) => index), undefined, undefined],
    )
  })

  it('asks for nothing when it is returned from before the first pull', async () => {
    const { asked, stream } = list()
    const loop = stream[Symbol.asyncIterator]()
    await loop.return?.()
    assert.deepEqual(await loop.next(), { done: true, value: undefined })
    assert.equal(asked.pages, 0)
  })

  it('is closed by a failure', async () => {
    let closed = false
    async function* failing(signal: AbortSignal): AsyncGenerator<Page<number>> {
      signal.addEventListener('abort', () => {
        closed = true
      })
      yield { records: [1], done: false }
      throw new Error('broken')
    }
    for (const iterable of [recordStream(failing), recordStream(failing).pages()]) {
      closed = false
      const loop = iterable[Symbol.asyncIterator]()
      await loop.next()
      await assert.rejects(loop.next(), { message: 'broken' })
      assert.ok(closed)
      assert.deepEqual(await loop.next(), { done: true, value: undefined })
    }
  })
})
