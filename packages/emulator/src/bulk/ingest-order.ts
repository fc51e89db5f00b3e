import { COLUMN_DELIMITERS, type CsvDialect, LINE_ENDINGS } from '../csv/dialect.ts'
import { isIdShaped } from '../records/record-id.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import { bulkError, invalidValue } from './errors.ts'
import type { IngestOperation, IngestOrder } from './ingest-job.ts'

const OPERATIONS: ReadonlySet<string> = new Set<IngestOperation>(['insert', 'update', 'upsert', 'delete', 'hardDelete'])

/**
 * Checks the body of a create call for an ingest job.
 *
 * @param version API version of the call (`67.0`).
 * @throws WireError 400 with the texts that public notes of real orgs show.
 */
export function ingestOrder(schema: OrgSchema, body: Readonly<Record<string, unknown>>, version: string): IngestOrder {
  const operation = body.operation
  if (typeof operation !== 'string' || !OPERATIONS.has(operation)) throw invalidValue('operation', operation)
  checkContentType(body.contentType)
  checkConcurrencyMode(body.concurrencyMode)
  const object = schema.object(String(body.object ?? ''))
  if (object === undefined) {
    throw bulkError('INVALIDJOB', `InvalidJob : Unable to find object: ${String(body.object ?? '')}`)
  }
  return {
    ...csvDialect(body),
    object: object.name,
    operation: operation as IngestOperation,
    externalIdFieldName: operation === 'upsert' ? externalId(schema, object.name, body.externalIdFieldName) : undefined,
    assignmentRuleId: assignmentRule(object.name, body.assignmentRuleId),
    version,
  }
}

/** The CSV dialect of a create call; comma and LF unless said otherwise. */
export function csvDialect(body: Readonly<Record<string, unknown>>): CsvDialect {
  const { columnDelimiter = 'COMMA', lineEnding = 'LF' } = body
  if (!isKeyOf(COLUMN_DELIMITERS, columnDelimiter)) throw invalidValue('columnDelimiter', columnDelimiter)
  if (!isKeyOf(LINE_ENDINGS, lineEnding)) throw invalidValue('lineEnding', lineEnding)
  return { columnDelimiter, lineEnding }
}

/** Refuses every content type but CSV, the only one of Bulk API 2.0. */
export function checkContentType(contentType: unknown): void {
  if (contentType !== undefined && contentType !== 'CSV') throw invalidValue('contentType', contentType)
}

/** Refuses every mode but the parallel one, the only one of Bulk API 2.0. */
export function checkConcurrencyMode(mode: unknown): void {
  if (mode !== undefined && mode !== 'Parallel') throw invalidValue('concurrencyMode', mode)
}

/** Assignment rules are for cases and leads (Bulk API 2.0 guide, "Create a Job"); for other objects they say nothing. */
function assignmentRule(object: string, id: unknown): string | undefined {
  if (id === undefined || id === null || id === '') return undefined
  if (typeof id !== 'string' || !isIdShaped(id) || !id.startsWith('01Q')) throw invalidValue('assignmentRuleId', id)
  return object === 'Case' || object === 'Lead' ? id : undefined
}

function externalId(schema: OrgSchema, object: string, name: unknown): string {
  const field = typeof name === 'string' ? schema.field(object, name) : undefined
  if (field?.idLookup) return field.name
  const message = `InvalidJob : Field name provided, ${String(name ?? '')} does not match an External ID for ${object}`
  throw bulkError('INVALIDJOB', message)
}

function isKeyOf<Names extends object>(names: Names, name: unknown): name is keyof Names & string {
  return typeof name === 'string' && Object.hasOwn(names, name)
}
