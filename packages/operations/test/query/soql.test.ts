import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOrg } from '../support/org.ts'

test('records come plain, parents and children included', async () => {
  await using org = await openOrg()
  const [account = {}] = await org.run('query.soql', {
    soql: 'SELECT Name, Owner.Name, (SELECT LastName FROM Contacts LIMIT 1) FROM Account WHERE Id IN (SELECT AccountId FROM Contact) LIMIT 1',
  })
  assert.equal('attributes' in account, false)
  assert.deepEqual(Object.keys(account.Owner as object), ['Name'])
  assert.deepEqual(
    (account.Contacts as object[]).map((contact) => Object.keys(contact)),
    [['LastName']],
  )
})

test('attributes stay when they are asked for', async () => {
  await using org = await openOrg()
  const [account = {}] = await org.run('query.soql', { soql: 'SELECT Name FROM Account LIMIT 1', keepAttributes: true })
  assert.equal((account.attributes as { type: string }).type, 'Account')
})

test('the limit stops after as many records and asks for no further page', async () => {
  await using org = await openOrg()
  const rows = Array.from({ length: 4100 }, (_, index) => ({ Name: `Row ${index}` }))
  await org.run('bulk.ingest', { object: 'Account' }, rows)
  const before = org.emulator.requests().length
  assert.equal((await org.run('query.soql', { soql: 'SELECT Id FROM Account', limit: 5 })).length, 5)
  // The page in hand and at most the one read ahead.
  assert.ok(org.emulator.requests().length - before <= 2)
})
