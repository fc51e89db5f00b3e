import { type FileHandle, open } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { COLUMN_DELIMITERS } from '../csv/dialect.ts'
import { CsvFormatError, readCsv } from '../csv/read.ts'
import { doubleText, plainRow, quotedRows } from '../csv/write.ts'
import type { Org } from '../org/org.ts'
import { JobFailure } from './errors.ts'
import { applyBatch, type Row, type RowResult } from './ingest-batch.ts'
import { type IngestColumn, ingestColumns } from './ingest-columns.ts'
import type { IngestFiles } from './ingest-files.ts'
import type { IngestJob } from './ingest-job.ts'

/** Rows per transaction, the size of the chunks in which Salesforce runs triggers. */
const BATCH = 200
/** Bytes read to see how the header line ends. */
const HEAD = 65_536

/**
 * Processes the upload of one job in batches, letting other work in between, and writes the two result files. The job's
 * counters move with every batch. Stops between batches once the job is no longer InProgress.
 *
 * @throws {@link JobFailure} for an upload that cannot be processed; rows done before stay done.
 */
export async function runIngest(org: Org, job: IngestJob, files: IngestFiles): Promise<void> {
  await checkLineEnding(job, files)
  await using results = await ResultFiles.open(files)
  let columns: IngestColumn[] | undefined
  let batch: Row[] = []
  let end = 0
  const flush = async (): Promise<void> => {
    if (columns === undefined || batch.length === 0 || job.state !== 'InProgress') return
    const outcome = applyBatch(org.records, job, columns, batch)
    await results.append(job, columns, batch, outcome)
    job.processed += batch.length
    job.failed += outcome.filter((result) => !result.success).length
    job.processedBytes = end
    batch = []
    await nextTurn()
  }
  try {
    for await (const record of readCsv(files.upload, job)) {
      if (job.state !== 'InProgress') return
      if (columns === undefined) {
        columns = ingestColumns(org.schema, job, record.cells)
        await results.begin(job, record.cells)
        job.headerBytes = record.end
      } else {
        checkCells(job, columns, record.cells)
        batch.push(record.cells)
      }
      end = record.end
      if (batch.length === BATCH) await flush()
    }
  } catch (error) {
    if (error instanceof CsvFormatError) throw new JobFailure(`InvalidBatch : Failed to parse CSV. ${error.message}`)
    throw error
  }
  if (columns === undefined) throw new JobFailure('InvalidBatch : Records not found')
  await flush()
}

async function checkLineEnding(job: IngestJob, files: IngestFiles): Promise<void> {
  const head = await files.head(HEAD)
  const lineFeed = head.indexOf('\n')
  if (lineFeed < 0) return
  if ((head[lineFeed - 1] === '\r') !== (job.lineEnding === 'CRLF')) throw wrongLineEnding(job)
}

function checkCells(job: IngestJob, columns: readonly IngestColumn[], cells: Row): void {
  if (job.lineEnding === 'LF' && cells.at(-1)?.endsWith('\r')) throw wrongLineEnding(job)
  // Salesforce's own words for this are not known; that it refuses the upload is.
  if (cells.length > columns.length) {
    const message = `a row has ${cells.length} columns and the header has ${columns.length}`
    throw new JobFailure(`InvalidBatch : Failed to parse CSV. Too many columns: ${message}`)
  }
}

function wrongLineEnding(job: IngestJob): JobFailure {
  const message = `LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`
  return new JobFailure(`ClientInputError : ${message}`)
}

/** The two result files while a job runs: its own columns first, then the columns of the upload. */
class ResultFiles implements AsyncDisposable {
  readonly #successful: FileHandle
  readonly #failed: FileHandle

  private constructor(successful: FileHandle, failed: FileHandle) {
    this.#successful = successful
    this.#failed = failed
  }

  static async open(files: IngestFiles): Promise<ResultFiles> {
    return new ResultFiles(await open(files.successful, 'w'), await open(files.failed, 'w'))
  }

  async begin(job: IngestJob, header: Row): Promise<void> {
    await this.#successful.appendFile(resultHeader(['sf__Id', 'sf__Created'], header, job))
    await this.#failed.appendFile(resultHeader(['sf__Id', 'sf__Error'], header, job))
  }

  async append(
    job: IngestJob,
    columns: readonly IngestColumn[],
    rows: readonly Row[],
    results: readonly RowResult[],
  ): Promise<void> {
    const successful: string[][] = []
    const failed: string[][] = []
    for (const [index, result] of results.entries()) {
      const row = rows[index] ?? []
      if (result.success) successful.push([result.id, String(result.created), ...storedCells(columns, row)])
      else failed.push([result.id, result.error, ...columns.map((_, column) => row[column] ?? '')])
    }
    await this.#successful.appendFile(quotedRows(successful, job))
    await this.#failed.appendFile(quotedRows(failed, job))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#successful.close()
    await this.#failed.close()
  }
}

/** The header of a result file, half quoted as in the recorded `doc-successful-results-scientific.csv`. */
function resultHeader(own: readonly string[], header: Row, job: IngestJob): string {
  const delimiter = COLUMN_DELIMITERS[job.columnDelimiter]
  return `${own.map((name) => `"${name}"`).join(delimiter)}${delimiter}${plainRow(header, job)}`
}

/** Successful rows show numbers as stored, not as sent. */
function storedCells(columns: readonly IngestColumn[], row: Row): string[] {
  return columns.map(({ field, parent }, index) => {
    const cell = row[index] ?? ''
    const decimal = field.type === 'double' || field.type === 'currency' || field.type === 'percent'
    return decimal && parent === undefined && cell !== '' && cell !== '#N/A' ? doubleText(Number(cell)) : cell
  })
}
