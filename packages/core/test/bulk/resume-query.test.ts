import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { TransportError } from '../../src/errors/transport-error.ts'
import { settled } from './scripted-connection.ts'
import { ids, idsOf, type Override, org, pagesOf, soql, textOf } from './scripted-query-org.ts'

const id = '750R000000146UvIAI'
const onTheWay = `Bulk query job ${id} is still at Salesforce; bulk.resumeQuery('${id}') goes on with it.`

test('waits for a job by its Id and reads its results, without creating one', async () => {
  const pages = pagesOf(3)
  const { connection, lines } = org(pages)
  const news: BulkProgress[] = []
  const query = createBulk(connection).resumeQuery(id)
  query.on('progress', (progress) => news.push(progress))
  assert.deepEqual(lines(), [])
  assert.deepEqual(ids(await query.all()), idsOf(pages))
  assert.deepEqual(lines().slice(0, 2), [`GET /jobs/query/${id}`, `GET /jobs/query/${id}`])
  assert.ok(!lines().some((line) => line.startsWith('POST')))
  assert.deepEqual([news[0]?.phase, news.at(-1)?.phase, news.at(-1)?.total], ['processing', 'downloading', 6])
  assert.equal(await textOf(query.csv()), ['"Id","Name"', ...pages.flat(), ''].join('\n'))
})

test('reads the results of a job that is complete already at once', async () => {
  const { connection, lines, sleeps } = org(pagesOf(1), undefined, { state: 'JobComplete' })
  const query = createBulk(connection).resumeQuery<{ Id: string }>(id, { values: 'text', maxRecords: 2 })
  assert.equal((await query.job()).state, 'JobComplete')
  assert.equal((await query.first())?.Id, '0000')
  assert.deepEqual(sleeps, [])
  assert.deepEqual(lines(), [`GET /jobs/query/${id}`, `GET /jobs/query/${id}/results?maxRecords=2`])
})

for (const [state, message] of [
  ['Failed', `Bulk query job ${id} on Account failed: InvalidBatch`],
  ['Aborted', `Bulk query job ${id} on Account was aborted: InvalidBatch`],
] as const) {
  test(`throws the reason of a job that is ${state}`, async () => {
    for (const read of ['all', 'csv', 'jobs'] as const) {
      const { connection } = org([[]], undefined, { state, errorMessage: 'InvalidBatch' })
      const query = createBulk(connection).resumeQuery(id)
      const reading = read === 'csv' ? textOf(query.csv()) : query[read]()
      await assert.rejects(reading, { code: 'ERR_SF_BULK_JOB', jobId: id, state, message })
    }
  })
}

test('says of a job that is not there that it is gone', async () => {
  const { connection } = org([[]], () => ({ status: 404, body: 'NOT_FOUND' }))
  await assert.rejects(createBulk(connection).resumeQuery(id).all(), {
    code: 'ERR_SF_NOT_FOUND',
    message: `NOT_FOUND. There is no bulk query job ${id} (Salesforce keeps them for seven days); run the query again. A load goes on by bulk.resume.`,
  })
})

const broken = new TransportError('The connection was closed')

for (const [where, matches] of [
  ['a look at the job', (line: string) => line === `GET /jobs/query/${id}`],
  ['the list of pages', (line: string) => line.includes('resultPages')],
  ['a page', (line: string) => line.includes('/results?')],
] as const) {
  test(`names the job, and how to go on with it, when ${where} fails`, async () => {
    const failing: Override = (line) => {
      if (matches(line)) throw new TransportError('The connection was closed')
      return undefined
    }
    const expected = { code: 'ERR_SF_TRANSPORT', message: `${broken.message}. ${onTheWay}` }
    await assert.rejects(
      createBulk(org(pagesOf(1), failing).connection)
        .query(soql)
        .all(),
      expected,
    )
    await assert.rejects(
      textOf(
        createBulk(org(pagesOf(1), failing).connection)
          .query(soql)
          .csv(),
      ),
      expected,
    )
  })
}

test('aborts no job because a look at it has failed, so that somebody can go on with it', async () => {
  const { connection, lines } = org([[]], (line) => {
    if (line === `GET /jobs/query/${id}`) throw new TransportError('The connection was closed')
    return undefined
  })
  await assert.rejects(createBulk(connection).query(soql, { abortOnReturn: true }).all(), { code: 'ERR_SF_TRANSPORT' })
  assert.ok(!lines().some((line) => line.startsWith('PATCH')))
})

