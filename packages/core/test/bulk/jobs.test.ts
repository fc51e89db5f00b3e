import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { script } from './scripted-connection.ts'
import { org, pagesOf, textOf } from './scripted-query-org.ts'

test('reads results by the Id of a job that has ended, and says so of one that has not', async () => {
  const ended = org(pagesOf(2), undefined, { state: 'JobComplete' })
  const results = createBulk(ended.connection).queryJobs.results('q1')
  assert.equal((await results.all()).length, 4)
  assert.match(await textOf(results.csv()), /^"Id","Name"\n"0000"/)
  const running = org(pagesOf(2), undefined, { state: 'InProgress' })
  await assert.rejects(createBulk(running.connection).queryJobs.results('q1').all(), {
    code: 'ERR_SF_CONFIG',
    message: 'Bulk query job q1 is still InProgress; its results are there when it is JobComplete. Wait for it first.',
  })
})

test('lists jobs over all pages, by either spelling of the link, with its filters', async () => {
  const { connection, lines } = script((line) => {
    if (line.includes('locator=2'))
      return {
        body: {
          done: false,
          records: [{ id: 'b' }],
          nextRecordUrl: 'https://x.my.salesforce.com/services/data/v67.0/jobs/ingest?locator=3',
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

test('aborts by PATCH and deletes by DELETE, with the Id encoded', async () => {
  const { connection, lines, sent } = script(() => ({ status: 204 }))
  const { queryJobs, ingestJobs } = createBulk(connection)
  await queryJobs.abort('q1')
  await ingestJobs.delete('a/b')
  assert.deepEqual(lines(), ['PATCH /jobs/query/q1', 'DELETE /jobs/ingest/a%2Fb'])
  assert.equal(sent[0]?.body, '{"state":"Aborted"}')
})

test('takes no Id for a job that would mean all jobs or another resource', async () => {
  const { connection, sent } = script(() => ({ body: {} }))
  const { ingestJobs, queryJobs } = createBulk(connection)
  for (const id of ['', ' ', '..', undefined as never]) {
    const refused = { code: 'ERR_SF_CONFIG' }
    await assert.rejects(() => ingestJobs.get(id), refused)
    await assert.rejects(() => ingestJobs.delete(id), refused)
    await assert.rejects(() => queryJobs.abort(id), refused)
    await assert.rejects(() => queryJobs.results(id).all(), refused)
  }
  assert.equal(sent.length, 0)
})
