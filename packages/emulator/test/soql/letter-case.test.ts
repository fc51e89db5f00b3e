import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, type Json, query } from '../query/calls.ts'

describe('upper and lower case beyond ASCII', () => {
  let emulator: Emulator
  let call: Call
  let school = ''

  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    call = caller(emulator)
    school = await create(call, 'Account', { Name: 'École', BillingCity: 'Łódź', External_Id__c: 'Straße-É1' })
    await create(call, 'Account', { Name: 'zoo', BillingCity: 'ŁÓDŹ' })
    await create(call, 'Account', { Name: 'Ecole', BillingCity: 'Lodz' })
    await create(call, 'Account', { Name: '_under', BillingCity: 'Lodz' })
  })
  after(() => emulator.close())

  const names = async (rest: string): Promise<string[]> =>
    (await query(call, `SELECT Name FROM Account ${rest}`)).records.map(({ Name }: Json) => Name)

  const filters: Record<string, [string, string[]]> = {
    'is one in a comparison': ["WHERE Name = 'ÉCOLE'", ['École']],
    'is one in its negation': ["WHERE Name != 'éCOLE' AND BillingCity = 'łódź'", ['zoo']],
    'is one in LIKE': ["WHERE Name LIKE 'É%OLE'", ['École']],
    'is one in a list, beside other values': ["WHERE Name IN ('ÉCOLE', 'ZOO', null) ORDER BY Name", ['zoo', 'École']],
    'is one in an order': ["WHERE Name >= 'É'", ['École']],
    'counts for nothing in sorting, which goes by upper case': [
      'ORDER BY Name DESC',
      ['École', '_under', 'zoo', 'Ecole'],
    ],
  }
  for (const [sentence, [rest, expected]] of Object.entries(filters)) {
    it(sentence, async () => assert.deepEqual(await names(rest), expected))
  }

  it('is one group, and one of the distinct values', async () => {
    const grouped = await query(call, 'SELECT BillingCity, COUNT(Id) n FROM Account GROUP BY BillingCity')
    assert.deepEqual(
      grouped.records.map(({ n }: Json) => n),
      [2, 2],
    )
    const distinct = await query(call, 'SELECT COUNT_DISTINCT(BillingCity) n FROM Account')
    assert.equal(distinct.records[0].n, 2)
  })

  it('makes no second value of a unique field', async () => {
    const answer = await call('POST', '/sobjects/Account', { body: { Name: 'Twin', External_Id__c: 'STRAßE-é1' } })
    assert.equal(answer.json[0].errorCode, 'DUPLICATE_VALUE')
  })

  it('is one where a record is addressed by an external id', async () => {
    const path = `/sobjects/Account/External_Id__c/${encodeURIComponent('straße-É1')}`
    assert.equal((await call('GET', path)).json.Id, school)
    const upsert = await call('PATCH', path, { body: { Phone: '1' } })
    assert.deepEqual([upsert.status, upsert.json.id], [200, school])
  })
})
