import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

test('publishing an event answers with its UUID among the errors of a success', async (t) => {
  const emulator = await startEmulator(t)
  const body = { Order_Number__c: '17', Has_Shipped__c: true }
  const { status, json } = await send(emulator, 'POST', data('/sobjects/Order_Event__e'), { body })
  assert.deepEqual([status, json.success], [201, true])
  const [{ statusCode, message, fields }] = json.errors
  assert.deepEqual([statusCode, fields], ['OPERATION_ENQUEUED', []])
  assert.match(message, UUID)
  const [event] = emulator.events()
  assert.partialDeepStrictEqual(event, {
    object: 'Order_Event__e',
    fields: { ...body, EventUuid: message, ReplayId: '1' },
  })
})

test('the control plane hands out the events in their order, until a reset', async (t) => {
  const emulator = await startEmulator(t)
  for (const Order_Number__c of ['1', '2']) {
    await send(emulator, 'POST', data('/sobjects/Order_Event__e'), { body: { Order_Number__c } })
  }
  const { json } = await send(emulator, 'GET', '/_emulator/events')
  assert.deepEqual(
    json.events.map(({ fields }: { fields: Record<string, string> }) => [fields.ReplayId, fields.Order_Number__c]),
    [
      ['1', '1'],
      ['2', '2'],
    ],
  )
  emulator.reset()
  assert.deepEqual(emulator.events(), [])
})

test('an event is checked like a record, and cannot be queried or changed', async (t) => {
  const emulator = await startEmulator(t)
  const events = data('/sobjects/Order_Event__e')
  const bad = await send(emulator, 'POST', events, { body: { Order_Number__c: '12345678901' } })
  assert.deepEqual([bad.status, bad.json[0].errorCode], [400, 'STRING_TOO_LONG'])
  const { id } = (await send(emulator, 'POST', events, { body: {} })).json
  assert.equal((await send(emulator, 'PATCH', `${events}/${id}`, { body: {} })).status, 405)
  const query = await send(emulator, 'GET', data('/query?q=SELECT+Id+FROM+Order_Event__e'))
  assert.deepEqual([query.status, query.json[0].errorCode], [400, 'INVALID_TYPE'])
})
