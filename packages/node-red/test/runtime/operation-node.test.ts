import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { register as registerBulk } from '../../src/bulk.ts'
import { register as registerConnection } from '../../src/connection.ts'
import { register as registerQuery } from '../../src/query.ts'
import { register as registerRecord } from '../../src/record.ts'
import { type FakeNode, FakeNodeRed, only } from '../support/fake-node-red.ts'

describe('an operation node', () => {
  let emulator: Emulator
  let RED: FakeNodeRed
  let connection: FakeNode
  let ids = 0
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    RED = new FakeNodeRed()
    for (const register of [registerConnection, registerQuery, registerRecord, registerBulk]) register(RED)
    const { clientId, clientSecret } = emulator.credentials
    const config = { id: 'c', type: 'forcewire-connection', url: emulator.url, authentication: 'client-credentials' }
    connection = RED.create(config, { clientId, clientSecret })
  })
  after(async () => {
    await connection?.close()
    await emulator?.close()
  })

  function node(operation: string, parameters: Readonly<Record<string, string>>, changes: object = {}): FakeNode {
    return RED.create({
      id: `n${++ids}`,
      type: `forcewire-${operation.split('.')[0]}`,
      connection: 'c',
      operation,
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { type: 'str', value }])),
      input: 'payload',
      inputType: 'msg',
      output: 'array',
      pageSize: 2000,
      property: 'payload',
      failedRows: 'error',
      ...changes,
    })
  }
  const soql = 'SELECT Name FROM Account ORDER BY Name LIMIT 3'

  test('keeps the message, writes the result where it was told, and says how much of the API is used', async () => {
    const outcome = await node('query.soql', { soql }, { property: 'accounts' }).receive({
      _msgid: 'm',
      payload: 1,
    })
    assert.equal(outcome.error, undefined)
    const { _msgid, payload, accounts, salesforce } = only(outcome)
    assert.deepEqual([_msgid, payload], ['m', 1])
    assert.equal((accounts as unknown[]).length, 3)
    const { limits, operation } = salesforce as { limits: { used: number; limit: number }; operation: string }
    assert.equal(operation, 'query.soql')
    assert.ok(limits.used > 0 && limits.limit > limits.used)
  })

  test('shows that it works and then how many rows there were', async () => {
    const query = node('query.soql', { soql })
    await query.receive({})
    assert.deepEqual(query.statuses[0], { fill: 'blue', shape: 'ring', text: 'working' })
    assert.deepEqual(query.statuses.at(-1), { fill: 'green', shape: 'dot', text: '3 rows' })
  })

  test('hands out the result of one record bare, whatever the output mode', async () => {
    const outcome = await node('record.create', { object: 'Account' }, { output: 'message' }).receive({
      payload: { Name: 'New Air' },
    })
    const { payload, parts } = only(outcome)
    const { id, success } = payload as { id: string; success: boolean }
    assert.match(id, /^001/)
    assert.equal(success, true)
    assert.equal(parts, undefined)
  })

  test('sends the result of a load with refused rows and fails after that with the code of the first one', async () => {
    const parameters = { object: 'Account', operation: 'insert' }
    const bulk = node('bulk.ingest', parameters)
    const outcome = await bulk.receive({ payload: [{ Name: 'Good' }, { BillingCity: 'Nowhere' }] })
    const { failed, rows } = only(outcome).payload as { failed: number; rows: number }
    assert.deepEqual({ failed, rows }, { failed: 1, rows: 2 })
    assert.equal(outcome.error?.code, 'REQUIRED_FIELD_MISSING')
    assert.deepEqual(bulk.statuses.at(-1), { fill: 'red', shape: 'ring', text: '1 of 2 failed' })
  })

  test('keeps refused rows to the output where the user wants that', async () => {
    const bulk = node('bulk.ingest', { object: 'Account', operation: 'insert' }, { failedRows: 'output' })
    const outcome = await bulk.receive({ payload: [{ Name: 'Good' }, { BillingCity: 'Nowhere' }] })
    assert.equal((only(outcome).payload as { failed: number }).failed, 1)
    assert.equal(outcome.error, undefined)
  })

  test('ends what is in flight when a message says cancel', async () => {
    emulator.faults.add({ path: /\/query/, delay: 60_000 })
    const query = node('query.soql', { soql })
    const running = query.receive({})
    const cancelled = await query.receive({ cancel: true })
    assert.deepEqual(cancelled, { sent: [] })
    const { sent, error } = await running
    assert.deepEqual(sent, [])
    assert.equal(error?.code, 'CANCELLED')
    assert.deepEqual(query.statuses.at(-1), { fill: 'grey', shape: 'ring', text: 'cancelled' })
    emulator.faults.clear()
  })

  test('closes at once and sends nothing any more', async () => {
    emulator.faults.add({ path: /\/query/, delay: 60_000 })
    const query = node('query.soql', { soql })
    const running = query.receive({})
    await query.close()
    assert.deepEqual(await running, { sent: [] })
    emulator.faults.clear()
  })

  test('shows the wait before a retry in yellow', async () => {
    emulator.faults.add({ path: /\/query/, status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'busy', times: 1 })
    const query = node('query.soql', { soql })
    const { error } = await query.receive({})
    assert.equal(error, undefined)
    assert.ok(query.statuses.some(({ fill, text }) => fill === 'yellow' && /^retry in \d+ s$/.test(text ?? '')))
    emulator.faults.clear()
  })

  test('two nodes of one connection share one login', async () => {
    const logins = () => emulator.requests().filter(({ path }) => path.endsWith('/oauth2/token')).length
    const before = logins()
    await Promise.all([node('query.soql', { soql }).receive({}), node('query.soql', { soql }).receive({})])
    assert.equal(logins(), before)
  })

  test('says which operation it does not know', async () => {
    const { error } = await node('query.nothing', {}).receive({})
    assert.match(error?.message ?? '', /^There is no operation "query\.nothing"\. Choose one of: /)
  })
})
