import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { ApiError } from '../../src/errors/api-error.ts'
import { ProtocolError } from '../../src/errors/protocol-error.ts'
import { TransportError } from '../../src/errors/transport-error.ts'
import { script } from './scripted-connection.ts'
import { org, pagesOf, textOf } from './scripted-query-org.ts'

const queryId = '750R000000146UvIAI'
const ingestId = '750R0000000zlh9IAA'

test('reads results by the Id of a job that has ended, and says so of one that has not', async () => {
  const ended = org(pagesOf(2), undefined, { state: 'JobComplete' })
  const results = createBulk(ended.connection).queryJobs.results(queryId)
  assert.equal((await results.all()).length, 4)
  assert.match(await textOf(results.csv()), /^"Id","Name"\n"0000"/)
  const running = org(pagesOf(2), undefined, { state: 'InProgress' })
  await assert.rejects(createBulk(running.connection).queryJobs.results(queryId).all(), {
    code: 'ERR_SF_CONFIG',
    message:
      "Bulk query job 750R000000146UvIAI on Account is still InProgress; its results are there when it has ended. bulk.resumeQuery('750R000000146UvIAI') waits for it.",
  })
})

test('lists jobs over all pages, by either spelling of the link, with its filters', async () => {
  const { connection, lines } = script((line) => {
    if (line.includes('locator=2'))
      return {
        body: {
          done: false,
          records: [{ id: 'b' }],
          nextRecordUrl: 'services/data/v67.0/jobs/ingest?locator=3',
        },
      }
    if (line.includes('locator=3')) return { body: { done: true, records: [{ id: 'c' }], nextRecordsUrl: null } }
    return {
      body: {
        done: false,
        records: [{ id: 'a' }],
        nextRecordsUrl: '/services/data/v67.0/jobs/ingest?jobType=V2Ingest&locator=2',
      },
    }
  })
  const jobs = await createBulk(connection).ingestJobs.list({ jobType: 'V2Ingest' }).all()
  assert.deepEqual(
    jobs.map(({ id }) => id),
    ['a', 'b', 'c'],
  )
  assert.deepEqual(lines(), [
    'GET /jobs/ingest?jobType=V2Ingest',
    'GET /jobs/ingest?jobType=V2Ingest&locator=2',
    'GET /jobs/ingest?locator=3',
  ])
})

test('aborts by PATCH and deletes by DELETE', async () => {
  const { connection, lines, sent } = script((line) =>
    line.startsWith('PATCH') ? { body: { id: queryId, state: 'Aborted' } } : { status: 204 },
  )
  const { queryJobs, ingestJobs } = createBulk(connection)
  await queryJobs.abort(queryId)
  await ingestJobs.delete(ingestId)
  assert.deepEqual(lines(), [`PATCH /jobs/query/${queryId}`, `DELETE /jobs/ingest/${ingestId}`])
  assert.equal(sent[0]?.body, '{"state":"Aborted"}')
})

test('takes no Id for a job that would mean all jobs or another resource', async () => {
  const { connection, sent } = script(() => ({ body: {} }))
  const { ingestJobs, queryJobs } = createBulk(connection)
  for (const id of ['', ' ', '..', 'a/b', '750R0000000zxna/..', undefined as never, null as never, 7 as never]) {
    const refused = { code: 'ERR_SF_CONFIG', message: /^The Id of the bulk job must be an Id of 15 or 18 letters/ }
    await assert.rejects(ingestJobs.get(id), refused)
    await assert.rejects(ingestJobs.delete(id), refused)
    await assert.rejects(queryJobs.abort(id), refused)
    assert.throws(() => queryJobs.results(id), refused)
    assert.throws(() => ingestJobs.results(id), refused)
  }
  assert.equal(sent.length, 0)
})

