import type { Row } from './operation.ts'

/**
 * A record as a flow wants it: without the `attributes` that Salesforce puts into it, and with child records as
 * plain lists. Works in place, since the record was decoded for this one use.
 */
export function plainRecord(record: Row): Row {
  const plain = record as Record<string, unknown>
  delete plain.attributes
  for (const [field, value] of Object.entries(plain)) {
    if (typeof value === 'object' && value !== null) plain[field] = plainValue(value as Record<string, unknown>)
  }
  return plain
}

function plainValue(value: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value
  if (Array.isArray(value.records)) return value.records.map(plainRecord)
  return 'attributes' in value ? plainRecord(value) : value
}
