import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { gate, settled } from './scripted-connection.ts'
import { ids, idsOf, org, pagesOf, soql, textOf } from './scripted-query-org.ts'

test('creates a job at the first pull, waits for it and gives the records of all pages in order', async () => {
  const pages = pagesOf(7)
  const { connection, lines, sent } = org(pages)
  const query = createBulk(connection).query(soql)
  assert.deepEqual(lines(), [])
  assert.deepEqual(ids(await query.all()), idsOf(pages))
  assert.deepEqual(lines().slice(0, 3), [
    'POST /jobs/query',
    'GET /jobs/query/750R000000146UvIAI',
    'GET /jobs/query/750R000000146UvIAI',
  ])
  assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), { operation: 'query', query: soql, contentType: 'CSV' })
  assert.equal(sent[0]?.request.replay, 'if-unsent')
  assert.equal(lines().filter((line) => line.includes('/results?')).length, 7)
})

test('asks for deleted records with queryAll', async () => {
  const { connection, sent } = org([[]])
  await createBulk(connection).query(soql, { includeDeleted: true }).all()
  assert.equal(JSON.parse(sent[0]?.body ?? '').operation, 'queryAll')
})

test('fetches five pages at a time and delivers them in order, whichever comes first', async () => {
  const pages = pagesOf(8)
  const last = gate()
  let begun = 0
  let most = 0
  const { connection } = org(pages, async (line) => {
    if (!line.includes('/results?')) return undefined
    begun += 1
    most = Math.max(most, begun)
    // The first page comes when the fifth was asked for.
    if (line.endsWith('=p0')) await last.opened
    if (line.endsWith('=p4')) last.open()
    begun -= line.endsWith('=p0') ? 5 : 0
    return undefined
  })
  assert.deepEqual(ids(await createBulk(connection).query(soql).all()), idsOf(pages))
  assert.equal(most, 5)
})

test('asks for the next list of pages along with the first pages, so that the sixth need not wait for it', async () => {
  const { connection, lines } = org(pagesOf(8))
  await createBulk(connection).query(soql).all()
  const asked = lines().filter((line) => /results\?|resultpages/i.test(line))
  assert.match(asked[1] ?? '', /resultpages\?locator=5$/)
  assert.match(asked[2] ?? '', /results\?locator=p0$/)
})

test('reads pages one by one by locator in versions without resultPages', async () => {
  const pages = pagesOf(3)
  const { connection, lines } = org(pages, undefined, { apiVersion: 57 })
  assert.deepEqual(ids(await createBulk(connection).query(soql).all()), idsOf(pages))
  assert.deepEqual(lines().slice(-3), [
    'GET /services/data/v57.0/jobs/query/750R000000146UvIAI/results',
    'GET /services/data/v57.0/jobs/query/750R000000146UvIAI/results?locator=p1',
    'GET /services/data/v57.0/jobs/query/750R000000146UvIAI/results?locator=p2',
  ])
})

test('fetches in parallel from version 58.0 on', async () => {
  const { connection, lines } = org(pagesOf(1), undefined, { apiVersion: 58 })
  await createBulk(connection).query(soql).all()
  assert.ok(lines().some((line) => line.endsWith('/jobs/query/750R000000146UvIAI/resultPages')))
})

test('pages by the size that the caller wants', async () => {
  const pages = pagesOf(2)
  const { connection, lines } = org(pages)
  await createBulk(connection).query(soql, { maxRecords: 2 }).all()
  assert.ok(lines().includes('GET /jobs/query/750R000000146UvIAI/results?maxRecords=2'))
  assert.ok(lines().includes('GET /jobs/query/750R000000146UvIAI/results?locator=p1&maxRecords=2'))
  assert.ok(!lines().some((line) => line.includes('resultPages')))
})

test('falls back to locators where resultPages is not found', async () => {
  const pages = pagesOf(3)
  const { connection } = org(pages, (line) =>
    line.endsWith('resultPages') ? { status: 404, body: 'NOT_FOUND' } : undefined,
  )
  assert.deepEqual(ids(await createBulk(connection).query(soql).all()), idsOf(pages))
})

