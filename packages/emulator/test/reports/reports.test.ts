import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator, EmulatorOptions } from '../../src/index.ts'
import { data, send, startEmulator, testClock } from '../support/harness.ts'

const REPORTS = data('/analytics/reports')

async function reportRoad(emulator: Emulator, name: string): Promise<string> {
  const soql = encodeURIComponent(`SELECT Id FROM Report WHERE DeveloperName = '${name}'`)
  const { json } = await send(emulator, 'GET', data(`/query?q=${soql}`))
  return `${REPORTS}/${json.records[0].Id}`
}

async function seed(emulator: Emulator, object: string, records: object[]): Promise<string[]> {
  return (await send(emulator, 'POST', '/_emulator/seed', { body: { object, records } })).json.ids
}

function deal(StageName: string, Amount: number): object {
  return { Name: `${StageName} ${Amount}`, StageName, Amount, CloseDate: '2026-03-04' }
}

test('reports are listed and described', async (t) => {
  const emulator = await startEmulator(t)
  const road = await reportRoad(emulator, 'All_Accounts')
  const { json } = await send(emulator, 'GET', REPORTS)
  assert.deepEqual(json[0], {
    describeUrl: `${road}/describe`,
    id: road.split('/').at(-1),
    instancesUrl: `${road}/instances`,
    name: 'All Accounts',
    url: road,
  })
  const described = await send(emulator, 'GET', `${road}/describe`)
  assert.partialDeepStrictEqual(described.json, {
    attributes: { reportName: 'All Accounts', type: 'Report' },
    reportExtendedMetadata: {
      detailColumnInfo: {
        'Account.AnnualRevenue': { dataType: 'currency', label: 'Annual Revenue' },
        'Account.Owner.Name': { dataType: 'string', label: 'User Full Name' },
      },
    },
    reportMetadata: { aggregates: ['RowCount'], developerName: 'All_Accounts', reportFormat: 'TABULAR' },
  })
})

test('a tabular report has its rows under the grand total, names with the Ids behind them', async (t) => {
  const emulator = await startEmulator(t)
  const [id] = await seed(emulator, 'Account', [{ Name: 'Acme', AnnualRevenue: 1234.5 }])
  const { json } = await send(emulator, 'GET', `${await reportRoad(emulator, 'All_Accounts')}?includeDetails=true`)
  assert.deepEqual([json.allData, json.hasDetailRows, json.groupingsDown], [true, true, { groupings: [] }])
  const [name, industry, revenue, owner] = json.factMap['T!T'].rows[0].dataCells
  assert.deepEqual(name, { label: 'Acme', value: id })
  assert.deepEqual(industry, { label: '-', value: null })
  assert.deepEqual(revenue, { label: '$1,234.50', value: { amount: 1234.5, currency: null } })
  assert.match(owner.value, /^005/)
  assert.deepEqual(json.factMap['T!T'].aggregates, [{ label: '1', value: 1 }])
})

test('a summary report has a fact for every group and one for all', async (t) => {
  const emulator = await startEmulator(t)
  await seed(emulator, 'Opportunity', [deal('Prospecting', 10), deal('Closed Won', 5), deal('Prospecting', 20)])
  const road = await reportRoad(emulator, 'Opportunities_by_Stage')
  const { json } = await send(emulator, 'GET', `${road}?includeDetails=true`)
  assert.deepEqual(json.groupingsDown.groupings, [
    { groupings: [], key: '0', label: 'Prospecting', value: 'Prospecting' },
    { groupings: [], key: '1', label: 'Closed Won', value: 'Closed Won' },
  ])
  assert.deepEqual(
    json.factMap['0!T'].rows.map(({ dataCells }: { dataCells: { label: string }[] }) =>
      dataCells.map(({ label }) => label),
    ),
    [
      ['Prospecting 10', '-', '$10.00', '3/4/2026'],
      ['Prospecting 20', '-', '$20.00', '3/4/2026'],
    ],
  )
  const total = [
    { label: '$35.00', value: { amount: 35, currency: null } },
    { label: '3', value: 3 },
  ]
  assert.deepEqual(json.factMap['T!T'], { aggregates: total, rows: [] })
  const summaryOnly = await send(emulator, 'GET', road)
  assert.deepEqual([summaryOnly.json.hasDetailRows, summaryOnly.json.factMap['0!T'].rows], [false, []])
})

