import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEmulator, type Emulator } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

const ROAD = data('/sobjects/Account/listviews')

// biome-ignore lint/suspicious/noExplicitAny: bodies have every shape
async function viewNamed(emulator: Emulator, name: string, road = ROAD): Promise<any> {
  const { json } = await send(emulator, 'GET', road)
  return json.listviews.find(({ developerName }: { developerName: string }) => developerName === name)
}

async function seed(emulator: Emulator, names: readonly string[]): Promise<void> {
  const records = names.map((Name) => ({ Name }))
  await send(emulator, 'POST', '/_emulator/seed', { body: { object: 'Account', records } })
}

// biome-ignore lint/suspicious/noExplicitAny: bodies have every shape
function firstCells(json: any): string[] {
  return json.records.map(({ columns }: { columns: { value: string }[] }) => columns[0]?.value)
}

test('the list views of an object are listed, with the Ids that SOQL knows them by', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', ROAD)
  assert.deepEqual([json.done, json.size, json.sobjectType, json.nextRecordsUrl], [true, 3, 'Account', null])
  const view = await viewNamed(emulator, 'MyAccounts')
  const soql = encodeURIComponent("SELECT Id FROM ListView WHERE DeveloperName = 'MyAccounts'")
  assert.equal(view.id, (await send(emulator, 'GET', data(`/query?q=${soql}`))).json.records[0].Id)
  assert.deepEqual((await send(emulator, 'GET', view.url)).json, view)
})

test('a describe tells the query, its order and its condition, and the query runs', async (t) => {
  const emulator = await startEmulator(t)
  const view = await viewNamed(emulator, 'NewThisWeek')
  const { json } = await send(emulator, 'GET', view.describeUrl)
  assert.deepEqual(json.whereCondition, { field: 'CreatedDate', operator: 'equals', values: ['THIS_WEEK'] })
  assert.deepEqual(json.orderBy[1], { fieldNameOrPath: 'Id', nullsPosition: 'first', sortDirection: 'ascending' })
  assert.equal(json.scope, null)
  assert.match(
    json.query,
    /^SELECT Name, Site, BillingState, Phone, toLabel\(Type\), Owner\.Alias, Id, .* FROM Account /,
  )
  assert.match(json.query, / WHERE CreatedDate = THIS_WEEK ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST$/)
  assert.equal((await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(json.query)}`))).status, 200)
})

test('results come in pages, in the order of the first column', async (t) => {
  const emulator = await startEmulator(t)
  await seed(emulator, ['C', 'A', 'B'])
  const { resultsUrl } = await viewNamed(emulator, 'AllAccounts')
  const first = await send(emulator, 'GET', `${resultsUrl}?limit=2`)
  assert.deepEqual([firstCells(first.json), first.json.size, first.json.done], [['A', 'B'], 2, false])
  const rest = await send(emulator, 'GET', `${resultsUrl}?limit=2&offset=3`)
  assert.deepEqual([firstCells(rest.json), rest.json.done], [['C'], true])
})

test('the list views looked at last are told, the newest first', async (t) => {
  const emulator = await startEmulator(t)
  const names = async (): Promise<string[]> =>
    (await send(emulator, 'GET', `${ROAD}/recent`)).json.listviews.map((view: { label: string }) => view.label)
  assert.deepEqual(await names(), [])
  for (const name of ['AllAccounts', 'MyAccounts', 'AllAccounts']) {
    await send(emulator, 'GET', (await viewNamed(emulator, name)).resultsUrl)
  }
  assert.deepEqual(await names(), ['All Accounts', 'My Accounts'])
  emulator.reset()
  assert.deepEqual(await names(), [])
})

test('a list view of ones own takes the place of a demo one, its conditions together', async (t) => {
  const where = [
    { field: 'Name', operator: 'like', values: ["'A%'"] },
    { field: 'Type', operator: 'in', values: ["'Customer - Direct'", "'Other'"] },
  ] as const
  const mine = { name: 'AllAccounts', object: 'Account', columns: ['Name', 'CreatedDate'], where }
  const emulator = await startEmulator(t, { metadata: { listViews: [mine] } })
  const records = [{ Name: 'Ask', Type: 'Other' }, { Name: 'Ask not' }, { Name: 'Bid', Type: 'Other' }]
  await send(emulator, 'POST', '/_emulator/seed', { body: { object: 'Account', records } })
  const view = await viewNamed(emulator, 'AllAccounts')
  assert.deepEqual(firstCells((await send(emulator, 'GET', view.resultsUrl)).json), ['Ask'])
  const { json } = await send(emulator, 'GET', view.describeUrl)
  assert.deepEqual(json.whereCondition, { conditions: where, conjunction: 'and' })
  assert.equal(
    json.columns.filter(({ fieldNameOrPath }: { fieldNameOrPath: string }) => fieldNameOrPath === 'CreatedDate').length,
    1,
  )
})

test('a list view that names no field of its object is refused at the start', async () => {
  const listViews = [{ name: 'Wrong', object: 'Account', columns: ['Nmae'] }]
  await assert.rejects(createEmulator({ metadata: { listViews } }), {
    message: 'List view Account.Wrong: Account has no field Nmae',
  })
})

test('unknown list views and pages that cannot be are refused', async (t) => {
  const emulator = await startEmulator(t)
  const { resultsUrl } = await viewNamed(emulator, 'AllAccounts')
  const asked = async (path: string): Promise<[number, string]> => {
    const { status, json } = await send(emulator, 'GET', path)
    return [status, json[0].errorCode]
  }
  assert.deepEqual(await asked(`${ROAD}/00B000000000000AAA`), [404, 'NOT_FOUND'])
  assert.deepEqual(await asked(data('/sobjects/Nothing/listviews')), [404, 'NOT_FOUND'])
  assert.deepEqual(await asked('/services/data/v31.0/sobjects/Account/listviews'), [404, 'NOT_FOUND'])
  assert.deepEqual(await asked(`${resultsUrl}?limit=2001`), [400, 'BAD_REQUEST'])
  assert.deepEqual(await asked(`${resultsUrl}?offset=0`), [400, 'BAD_REQUEST'])
})