test('follows the other spelling of the next link', async () => {
  const pages = pagesOf(2)
  const page = (index: number) => [
    { resultUrl: `services/data/v67.0/jobs/query/750R000000146UvIAI/results?locator=p${index}` },
  ]
  const { connection } = org(pages, (line) => {
    if (line.endsWith('/resultPages'))
      return {
        body: {
          resultPages: page(0),
          done: false,
          nextRecordUrl: '/services/data/v67.0/jobs/query/750R000000146UvIAI/resultpages?locator=x',
        },
      }
    return line.includes('resultpages') ? { body: { resultPages: page(1), done: true } } : undefined
  })
  assert.deepEqual(ids(await createBulk(connection).query(soql).all()), idsOf(pages))
})

test('gives the CSV as Salesforce wrote it, its header once', async () => {
  const pages = pagesOf(3)
  const { connection, lines } = org(pages)
  assert.equal(await textOf(createBulk(connection).query(soql).csv()), ['"Id","Name"', ...pages.flat(), ''].join('\n'))
  assert.ok(!lines().some((line) => line.endsWith('describe')), 'bytes need no types')
})

for (const [title, pages] of [
  ['one empty page', [[]]],
  ['no page', []],
] as const) {
  test(`gives no records of ${title}`, async () => {
    const { connection } = org(pages as unknown as string[][])
    const query = createBulk(connection).query(soql)
    assert.deepEqual(await query.all(), [])
    assert.equal(await query.first(), undefined)
    assert.equal(await textOf(query.csv()), pages.length === 0 ? '' : '"Id","Name"\n')
  })
}

test('gives a single record', async () => {
  const { connection } = org(pagesOf(1, 1))
  assert.deepEqual(await createBulk(connection).query(soql).first(), { Id: '0000', Name: 'n0-0' })
})

test('types whole numbers, long ones and those with a point or a sign alike', async () => {
  const texts = ['0', '007', '100', '999999999999999', '9007199254740993', '12345678901234567890', '-5', '1.50', '1E3']
  const { connection } = org([[]], (line) =>
    line.includes('/results?') ? { body: ['Amount', ...texts, ''].join('\n') } : undefined,
  )
  assert.deepEqual(
    (await createBulk(connection).query(soql).all()).map(({ Amount }) => Amount),
    texts.map(Number),
  )
})

test('types numbers and booleans by the describe, and never an Id or a code', async () => {
  const { connection, lines } = org([[]], (line) =>
    line.includes('/results?')
      ? { body: 'Id,AMOUNT,Active__c,Code__c,Owner.Amount\n0010,9.12260031E8,true,007,5\n0011,,false,,\n' }
      : undefined,
  )
  const query = createBulk(connection).query(soql)
  const rows = [
    { Id: '0010', AMOUNT: 912260031, Active__c: true, Code__c: '007', 'Owner.Amount': '5' },
    { Id: '0011', AMOUNT: null, Active__c: false, Code__c: null, 'Owner.Amount': null },
  ]
  assert.deepEqual(await query.all(), rows)
  assert.deepEqual(await query.all(), rows)
  assert.equal(lines().filter((line) => line.endsWith('describe')).length, 1)
})

test('leaves a text what it is under an alias that is the name of a number or a boolean', async () => {
  const texts = ['Biotechnology', ' ', '\u00a0', '12 Oaks', '-', '1,5', 'Infinity', '$5.00']
  for (const column of ['Amount', 'Active__c']) {
    const { connection } = org([[]], (line) =>
      line.includes('/results?') ? { body: `"${column}"\n${texts.map((text) => `"${text}"\n`).join('')}` } : undefined,
    )
    assert.deepEqual(
      (await createBulk(connection).query(soql).all()).map((row) => row[column]),
      texts,
    )
  }
})

test('leaves every value text when told so, and asks for no describe', async () => {
  const { connection, lines } = org([[]], (line) =>
    line.includes('/results?')
      ? { body: 'Id,AMOUNT,Active__c,Code__c\n0010,9.12260031E8,true,007\n0011,,false,\n' }
      : undefined,
  )
  assert.deepEqual(await createBulk(connection).query(soql, { values: 'text' }).all(), [
    { Id: '0010', AMOUNT: '9.12260031E8', Active__c: 'true', Code__c: '007' },
    { Id: '0011', AMOUNT: null, Active__c: 'false', Code__c: null },
  ])
  assert.ok(!lines().some((line) => line.endsWith('describe')))
})

