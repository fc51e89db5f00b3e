import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import type { ApiRequest } from '../../src/http/connection.ts'
import { refusal } from './scripted-connection.ts'
import { ids, textOf } from './scripted-query-org.ts'
import { rangeOrg } from './scripted-range-org.ts'

const digits = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
/** 62 Ids on each of two instances. */
const all = ['0015g0', '001Dn0'].flatMap((prefix) => digits.map((digit) => `${prefix}00000000${digit}`))
const soql = "SELECT Id FROM Account WHERE Name LIKE 'A%' OR Name = null"
const timeout = 'QUERY_TIMEOUT: Your query request was running for too long.'

test('runs a job for each of a few ranges and gives all records once, in the order of their Ids', async () => {
  const { connection, jobs, asked } = rangeOrg(all)
  assert.deepEqual(ids(await createBulk(connection).query(soql, { idRanges: true }).all()), all)
  assert.deepEqual(
    jobs.map((job) => job.soql),
    [
      "Id < '0015g000000000V'",
      "Id >= '0015g000000000V' AND Id < '001Dn0000000000'",
      "Id >= '001Dn0000000000' AND Id < '001Dn000000000V'",
      "Id >= '001Dn000000000V'",
    ].map((range) => `SELECT Id FROM Account WHERE (Name LIKE 'A%' OR Name = null) AND ${range}`),
  )
  assert.deepEqual(asked.slice(0, 2), [
    'SELECT Id FROM Account ORDER BY Id LIMIT 1',
    'SELECT Id FROM Account ORDER BY Id DESC LIMIT 1',
  ])
  assert.equal(asked.length, 2 + 3 * 2)
})

test('gives one CSV with one header, again and again from the same jobs', async () => {
  const { connection, jobs } = rangeOrg(all)
  const query = createBulk(connection).query('SELECT Id FROM Account', { idRanges: 7 })
  const csv = ['"Id"', ...all.map((id) => `"${id}"`), ''].join('\n')
  assert.equal(await textOf(query.csv()), csv)
  assert.equal(await textOf(query.csv()), csv)
  assert.deepEqual(ids(await query.all()), all)
  assert.equal(jobs.length, 7)
})

test('halves a range whose job took too long, until every range is done', async () => {
  const org = rangeOrg(all, (found) => (found.length > 10 ? timeout : undefined))
  const { connection, jobs } = org
  const query = createBulk(connection).query(soql, { idRanges: 2 })
  assert.deepEqual(ids(await query.all()), all)
  const complete = await query.jobs()
  assert.ok(complete.every(({ state }) => state === 'JobComplete'))
  assert.equal(
    complete.reduce((sum, { numberRecordsProcessed = 0 }) => sum + numberRecordsProcessed, 0),
    all.length,
  )
  assert.deepEqual([jobs.length, complete.length], [30, 16])
  assert.equal(org.most, 5)
})

for (const message of [
  'QUERY_TIMEOUT',
  'InternalServerError : Retried more than 30 times',
  'Retried more than fifteen times',
  'Your query request was running for too long.',
]) {
  test(`takes "${message}" for a query that took too long`, async () => {
    const { connection } = rangeOrg(all.slice(0, 8), (found) => (found.length > 4 ? message : undefined))
    assert.equal((await createBulk(connection).query(soql, { idRanges: 1 }).all()).length, 8)
  })
}

test('halves down to a single Id and then tells that its job failed', async () => {
  const bad = all[70] as string
  const { connection, jobs } = rangeOrg(all, (found) => (found.includes(bad) ? timeout : undefined))
  await assert.rejects(createBulk(connection).query(soql, { idRanges: true }).all(), {
    code: 'ERR_SF_BULK_JOB',
    message: new RegExp(`failed: ${timeout}`),
  })
  const last = jobs.filter(({ state }) => state === 'Failed').at(-1)
  assert.match(last?.soql ?? '', new RegExp(`Id >= '${bad}' AND Id < '${all[71]}'`))
})

test('takes no other failure for one that smaller ranges mend', async () => {
  const { connection, jobs } = rangeOrg(all, () => 'InvalidBatch : Failed to process query: INVALID_FIELD')
  await assert.rejects(createBulk(connection).query(soql, { idRanges: 1 }).all(), { code: 'ERR_SF_BULK_JOB' })
  assert.equal(jobs.length, 1)
})

