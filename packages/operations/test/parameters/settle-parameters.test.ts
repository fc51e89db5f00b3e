import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { ConfigurationError } from '@forcewire/core/portable'
import { findOperation, settleParameters } from '@forcewire/operations'

const soql = findOperation('query.soql')
const ingest = findOperation('bulk.ingest')

function refusal(operation: typeof soql, raw: Record<string, unknown>): string {
  try {
    settleParameters(operation, raw)
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.message
  }
  throw new Error('nothing was refused')
}

test('texts of a form become the values that the kinds promise', () => {
  const settled = settleParameters(soql, { soql: ' SELECT Id FROM Account ', limit: '5', includeDeleted: 'true' })
  assert.deepEqual(settled, { soql: 'SELECT Id FROM Account', limit: 5, includeDeleted: true, keepAttributes: false })
})

test('an empty optional parameter is left out and an empty required one is named', () => {
  assert.equal('limit' in settleParameters(soql, { soql: 'SELECT Id FROM Account', limit: '' }), false)
  assert.match(refusal(soql, { soql: '  ' }), /^"SOQL" is empty\. Fill it in: the query/)
})

test('a hidden parameter is not asked for, and comes back when its condition holds', () => {
  assert.equal('externalIdField' in settleParameters(ingest, { object: 'Account', operation: 'insert' }), false)
  assert.match(refusal(ingest, { object: 'Account', operation: 'upsert' }), /"External ID Field" is empty/)
})

test('JSON may be given as text or as a value, and broken JSON says where it breaks', () => {
  const asText = settleParameters(ingest, { object: 'Account', rename: '{"a":"Name"}' })
  const asValue = settleParameters(ingest, { object: 'Account', rename: { a: 'Name' } })
  assert.deepEqual(asText, asValue)
  assert.match(
    refusal(ingest, { object: 'Account', rename: '{a' }),
    /"Rename Columns" takes JSON, and this is not: .*position 1/,
  )
})

test('a file may be bytes of another realm, as function nodes make them', async () => {
  const csv = runInNewContext('new Uint8Array([73, 100])') as Uint8Array
  const settled = settleParameters(ingest, { object: 'Account', operation: 'insert', source: 'csv', csv })
  assert.deepEqual(await Array.fromAsync(settled.csv as AsyncIterable<Uint8Array>), [csv])
})

test('each kind says what it takes and what it was given', () => {
  assert.equal(refusal(soql, { soql: 'x', limit: 'many' }), '"Maximum Records" takes a number; it was given "many".')
  assert.equal(
    refusal(soql, { soql: 'x', limit: 0 }),
    '"Maximum Records" takes a number of at least 1; it was given 0.',
  )
  assert.match(refusal(soql, { soql: 'x', includeDeleted: 'maybe' }), /takes true or false/)
  assert.match(refusal(ingest, { object: 'Account; DROP', operation: 'insert' }), /takes the API name of an object/)
  assert.match(
    refusal(ingest, { object: 'Account', operation: 'merge' }),
    /takes one of delete, hardDelete, insert, update, upsert/,
  )
  assert.match(
    refusal(findOperation('record.get'), { object: 'Account', recordId: '001' }),
    /takes an Id of 15 or 18 letters and digits; it was given "001"/,
  )
})

test('a CSV may be text, bytes or a stream', async () => {
  const file = new TextEncoder().encode('Name\nA\n')
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield file
  }
  for (const csv of ['Name\nA\n', file, stream()]) {
    const settled = settleParameters(ingest, { object: 'Account', source: 'csv', csv }) as unknown as {
      csv: AsyncIterable<Uint8Array>
    }
    const bytes: number[] = []
    for await (const chunk of settled.csv) bytes.push(...chunk)
    assert.deepEqual(Uint8Array.from(bytes), file)
  }
  assert.match(refusal(ingest, { object: 'Account', source: 'csv', csv: 5 }), /"CSV" takes a file/)
})

test('an unknown operation names those that there are', () => {
  assert.throws(
    () => findOperation('record.merge'),
    /There is no operation "record\.merge"\. Choose one of: record\.create, /,
  )
})