test('leaves everything text, with a warning, where the object has no describe', async () => {
  const { connection, warnings } = org(pagesOf(1, 1), (line) =>
    line.endsWith('describe') ? { status: 404, body: 'NOT_FOUND' } : undefined,
  )
  assert.deepEqual(await createBulk(connection).query(soql).all(), [{ Id: '0000', Name: 'n0-0' }])
  assert.match(warnings[0] ?? '', /stay text, since Account has no describe: NOT_FOUND/)
})

test('throws the reason of a failed job', async () => {
  const { connection } = org([[]], undefined, {
    state: 'Failed',
    errorMessage: 'InvalidBatch : Failed to process query',
  })
  const message = 'Bulk query job 750R000000146UvIAI on Account failed: InvalidBatch : Failed to process query'
  await assert.rejects(createBulk(connection).query(soql).all(), {
    code: 'ERR_SF_BULK_JOB',
    jobId: '750R000000146UvIAI',
    message,
  })
})

test('says of a query that takes too long how to run it in parts', async () => {
  const errorMessage = 'InternalServerError : Retried more than thirty times'
  const { connection } = org([[]], undefined, { state: 'Failed', errorMessage })
  await assert.rejects(createBulk(connection).query(soql).all(), {
    code: 'ERR_SF_BULK_JOB',
    message: `Bulk query job 750R000000146UvIAI on Account failed: ${errorMessage}. The option idRanges runs the query in parts that take less time.`,
  })
})

test('creates the job without waiting, and only one however often it is read', async () => {
  const { connection, lines } = org(pagesOf(1))
  const query = createBulk(connection).query(soql)
  assert.equal((await query.job()).state, 'UploadComplete')
  assert.deepEqual(lines(), ['POST /jobs/query'])
  await query.all()
  await query.all()
  assert.equal((await query.job()).state, 'JobComplete')
  assert.equal(lines().filter((line) => line === 'POST /jobs/query').length, 1)
})

test('may create the job later when it could not be created', async () => {
  let tries = 0
  const { connection } = org(pagesOf(1), (line) =>
    line.startsWith('POST') && ++tries === 1 ? { status: 400, body: 'INVALIDENTITY' } : undefined,
  )
  const query = createBulk(connection).query(soql)
  await assert.rejects(query.all(), { errorCode: 'INVALIDENTITY' })
  assert.equal((await query.all()).length, 2)
})

test('stops the downloads when the loop is left and leaves the job alone', async () => {
  const signals: (AbortSignal | undefined)[] = []
  const { connection, lines } = org(pagesOf(9), async (line, signal) => {
    if (!line.includes('/results?')) return undefined
    signals.push(signal)
    if (!line.endsWith('=p0'))
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
    return undefined
  })
  for await (const row of createBulk(connection).query(soql)) {
    assert.equal(row.Id, '0000')
    break
  }
  await settled()
  assert.ok(signals.length <= 6)
  assert.ok(signals.every((signal) => signal?.aborted))
  assert.ok(lines().every((line) => line.startsWith('GET') || line === 'POST /jobs/query'))
})

test('leaves a running job alone when the signal ends the wait', async () => {
  const stop = new AbortController()
  const { connection, lines } = org([[]], (line) => {
    if (line === 'GET /jobs/query/750R000000146UvIAI') stop.abort(new Error('enough'))
    return undefined
  })
  await assert.rejects(createBulk(connection).query(soql, {}, { signal: stop.signal }).all(), { message: 'enough' })
  assert.ok(!lines().some((line) => line.startsWith('PATCH') || line.startsWith('DELETE')))
})

