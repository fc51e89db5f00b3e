import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { settleIngestOptions } from '../../src/bulk/ingest-options.ts'
import { type EndedJob, ingestResult, type LoadEnd } from '../../src/bulk/ingest-results.ts'
import type { IngestJob } from '../../src/bulk/job.ts'
import { JobRoad } from '../../src/bulk/job-road.ts'
import { RejectedRows } from '../../src/bulk/rejected-rows.ts'
import { type Answer, script } from './scripted-connection.ts'
import { textOf } from './scripted-query-org.ts'

const first = '750R0000000zlh9IAA'
const second = '750R0000000zlhAIAQ'

/** Answers by the end of a path, and jobs with counters. */
function results(answers: Readonly<Record<string, Answer | string>>, jobs: readonly Partial<IngestJob>[]) {
  const scripted = script((line) => {
    const found = Object.entries(answers).find(([path]) => line.endsWith(path))?.[1]
    if (found !== undefined) return typeof found === 'string' ? { body: found } : found
    return { body: jobs.find(({ id }) => line.endsWith(`/${id}`)) ?? {} }
  })
  const road = new JobRoad<IngestJob>(scripted.connection, 'ingest')
  const ended = (more: Partial<LoadEnd> = {}) => {
    const end = { jobs: jobs.map((job): EndedJob => ({ job: job as IngestJob })), ...more }
    return async (): Promise<LoadEnd> => end
  }
  return { ...scripted, road, ended }
}

const job = (id: string, processed: number, failed = 0, more: Partial<IngestJob> = {}): Partial<IngestJob> => ({
  id,
  state: 'JobComplete',
  numberRecordsProcessed: processed,
  numberRecordsFailed: failed,
  ...more,
})

test('gives the lines of all jobs as Salesforce wrote them, under one header', async () => {
  const { road, ended } = results(
    {
      [`${first}/successfulResults`]: '"sf__Id","sf__Created",Name\n"001","true","a, ""b""\nc"\n',
      [`${second}/successfulResults`]: '"sf__Id","sf__Created",Name\n"002","false","é😀"',
    },
    [job(first, 1), job(second, 1)],
  )
  const csv = ingestResult(road, 'successful', ended(), {}).csv()
  assert.equal(await textOf(csv), '"sf__Id","sf__Created",Name\n"001","true","a, ""b""\nc"\n"002","false","é😀"\n')
})

test('gives the lines of a job by its Id, with its own delimiter and line endings', async () => {
  const whole = 'Name|"sf__Created"|"sf__Id"\r\nx|"true"|"001"\r\n"y|y"|"false"|"002"\r\n'
  const { connection } = results({ successfulResults: whole }, [job(first, 2, 0, { columnDelimiter: 'PIPE' })])
  assert.equal(await textOf(createBulk(connection).ingestJobs.results(first).successful().csv()), whole)
})

test('asks only the jobs that have rows of the kind, and one of them all for its header', async () => {
  const header = '"sf__Id","sf__Error",Name\n'
  const { road, ended, lines } = results(
    { [`${first}/failedResults`]: header, [`${second}/failedResults`]: `${header}"","X:x:--",b\n` },
    [job(first, 1), job(second, 1, 1)],
  )
  assert.equal(await textOf(ingestResult(road, 'failed', ended(), {}).csv()), `${header}"","X:x:--",b\n`)
  assert.deepEqual(lines(), [`GET /jobs/ingest/${second}/failedResults`])
  const none = results({ failedResults: header }, [job(first, 1), job(second, 1)])
  assert.equal(await textOf(ingestResult(none.road, 'failed', none.ended(), {}).csv()), header)
  assert.deepEqual(none.lines(), [`GET /jobs/ingest/${first}/failedResults`])
})

test('counts the lines against the job, fetches again what lacks some, and gives up the second time', async () => {
  const whole = '"sf__Id","sf__Created",Name\n1,true,a\n2,true,b\n3,true,c\n'
  for (const framed of [true, false]) {
    for (const cut of [whole.length - 20, whole.length - 11, whole.length - 3, 5, 0]) {
      for (const cuts of [1, 2]) {
        let downloads = 0
        const { connection, warnings } = script((line): Answer => {
          if (!line.endsWith('Results')) return { body: job(first, 3) }
          downloads += 1
          const body = downloads <= cuts ? whole.slice(0, cut) : whole
          return { body, headers: framed ? { 'content-length': `${body.length}` } : {} }
        })
        const csv = createBulk(connection).ingestJobs.results(first).successful().csv()
        if (cuts === 2) await assert.rejects(textOf(csv), { code: 'ERR_SF_PROTOCOL' })
        else assert.equal(await textOf(csv), whole, `cut at ${cut}`)
        assert.equal(warnings.length, 1)
      }
    }
  }
})

