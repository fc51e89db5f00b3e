import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg } from '../query/calls.ts'

describe('TYPEOF', () => {
  const call = emptyOrg()

  const refused = async (soql: string, message: RegExp): Promise<void> => {
    const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
    assert.deepEqual([status, json[0].errorCode], [400, 'MALFORMED_QUERY'], soql)
    assert.match(json[0].message, message)
  }
  const owner = 'TYPEOF Owner WHEN User THEN Username ELSE Id END'

  it('leaves no other place in the field list to its relationship', async () => {
    const message = /^A relationship in TYPEOF cannot stand elsewhere in the field list: Owner$/
    await refused(`SELECT ${owner}, Owner.Name FROM Lead`, message)
    await refused(`SELECT Owner.Name, ${owner} FROM Lead`, message)
    await refused(`SELECT ${owner}, Owner.Profile.Name FROM Lead`, message)
    await refused(`SELECT ${owner}, ${owner} FROM Lead`, /duplicate relationship selected: Owner/)
  })

  it('stands beside fields of other relationships, and its own in WHERE', async () => {
    const soql = `SELECT ${owner}, CreatedBy.Name, OwnerId FROM Lead WHERE Owner.Name != 'x'`
    assert.equal((await call('GET', `/query?q=${encodeURIComponent(soql)}`)).status, 200)
  })

  it('takes polymorphic relationships only', async () => {
    await refused(
      'SELECT TYPEOF Account WHEN Account THEN Phone END FROM Contact',
      /^TYPEOF expects a polymorphic relationship: Account$/,
    )
  })
})