test('beyond 2,000 rows the details are cut and the answer says so; the totals count all', async (t) => {
  const emulator = await startEmulator(t)
  const road = await reportRoad(emulator, 'All_Accounts')
  await seed(
    emulator,
    'Account',
    Array.from({ length: 2001 }, (_, index) => ({ Name: `A${index}` })),
  )
  const { json } = await send(emulator, 'GET', `${road}?includeDetails=true`)
  const { rows, aggregates } = json.factMap['T!T']
  assert.deepEqual([json.allData, rows.length, aggregates[0].value], [false, 2000, 2001])
})

test('filters of the call narrow a run down', async (t) => {
  const emulator = await startEmulator(t)
  await seed(emulator, 'Account', [
    { Name: "O'Neil", AnnualRevenue: 5 },
    { Name: '100% Acme', AnnualRevenue: 50 },
  ])
  const road = await reportRoad(emulator, 'All_Accounts')
  const names = async (column: string, operator: string, value: string): Promise<string[]> => {
    const body = { reportMetadata: { reportFilters: [{ column, operator, value }] } }
    const { json } = await send(emulator, 'POST', `${road}?includeDetails=true`, { body })
    return json.factMap['T!T'].rows.map(({ dataCells }: { dataCells: { label: string }[] }) => dataCells[0]?.label)
  }
  assert.deepEqual(await names('Account.Name', 'equals', "O'Neil"), ["O'Neil"])
  assert.deepEqual(await names('Account.Name', 'contains', '0%'), ['100% Acme'])
  assert.deepEqual(await names('Account.Name', 'notContain', 'Acme'), ["O'Neil"])
  assert.deepEqual(await names('Account.AnnualRevenue', 'greaterThan', '5'), ['100% Acme'])
  assert.deepEqual(await names('Account.Industry', 'equals', ''), ["O'Neil", '100% Acme'])
  for (const filter of [
    { column: 'Account.Nothing', operator: 'equals', value: '1' },
    { column: 'Account.Name', operator: 'resembles', value: '1' },
    { column: 'Account.AnnualRevenue', operator: 'equals', value: '1 OR Id != NULL' },
  ]) {
    const bad = await send(emulator, 'POST', road, { body: { reportMetadata: { reportFilters: [filter] } } })
    assert.deepEqual([bad.status, bad.json[0].errorCode], [400, 'BAD_REQUEST'])
  }
})

test('an asynchronous run is kept for a day as it was when it ran', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, sessionSeconds: 200_000 })
  await seed(emulator, 'Account', [{ Name: 'First' }])
  const road = await reportRoad(emulator, 'All_Accounts')
  const started = await send(emulator, 'POST', `${road}/instances?includeDetails=true`)
  assert.partialDeepStrictEqual(started.json, { status: 'New', completionDate: null, hasDetailRows: true })
  await seed(emulator, 'Account', [{ Name: 'Second' }])
  const fetched = await send(emulator, 'GET', started.json.url)
  assert.equal(fetched.json.attributes.status, 'Success')
  assert.equal(fetched.json.factMap['T!T'].rows.length, 1)
  const list = await send(emulator, 'GET', `${road}/instances`)
  assert.deepEqual([list.json.length, list.json[0].id], [1, started.json.id])
  assert.equal((await send(emulator, 'DELETE', started.json.url)).status, 204)
  assert.equal((await send(emulator, 'GET', started.json.url)).status, 404)
  const late = await send(emulator, 'POST', `${road}/instances`)
  clock.advance(86_400_000)
  assert.equal((await send(emulator, 'GET', late.json.url)).status, 404)
})

test("reports of one's own stand beside the demo ones, and an unknown one is 404", async (t) => {
  const reports: EmulatorOptions['metadata'] = {
    reports: [{ name: 'Mine', object: 'Contact', columns: ['Name'], where: "LastName LIKE 'A%'" }],
  }
  const emulator = await startEmulator(t, { metadata: reports })
  await seed(emulator, 'Contact', [{ LastName: 'Ada' }, { LastName: 'Bea' }])
  const { json } = await send(emulator, 'GET', await reportRoad(emulator, 'Mine'))
  assert.equal(json.factMap['T!T'].aggregates[0].value, 1)
  const unknown = await send(emulator, 'GET', `${REPORTS}/00Ofw0000000099`)
  assert.deepEqual([unknown.status, unknown.json[0].errorCode], [404, 'NOT_FOUND'])
})
