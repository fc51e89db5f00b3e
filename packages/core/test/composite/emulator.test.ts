import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  clientCredentials,
  NotFoundError,
  PartialFailureError,
  type RowResult,
  Salesforce,
  soql,
} from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'

let emulator: Awaited<ReturnType<typeof createEmulator>>
let salesforce: Salesforce

before(async () => {
  emulator = await createEmulator({ seed: 'empty' })
  const { clientId, clientSecret } = emulator.credentials
  salesforce = new Salesforce({ auth: clientCredentials({ clientId, clientSecret, loginUrl: emulator.url }) })
})

after(async () => {
  await salesforce.close()
  await emulator.close()
})

/** Tells the emulator to answer differently. */
async function fault(body: object): Promise<void> {
  await fetch(`${emulator.url}/_emulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function count(object: string): Promise<number> {
  return salesforce.count(`SELECT COUNT() FROM ${object}`)
}

test('a composite creates a record, refers to it in bodies, URLs and queries, and reads it back', async () => {
  const composite = salesforce.composite({ allOrNone: true, raise: true })
  const Name = '&quot;Acme&quot; & "Söhne" <GmbH> @ {x}'
  const account = composite.sobject('Account').create({ Name })
  const contact = composite.sobject('Contact').create({ LastName: "O'Doe", AccountId: account.ref('id') })
  const query = composite.query(soql`SELECT Id, Account.Name FROM Contact WHERE AccountId = ${account.ref('id')}`)
  composite
    .sobject('Contact')
    .update(query.ref('records', 0, 'Id'), { Title: query.ref('records', 0, 'Account', 'Name') })
  const read = composite.sobject('Contact').get(contact.ref('id'), { fields: ['AccountId', 'Title'] })
  await composite.send()
  assert.equal(read.value.AccountId, account.value.id)
  assert.equal(read.value.Title, Name)
  assert.equal(query.value.totalSize, 1)
  assert.equal((await query.value.all()).length, 1)
})

test('a composite that is rolled back names the real cause and leaves nothing', async () => {
  const before = await count('Account')
  const composite = salesforce.composite({ allOrNone: true, raise: true })
  const account = composite.sobject('Account').create({ Name: 'gone' })
  composite.sobject('Contact').create({ FirstName: 'nameless', AccountId: account.ref('id') })
  const error = await composite.send().catch((reason: unknown) => reason)
  assert.ok(error instanceof PartialFailureError)
  assert.match(error.message, /Contact_create_0 says REQUIRED_FIELD_MISSING/)
  assert.equal(await count('Account'), before)
})

test('a composite that is not all-or-none fails in what depends on the failure, and in nothing else', async () => {
  const composite = salesforce.composite()
  const missing = composite.sobject('Account').get('001000000000000AAA')
  const depending = composite.sobject('Account').update(missing.ref('Id'), { Name: 'x' })
  const other = composite.sobject('Account').create({ Name: 'other' })
  await composite.send()
  assert.ok(missing.result.ok === false && missing.result.error instanceof NotFoundError)
  assert.equal(depending.result.ok, false)
  assert.equal(other.result.status, 201)
})

test('a composite takes collections, and references into their results', async () => {
  const composite = salesforce.composite({ allOrNone: true, raise: true })
  const accounts = composite.collections('Account').create([{ Name: 'many 0' }, { Name: 'many 1' }])
  const contacts = composite
    .collections('Contact')
    .create([0, 1].map((index) => ({ LastName: `of ${index}`, AccountId: accounts.ref(index, 'id') })))
  composite.collections('Account').update([{ Id: accounts.ref(0, 'id'), Site: 'north' }])
  await composite.send()
  const read = await salesforce.collections('Contact').retrieve(
    contacts.value.map((result) => result.id ?? ''),
    ['AccountId'],
  )
  assert.deepEqual(
    read.map((record) => record?.AccountId),
    accounts.value.map((result) => result.id),
  )
  assert.equal((await salesforce.sobject('Account').get(accounts.value[0]?.id ?? '')).Site, 'north')
})

test('a batch of 60 goes out in three calls, and halts where it is told to', async () => {
  const batch = salesforce.batch()
  const created = Array.from({ length: 60 }, (_, index) => batch.sobject('Account').create({ Name: `batch ${index}` }))
  await batch.send()
  assert.equal(new Set(created.map((account) => account.value.id)).size, 60)

  const halting = salesforce.batch({ haltOnError: true })
  const [first] = created
  const deleted = [0, 1].map(() => halting.sobject('Account').delete(first?.value.id ?? ''))
  const rest = Array.from({ length: 30 }, () => halting.limits())
  await halting.send()
  assert.deepEqual(
    [...deleted, ...rest].map(({ result }) => result.status),
    [204, 404, ...Array.from({ length: 30 }, () => 412)],
  )
})

test('graphs are carried out each on its own', async () => {
  const call = salesforce.graph()
  const contacts = ['good', 'bad'].map((graphId) => {
    const graph = call.add(graphId)
    const account = graph.sobject('Account').create({ Name: `graph ${graphId}` })
    const LastName = graphId === 'good' ? 'Doe' : null
    return graph.sobject('Contact').create({ LastName, AccountId: account.ref('id') })
  })
  const results = await call.send()
  assert.deepEqual(
    results.map(({ graphId, isSuccessful }) => [graphId, isSuccessful]),
    [
      ['good', true],
      ['bad', false],
    ],
  )
  assert.ok(results[1]?.error?.has('REQUIRED_FIELD_MISSING'))
  assert.equal(contacts[0]?.result.ok, true)
  assert.equal(await salesforce.count("SELECT COUNT() FROM Account WHERE Name LIKE 'graph %'"), 1)
})

test('trees are created with the objects of their child records from describe', async () => {
  const records = Array.from({ length: 90 }, (_, index) => ({
    Name: `tree ${index}`,
    Contacts: [{ LastName: 'First' }, { LastName: 'Second' }],
  }))
  const results = await salesforce.tree('Account').create(records, { raise: true })
  assert.equal(results.length, 90)
  const [last] = results.slice(-1)
  const contact = await salesforce.sobject('Contact').get(last?.children.Contacts?.[1]?.id ?? '')
  assert.equal(contact.AccountId, last?.id)
  assert.equal(contact.LastName, 'Second')
})

test('a refused tree takes its call along and tells which record it was', async () => {
  const before = await count('Account')
  const results = await salesforce
    .tree('Account')
    .create([{ Name: 'good' }, { Name: 'x', Contacts: [{ FirstName: 'y' }] }])
  assert.deepEqual(
    results.map(({ success }) => success),
    [false, false],
  )
  assert.equal(results[1]?.children.Contacts?.[0]?.errors[0]?.errorCode, 'REQUIRED_FIELD_MISSING')
  assert.equal(await count('Account'), before)
})

test('collections create, update, upsert, retrieve and delete 450 records in their order', async () => {
  const accounts = salesforce.collections('Account')
  const rows = Array.from({ length: 450 }, (_, index) => ({ Name: `row ${index}`, External_Id__c: `row-${index}` }))
  const created = await accounts.create(rows, { raise: true })
  const ids = created.map(({ id }) => id ?? '')
  await accounts.update(
    ids.map((Id, index) => ({ Id, Site: `site ${index}` })),
    { raise: true },
  )
  const upserted = await accounts.upsert('External_Id__c', [
    ...rows.slice(0, 2),
    { Name: 'new', External_Id__c: 'row-new' },
  ])
  assert.deepEqual(
    upserted.map(({ created: isNew }) => isNew),
    [false, false, true],
  )
  const read = await accounts.retrieve([...ids, '001000000000000AAA'], ['Name', 'Site'])
  assert.deepEqual(
    read.map((record) => [record?.Name, record?.Site]),
    [...rows.map(({ Name }, index) => [Name, `site ${index}`]), [undefined, undefined]],
  )
  const deleted = await accounts.delete(ids)
  assert.ok(deleted.every(({ success }) => success))
  const [again] = await accounts.delete(ids.slice(0, 1))
  assert.equal(again?.errors[0]?.errorCode, 'ENTITY_IS_DELETED')
})

test('collections roll back call by call', async () => {
  const rows = Array.from({ length: 400 }, (_, index) => (index === 250 ? {} : { Name: `call ${index}` }))
  const results = await salesforce.collections('Account').create(rows, { allOrNone: true })
  assert.deepEqual(
    [results.slice(0, 200), results.slice(200)].map((call) => call.filter(({ success }) => success).length),
    [200, 0],
  )
  assert.equal(results[250]?.errors[0]?.errorCode, 'REQUIRED_FIELD_MISSING')
  assert.equal(results[200]?.errors[0]?.errorCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
})

test('collections lose nothing when a connection breaks half-way', async () => {
  async function* rows(): AsyncGenerator<{ readonly Name: string }> {
    for (let index = 0; index < 600; index += 1) {
      // The first 200 are saved by now.
      if (index === 200) await fault({ path: '/composite/sobjects', reset: true })
      yield { Name: `broken ${index}` }
    }
  }
  const error = await salesforce
    .collections('Account')
    .create(rows(), { parallelCalls: 1 })
    .catch((reason: unknown) => reason)
  assert.ok(error instanceof PartialFailureError, String(error))
  const results = error.results as RowResult[]
  assert.deepEqual([results.length, results[200]?.outcome], [400, 'unknown'])
  assert.equal(results.filter(({ success }) => success).length, 200)
  assert.equal(await salesforce.count("SELECT COUNT() FROM Account WHERE Name LIKE 'broken %'"), 200)
})
