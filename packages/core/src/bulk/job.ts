import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'

/** What an ingest job does with each row. `hardDelete` skips the recycle bin and needs a permission of its own. */
export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete'

/** The states of a job. The last three are final. A query job starts as `UploadComplete`. */
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'

/**
 * The job info that ingest and query jobs share, in Salesforce's own words (Bulk API 2.0, "Get Information About a
 * Job"). The answers to creating and changing a job lack the counters and the times; so do the entries of a list.
 */
interface Job {
  /** Id of the job. */
  readonly id: string
  /** API name of the object. */
  readonly object: string
  /** How far it has come. */
  readonly state: JobState
  /** Id of the user who created it. */
  readonly createdById: string
  /** `2026-05-01T07:25:37.000+0000` */
  readonly createdDate: string
  /** When the job last changed; moves with its state. */
  readonly systemModstamp: string
  /** A number, for instance `67`. Results must be asked for in this version. */
  readonly apiVersion: number
  /** `Parallel`; kept for later use by Salesforce. */
  readonly concurrencyMode?: string
  /** The format of rows and results. */
  readonly contentType?: 'CSV'
  /** What stands between two columns. */
  readonly columnDelimiter?: ColumnDelimiter
  /** What ends a row. */
  readonly lineEnding?: LineEnding
  /** `V2Ingest`, `V2Query`, or `Classic` for a job of Bulk API 1.0. */
  readonly jobType?: string
  /** Why the job failed; the only place where Salesforce says it. */
  readonly errorMessage?: string
  /** Rows done so far, failed ones included. */
  readonly numberRecordsProcessed?: number
  /** How often Salesforce has tried a batch again. */
  readonly retries?: number
  /** Milliseconds. */
  readonly totalProcessingTime?: number
}

/** A job that loads rows. */
export interface IngestJob extends Job {
  /** What the job does with each row. */
  readonly operation: IngestOperation
  /** The field that names records in an upsert. */
  readonly externalIdFieldName?: string
  /** Id of the rule that assigns new cases or leads. */
  readonly assignmentRuleId?: string
  /** Where the rows are uploaded to, below the root of the instance. */
  readonly contentUrl?: string
  /** Rows that Salesforce refused. */
  readonly numberRecordsFailed?: number
  /** Milliseconds. */
  readonly apiActiveProcessingTime?: number
  /** Milliseconds spent in triggers. */
  readonly apexProcessingTime?: number
}

/** A job that extracts records. */
export interface QueryJob extends Job {
  /** Whether deleted and archived records are extracted too. */
  readonly operation: 'query' | 'queryAll'
}

/** Whether the job has come to its end. */
export function isFinal({ state }: { readonly state: JobState }): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted'
}