test('ends the failed lines with the rejected rows, by the columns of the header and the renamed names', async () => {
  const options = settleIngestOptions({
    object: 'Account',
    operation: 'insert',
    rename: { code: 'Code__c', Firma: 'Name', Unused: 'Owner.Name' },
  })
  const rejected = new RejectedRows(options)
  rejected.add('ROW_TOO_LARGE', 'Row 3 is too large', 2, { Firma: 'Ä, Ltd', code: 7, Owner: { Name: 'x' }, Other: 1 })
  rejected.add('MALFORMED_CSV', 'Line 5: no', 4)
  rejected.add('INVALID_VALUE', 'Row 6, column code: no', 5, { Firma: 'b', code: Symbol('no') })
  const lines = '"sf__Id","sf__Error",Name,Owner.Name,Code__c\n,E:e:--,a,b,c\n'
  const answers = { failedResults: lines, successfulResults: '"sf__Id","sf__Created",Name\n' }
  const { road, ended } = results(answers, [job(first, 1, 1)])
  const failed = ingestResult(road, 'failed', ended({ rejected: { rows: rejected, options } }), {})
  assert.equal(
    await textOf(failed.csv()),
    [
      '"sf__Id","sf__Error",Name,Owner.Name,Code__c',
      ',E:e:--,a,b,c',
      ',ROW_TOO_LARGE:Row 3 is too large:--,"Ä, Ltd",x,7',
      ',MALFORMED_CSV:Line 5: no:--,,,',
      ',"INVALID_VALUE:Row 6, column code: no:--",b,,',
      '',
    ].join('\n'),
  )
  assert.equal((await failed.all()).length, 4)
  const successful = ingestResult(road, 'successful', ended({ rejected: { rows: rejected, options } }), {})
  assert.equal(await textOf(successful.csv()), answers.successfulResults)
})

test('gives rejected rows a header of their own where no job has one', async () => {
  const given = { object: 'Account', operation: 'insert', columnDelimiter: 'SEMICOLON' } as const
  const { road, ended } = results({}, [])
  for (const [more, header] of [
    [{ rename: { Firma: 'Name' } }, 'sf__Id;sf__Error;Name;"b;c"'],
    [{ columns: ['Firma'] }, 'sf__Id;sf__Error;Firma'],
  ] as const) {
    const options = settleIngestOptions({ ...given, ...more })
    const rejected = new RejectedRows(options)
    rejected.add('INVALID_VALUE', 'no', 0, { Firma: 'a', 'b;c': 1 })
    const csv = await textOf(ingestResult(road, 'failed', ended({ rejected: { rows: rejected, options } }), {}).csv())
    assert.equal(csv.split('\n')[0], header)
    assert.equal(csv.split('\n')[1]?.slice(0, 22), ';INVALID_VALUE:no:--;a')
  }
  assert.equal(await textOf(ingestResult(road, 'failed', ended(), {}).csv()), '')
})

test('refuses to put jobs with different columns or delimiters into one CSV, and names the job', async () => {
  for (const [other, columnDelimiter] of [
    ['"sf__Id","sf__Created",Phone\n2,true,b\n', 'COMMA'],
    ['"sf__Id"|"sf__Created"|Name\n2|true|b\n', 'PIPE'],
  ] as const) {
    const { road, ended, warnings } = results(
      {
        [`${first}/successfulResults`]: '"sf__Id","sf__Created",Name\n1,true,a\n',
        [`${second}/successfulResults`]: other,
      },
      [job(first, 1), job(second, 1, 0, { columnDelimiter })],
    )
    await assert.rejects(textOf(ingestResult(road, 'successful', ended(), {}).csv()), {
      code: 'ERR_SF_CONFIG',
      message:
        `The successful rows of bulk job ${second} have other columns than those of the job before, so that one CSV ` +
        `cannot hold both. Read the results of each job by itself: bulk.ingestJobs.results('${second}').`,
    })
    assert.deepEqual(warnings, [])
  }
})

test('leaves out the lines that another job has taken over, and asks once for each, also after a break', async () => {
  const whole = '"sf__Id","sf__Error",Name\n,L:l:--,a\n,X:x:--,b\n,L:l:--,c\n'
  let downloads = 0
  const { connection } = script(() => {
    downloads += 1
    return { body: downloads === 1 ? whole.slice(0, -12) : whole }
  })
  const road = new JobRoad<IngestJob>(connection, 'ingest')
  const asked: unknown[] = []
  const keeps = ({ sf__Error }: Record<string, unknown>): boolean => {
    asked.push(sf__Error)
    return sf__Error !== 'L:l:--'
  }
  const end: LoadEnd = { jobs: [{ job: job(first, 3, 3) as IngestJob, keeps }] }
  const failed = ingestResult(road, 'failed', async () => end, {})
  assert.equal(await textOf(failed.csv()), '"sf__Id","sf__Error",Name\n,X:x:--,b\n')
  assert.deepEqual(asked, ['L:l:--', 'X:x:--', 'L:l:--'])
  assert.deepEqual(
    (await failed.all()).map((row) => (row as Record<string, unknown>).Name),
    ['b'],
  )
})

test('throws why the load broke off behind the lines that there are', async () => {
  const { road, ended } = results({ failedResults: '"sf__Id","sf__Error",Name\n,X:x:--,b\n' }, [job(first, 1, 1)])
  const seen: string[] = []
  const failure = { error: new Error('the file is gone') }
  const read = async (): Promise<void> => {
    for await (const chunk of ingestResult(road, 'failed', ended({ failure }), {}).csv()) {
      seen.push(Buffer.from(chunk).toString())
    }
  }
  await assert.rejects(read(), { message: 'the file is gone' })
  assert.equal(seen.join(''), '"sf__Id","sf__Error",Name\n,X:x:--,b\n')
})

test('sends nothing before the first pull, and stops the download when the loop is left', async () => {
  let left = false
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from('"sf__Id","sf__Created",Name\n1,true,a\n')
    } finally {
      left = true
    }
  }
  const { connection, lines } = script((line) => ({ body: line.endsWith('Results') ? body() : job(first, 3) }))
  const csv = createBulk(connection).ingestJobs.results(first).successful().csv()
  assert.deepEqual(lines(), [])
  for await (const _ of csv) break
  assert.ok(left)
})
