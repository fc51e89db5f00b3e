import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('columns=true tells the columns of a query, with those of parents and children', async (t) => {
  const emulator = await startEmulator(t)
  const columns = async (soql: string) =>
    (await send(emulator, 'GET', data(`/query?columns=true&q=${encodeURIComponent(soql)}`))).json
  const json = await columns(
    'SELECT Id, AnnualRevenue, Legacy_Id__c, Owner.Name, (SELECT Email FROM Contacts) FROM Account',
  )
  assert.deepEqual([json.entityName, json.keyPrefix, json.idSelected, json.groupBy], ['Account', '001', true, false])
  const [id, revenue, legacy, owner, contacts] = json.columnMetadata
  assert.deepEqual([id.apexType, id.insertable, id.textType], ['Id', false, true])
  assert.deepEqual([revenue.columnName, revenue.numberType, revenue.updatable], ['AnnualRevenue', true, true])
  assert.equal(legacy.custom, true)
  assert.deepEqual(
    [owner.foreignKeyName, owner.joinColumns[0].displayName, owner.aggregate],
    ['OwnerId', 'Name', false],
  )
  assert.deepEqual([contacts.aggregate, contacts.joinColumns[0].columnName], [true, 'Email'])
  const grouped = await columns('SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry')
  assert.deepEqual(
    grouped.columnMetadata.map(({ columnName, aggregate, apexType }: Record<string, unknown>) => [
      columnName,
      aggregate,
      apexType,
    ]),
    [
      ['Industry', false, 'String'],
      ['n', true, 'Integer'],
    ],
  )
  assert.equal(grouped.groupBy, true)
})