test('takes no filter that Salesforce does not know', () => {
  const { connection, sent } = script(() => ({ body: {} }))
  const { ingestJobs, queryJobs } = createBulk(connection)
  const refusals: readonly [filters: unknown, message: RegExp][] = [
    [{ jobType: 'V3' }, /^jobType must be one of V2Ingest, V2Query, Classic, BigObjectIngest, but is 'V3'/],
    [{ isPkChunkingEnabled: 1 }, /^isPkChunkingEnabled must be true or false, but is 1/],
    [{ concurrencyMode: 'serial' }, /^concurrencyMode must be one of parallel/],
    [{ state: 'Open' }, /^list has no option 'state'/],
    [null, /^list must be an object of options, but is null/],
  ]
  for (const [filters, message] of refusals) {
    assert.throws(() => ingestJobs.list(filters as never), { code: 'ERR_SF_CONFIG', message })
    assert.throws(() => queryJobs.list(filters as never), { code: 'ERR_SF_CONFIG', message })
  }
  assert.equal(sent.length, 0)
})

test('refuses a source and call options of the wrong kind at once', () => {
  const { connection, sent } = script(() => ({ body: {} }))
  const bulk = createBulk(connection)
  const options = { object: 'Account', operation: 'insert' } as const
  for (const source of [undefined, null, 7, true, {}, () => [], Promise.resolve([])]) {
    assert.throws(
      () => bulk.ingest(options, source as never),
      /^ConfigurationError: The source of a bulk load must be rows/,
    )
  }
  assert.throws(() => bulk.ingest(null as never, []), /bulk.ingest must be an object of options, but is null/)
  for (const call of [null, 5, { signal: undefined, timeuot: 5 }]) {
    const refused = { code: 'ERR_SF_CONFIG', message: /^the options of a call (?:must be|has no option)/ }
    assert.throws(() => bulk.ingest(options, [], call as never), refused)
    assert.throws(() => bulk.query('SELECT Id FROM Account', {}, call as never), refused)
    assert.throws(() => bulk.ingestJobs.list({}, call as never), refused)
    assert.throws(() => bulk.queryJobs.results(queryId, call as never), refused)
  }
  assert.equal(sent.length, 0)
})

test('says that a job may be left when the answer to its creation is lost, and only then', async () => {
  const soql = 'SELECT Id FROM Account'
  const leftover =
    /Salesforce may have created an empty job at \/services\/data\/v67.0\/jobs\/query all the same; list the jobs/
  const failing = (error: unknown) => script(() => Promise.reject(error))
  const options = { request: { method: 'POST', path: '/services/data/v67.0/jobs/query', attempts: 1 } } as const
  const lost = failing(new TransportError('It broke.', { ...options, sent: true }))
  await assert.rejects(createBulk(lost.connection).query(soql).job(), (error) => {
    assert.ok(error instanceof TransportError)
    return leftover.test(error.message)
  })
  const login = { request: { method: 'POST', path: '/services/oauth2/token', attempts: 1 } } as const
  for (const error of [
    new TransportError('Nobody listens.', { ...options, sent: false }),
    new ProtocolError('The login was no login.', login),
    new ApiError('INVALIDENTITY: no', { ...options, status: 400, errors: [] }),
  ]) {
    await assert.rejects(createBulk(failing(error).connection).query(soql).job(), { message: error.message })
    assert.doesNotMatch(error.message, leftover)
  }
})

test('warns of a job that may be left when its creation is aborted, and not when nothing was sent', async () => {
  const stop = new AbortController()
  const reason = new Error('enough')
  const { connection, warnings, sent } = script(() => {
    stop.abort(reason)
    return {}
  })
  const query = (signal: AbortSignal) => createBulk(connection).query('SELECT Id FROM Account', {}, { signal }).job()
  await assert.rejects(query(stop.signal), reason)
  assert.match(warnings.join(), /creation of a bulk job was aborted. Salesforce may have created an empty job/)
  await assert.rejects(query(stop.signal), reason)
  assert.deepEqual([warnings.length, sent.length], [1, 1])
})