test('names no job when none could be created', async () => {
  const { connection } = org([[]], () => ({ status: 400, body: 'INVALIDENTITY' }))
  await assert.rejects(createBulk(connection).query(soql).all(), { message: 'INVALIDENTITY' })
})

/** An org whose job never ends, and a signal that is aborted at the third look. */
function endless(refusal?: Override): ReturnType<typeof org> & { readonly stop: AbortController } {
  const stop = new AbortController()
  let looks = 0
  const made = org(
    [[]],
    (line, signal) => {
      if (line.startsWith('PATCH'))
        return refusal?.(line, signal) ?? { body: { id, object: 'Account', state: 'Aborted' } }
      looks += line === `GET /jobs/query/${id}` ? 1 : 0
      if (looks === 3) stop.abort(new Error('enough'))
      return undefined
    },
    { state: 'InProgress' },
  )
  return Object.assign(made, { stop })
}

for (const [what, run] of [
  [
    'query',
    (org: ReturnType<typeof endless>, options: object) =>
      createBulk(org.connection).query(soql, options, { signal: org.stop.signal }),
  ],
  [
    'resumeQuery',
    (org: ReturnType<typeof endless>, options: object) =>
      createBulk(org.connection).resumeQuery(id, options, { signal: org.stop.signal }),
  ],
] as const) {
  test(`${what} aborts the job when the signal ends the wait, if so told, before it throws`, async () => {
    for (const abortOnReturn of [true, false]) {
      for (const read of ['all', 'csv'] as const) {
        const own = endless()
        const query = run(own, { abortOnReturn })
        await assert.rejects(read === 'all' ? query.all() : textOf(query.csv()), { message: 'enough' })
        const aborts = own.sent.filter(({ line }) => line.startsWith('PATCH'))
        assert.deepEqual(
          aborts.map(({ body }) => body),
          abortOnReturn ? ['{"state":"Aborted"}'] : [],
        )
        assert.equal(aborts[0]?.call.signal, undefined)
      }
    }
  })
}

test('aborts the job when a loop is left that waits for it, if so told', async () => {
  const own = endless()
  const query = createBulk(own.connection).query(soql, { abortOnReturn: true })
  const loop = query[Symbol.asyncIterator]()
  const waiting = loop.next()
  await settled()
  await loop.return?.()
  assert.deepEqual(await waiting, { done: true, value: undefined })
  assert.equal(own.lines().filter((line) => line.startsWith('PATCH')).length, 1)
  assert.equal((await query.job()).state, 'Aborted')
})

test('warns where the job cannot be aborted, and throws why the loop was left', async () => {
  const own = endless(() => ({ status: 400, body: 'INVALIDJOBSTATE' }))
  const query = createBulk(own.connection).query(soql, { abortOnReturn: true }, { signal: own.stop.signal })
  await assert.rejects(query.all(), { message: 'enough' })
  assert.deepEqual(own.warnings, [`Bulk query job ${id} could not be aborted: INVALIDJOBSTATE`])
})

test('aborts no job that is complete', async () => {
  const { connection, lines } = org(pagesOf(9))
  for await (const _ of createBulk(connection).query(soql, { abortOnReturn: true })) break
  await settled()
  assert.ok(!lines().some((line) => line.startsWith('PATCH')))
})

const wrong: [id: unknown, options: object, message: RegExp][] = [
  ['x', {}, /^The Id of the bulk job must be an Id of 15 or 18 letters and digits, but is a text/],
  [undefined, {}, /^The Id of the bulk job must be an Id .*, but is undefined/],
  [[], {}, /^The Ids of the bulk jobs must be a list of at least one Id, each of them once, but is an empty list/],
  [[id, id.slice(0, 15)], {}, /each of them once, but is a list/],
  [[id, 5], {}, /^The Ids of the bulk jobs\[1\] must be an Id .*, but is 5/],
  [id, { idRanges: 2 }, /^bulk.resumeQuery has no option 'idRanges'; it takes maxRecords, values, abortOnReturn/],
  [id, { values: 5 }, /^values must be one of typed, text, but is 5/],
]
for (const [jobId, options, message] of wrong) {
  test(`refuses to go on with ${JSON.stringify(jobId)} and ${JSON.stringify(options)}`, () => {
    const { connection } = org([[]])
    assert.throws(() => createBulk(connection).resumeQuery(jobId as string, options), {
      code: 'ERR_SF_CONFIG',
      message,
    })
  })
}
