import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { COLUMN_DELIMITERS } from '../csv/dialect.ts'
import { doubleText, plainRow, quotedRow } from '../csv/write.ts'
import type { Row, RowResult } from './ingest-batch.ts'
import type { IngestColumn } from './ingest-columns.ts'
import type { IngestFiles } from './ingest-files.ts'
import type { IngestJob } from './ingest-job.ts'

/** How long the two result files of a job are, in bytes. */
export interface ResultSizes {
  readonly successfulBytes: number
  readonly failedBytes: number
}

/**
 * The two result files while a job runs: its own columns first, then the columns of the upload. What a broken off process
 * wrote beyond the sizes that the job knows of is cut off. Writes do not wait, so that they can be part of a transaction.
 */
export class IngestResults implements Disposable {
  readonly #job: IngestJob
  readonly #successful: number
  readonly #failed: number

  constructor(files: IngestFiles, job: IngestJob) {
    this.#job = job
    this.#successful = opened(files.successful, job.successfulBytes)
    this.#failed = opened(files.failed, job.failedBytes)
  }

  /** Writes the headers and tells how long the files are then. */
  begin(header: Row): ResultSizes {
    return this.#write(
      resultHeader(['sf__Id', 'sf__Created'], header, this.#job),
      resultHeader(['sf__Id', 'sf__Error'], header, this.#job),
      { successfulBytes: 0, failedBytes: 0 },
    )
  }

  /** Adds what became of rows, and tells how long the files are then. */
  add(columns: readonly IngestColumn[], rows: readonly Row[], results: readonly RowResult[]): ResultSizes {
    let successful = ''
    let failed = ''
    for (const [index, result] of results.entries()) {
      const row = rows[index] ?? []
      if (result.success) {
        successful += quotedRow([result.id, String(result.created), ...storedCells(columns, row)], this.#job)
      } else {
        const cells = columns.map((_, column) => row[column] ?? '')
        failed += quotedRow([result.id, result.error, ...cells], this.#job)
      }
    }
    return this.#write(successful, failed, this.#job)
  }

  [Symbol.dispose](): void {
    closeSync(this.#successful)
    closeSync(this.#failed)
  }

  /** Positions are told, so that the work of a transaction that was undone is written over. */
  #write(successful: string, failed: string, at: ResultSizes): ResultSizes {
    return {
      successfulBytes: at.successfulBytes + writeSync(this.#successful, successful, at.successfulBytes),
      failedBytes: at.failedBytes + writeSync(this.#failed, failed, at.failedBytes),
    }
  }
}

function opened(file: string, size: number): number {
  const descriptor = openSync(file, size === 0 ? 'w' : 'r+')
  ftruncateSync(descriptor, size)
  return descriptor
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
