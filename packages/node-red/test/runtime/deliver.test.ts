import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from '@forcewire/operations'
import { deliver, type OutputMode } from '../../src/runtime/deliver.ts'
import type { Message } from '../../src/runtime/node-red.ts'
import { FakeNodeRed } from '../support/fake-node-red.ts'

async function* rowsOf(count: number): AsyncGenerator<Row> {
  for (let index = 0; index < count; index++) yield { index }
}

async function run(
  mode: OutputMode,
  rows: number,
  message: Message = { _msgid: 'a', topic: 'kept' },
): Promise<Message[]> {
  const sent: Message[] = []
  const options = { mode, pageSize: 2, property: 'payload', about: () => ({ operation: 'query.soql' }) }
  const count = await deliver(
    new FakeNodeRed(),
    message,
    (one) => void sent.push(one as Message),
    rowsOf(rows),
    options,
  )
  assert.equal(count, rows)
  return sent
}

test('an array is one message, the incoming one with its other properties', async () => {
  const message: Message = { _msgid: 'a', topic: 'kept' }
  const sent = await run('array', 3, message)
  assert.equal(sent.length, 1)
  assert.equal(sent[0], message)
  assert.deepEqual(message, {
    _msgid: 'a',
    topic: 'kept',
    payload: [{ index: 0 }, { index: 1 }, { index: 2 }],
    salesforce: { operation: 'query.soql' },
  })
})

test('one message a row carries parts, with the count on the last message only', async () => {
  const sent = await run('message', 3)
  assert.deepEqual(
    sent.map(({ payload }) => payload),
    [{ index: 0 }, { index: 1 }, { index: 2 }],
  )
  assert.deepEqual(
    sent.map(({ parts }) => parts),
    [
      { id: 'id-1', type: 'array', index: 0, len: 1 },
      { id: 'id-1', type: 'array', index: 1, len: 1 },
      { id: 'id-1', type: 'array', index: 2, len: 1, count: 3 },
    ],
  )
  assert.deepEqual(
    sent.map(({ topic }) => topic),
    ['kept', 'kept', 'kept'],
  )
})

test('pages are arrays whose parts say how many rows they hold', async () => {
  const sent = await run('page', 5)
  assert.deepEqual(
    sent.map(({ payload }) => (payload as Row[]).length),
    [2, 2, 1],
  )
  assert.deepEqual(
    sent.map(({ parts }) => parts?.len),
    [2, 2, 1],
  )
  assert.deepEqual(
    sent.map(({ parts }) => parts?.count),
    [undefined, undefined, 3],
  )
})

test('an empty result is one message with an empty array in every mode, so that the flow goes on', async () => {
  for (const mode of ['array', 'page', 'message'] as const) {
    const sent = await run(mode, 0)
    assert.deepEqual(
      sent.map(({ payload }) => payload),
      [[]],
    )
    assert.equal(sent[0]?.parts, undefined)
  }
})

test('a sequence inside a sequence keeps the outer parts', async () => {
  const outer = { id: 'outer', type: 'array', index: 4, len: 1 } as const
  const [first] = await run('message', 1, { parts: outer })
  assert.deepEqual(first?.parts?.parts, outer)
})

test('messages of a sequence do not share one object', async () => {
  const [first, second] = await run('message', 2)
  assert.notEqual(first, second)
})
