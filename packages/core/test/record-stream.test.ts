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
})
