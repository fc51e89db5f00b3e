import { ConfigurationError } from '../errors/configuration-error.ts'

/** Field values by field name. `undefined` is not sent; `null` empties the field; dates are sent as ISO text in UTC. */
export type RecordFields = Readonly<Record<string, unknown>>

/**
 * Checks the fields of a record before they are sent. `JSON.stringify` turns an invalid date into `null`, which would
 * silently empty the field in Salesforce.
 */
export function checkedFields(object: string, fields: RecordFields): RecordFields {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new ConfigurationError(`A record of ${object} must be an object of field values.`)
  }
  for (const [field, value] of Object.entries(fields)) {
    if (value instanceof Date && Number.isNaN(value.getTime())) {
      throw new ConfigurationError(`The value of ${object}.${field} is not a valid date.`)
    }
  }
  return fields
}

/**
 * The body of an upsert: the record without the external ID field, which Salesforce takes from the path and refuses
 * in the body. The caller's object is left alone.
 *
 * @throws ConfigurationError when the record names another value than the key.
 */
export function upsertBody(object: string, field: string, value: string, fields: RecordFields): RecordFields {
  if (!Object.hasOwn(fields, field)) return fields
  const { [field]: own, ...others } = fields
  if (own !== undefined && String(own) !== value) {
    throw new ConfigurationError(
      `The record of ${object} has ${field} '${String(own)}', but the key says '${value}'; make them agree or leave one out.`,
    )
  }
  return others
}
