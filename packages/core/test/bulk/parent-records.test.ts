import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatedLoads } from '../support/emulated-org.ts'

const { salesforce } = await emulatedLoads()
const update = { object: 'Contact', operation: 'update' } as const
const soql = 'SELECT Id, LastName, Account.External_Id__c FROM Contact ORDER BY LastName'

interface Person {
  readonly Id: string
  readonly LastName: string
  readonly Account: { readonly External_Id__c: string } | null
}

const firm = await salesforce.sobject('Account').create({ Name: 'Firm', External_Id__c: 'F-1' })
for (const LastName of ['A', 'B', 'C']) {
  await salesforce.sobject('Contact').create(LastName === 'B' ? { LastName, AccountId: firm.id } : { LastName })
}

async function firms(): Promise<(string | undefined)[]> {
  const people = await salesforce.query<Person>(soql).all()
  return people.map(({ Account }) => Account?.External_Id__c)
}

test('loads what a query gives, parents and records without a parent alike', async () => {
  const load = salesforce.bulk.ingest(update, salesforce.query<Person>(soql))
  assert.equal((await load.run()).successful, 3)
  assert.deepEqual(await firms(), [undefined, 'F-1', undefined])
})

for (const columns of [undefined, ['Id', 'Account.External_Id__c']]) {
  test(`takes a parent away where it is null: columns ${columns}`, async () => {
    const [a, b, c] = (await salesforce.query<Person>(soql).all()).map(({ Id }) => Id)
    const Account = { External_Id__c: 'F-1' }
    const swap = salesforce.bulk.ingest({ ...update, columns }, [
      { Id: b, Account: null },
      { Id: a, Account },
      { Id: c },
    ])
    assert.equal((await swap.run()).successful, 3)
    assert.deepEqual(await firms(), ['F-1', undefined, undefined])
    const back = salesforce.bulk.ingest({ ...update, columns }, [
      { Id: b, Account },
      { Id: a, Account: null },
    ])
    assert.equal((await back.run()).successful, 2)
    assert.deepEqual(await firms(), [undefined, 'F-1', undefined])
  })
}