test('tells how far it is, as long as somebody listens', async () => {
  const news: BulkProgress[] = []
  const { connection } = org(pagesOf(2))
  const query = createBulk(connection).query(soql)
  query.on('progress', () => {
    throw new Error('a mistake of the listener')
  })
  const off = query.on('progress', (progress) => news.push(progress))
  await query.all()
  const jobId = '750R000000146UvIAI'
  const bytes = '"Id","Name"\n"0000","n0-0"\n"0001","n0-1"\n'.length
  assert.deepEqual(
    news.map(({ timeLeft: _, ...progress }) => progress),
    [
      { phase: 'processing', rows: 4, bytes: 0, jobs: { InProgress: 1 }, jobId },
      { phase: 'processing', rows: 4, total: 4, bytes: 0, jobs: { JobComplete: 1 }, jobId },
      { phase: 'downloading', rows: 2, total: 4, bytes, jobs: { JobComplete: 1 }, jobId },
      { phase: 'downloading', rows: 4, total: 4, bytes: 2 * bytes, jobs: { JobComplete: 1 }, jobId },
    ],
  )
  off()
  await textOf(query.csv())
  assert.equal(news.length, 4)
})

test('tells the bytes of a loop from the start again', async () => {
  const news: BulkProgress[] = []
  const { connection } = org(pagesOf(2))
  const query = createBulk(connection).query(soql)
  await query.all()
  query.on('progress', (progress) => news.push(progress))
  const csv = await textOf(query.csv())
  assert.equal(news[0]?.rows, 2)
  // The header of the second page came too, although it is not handed out.
  assert.equal(news.at(-1)?.bytes, csv.length + '"Id","Name"\n'.length)
})

test('refuses another event and a listener that is no function', () => {
  const query = createBulk(org([[]]).connection).query(soql)
  assert.throws(() => query.on('done' as never, () => {}), { code: 'ERR_SF_CONFIG', message: /^event must be/ })
  assert.throws(() => query.on('progress', {} as never), { code: 'ERR_SF_CONFIG', message: /^listener must be/ })
})

const wrong: [soql: string, options: object, message: RegExp][] = [
  [' ', {}, /^The SOQL query must be a text that is not empty, but is an empty text/],
  [null as never, {}, /^The SOQL query must be a text that is not empty, but is null/],
  [soql, { maxRecords: 0 }, /^maxRecords must be a whole number of 1 or more, but is 0/],
  [soql, { includeDeleted: 'yes' }, /^includeDeleted must be true or false, but is a text/],
  [soql, { onProgress: () => {} }, /^bulk.query has no option 'onProgress'/],
  [soql, { values: 'string' }, /^values must be one of typed, text, but is 'string'/],
  [soql, { values: null }, /^values must be one of typed, text, but is null/],
  [soql, { abortOnReturn: 1 }, /^abortOnReturn must be true or false, but is 1/],
  [soql, { idRanges: 0 }, /^idRanges must be a whole number from 1 to 1,000, but is 0/],
  [soql, { idRanges: 1.5 }, /^idRanges must be a whole number from 1 to 1,000, but is 1.5/],
  [soql, { idRanges: 'yes' }, /^idRanges must be true or false, but is a text/],
  [soql, { maxRecord: 5 }, /^bulk.query has no option 'maxRecord'/],
  [soql, null as never, /^bulk.query must be an object of options, but is null/],
]
for (const [text, options, message] of wrong) {
  test(`refuses the query "${text}" with ${JSON.stringify(options)}`, () => {
    const { connection } = org([[]])
    assert.throws(() => createBulk(connection).query(text, options), { code: 'ERR_SF_CONFIG', message })
  })
}

test('hands out nothing more of what it has read ahead once it is aborted', async () => {
  for (const rows of [
    (signal: AbortSignal) => createBulk(org(pagesOf(4)).connection).query(soql, {}, { signal }),
    (signal: AbortSignal) =>
      createBulk(org(pagesOf(4)).connection)
        .query(soql, {}, { signal })
        .csv(),
  ]) {
    const own = new AbortController()
    let count = 0
    const loop = async (): Promise<void> => {
      for await (const _ of rows(own.signal)) {
        count += 1
        if (count === 2) own.abort('enough')
      }
    }
    await assert.rejects(loop, (reason) => reason === 'enough')
    assert.equal(count, 2)
  }
})
