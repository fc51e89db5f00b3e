import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IngestSource } from '@forcewire/core'
import { emulatedLoads } from '../support/emulated-org.ts'
import { textOf } from './scripted-query-org.ts'

const { emulator, salesforce } = await emulatedLoads()

const insert = { object: 'Account', operation: 'insert', maxRows: 7, positions: true } as const

/** Thirty rows: taken ones, refused ones, two that are alike, one that cannot be sent, of all kinds of values. */
const rows = Array.from({ length: 30 }, (_, index) => {
  if (index === 4 || index === 17) return { Name: 'twin', NumberOfEmployees: 1 }
  if (index === 9) return { Name: 'unsendable', Phone: new Map() }
  return {
    Name: index % 5 === 0 ? '' : `Row "${index}", é😀`,
    AnnualRevenue: index + 0.5,
    NumberOfEmployees: index,
    Phone: index % 2 ? null : '+44 20 7946 0958',
  }
})

test('every result row of a load knows its position in the input, but for those that are alike', async () => {
  const load = salesforce.bulk.ingest(insert, rows)
  const { jobs, rows: all, successful, failed, rejected } = await load.run()
  assert.ok(jobs.length > 3)
  assert.deepEqual([all, successful, failed, rejected], [30, 23, 7, 1])
  const taken = await load.successful().all()
  assert.equal(taken.length, 23)
  for (const { sf__Row, Name } of taken) {
    assert.equal(rows[sf__Row ?? 4]?.Name, Name)
    assert.equal(sf__Row === undefined, Name === 'twin')
  }
  const refused = await load.failed().all()
  const positions = refused.map(({ sf__Row }) => sf__Row).sort((a = 0, b = 0) => a - b)
  assert.deepEqual(positions, [0, 5, 9, 10, 15, 20, 25])
  assert.equal(refused.find(({ sf__Row }) => sf__Row === 9)?.Name, 'unsendable')
})

test('rows have no position unless it is asked for', async () => {
  const load = salesforce.bulk.ingest({ ...insert, positions: false }, rows)
  const results = [...(await load.successful().all()), ...(await load.failed().all())]
  assert.deepEqual([results.length, results.filter((row) => 'sf__Row' in row).length], [30, 0])
})

test('lines of a CSV that cannot be sent know their position, and no other line does', async () => {
  const load = salesforce.bulk.ingest(insert, 'Name\na\n"b"b\n""\nc\n')
  assert.deepEqual(
    (await load.failed().all()).map(({ sf__Row }) => sf__Row),
    [undefined, 1],
  )
  assert.deepEqual(
    (await load.successful().all()).map((row) => [row.Name, 'sf__Row' in row]),
    [
      ['a', false],
      ['c', false],
    ],
  )
})

test('the results of a load are one CSV a kind, that hold each row once', async () => {
  const load = salesforce.bulk.ingest({ ...insert, columns: ['Name', 'Phone'] }, rows)
  const { successful, failed, jobs } = await load.run()
  assert.ok(jobs.length > 3)
  const lines = async (kind: 'successful' | 'failed' | 'unprocessed'): Promise<string[]> =>
    (await textOf(load[kind]().csv())).trimEnd().split('\n')
  const taken = await lines('successful')
  assert.equal(taken.filter((line) => line.includes('sf__Id')).length, 1)
  assert.equal(taken.length, successful + 1)
  const refused = await lines('failed')
  assert.equal(refused.length, failed + 1)
  assert.match(refused[0] ?? '', /sf__Id.*sf__Error.*Name.*Phone/)
  assert.match(refused.at(-1) ?? '', /INVALID_VALUE:Row 10, column Phone: .*,unsendable,$/)
  assert.equal((await lines('unprocessed')).length, 1)
})

test('rows that Salesforce refuses and rows that cannot be sent have the same columns, also when loaded again', async () => {
  const rename = { Firma: 'Name', Kunde: 'Phone', Unused: 'Site' }
  const parent = { External_Id__c: 'none' }
  const given = [
    { Firma: '', Kunde: '1', Site: 's', Parent: parent },
    { Firma: 'a', Kunde: Number.NaN, Site: 's', Parent: parent },
  ]
  const first = salesforce.bulk.ingest({ ...insert, rename }, given)
  const failed = await first.failed().all()
  const columns = ['Name', 'Parent.External_Id__c', 'Phone', 'Site', 'sf__Error', 'sf__Id', 'sf__Row']
  assert.deepEqual(
    failed.map((row) => Object.keys(row).sort()),
    [columns, columns],
  )
  assert.deepEqual([failed[1]?.Name, failed[1]?.['Parent.External_Id__c']], ['a', 'none'])
  assert.match(await textOf(first.failed().csv()), /,a,,s,none\n/)

  const again = salesforce.bulk.ingest(
    { ...insert, columns: ['Name', 'Phone'] },
    failed.map((row) => ({ ...row, Name: 'b' })),
  )
  const [still, ...more] = await again.failed().all()
  assert.match(still?.sf__Error ?? '', /^INVALID_VALUE:Row 2, column Phone/)
  assert.deepEqual([still?.Name, more.length, again.counts.successful], ['b', 0, 1])
})

test('what could not be sent is a CSV also where nothing was', async () => {
  for (const [source, header] of [
    [[{ Name: Symbol('x') }], 'sf__Id,sf__Error,Name'],
    [[], ''],
  ] satisfies [IngestSource, string][]) {
    const load = salesforce.bulk.ingest(insert, source)
    assert.equal((await textOf(load.failed().csv())).split('\n')[0], header)
  }
})

test('a CSV of the results goes on after a break in the middle of a download', async () => {
  const many = Array.from({ length: 400 }, (_, index) => ({ Name: `break ${index}` }))
  const load = salesforce.bulk.ingest({ ...insert, maxRows: 1000 }, many)
  await load.run()
  emulator.faults.add({ path: /successfulResults$/, truncate: 3000 })
  const names = new Set((await textOf(load.successful().csv())).match(/break \d+/g))
  assert.equal(names.size, 400)
  assert.deepEqual(emulator.faults.list(), [])
})
