import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

test('a line item takes name and price from its entry, and the opportunity the sum', async (t) => {
  const emulator = await startEmulator(t)
  const create = async (object: string, body: object): Promise<string> => {
    const answer = await send(emulator, 'POST', data(`/sobjects/${object}`), { body })
    assert.equal(answer.status, 201, answer.text)
    return answer.json.id
  }
  const Product2Id = await create('Product2', { Name: 'Gateway', ProductCode: 'GW' })
  const Pricebook2Id = await create('Pricebook2', { Name: 'Standard', IsActive: true })
  const PricebookEntryId = await create('PricebookEntry', { Pricebook2Id, Product2Id, UnitPrice: 10, IsActive: true })
  const OpportunityId = await create('Opportunity', { Name: 'O', StageName: 'Prospecting', CloseDate: '2026-01-01' })
  const item = await create('OpportunityLineItem', { OpportunityId, PricebookEntryId, Quantity: 2 })
  await create('OpportunityLineItem', { OpportunityId, PricebookEntryId, Quantity: 1, UnitPrice: 5 })
  const get = (path: string): Promise<Answer> => send(emulator, 'GET', data(`/sobjects/${path}`))
  const { json } = await get(`OpportunityLineItem/${item}`)
  assert.deepEqual([json.Name, json.ProductCode, json.UnitPrice, json.TotalPrice], ['Gateway', 'GW', 10, 20])
  assert.equal((await get(`Opportunity/${OpportunityId}`)).json.Amount, 25)
  const refused = await send(emulator, 'POST', data('/sobjects/OpportunityLineItem'), {
    body: { OpportunityId, Quantity: 1 },
  })
  assert.equal(refused.json[0].errorCode, 'REQUIRED_FIELD_MISSING')
})

test('a campaign counts its members', async (t) => {
  const emulator = await startEmulator(t, { seed: 'demo' })
  const soql = "SELECT NumberOfLeads, NumberOfContacts, NumberOfResponses FROM Campaign WHERE Status = 'Planned'"
  const { json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  const { NumberOfLeads, NumberOfContacts, NumberOfResponses } = json.records[0]
  assert.deepEqual([NumberOfLeads, NumberOfContacts, NumberOfResponses], [15, 15, 0])
})

test('an event tells its end by its duration and its duration by its end', async (t) => {
  const emulator = await startEmulator(t)
  const event = async (body: object) => {
    const { json } = await send(emulator, 'POST', data('/sobjects/Event'), { body })
    return (await send(emulator, 'GET', data(`/sobjects/Event/${json.id}`))).json
  }
  const first = await event({ Subject: 'A', ActivityDateTime: '2026-01-01T09:00:00Z', DurationInMinutes: 30 })
  assert.deepEqual(
    [first.StartDateTime, first.EndDateTime],
    ['2026-01-01T09:00:00.000+0000', '2026-01-01T09:30:00.000+0000'],
  )
  const second = await event({
    Subject: 'B',
    StartDateTime: '2026-01-01T09:00:00Z',
    EndDateTime: '2026-01-01T10:00:00Z',
  })
  assert.deepEqual([second.DurationInMinutes, second.ActivityDate], [60, '2026-01-01'])
})
