import type { RecordInput } from '../records/field-input.ts'
import { ForeignKey } from '../records/field-input.ts'
import { fromText, NULL_CELL } from '../records/from-text.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema } from '../schema/types.ts'
import { JobFailure } from './errors.ts'
import type { IngestOrder } from './ingest-job.ts'

/** One column of the upload: the field it fills, directly or through an external id of the parent. */
export interface IngestColumn {
  readonly field: FieldSchema
  readonly parent: { readonly object: string; readonly field: FieldSchema } | undefined
}

/**
 * The columns of an upload.
 *
 * @throws {@link JobFailure} for a column that is no field of the object, and where the column that names the record
 * (`Id`, or the external id of an upsert) is missing: the whole job fails, as at Salesforce.
 */
export function ingestColumns(schema: OrgSchema, job: IngestOrder, header: readonly string[]): IngestColumn[] {
  const columns = header.map((name) => ingestColumn(schema, job.object, name))
  for (const [index, { field }] of columns.entries()) {
    // Salesforce's own words for this are not known; taking either column would be a guess.
    const first = columns.findIndex((column) => column.field.name === field.name)
    if (first !== index) throw new JobFailure(`InvalidBatch : Field name given twice : ${header[index]}`)
  }
  const key = keyField(job)
  const names = columns.filter((column) => column.parent === undefined).map((column) => column.field.name)
  if (key !== undefined && !names.includes(key)) throw notFound(key)
  return columns
}

/** Name of the field that tells which record a row is about, undefined for insert. */
export function keyField(job: IngestOrder): string | undefined {
  return job.operation === 'insert' ? undefined : (job.externalIdFieldName ?? 'Id')
}

/** A row as input for the record store; empty cells are left out, `#N/A` clears. */
export function rowInput(columns: readonly IngestColumn[], cells: readonly string[]): RecordInput {
  const input: RecordInput = {}
  for (const [index, { field, parent }] of columns.entries()) {
    const value = fromText(parent?.field ?? field, cells[index] ?? '')
    if (value === undefined) continue
    const clears = parent === undefined || cells[index] === NULL_CELL
    input[field.name] = clears ? value : new ForeignKey(parent.object, parent.field.name, value)
  }
  return input
}

/** `Owner.Ext__c`, or `User:Owner.Ext__c` where the reference has several possible objects. */
const RELATIONSHIP = /^(?:(?<object>\w+):)?(?<relationship>\w+)\.(?<field>\w+)$/

function ingestColumn(schema: OrgSchema, objectName: string, name: string): IngestColumn {
  const field = schema.field(objectName, name)
  if (field !== undefined && field.type !== 'address') return { field, parent: undefined }
  const path = RELATIONSHIP.exec(name)?.groups
  const reference = path && schema.parentField(objectName, path.relationship ?? '')
  if (reference === undefined) throw notFound(name)
  const object = path?.object ?? (reference.referenceTo.length === 1 ? reference.referenceTo[0] : undefined)
  const parentField = schema.field(object ?? '', path?.field ?? '')
  if (object === undefined || !parentField?.idLookup) throw notFound(name)
  return { field: reference, parent: { object: schema.object(object)?.name ?? object, field: parentField } }
}

function notFound(name: string): JobFailure {
  return new JobFailure(`InvalidBatch : Field name not found : ${name}`)
}
