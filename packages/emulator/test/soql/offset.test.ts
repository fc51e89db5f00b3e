import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, type Json, query } from '../query/calls.ts'

describe('OFFSET', () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    call = caller(emulator)
    const AccountId = await create(call, 'Account', { Name: 'offset 1' })
    await create(call, 'Account', { Name: 'b' })
    for (const LastName of ['x', 'y', 'z']) await create(call, 'Contact', { LastName, AccountId })
  })
  after(() => emulator.close())

  const names = async (soql: string): Promise<string[]> =>
    (await query(call, soql)).records.map(({ Name }: Json) => Name)

  it('stands behind WHERE and HAVING, sorted and limited or not', async () => {
    for (const rest of [
      'WHERE Name != null OFFSET 1',
      'WHERE Name != null offset\n1',
      'WHERE Name != null OFFSET 1 FOR UPDATE',
      "WHERE Name != ' OFFSET 1 ' ORDER BY CreatedDate, Id OFFSET 1",
      'WHERE Name != null LIMIT 9 OFFSET 1',
      'WHERE Id IN (SELECT AccountId FROM Contact) OFFSET 0',
      "WHERE (Name = 'b') OFFSET 0",
      "WHERE Name = 'offset 1' LIMIT 1",
      'GROUP BY Name HAVING COUNT(Id) > 0 OFFSET 1',
      'OFFSET 1',
    ]) {
      assert.equal((await names(`SELECT Name FROM Account ${rest}`)).length, 1, rest)
    }
  })

  it('skips children where the parent query has LIMIT 1', async () => {
    const kids = 'SELECT LastName FROM Contacts WHERE LastName != null'
    const soql = `SELECT Name, (${kids} OFFSET 2), (SELECT Id FROM Cases) FROM Account WHERE Name != 'b' LIMIT 1`
    const { records } = await query(call, soql)
    assert.equal(records[0].Contacts.totalSize, 1)
    const [parent] = (await query(call, `SELECT (${kids}) FROM Account WHERE Name != 'b' LIMIT 1 OFFSET 0`)).records
    assert.equal(parent.Contacts.totalSize, 3)
  })

  const refusal = async (soql: string): Promise<string> => {
    const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
    assert.deepEqual([status, json[0].errorCode], [400, 'MALFORMED_QUERY'], soql)
    return json[0].message
  }

  it('is refused in the children of many parents', async () => {
    for (const rest of ['', ' LIMIT 2', ' OFFSET 1']) {
      const soql = `SELECT Id, (SELECT Id FROM Contacts LIMIT 1 OFFSET 1) FROM Account${rest}`
      assert.match(await refusal(soql), /only where the parent query has LIMIT 1$/)
    }
  })

  it('is refused in the query of a semi-join', async () => {
    const soql = 'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Name != null OFFSET 1)'
    assert.match(await refusal(soql), /expecting a right parentheses, found 'OFFSET'/)
  })

  it('moves no place that a refusal points at', async () => {
    const soql =
      "SELECT Id, (SELECT Id FROM Contacts OFFSET 1) FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c' LIMIT 1 OFFSET 1"
    assert.match(await refusal(soql), /Column:91\nunexpected token: 'AND'$/)
  })
})
