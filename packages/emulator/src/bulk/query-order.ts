import type { CompiledQuery, Output } from '../soql/compiled-query.ts'
import { SoqlError } from '../soql/error.ts'
import { parseSoql } from '../soql/parse.ts'
import { bulkError, invalidValue } from './errors.ts'
import { checkConcurrencyMode, checkContentType, csvDialect } from './ingest-order.ts'
import type { QueryOrder } from './query-job.ts'

/** Checks the body of a create call for a query job, all but the query itself. */
export function queryOrder(body: Readonly<Record<string, unknown>>, version: string): QueryOrder {
  const { operation, query } = body
  if (operation !== 'query' && operation !== 'queryAll') throw invalidValue('operation', operation)
  checkContentType(body.contentType)
  checkConcurrencyMode(body.concurrencyMode)
  if (typeof query !== 'string' || query === '') throw invalidValue('query', query)
  return { ...csvDialect(body), operation, query, version }
}

/**
 * Refuses what a query job cannot run: GROUP BY, aggregates, COUNT(), OFFSET, TYPEOF, child queries, compound and base64
 * fields. The words for TYPEOF and base64 are ours: Salesforce's own are not known.
 *
 * Source: Bulk API 2.0 guide, "Create a Query Job", and `salesforce.md` 1.2.
 */
export function checkBulkQuery(query: string, compiled: CompiledQuery): void {
  if (compiled.kind !== 'records') throw refused('Aggregate Relationships not supported in Bulk Query')
  if (parseSoql(query).offset !== undefined) throw refused('OFFSET not supported in Bulk Query')
  refuseOutputs(compiled.outputs)
}

function refuseOutputs(outputs: readonly Output[]): void {
  for (const output of outputs) {
    if (output.kind === 'children') throw refused('Aggregate Relationships not supported in Bulk Query')
    if (output.kind === 'typeof') throw refused('TYPEOF not supported in Bulk Query')
    if (output.kind === 'value' && output.type === 'base64') {
      throw refused('Selecting binary data not supported in Bulk Query')
    }
    if (output.kind === 'compound') throw refused('Selecting compound data not supported in Bulk Query')
    if (output.kind === 'parent') refuseOutputs(output.outputs)
  }
}

function refused(message: string): Error {
  return bulkError('FUNCTIONALITY_NOT_ENABLED', message)
}

/** A refused query as the Bulk API words it: an unknown object has a code of its own (recorded). */
export function bulkQueryError(error: unknown, entity: string | undefined): unknown {
  if (!(error instanceof SoqlError)) return error
  if (error.errorCode !== 'INVALID_TYPE' || entity === undefined) return bulkError(error.errorCode, error.message)
  return bulkError('INVALIDENTITY', `Entity '${entity}' is not supported by the Bulk API.`)
}
