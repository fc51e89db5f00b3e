import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAhead } from '../../src/bulk/read-ahead.ts'
import { settled } from './scripted-connection.ts'

function body(chunks: number, failAfter = Number.POSITIVE_INFINITY) {
  const state = { given: 0, left: false }
  async function* stream(): AsyncGenerator<Uint8Array> {
    try {
      for (; state.given < chunks; ) {
        if (state.given === failAfter) throw new Error('broken')
        state.given += 1
        yield new Uint8Array(10).fill(state.given)
      }
    } finally {
      state.left = true
    }
  }
  return { state, response: Promise.resolve({ status: 200, headers: { a: 'b' }, body: stream() }) }
}

test('reads before it is asked, up to the limit, and goes on as the chunks are taken', async () => {
  const { state, response } = body(10)
  const ahead = await readAhead(response, 35)
  await settled()
  assert.equal(state.given, 4)
  assert.deepEqual(ahead.headers, { a: 'b' })
  const seen: unknown[] = []
  for await (const chunk of ahead.body) seen.push(chunk[0])
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('hands out what came before a failure, then the failure, and lets nothing go unhandled', async () => {
  const { response } = body(10, 3)
  const ahead = await readAhead(response, 1000)
  await settled()
  const seen: unknown[] = []
  await assert.rejects(
    async () => {
      for await (const chunk of ahead.body) seen.push(chunk[0])
    },
    { message: 'broken' },
  )
  assert.deepEqual(seen, [1, 2, 3])
})

test('leaves the body when its loop is left', async () => {
  const { state, response } = body(1000)
  for await (const _ of (await readAhead(response, 20)).body) break
  await settled()
  assert.equal(state.left, true)
  assert.ok(state.given < 10)
})
