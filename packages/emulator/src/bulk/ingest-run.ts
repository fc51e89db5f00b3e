import { setImmediate as nextTurn } from 'node:timers/promises'
import { CsvFormatError, type CsvRecord, readCsv } from '../csv/read.ts'
import type { Org } from '../org/org.ts'
import { JobFailure } from './errors.ts'
import { applyBatch, type Row } from './ingest-batch.ts'
import { type IngestColumn, ingestColumns } from './ingest-columns.ts'
import type { IngestFiles } from './ingest-files.ts'
import type { IngestJob } from './ingest-job.ts'
import { IngestResults } from './ingest-results.ts'
import { checkColumns, checkRow, wrongLineEnding } from './upload-rules.ts'

/** Rows per transaction, the size of the chunks in which Salesforce runs triggers. */
const BATCH = 200
/** Bytes read to see how the header line ends. */
const HEAD = 65_536

/** What the processing of a job needs beside the org. */
export interface IngestRun {
  readonly job: IngestJob
  readonly files: IngestFiles
  /** Writes the job down, as part of the transaction that is open. */
  readonly save: (job: IngestJob) => void
  /** Ends the work after the batch that is being done. */
  readonly signal: AbortSignal
}

/**
 * Processes the upload of one job in batches, letting other work in between, and writes the two result files. The records
 * of a batch, the counters and the place in the upload are one transaction: a job that was broken off goes on behind the
 * last batch that was done.
 *
 * @throws {@link JobFailure} for an upload that cannot be processed; rows done before stay done.
 */
export async function runIngest(org: Org, run: IngestRun): Promise<void> {
  const { job, files, signal } = run
  await checkLineEnding(job, files)
  using results = new IngestResults(files, job)
  let columns: IngestColumn[] | undefined
  let batch: Row[] = []
  try {
    for await (const records of recordsToDo(job, files)) {
      for (const { cells, end } of records) {
        if (signal.aborted) return
        if (columns === undefined) {
          checkColumns(cells)
          columns = ingestColumns(org.schema, job, cells)
          if (job.headerBytes === 0) Object.assign(job, results.begin(cells), { headerBytes: end })
          continue
        }
        checkRow(job, columns.length, cells)
        batch.push(cells)
        if (batch.length < BATCH) continue
        processBatch(org, run, results, columns, batch, end)
        batch = []
        await nextTurn()
      }
    }
  } catch (error) {
    if (error instanceof CsvFormatError) throw new JobFailure(`InvalidBatch : Failed to parse CSV. ${error.message}`)
    throw error
  }
  if (columns === undefined) throw new JobFailure('InvalidBatch : Records not found')
  if (batch.length > 0 && !signal.aborted) processBatch(org, run, results, columns, batch, job.uploadedBytes)
}

/** The header, and the rows that no earlier run has done. */
async function* recordsToDo(job: IngestJob, files: IngestFiles): AsyncGenerator<CsvRecord[]> {
  const from = job.processedBytes
  for await (const records of readCsv(files.upload, job)) {
    yield from > 0 ? records.slice(0, 1) : records
    if (from > 0) break
  }
  if (from > 0) yield* readCsv(files.upload, job, from)
}

function processBatch(
  org: Org,
  { job, save }: IngestRun,
  results: IngestResults,
  columns: readonly IngestColumn[],
  rows: readonly Row[],
  end: number,
): void {
  const progress = org.records.transaction(() => {
    // Only a job that names an assignment rule follows one (Bulk API 2.0 guide, "Create a Job").
    const choices = { allowSave: false, assign: job.assignmentRuleId !== undefined }
    const outcome = org.records.choosing(choices, () => applyBatch(org.records, job, columns, rows))
    const after = {
      processed: job.processed + rows.length,
      failed: job.failed + outcome.filter((result) => !result.success).length,
      processedBytes: end,
      ...results.add(columns, rows, outcome),
    }
    save({ ...job, ...after })
    return after
  })
  org.bulkUsage.countRows(job.processed, progress.processed)
  Object.assign(job, progress)
}

async function checkLineEnding(job: IngestJob, files: IngestFiles): Promise<void> {
  const head = await files.head(HEAD)
  const lineFeed = head.indexOf('\n')
  if (lineFeed < 0) return
  if ((head[lineFeed - 1] === '\r') !== (job.lineEnding === 'CRLF')) throw wrongLineEnding(job)
}
