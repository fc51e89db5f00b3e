import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOperation } from '@forcewire/operations'
import type { Message } from '../../src/runtime/node-red.ts'
import { resolveParameters, type TypedValue } from '../../src/runtime/parameters.ts'
import { FakeNode, FakeNodeRed } from '../support/fake-node-red.ts'

function resolve(
  operation: string,
  saved: Record<string, TypedValue>,
  message: Message = {},
): Promise<Record<string, unknown>> {
  return resolveParameters(new FakeNodeRed(), new FakeNode({}), findOperation(operation), saved, message)
}

test('values are literal or come from the message', async () => {
  const saved = { object: { type: 'str', value: 'Account' }, recordId: { type: 'msg', value: 'payload.Id' } }
  assert.deepEqual(await resolve('record.get', saved, { payload: { Id: '001' } }), {
    object: 'Account',
    recordId: '001',
  })
})

test('a parameter that another value hides is not looked up at all', async () => {
  const saved = {
    by: { type: 'str', value: 'id' },
    recordId: { type: 'str', value: '001' },
    externalId: { type: 'json', value: 'not JSON' },
  }
  assert.deepEqual(await resolve('record.get', saved), { by: 'id', recordId: '001' })
})

test('a parameter under a hidden parameter is hidden too', async () => {
  const saved = {
    wait: { type: 'bool', value: 'false' },
    failureLimit: { type: 'json', value: 'not JSON' },
  }
  assert.deepEqual(await resolve('bulk.ingest', saved), { wait: false })
})

test('empty fields are left out, so that the default of the operation holds', async () => {
  assert.deepEqual(
    await resolve('bulk.ingest', { operation: { type: 'str', value: '' }, rename: { type: 'json', value: '' } }),
    {},
  )
})

test('the CSV is msg.payload when a node says nothing else', async () => {
  assert.deepEqual(await resolve('bulk.ingest', { source: { type: 'str', value: 'csv' } }, { payload: 'Name\n' }), {
    source: 'csv',
    csv: 'Name\n',
  })
})

test('a property of the message whose parent is missing is as absent as the property alone', async () => {
  assert.deepEqual(await resolve('query.soql', { soql: { type: 'msg', value: 'nowhere.query' } }), {})
})

test('a value that cannot be read is a sentence that names the field and where it comes from', async () => {
  await assert.rejects(resolve('query.soql', { soql: { type: 'jsonata', value: '$((' } }), {
    code: 'ERR_SF_CONFIG',
    message: '"SOQL" cannot be read from its JSONata expression: The symbol "(" cannot be used as a unary operator.',
  })
  await assert.rejects(resolve('bulk.ingest', { rename: { type: 'json', value: '{' } }), {
    code: 'ERR_SF_CONFIG',
    message: /^"Rename Columns" cannot be read from its JSON: /,
  })
})
