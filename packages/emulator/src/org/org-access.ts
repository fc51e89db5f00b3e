import type { ErrorEntry } from '../errors.ts'
import type { QueryService } from '../query/model.ts'
import { fromJsonRecord } from '../records/json-record.ts'
import type { ObjectSchema } from '../schema/types.ts'
import type { JsonRecord } from '../soql/record-reader.ts'
import type { Org } from './org.ts'

/** One page, however long; the version is that of the records' urls. */
const EVERYTHING = { includeDeleted: false, batchSize: Number.POSITIVE_INFINITY, version: '67.0' } as const

/**
 * The org as registered code sees it (invocable actions, Apex REST): by SOQL and by JSON records, under the rules that REST
 * writes under. What is refused throws an error with Salesforce's code and words.
 */
export interface OrgAccess {
  /** Id of the user whose call this is. */
  readonly userId: string
  /** All records of a query, as REST shows them. */
  query(soql: string): readonly JsonRecord[]
  /** Creates a record and gives its Id. */
  create(objectName: string, record: Readonly<Record<string, unknown>>): string
  /** Changes the given fields of a record. */
  update(objectName: string, id: string, record: Readonly<Record<string, unknown>>): void
  /** Moves a record to the recycle bin. */
  delete(objectName: string, id: string): void
  /** Brings a record back from the recycle bin, with the children that went along. */
  undelete(objectName: string, id: string): void
}

/** What registered code throws to be refused with a code of its own. */
export class ActionError extends Error {
  override readonly name: string = 'ActionError'
  readonly entry: ErrorEntry

  constructor(errorCode: string, message: string, fields: readonly string[] = []) {
    super(message)
    this.entry = { errorCode, message, fields }
  }
}

/** The access that one org gives. */
export function orgAccess(org: Org, queries: QueryService): OrgAccess {
  const { records, schema } = org
  const object = (name: string): ObjectSchema => records.table(schema.object(name)?.name ?? name).schema
  return {
    get userId() {
      return org.userId
    },
    query: (soql) => queries.query({ ...EVERYTHING, soql }).records,
    create: (name, record) => records.insert(object(name).name, fromJsonRecord(schema, object(name), record)),
    update: (name, id, record) => records.update(object(name).name, id, fromJsonRecord(schema, object(name), record)),
    delete: (name, id) => records.delete(object(name).name, id),
    undelete: (name, id) => records.undelete(object(name).name, id),
  }
}
