import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'
import { delimiterCharacter, lineEndingText } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { IngestOperation } from './job.ts'
import type { BulkProgress } from './progress.ts'

/** What to load and how. */
export interface IngestOptions {
  /** Name of the sObject: `Account`. */
  readonly object: string
  readonly operation: IngestOperation
  /** For `upsert`: the external ID field by which records are found (`Id` works too). */
  readonly externalIdField?: string | undefined
  /**
   * Which keys of the rows become columns, in this order; other keys are not sent. Default: all keys of all rows.
   * For row input only.
   */
  readonly columns?: readonly string[] | undefined
  /** Column of the input -> name of the field, for CSV headers and row keys alike. Columns not named stay. */
  readonly rename?: Readonly<Record<string, string>> | undefined
  /** Of CSV input; default `COMMA`. */
  readonly columnDelimiter?: ColumnDelimiter | undefined
  /** Line ending to send. Default: that of the CSV's header line, `LF` for rows. Other endings are adapted to it. */
  readonly lineEnding?: LineEnding | undefined
  /** Assignment rule to run for cases and leads. */
  readonly assignmentRuleId?: string | undefined
  /**
   * Most bytes of UTF-8 in one job, header included. Default 100,000,000: Salesforce's limit is 150 MB after base64.
   * An upload is kept in memory until Salesforce has it, so that it can be repeated: at most `jobsInFlight` of them.
   */
  readonly maxBytes?: number | undefined
  /** Most rows in one job. Default 150,000,000: Salesforce's limit for a day. */
  readonly maxRows?: number | undefined
  /** Jobs uploading at the same time. Default 2. Uploaded jobs wait at Salesforce and do not count. */
  readonly jobsInFlight?: number | undefined
  /** Told about each upload and each look at a job. What it throws is ignored. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined
}

/** Ingest options, checked and completed. */
export interface SettledIngestOptions extends IngestOptions {
  readonly columnDelimiter: ColumnDelimiter
  readonly rename: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly maxRows: number
  readonly jobsInFlight: number
}

const operations: readonly string[] = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] satisfies IngestOperation[]

/**
 * Checks ingest options and fills in the defaults.
 * @throws ConfigurationError naming the option.
 */
export function settleIngestOptions(options: IngestOptions): SettledIngestOptions {
  if (typeof options?.object !== 'string' || options.object.trim() === '') {
    throw new ConfigurationError('The option object is missing: name the sObject to load, such as "Account".')
  }
  const { operation, externalIdField, columnDelimiter = 'COMMA', lineEnding, columns } = options
  oneOf('operation', operation, operations)
  oneOf('columnDelimiter', columnDelimiter, Object.keys(delimiterCharacter))
  if (lineEnding !== undefined) oneOf('lineEnding', lineEnding, Object.keys(lineEndingText))
  if (operation === 'upsert' && !externalIdField) {
    throw new ConfigurationError('An upsert needs the option externalIdField: the field by which records are found.')
  }
  if (columns !== undefined && !(Array.isArray(columns) && columns.length > 0 && columns.every(isText))) {
    throw new ConfigurationError('The option columns must be a list of at least one name, such as ["Name", "Phone"].')
  }
  const rename = options.rename ?? {}
  if (typeof rename !== 'object' || Array.isArray(rename) || !Object.values(rename).every(isText)) {
    throw new ConfigurationError(
      'The option rename must say for columns which field they are, such as { "iata": "External_Id__c" }.',
    )
  }
  const counts = {
    maxBytes: options.maxBytes ?? 100_000_000,
    maxRows: options.maxRows ?? 150_000_000,
    jobsInFlight: options.jobsInFlight ?? 2,
  }
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isInteger(value) && value > 0) continue
    throw new ConfigurationError(`The option ${name} must be a whole number above 0, not ${value}.`)
  }
  return { ...options, ...counts, columnDelimiter, rename }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function oneOf(option: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw new ConfigurationError(`The option ${option} is "${value}"; it must be one of ${allowed.join(', ')}.`)
}
