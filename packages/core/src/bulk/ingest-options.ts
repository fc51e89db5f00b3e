import {
  checkedChoice,
  checkedFlag,
  checkedFunction,
  checkedId,
  checkedMilliseconds,
  checkedName,
  checkedObject,
  checkedOptions,
  checkedTexts,
  checkedWholeNumber,
  refuse,
} from '../check.ts'
import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'
import { delimiterCharacter, lineEndingText } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CheckpointOptions, IngestCheckpoint } from './checkpoint.ts'
import { isColumnName } from './ingest-columns.ts'
import type { IngestOperation } from './job.ts'

/** What to load and how. */
export interface IngestOptions {
  /** Name of the sObject: `Account`. */
  readonly object: string
  /** What is done with each row. */
  readonly operation: IngestOperation
  /** For `upsert`: the external ID field by which records are found (`Id` works too). */
  readonly externalIdField?: string | undefined
  /**
   * Which keys of the rows become columns, in this order; other keys are not sent. Default: all keys of all rows, for
   * which all are read, into a temporary file on Node, before the first is sent. For row input only.
   */
  readonly columns?: readonly string[] | undefined
  /**
   * Column of the input -> name of the field, for CSV headers and row keys alike. Columns not named stay. Result rows have
   * the names of fields.
   */
  readonly rename?: Readonly<Record<string, string>> | undefined
  /** Of CSV input; default `COMMA`. */
  readonly columnDelimiter?: ColumnDelimiter | undefined
  /** Line ending to send. Default: that of the CSV's header line, `LF` for rows. Other endings are adapted to it. */
  readonly lineEnding?: LineEnding | undefined
  /** Assignment rule to run for cases and leads. */
  readonly assignmentRuleId?: string | undefined
  /**
   * Most bytes of UTF-8 in one job, header included, up to 112,500,000 (Salesforce's limit is 150 MB in base64).
   * Default 100,000,000.
   * An upload is kept until Salesforce has it, so that it can be repeated: in a temporary file on Node, at most
   * `jobsInFlight` of them.
   */
  readonly maxBytes?: number | undefined
  /** Most rows in one job. Default, and most, 150,000,000: Salesforce's limit for a day. */
  readonly maxRows?: number | undefined
  /** Jobs uploading at the same time. Default 4. Uploaded jobs wait at Salesforce and do not count. */
  readonly jobsInFlight?: number | undefined
  /**
   * `serial`: the next job begins when the one before has ended, against locked rows where neighbouring jobs write to the
   * same parents. Default `parallel`. Bulk API 2.0 has no such mode of its own (it keeps `concurrencyMode` for later use),
   * so it is this client that waits; within a job Salesforce still works on batches side by side.
   */
  readonly concurrencyMode?: 'parallel' | 'serial' | undefined
  /**
   * How many times rows that failed with `UNABLE_TO_LOCK_ROW` are loaded again, in jobs of their own, one after the other,
   * once all others have ended. Default 1; 0 switches it off. A row that failed was not written, so that nothing is
   * loaded twice. Part of `run()` and of the streams of results; `upload()` ends before.
   */
  readonly retryLockedRows?: number | undefined
  /**
   * Whether result rows tell where they were in the input: `sf__Row`, counted from 0. Salesforce gives neither numbers nor
   * the order back, so that a row is found by a hash of its cells, which takes 8 bytes of memory a row, and 16 where values
   * are written in unusual ways (`007`). Rows that could not be sent always have it; rows that are alike have none, nor
   * have those whose cells Salesforce hands back changed. An
   * update, upsert or delete has its key in every row anyway. Of a CSV only the lines that could not be sent have it.
   * Default false.
   */
  readonly positions?: boolean | undefined
  /** Whether uploads are compressed, where the platform offers it. Default true. */
  readonly compress?: boolean | undefined
  /**
   * Milliseconds to wait for the end of each job once it is uploaded. Default: as long as it takes. Then the load ends with
   * a `TimeoutError`; the jobs are left alone, and `bulk.resume` goes on waiting for them.
   */
  readonly waitTimeout?: number | undefined
  /** Whether a job that has not ended when its `waitTimeout` is over is aborted. Default false. */
  readonly abortOnTimeout?: boolean | undefined
  /**
   * Told what `bulk.resume` needs to go on with this load in another process: after a job is created and before its first
   * row is sent, when it has its rows, and at the end of the input. Calls never overlap, and the load waits for each;
   * what it throws or rejects with ends the load. Each takes the place of the one before. One that was resumed is used up:
   * `bulk.resume` takes an `onCheckpoint` of its own.
   */
  readonly onCheckpoint?: ((checkpoint: IngestCheckpoint) => unknown) | undefined
}

