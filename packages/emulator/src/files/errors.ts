import { RecordError, WireError } from '../errors.ts'

/** 400 for a multipart body that lacks one of its two kinds of parts, or is broken. */
export function invalidMultipart(message: string): WireError {
  return new WireError(400, { errorCode: 'INVALID_MULTIPART_REQUEST', message })
}

/** A version of nothing: the fields that say what it is have to be there. */
export function missingContent(fields: readonly string[]): RecordError {
  return new RecordError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields)
}

/** The wording is Salesforce's for a key that it does not name. */
export function alreadyLinked(): RecordError {
  const message = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>'
  return new RecordError('DUPLICATE_VALUE', message, [])
}
