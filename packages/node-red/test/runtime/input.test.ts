import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { ConfigurationError } from '@forcewire/core'
import { findOperation } from '@forcewire/operations'
import { inputRows } from '../../src/runtime/input.ts'

const many = findOperation('bulk.ingest')
const one = findOperation('record.create')

test('an object is one row, an array or a stream is many', async () => {
  assert.deepEqual(await Array.fromAsync(inputRows(many, { Name: 'A' })), [{ Name: 'A' }])
  assert.deepEqual(await Array.fromAsync(inputRows(many, [{ Name: 'A' }, { Name: 'B' }])), [
    { Name: 'A' },
    { Name: 'B' },
  ])
  assert.deepEqual(await Array.fromAsync(inputRows(many, Readable.from([{ Name: 'A' }]))), [{ Name: 'A' }])
})

test('an operation on one record takes an array of one and refuses an array of two', async () => {
  assert.deepEqual(await Array.fromAsync(inputRows(one, [{ Name: 'A' }])), [{ Name: 'A' }])
  await assert.rejects(
    () => Array.fromAsync(inputRows(one, [{ Name: 'A' }, { Name: 'B' }])),
    new ConfigurationError(
      '"Create" takes one record a message, but the input holds 2. Put a "split" node in front, or load them all in one go with an "sf bulk" node.',
    ),
  )
})

const wrong: readonly (readonly [unknown, RegExp])[] = [
  [undefined, /^The input is empty, but a row is an object/],
  ['Name\nA', /^The input is text, .* "csv" or "json" node\.$/],
  [Buffer.from('Name'), /^The input is a Buffer/],
  [7, /^The input is of type number/],
  [[{ Name: 'A' }, 'B'], /^Row 2 of the input is text/],
]

for (const [value, message] of wrong) {
  test(`${JSON.stringify(value) ?? 'nothing'} is refused as input, saying what it is`, async () => {
    await assert.rejects(() => Array.fromAsync(inputRows(many, value)), { message })
  })
}
