import type { CsvDialect } from '../csv/dialect.ts'

/** What an ingest job does with its rows. */
export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete'

/** State of an ingest job. */
export type IngestState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'

/** What a caller asks for when creating an ingest job, checked. */
export interface IngestOrder extends CsvDialect {
  readonly object: string
  readonly operation: IngestOperation
  readonly externalIdFieldName: string | undefined
  readonly assignmentRuleId: string | undefined
  /** API version of the creating call (`67.0`). */
  readonly version: string
}

/** One ingest job with everything that its answers show. Times are milliseconds since the epoch. */
export interface IngestJob extends IngestOrder {
  readonly id: string
  readonly createdById: string
  readonly createdDate: number
  /** Moves at every change of state. */
  systemModstamp: number
  state: IngestState
  errorMessage: string | undefined
  /** Rows tried, failed ones included. */
  processed: number
  failed: number
  /** Bytes of the upload's header record; 0 until it has been read. */
  headerBytes: number
  /** Bytes of the upload up to and including the last processed row. */
  processedBytes: number
  processingTime: number
  /** Bytes of the upload, once it is there. */
  uploadedBytes: number
  /** Bytes of the two result files that are sure. */
  successfulBytes: number
  failedBytes: number
  /** How far the one upload is. */
  upload: 'none' | 'arriving' | 'complete'
}

/** A job right after its creation. */
export function newIngestJob(
  order: IngestOrder,
  { id, createdById, now }: { id: string; createdById: string; now: number },
): IngestJob {
  return {
    ...order,
    id,
    createdById,
    createdDate: now,
    systemModstamp: now,
    state: 'Open',
    errorMessage: undefined,
    processed: 0,
    failed: 0,
    headerBytes: 0,
    processedBytes: 0,
    processingTime: 0,
    uploadedBytes: 0,
    successfulBytes: 0,
    failedBytes: 0,
    upload: 'none',
  }
}

/** True for states that no job leaves. */
export function isOver(state: IngestState): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted'
}