test('runs one job for an object without records or with one', async () => {
  for (const few of [[], all.slice(0, 1)]) {
    const { connection, jobs } = rangeOrg(few)
    const query = createBulk(connection).query('SELECT Id FROM Account', { idRanges: 10 })
    assert.deepEqual(ids(await query.all()), few)
    assert.deepEqual([jobs.length, jobs[0]?.soql], [1, 'SELECT Id FROM Account'])
  }
})

test('asks for the Ids of deleted records too when these are wanted', async () => {
  const { connection, jobs, lines } = rangeOrg(all)
  await createBulk(connection).query(soql, { idRanges: 2, includeDeleted: true }).all()
  assert.ok(jobs.every(({ operation }) => operation === 'queryAll'))
  assert.equal(lines().filter((line) => line.startsWith('GET /queryAll?q=')).length, 4)
  assert.ok(!lines().some((line) => line.startsWith('GET /query?')))
})

test('has no more than five jobs under way', async () => {
  const org = rangeOrg(all)
  await createBulk(org.connection).query(soql, { idRanges: 20 }).all()
  assert.deepEqual([org.jobs.length, org.most], [20, 5])
})

test('leaves the jobs of other ranges alone when the loop is left, and another loop goes on with them', async () => {
  const org = rangeOrg(all)
  const query = createBulk(org.connection).query(soql, { idRanges: 8 })
  for await (const record of query) {
    assert.equal(record.Id, all[0])
    break
  }
  assert.ok(!org.lines().some((line) => line.startsWith('PATCH')))
  assert.deepEqual(ids(await query.all()), all)
  assert.equal(org.jobs.length, 8)
})

test('aborts the jobs that still run when the loop is left, if so told', async () => {
  for (const leave of ['rows', 'csv'] as const) {
    const org = rangeOrg(all)
    const query = createBulk(org.connection).query(soql, { idRanges: 8, abortOnReturn: true })
    for await (const _ of leave === 'rows' ? query : query.csv()) {
      org.looksNeeded = 1_000
      break
    }
    assert.ok(org.jobs.some(({ state }) => state === 'Aborted'))
    assert.deepEqual(
      org.jobs.filter(({ state }) => state === 'UploadComplete'),
      [],
    )
  }
})

test('aborts the other jobs when one has failed, if so told', async () => {
  const org = rangeOrg(all, (found) => (found[0] === all[0] ? 'INVALID_FIELD' : undefined))
  await assert.rejects(createBulk(org.connection).query(soql, { idRanges: 5, abortOnReturn: true }).all())
  assert.ok(org.jobs.every(({ state }) => state !== 'UploadComplete'))
})

/** Answers one request with a 400, the first of its kind. */
function hiccup(org: ReturnType<typeof rangeOrg>, line: RegExp): ReturnType<typeof createBulk> {
  let left = 1
  const { connection } = org
  const answer = async <T>(request: ApiRequest, of: () => Promise<T>): Promise<T> => {
    if (!line.test(`${request.method} ${request.path}`) || left === 0) return of()
    left -= 1
    throw refusal(400, 'ODD', request)
  }
  return createBulk({
    ...connection,
    jsonAnswer: (request, call) => answer(request, () => connection.jsonAnswer(request, call)),
    stream: (request, call) => answer(request, () => connection.stream(request, call)),
  })
}

for (const [what, line] of [
  ['look at a job', /^GET .*query\/750R00000010000$/],
  ['result', /^GET .*query\/750R00000010000\/results/],
] as const) {
  test(`aborts nothing because a ${what} was refused, and the next loop goes on with the same jobs`, async () => {
    const org = rangeOrg(all)
    org.looksNeeded = 4
    const query = hiccup(org, line).query(soql, { idRanges: 8, abortOnReturn: true })
    await assert.rejects(query.all(), {
      message: /ODD.* Bulk query job 750R00000010000 is still at Salesforce; .* Loop over the same BulkQuery again/,
    })
    assert.ok(org.jobs.some(({ state }) => state === 'UploadComplete'))
    assert.deepEqual(ids(await query.all()), all)
    assert.equal(org.jobs.length, 8)
    assert.ok(org.jobs.every(({ state }) => state === 'JobComplete'))
  })
}

test('names the jobs of other ranges where that of one could not be created, and the next loop makes it', async () => {
  const org = rangeOrg(all)
  const query = hiccup(org, /^POST/).query(soql, { idRanges: 3 })
  await assert.rejects(query.all(), {
    message:
      'ODD. The query has the bulk jobs 750R00000010000, 750R00000010001 at Salesforce. ' +
      'Loop over the same BulkQuery again, or run the query again.',
  })
  assert.deepEqual(ids(await query.all()), all)
  assert.equal(org.jobs.length, 3)
})

