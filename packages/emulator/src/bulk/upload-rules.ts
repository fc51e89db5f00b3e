import { JobFailure } from './errors.ts'
import type { Row } from './ingest-batch.ts'
import type { IngestJob } from './ingest-job.ts'

/**
 * What one record of an upload may hold (Bulk API 2.0 guide, "Limits": 5,000 fields, 32,000 characters in a field, 400,000
 * in a record). The words are those of the CSV reader that Salesforce publishes with its Java client, as far as it has any.
 */
const MAX_COLUMNS = 5000
const MAX_FIELD = 32_000
const MAX_RECORD = 400_000

/** Refuses a header with more columns than a record may have. */
export function checkColumns(header: Row): void {
  if (header.length <= MAX_COLUMNS) return
  throw notParsed(`Exceeded max number of columns: ${header.length}. There may be up to ${MAX_COLUMNS}`)
}

/** Refuses a row that does not fit the header, ends in another way than the job says, or is too long. */
export function checkRow(job: IngestJob, columns: number, cells: Row): void {
  if (job.lineEnding === 'LF' && cells.at(-1)?.endsWith('\r')) throw wrongLineEnding(job)
  // Salesforce's own words for this are not known; that it refuses the upload is.
  if (cells.length > columns) {
    throw notParsed(`Too many columns: a row has ${cells.length} columns and the header has ${columns}`)
  }
  let record = 0
  for (const { length } of cells) {
    if (length > MAX_FIELD) throw notParsed(`Exceeded max field size: ${length}`)
    record += length
  }
  if (record <= MAX_RECORD) return
  const limit = `Max length for one record should be less than or equal to ${MAX_RECORD}`
  throw notParsed(`Exceeded max length for one record: ${record}. ${limit}`)
}

/** An upload whose lines end in another way than its job says. */
export function wrongLineEnding({ lineEnding }: IngestJob): JobFailure {
  const message = `LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`
  return new JobFailure(`ClientInputError : ${message}`)
}

function notParsed(reason: string): JobFailure {
  return new JobFailure(`InvalidBatch : Failed to parse CSV. ${reason}`)
}