/** Ingest options, checked and completed. */
export interface SettledIngestOptions extends IngestOptions {
  readonly columnDelimiter: ColumnDelimiter
  readonly rename: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly maxRows: number
  readonly jobsInFlight: number
  readonly concurrencyMode: 'parallel' | 'serial'
  readonly retryLockedRows: number
  readonly positions: boolean
  readonly compress: boolean
  readonly abortOnTimeout: boolean
}

/** The options as they are kept in a checkpoint. JSON has no Infinity; a limit of that is none, as if it were absent. */
export function plainOptions(options: SettledIngestOptions): CheckpointOptions {
  const plain = Object.entries(options).filter(
    ([name, value]) => value !== undefined && value !== Number.POSITIVE_INFINITY && name !== 'onCheckpoint',
  )
  return Object.fromEntries(plain) as unknown as CheckpointOptions
}

/** Salesforce takes 150 MB in base64, in which three bytes are four. */
const mostBytes = 112_500_000
/** Salesforce's limit for a day. */
const mostRows = 150_000_000

const operations: readonly IngestOperation[] = ['insert', 'update', 'upsert', 'delete', 'hardDelete']
const delimiters = Object.keys(delimiterCharacter) as ColumnDelimiter[]
const lineEndings = Object.keys(lineEndingText) as LineEnding[]

const optionNames = [
  'object',
  'operation',
  'externalIdField',
  'columns',
  'rename',
  'columnDelimiter',
  'lineEnding',
  'assignmentRuleId',
  'maxBytes',
  'maxRows',
  'jobsInFlight',
  'concurrencyMode',
  'retryLockedRows',
  'positions',
  'compress',
  'waitTimeout',
  'abortOnTimeout',
  'onCheckpoint',
] as const

/**
 * Checks ingest options and fills in the defaults.
 * @param name - What holds them, for errors.
 * @throws ConfigurationError naming the option.
 */
export function settleIngestOptions(options: IngestOptions, name: string = 'bulk.ingest'): SettledIngestOptions {
  const given = checkedOptions(name, options, optionNames)
  const { externalIdField, columns, assignmentRuleId, lineEnding, rename = {} } = given
  const { columnDelimiter = 'COMMA', maxBytes = 100_000_000, maxRows = mostRows, jobsInFlight = 4 } = given
  const { concurrencyMode = 'parallel', retryLockedRows = 1, positions = false, compress = true } = given
  const { waitTimeout, abortOnTimeout = false, onCheckpoint } = given
  checkedName('object', given.object)
  const operation = checkedChoice('operation', given.operation, operations)
  if (externalIdField !== undefined) checkedName('externalIdField', externalIdField)
  if (operation === 'upsert' && externalIdField === undefined) {
    throw new ConfigurationError('An upsert needs the option externalIdField: the field by which records are found.')
  }
  if (columns !== undefined && checkedTexts('columns', columns, 'names').length === 0) {
    refuse('columns', 'a list of at least one name', columns)
  }
  if (lineEnding !== undefined) checkedChoice('lineEnding', lineEnding, lineEndings)
  if (assignmentRuleId !== undefined) checkedId('assignmentRuleId', assignmentRuleId)
  if (waitTimeout !== undefined) checkedMilliseconds('waitTimeout', waitTimeout)
  if (onCheckpoint !== undefined) checkedFunction('onCheckpoint', onCheckpoint)
  return {
    ...given,
    rename: checkedNames(rename),
    columnDelimiter: checkedChoice('columnDelimiter', columnDelimiter, delimiters),
    maxBytes: checkedWholeNumber('maxBytes', maxBytes, 1, mostBytes),
    maxRows: checkedWholeNumber('maxRows', maxRows, 1, mostRows),
    jobsInFlight: checkedWholeNumber('jobsInFlight', jobsInFlight, 1),
    concurrencyMode: checkedChoice('concurrencyMode', concurrencyMode, ['parallel', 'serial']),
    retryLockedRows: checkedWholeNumber('retryLockedRows', retryLockedRows, 0, 10),
    positions: checkedFlag('positions', positions),
    compress: checkedFlag('compress', compress),
    abortOnTimeout: checkedFlag('abortOnTimeout', abortOnTimeout),
  }
}

function checkedNames(rename: unknown): Readonly<Record<string, string>> {
  const given = checkedObject('rename', rename, 'an object that says for columns which field they are')
  for (const [column, field] of Object.entries(given)) {
    if (!isColumnName(field))
      refuse(`rename['${column}']`, 'the name of a field, such as Code__c or Parent__r.Code__c', field)
  }
  return given as Readonly<Record<string, string>>
}
