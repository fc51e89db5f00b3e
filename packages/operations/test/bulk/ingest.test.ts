import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IngestOptions, Salesforce } from '@forcewire/core'
import { findOperation, settleParameters } from '@forcewire/operations'
import { openOrg } from '../support/org.ts'

const upsert = { object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' }
const csv = 'iata,Name\nOSL,Oslo\nXXX,\n'
const rename = { iata: 'External_Id__c' }

test('a CSV with columns of its own is loaded by renaming them, and the summary accounts for each row', async () => {
  await using org = await openOrg()
  const [summary = {}] = await org.run('bulk.ingest', { ...upsert, source: 'csv', csv, rename })
  assert.equal(summary.rows, 2)
  assert.equal(summary.created, 1)
  assert.equal(summary.failed, 1)
  assert.deepEqual(
    (summary.failures as { row: unknown }[]).map(({ row }) => row),
    [{ External_Id__c: 'XXX', Name: '' }],
  )
})

test('without waiting, the result is the started job', async () => {
  await using org = await openOrg()
  const [started = {}] = await org.run('bulk.ingest', { ...upsert, source: 'csv', csv, rename, wait: false })
  assert.equal(started.state, 'UploadComplete')
  const [job = {}] = await org.run('bulk.getJob', { jobId: started.jobId })
  assert.equal(job.id, started.jobId)
})

test('without waiting, rows that could not be sent are handed out beside the started job', async () => {
  await using org = await openOrg()
  const broken = `${csv}"YYY"y,Ypsilon\n`
  const [started, refused, ...others] = await org.run('bulk.ingest', {
    ...upsert,
    source: 'csv',
    csv: broken,
    rename,
    wait: false,
  })
  assert.equal(started?.state, 'UploadComplete')
  assert.equal(refused?.success, false)
  assert.match(JSON.stringify(refused?.errors), /MALFORMED_CSV.*Line 4/)
  assert.deepEqual(others, [])
})

test('every row may be asked for, or only the refused ones', async () => {
  await using org = await openOrg()
  const all = await org.run('bulk.ingest', { ...upsert, source: 'csv', csv, rename, output: 'all' })
  assert.deepEqual(
    all.map(({ success }) => success),
    [true, false],
  )
  const failed = await org.run('bulk.ingest', { ...upsert, source: 'csv', csv, rename, output: 'failed' })
  assert.deepEqual(
    failed.map(({ success }) => success),
    [false],
  )
})

test('the summary lists no more refused rows than asked for and says how many it left out', async () => {
  await using org = await openOrg()
  const rows = [{ Name: '' }, { Name: '' }, { Name: '' }]
  const [summary = {}] = await org.run('bulk.ingest', { object: 'Account', failureLimit: 2 }, rows)
  assert.equal((summary.failures as unknown[]).length, 2)
  assert.equal(summary.failuresOmitted, 1)
})

test('results of rows know their index in the input, and those of a CSV have none', async () => {
  await using org = await openOrg()
  const rows = [{ Name: 'One' }, { Name: '' }, { Name: 'Three', NumberOfEmployees: 3 }, { Name: 'One' }]
  const indexes = (results: readonly { readonly index?: unknown; readonly success?: unknown }[]) =>
    results.map(({ success, index }) => [success, index])
  const all = await org.run('bulk.ingest', { object: 'Account', output: 'all' }, rows)
  assert.deepEqual(indexes(all), [
    [true, undefined],
    [true, 2],
    [true, undefined],
    [false, 1],
  ])
  assert.ok(all.every(({ row }) => !('sf__Row' in (row as object))))
  const [summary = {}] = await org.run('bulk.ingest', { object: 'Account' }, rows)
  assert.deepEqual(indexes(summary.failures as []), [[false, 1]])
  // The lines of a file are no items of a flow, that of a line which cannot be sent neither.
  const file = `${csv}"BGO"x,Bergen\n`
  const fromCsv = await org.run('bulk.ingest', { ...upsert, source: 'csv', csv: file, rename, output: 'all' })
  assert.deepEqual(
    fromCsv.map((result) => [result.success, 'index' in result]),
    [
      [true, false],
      [false, false],
      [false, false],
    ],
  )
})

test('a serial load begins a job when the one before has ended, and locked rows are loaded again as often as wanted', async () => {
  const given: IngestOptions[] = []
  const salesforce = {
    bulk: {
      ingest(options: IngestOptions) {
        given.push(options)
        throw new Error('seen')
      },
    },
  } as unknown as Salesforce
  const ingest = findOperation('bulk.ingest')
  for (const more of [{}, { serial: true, retryLockedRows: 3 }, { serial: true, retryLockedRows: 3, wait: false }]) {
    const parameters = settleParameters(ingest, { object: 'Account', ...more })
    await assert.rejects(Array.fromAsync(ingest.run({ salesforce }, parameters, [])), { message: 'seen' })
  }
  assert.deepEqual(
    given.map(({ concurrencyMode, retryLockedRows }) => [concurrencyMode, retryLockedRows]),
    [
      ['parallel', 1],
      ['serial', 3],
      ['parallel', undefined],
    ],
  )
})
