import { knownKeys } from '../server/request-shape.ts'

/**
 * The JSON object of a request body; an empty one where the body is something else, so that checks name what is missing.
 * Keys that a job has not are refused, as on the other roads that take JSON.
 */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {}
  const order = body as Readonly<Record<string, unknown>>
  knownKeys(order, JOB_KEYS)
  return order
}

/** What a job is ordered by and what it tells of itself (Bulk API 2.0 guide, "Create a Job", "Create a Query Job"). */
const JOB_KEYS: readonly string[] = [
  'apexProcessingTime',
  'apiActiveProcessingTime',
  'apiVersion',
  'assignmentRuleId',
  'columnDelimiter',
  'concurrencyMode',
  'contentType',
  'contentUrl',
  'createdById',
  'createdDate',
  'errorMessage',
  'externalIdFieldName',
  'id',
  'jobType',
  'lineEnding',
  'numberRecordsFailed',
  'numberRecordsProcessed',
  'object',
  'operation',
  'query',
  'retries',
  'state',
  'systemModstamp',
  'totalProcessingTime',
]
