import type { Org } from '../org/org.ts'
import { fromJsonRecord } from '../records/json-record.ts'
import { badControlRequest } from './errors.ts'

/** Creates records of one object as REST would, in one transaction; gives their Ids. */
export function seedRecords(org: Org, body: unknown): string[] {
  const { object: name, records } = (body ?? {}) as { object?: unknown; records?: unknown }
  const object = org.schema.object(String(name))
  if (!object || !Array.isArray(records)) {
    throw badControlRequest('seed needs {"object": the name of an object, "records": an array of records}')
  }
  return org.records.transaction(() =>
    records.map((record) => org.records.insert(object.name, fromJsonRecord(org.schema, object, record))),
  )
}
