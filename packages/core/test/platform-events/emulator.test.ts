import assert from 'node:assert/strict'
import { it } from 'node:test'
import { emulatedOrg } from '../support/emulated-org.ts'

it('platform events are published at the emulator, a refused one beside the others', async () => {
  await using org = await emulatedOrg()
  const results = await org.salesforce.platformEvents.publish('Order_Event__e', [
    { Order_Number__c: '1' },
    { Nobody__c: 2 },
  ])
  assert.deepEqual(
    results.map(({ success, errors }) => [success, errors.length]),
    [
      [true, 0],
      [false, 1],
    ],
  )
  const answer = await fetch(`${org.emulator.url}/_emulator/events`)
  const { events } = (await answer.json()) as { events: { object: string; fields: Record<string, unknown> }[] }
  assert.deepEqual(
    events.map(({ object, fields }) => [object, fields.Order_Number__c]),
    [['Order_Event__e', '1']],
  )
  assert.equal(results[0]?.eventUuid, events[0]?.fields.EventUuid)
})
