import type { Outcome } from '../composite/chunks.ts'
import { failureDetails, failureText, notSentDetails, outcomeOf, type Unanswered } from '../composite/unanswered.ts'
import { PartialFailureError, type SaveResult } from '../errors/partial-failure-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { rowErrors } from '../http/error-body.ts'
import { isObject, wrongAnswer } from '../http/expected.ts'

/** What became of one record of a long input of which a call failed. */
export interface RowResult extends SaveResult {
  /**
   * Absent when Salesforce said what became of it. `unknown`: its call failed in a way that does not tell whether it was
   * saved; `not-sent`: it never left, its code is then `NOT_SENT` or that of the failed call.
   */
  readonly outcome?: Unanswered
}

interface WireResult {
  readonly id?: string | null
  readonly success: boolean
  readonly created?: boolean
  readonly errors?: unknown
}

/** Reads the answer to `count` records ("SaveResult", "UpsertResult" and "DeleteResult" of sObject Collections). */
export function readResults(answer: unknown, count: number, created: boolean | undefined): SaveResult[] {
  const results = Array.isArray(answer) ? answer.filter(isResult) : undefined
  if (results?.length === count && results.length === (answer as unknown[]).length) {
    return results.map((entry) => readResult(entry, created))
  }
  const what = results === undefined ? 'no list of results' : `${results.length} results`
  const message = `Salesforce answered ${what} to ${count} records; look up what was saved before you repeat it`
  throw wrongAnswer(message, answer)
}

/**
 * A refused record may carry an id (it was rolled back), which names nothing. A platform event that was queued lists its
 * UUID as an error of a success.
 */
function readResult(entry: WireResult, created: boolean | undefined): SaveResult {
  if (!entry.success) return { success: false, errors: rowErrors(entry.errors) }
  const isNew = entry.created ?? created
  return {
    id: entry.id as string,
    success: true,
    ...(isNew !== undefined && { created: isNew }),
    errors: rowErrors(entry.errors),
  }
}

/** A success tells the Id of its record. */
function isResult(entry: unknown): entry is WireResult {
  return isObject(entry) && (entry.success === false || (entry.success === true && typeof entry.id === 'string'))
}

/**
 * Reads the answer to a retrieve of `count` Ids.
 *
 * @throws ProtocolError when it does not hold a record, or `null`, for each of them.
 */
export function readRecords<T>(answer: unknown, count: number): (T | null)[] {
  const isRecord = (entry: unknown): boolean => entry === null || isObject(entry)
  if (Array.isArray(answer) && answer.length === count && answer.every(isRecord)) return answer
  throw wrongAnswer(`Salesforce did not answer one record for each of ${count} Ids.`, answer)
}

/** The results of records whose call failed. */
export function failedRows(count: number, reason: unknown): RowResult[] {
  const outcome = outcomeOf(reason)
  const row: RowResult = { success: false, errors: failureDetails(reason), ...(outcome !== 'refused' && { outcome }) }
  return Array.from({ length: count }, () => row)
}

const notSent: RowResult = { success: false, errors: notSentDetails, outcome: 'not-sent' }

/** Fills the places of records that were never sent. */
export function completeRows<R extends RowResult>(
  results: readonly (R | undefined)[],
  total: number,
): (R | RowResult)[] {
  return Array.from({ length: Math.max(total, results.length) }, (_, index) => results[index] ?? notSent)
}

/**
 * The error of an input of which a call failed. It is the failure itself when nothing was saved and nothing is in
 * doubt, or when one call was all there was, so that a plain refusal stays plain.
 */
export function stoppedError(what: string, outcome: Outcome<RowResult>, rows: readonly RowResult[]): unknown {
  const reason = outcome.failure?.reason
  const count = (test: (row: RowResult) => boolean): number => rows.filter(test).length
  const saved = count((row) => row.success)
  const unknown = count((row) => row.outcome === 'unknown')
  const notSent = count((row) => row.outcome === 'not-sent')
  if (outcome.answered === 0 && saved === 0 && (unknown === 0 || unknown === rows.length)) return reason
  const refused = rows.length - saved - unknown - notSent
  const fate = `${saved} saved, ${refused} refused, ${unknown} of unknown fate, ${notSent} not sent`
  return new PartialFailureError<RowResult>(
    `${what} stopped (records: ${fate}); results tells of each one. ${failureText(reason)}`,
    { results: rows, cause: reason, request: reason instanceof SalesforceError ? reason.request : undefined },
  )
}

/** Codes of records that were refused only because another one was. */
const rolledBack = 'ALL_OR_NONE_OPERATION_ROLLED_BACK'

/** The error of `raise`: some records were refused. Names the first record that was refused for a reason of its own. */
export function refusedError(object: string, rows: readonly SaveResult[]): PartialFailureError | undefined {
  const refused = rows.filter((row) => !row.success)
  if (refused.length === 0) return undefined
  const isCause = (row: SaveResult): boolean =>
    !row.success && !row.errors.some((error) => error.errorCode === rolledBack)
  const index = rows.findIndex(isCause)
  const { errorCode = '', message = '' } = rows[index]?.errors[0] ?? {}
  return new PartialFailureError(
    `${refused.length} of ${rows.length} records of ${object} were refused; record ${index} says ${errorCode}: ${message}`,
    { results: rows },
  )
}
