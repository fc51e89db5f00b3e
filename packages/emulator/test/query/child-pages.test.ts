import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, type Json } from './calls.ts'

const NAMES =
  "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Name LIKE 'P%' ORDER BY Name"

describe('pages of child records', () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator()
    call = caller(emulator)
    for (const [name, children] of [
      ['P1', 150],
      ['P2', 450],
      ['P3', 0],
    ] as const) {
      const { id } = (await call('POST', '/sobjects/Account', { body: { Name: name } })).json
      for (let index = 0; index < children; index += 1) {
        const LastName = `${name}-${String(index).padStart(3, '0')}`
        await call('POST', '/sobjects/Contact', { body: { LastName, AccountId: id } })
      }
    }
  })
  after(() => emulator.close())

  const small = { headers: { 'sforce-query-options': 'batchSize=200' } }
  const first = async (soql: string): Promise<Json> =>
    (await call('GET', `/query?q=${encodeURIComponent(soql)}`, small)).json

  it('counts children as rows: both lists go on at urls of their own', async () => {
    const page = await first(NAMES)
    assert.deepEqual([page.totalSize, page.done], [3, false])
    const [one, two, ...more] = page.records
    assert.equal(more.length, 0)
    assert.deepEqual([one.Contacts.totalSize, one.Contacts.done, one.Contacts.records.length], [150, true, 150])
    assert.equal('nextRecordsUrl' in one.Contacts, false)
    assert.deepEqual([two.Contacts.totalSize, two.Contacts.done, two.Contacts.records.length], [450, false, 48])
    const { json: rest } = await call('GET', page.nextRecordsUrl, small)
    assert.deepEqual([rest.totalSize, rest.done, rest.records.length], [3, true, 1])
    assert.equal(rest.records[0].Contacts, null)
  })

  it('hands out every child once, in order', async () => {
    const page = await first(NAMES)
    let list = page.records[1].Contacts
    const names: string[] = []
    for (;;) {
      names.push(...list.records.map(({ LastName }: Json) => LastName))
      if (list.done) break
      list = (await call('GET', list.nextRecordsUrl, small)).json
      assert.equal(list.totalSize, 450)
    }
    assert.deepEqual(
      names,
      Array.from({ length: 450 }, (_, index) => `P2-${String(index).padStart(3, '0')}`),
    )
  })

  it('answers one page where everything fits', async () => {
    const { json } = await call('GET', `/query?q=${encodeURIComponent(NAMES)}`)
    assert.deepEqual([json.done, json.records.length, json.records[1].Contacts.records.length], [true, 3, 450])
    assert.equal('nextRecordsUrl' in json, false)
  })
})
