import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatedLoads } from '../support/emulated-org.ts'

const { emulator, salesforce } = await emulatedLoads()

const upsert = { object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' } as const
const accounts = (
  prefix: string,
  count: number,
): { External_Id__c: string; Name: string; NumberOfEmployees: number }[] =>
  Array.from({ length: count }, (_, index) => ({
    External_Id__c: `${prefix}-${index}`,
    Name: `${prefix} "${index}", Ltd\nSecond line \u2028 é😀`,
    NumberOfEmployees: index,
  }))

test('creates rows, then updates them, and reads them back as they were', async () => {
  const rows = accounts('twice', 450)
  for (const created of [true, false]) {
    const load = salesforce.bulk.ingest({ ...upsert, maxRows: 200 }, rows)
    const { jobs, failed, ...counts } = await load.run()
    assert.deepEqual(counts, { rows: 450, processed: 450, successful: 450, rejected: 0, unprocessed: 0 })
    assert.deepEqual([jobs.length, failed], [3, 0])
    const done = await load.successful().all()
    assert.deepEqual(new Set(done.map((row) => row.External_Id__c)), new Set(rows.map((row) => row.External_Id__c)))
    assert.ok(done.every((row) => row.sf__Created === created))
  }
  const soql = "SELECT External_Id__c, Name, NumberOfEmployees FROM Account WHERE External_Id__c LIKE 'twice-%'"
  const order = (a: { NumberOfEmployees: number }, b: { NumberOfEmployees: number }) =>
    a.NumberOfEmployees - b.NumberOfEmployees
  const read = await salesforce.bulk.query<(typeof rows)[number]>(soql).all()
  assert.deepEqual(read.sort(order), rows)
  const paged = await salesforce.bulk.query<(typeof rows)[number]>(soql, { maxRecords: 100 }).all()
  assert.deepEqual(paged.sort(order), rows)
})

test('loads the good rows of a CSV and hands out the refused and the malformed ones', async () => {
  const csv = 'code,Name\r\nmixed-1,One\r\nmixed-2,\r\n"mixed-3"x,Three\r\nmixed-4,Four\r\n'
  const load = salesforce.bulk.ingest({ ...upsert, rename: { code: 'External_Id__c' } }, csv)
  const { rows, processed, failed } = await load.run()
  assert.deepEqual({ rows, processed, failed }, { rows: 4, processed: 3, failed: 2 })
  const [refused, malformed] = await load.failed().all()
  assert.match(refused?.sf__Error ?? '', /^REQUIRED_FIELD_MISSING:.*Name/)
  assert.equal(refused?.External_Id__c, 'mixed-2')
  assert.match(malformed?.sf__Error ?? '', /^MALFORMED_CSV:Line 4: .*"mixed-3"x,Three:--$/)
  assert.equal((await load.successful().all()).length, 2)
})

test('says why Salesforce refused the whole job', async () => {
  const load = salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'x', Nope__c: '1' }])
  await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB', state: 'Failed', message: /Nope__c/ })
})

test('updates and deletes by Id', async () => {
  const inserted = salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'a' }, { Name: 'b' }])
  const ids = (await inserted.successful().all()).map((row) => row.sf__Id)
  assert.equal(ids.length, 2)
  const updated = salesforce.bulk.ingest(
    { object: 'Account', operation: 'update' },
    ids.map((Id) => ({ Id, Name: 'c' })),
  )
  assert.equal((await updated.run()).failed, 0)
  const deleted = salesforce.bulk.ingest(
    { object: 'Account', operation: 'delete' },
    ids.map((Id) => ({ Id })),
  )
  assert.deepEqual((await deleted.run()).processed, 2)
  const left = salesforce.bulk.query(`SELECT Id FROM Account WHERE Id IN ('${ids.join("', '")}')`)
  assert.deepEqual(await left.all(), [])
})

test('uploads again after a dropped connection and a busy server, and loads each row once', async () => {
  const path = /\/jobs\/ingest\/[^/]+\/batches$/
  emulator.faults.add({ method: 'PUT', path, reset: true })
  emulator.faults.add({ method: 'PUT', path, status: 503, errorCode: 'SERVER_UNAVAILABLE' })
  const load = salesforce.bulk.ingest(upsert, accounts('again', 10), { retry: { initialDelay: 1 } })
  const { processed, failed } = await load.run()
  assert.deepEqual([processed, failed], [10, 0])
  emulator.faults.clear()
})

test('fetches a result again that breaks off in its middle', async () => {
  const rows = accounts('torn', 300)
  await salesforce.bulk.ingest(upsert, rows).run()
  const earlier = emulator.requests().filter((request) => request.path.endsWith('/results')).length
  emulator.faults.add({ path: /\/jobs\/query\/[^/]+\/results$/, truncate: 2000 })
  const soql = "SELECT External_Id__c FROM Account WHERE External_Id__c LIKE 'torn-%'"
  const read = await salesforce.bulk.query<{ External_Id__c: string }>(soql).all()
  assert.equal(new Set(read.map((row) => row.External_Id__c)).size, 300)
  assert.equal(read.length, 300)
  const downloads = emulator.requests().filter((request) => request.path.endsWith('/results')).length
  assert.equal(downloads - earlier, 2)
  emulator.faults.clear()
})

test('finds, reads and deletes jobs by their Id', async () => {
  const load = salesforce.bulk.ingest(upsert, accounts('job', 3))
  const [job] = (await load.run()).jobs
  const id = job?.id ?? ''
  const { ingestJobs } = salesforce.bulk
  assert.ok((await ingestJobs.list({ jobType: 'V2Ingest' }).all()).some((listed) => listed.id === id))
  assert.equal((await ingestJobs.get(id)).numberRecordsProcessed, 3)
  assert.equal((await ingestJobs.results(id).successful().all()).length, 3)
  assert.deepEqual(await ingestJobs.results(id).failed().all(), [])
  await ingestJobs.delete(id)
  await assert.rejects(ingestJobs.get(id), { code: 'ERR_SF_NOT_FOUND' })
})

test('aborts a query job that waits', async () => {
  const query = salesforce.bulk.query('SELECT Id FROM Account')
  // Nobody has looked at it yet.
  const { id } = await query.job()
  assert.equal((await salesforce.bulk.queryJobs.abort(id)).state, 'Aborted')
  await assert.rejects(query.all(), { code: 'ERR_SF_BULK_JOB', state: 'Aborted' })
})

test('runs nothing on roads that the emulator does not know', () => {
  assert.deepEqual(
    emulator.requests().filter(({ status }) => status === 501),
    [],
  )
})