test('counts over all jobs, and knows the total once the last one is complete', async () => {
  const org = rangeOrg(all, (found) => (found.length > 31 ? timeout : undefined))
  const news: BulkProgress[] = []
  const query = createBulk(org.connection).query(soql, { idRanges: 2 })
  query.on('progress', (progress) => news.push(progress))
  await query.all()
  assert.ok(news.every(({ total }) => total === undefined || total === all.length))
  const { timeLeft: _, bytes, jobId, ...last } = news.at(-1) as BulkProgress
  assert.deepEqual(last, { phase: 'downloading', rows: 124, total: 124, jobs: { Failed: 2, JobComplete: 4 } })
  assert.equal(bytes, 124 * 18 + 4 * 5)
  assert.equal(jobId, org.jobs.at(-1)?.id)
})

test('tells no total as long as jobs are missing, although others are downloaded already', async () => {
  const org = rangeOrg(all)
  const news: BulkProgress[] = []
  const query = createBulk(org.connection).query(soql, { idRanges: 20 })
  query.on('progress', (progress) => news.push(progress))
  await query.all()
  const early = news.filter(({ jobs }) => (jobs.JobComplete ?? 0) < 20)
  assert.ok(early.some(({ phase }) => phase === 'downloading'))
  assert.ok(early.every(({ total }) => total === undefined))
  assert.equal(news.at(-1)?.total, all.length)
})

test('has jobs instead of a job', async () => {
  const { connection, sent } = rangeOrg(all)
  const query = createBulk(connection).query(soql, { idRanges: true })
  await assert.rejects(query.job(), {
    code: 'ERR_SF_CONFIG',
    message: 'The bulk query has several jobs; jobs() answers them.',
  })
  assert.equal(sent.length, 0)
  assert.equal((await query.jobs()).length, 4)
})

test('goes on in another process by the Ids of its jobs', async () => {
  const org = rangeOrg(all)
  const jobs = await createBulk(org.connection).query(soql, { idRanges: true }).jobs()
  for (const job of org.jobs) Object.assign(job, { state: 'UploadComplete', looks: 0 })
  const again = createBulk(org.connection).resumeQuery(jobs.map(({ id }) => id))
  const news: BulkProgress[] = []
  again.on('progress', (progress) => news.push(progress))
  assert.deepEqual(ids(await again.all()), all)
  const early = news.filter(({ jobs }) => (jobs.JobComplete ?? 0) < 4)
  assert.ok(early.some(({ phase }) => phase === 'downloading'))
  assert.ok(early.every(({ total }) => total === undefined))
  assert.equal(news.at(-1)?.total, all.length)
  assert.equal(org.jobs.length, 4)
})

for (const [text, message] of [
  ['SELECT Id FROM Account LIMIT 5', /cannot split a query with LIMIT.*Leave LIMIT out, or the option idRanges/],
  ['SELECT Id FROM Account OFFSET 5', /cannot split a query with OFFSET/],
  ['SELECT Name FROM Account GROUP BY Name', /cannot split a query with GROUP BY/],
  ['SELECT Id FROM Account ORDER BY Name', /in the order of their Ids.*Leave ORDER BY out/],
  ['SELECT Id FROM Account ORDER BY Id DESC', /in the order of their Ids/],
  ['SELECT Id FROM Account a, a.Contacts c', /needs a query of one object/],
  ["SELECT Id FROM Account WHERE Name = 'x", /a quote that is not closed/],
  ['FIND {a}', /must have the form SELECT/],
] as const) {
  test(`refuses to split ${text}`, () => {
    const { connection } = rangeOrg([])
    assert.throws(() => createBulk(connection).query(text, { idRanges: true }), { code: 'ERR_SF_CONFIG', message })
  })
}

for (const text of [
  'SELECT Id FROM Account ORDER BY Id',
  'SELECT Id FROM Account ORDER BY Id ASC NULLS LAST',
  'SELECT a.Id FROM Account a',
  'SELECT Id FROM Group',
  'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 5)',
]) {
  test(`splits ${text}`, async () => {
    const { connection } = rangeOrg(all)
    assert.deepEqual(ids(await createBulk(connection).query(text, { idRanges: 3 }).all()), all)
  })
}
