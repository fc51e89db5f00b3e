import { RecordError, WireError } from '../errors.ts'

/** More records than a call takes; the words are the same for every limit. */
export function recordLimitReached(limit: number): WireError {
  const message = `record limit reached. cannot submit more than ${limit} records into this call`
  return new WireError(400, { errorCode: 'EXCEEDED_ID_LIMIT', message })
}

/** More changes of type than a call takes; words of the same limit in Apex, Salesforce's code for it here is not known. */
export function tooManyChunks(limit: number): WireError {
  const message = `Cannot have more than ${limit} chunks in a single operation`
  return new WireError(400, { errorCode: 'LIMIT_EXCEEDED', message })
}

/** A record without `attributes` (recorded: `nango-collections-upsert-error`). */
export function missingAttributes(): RecordError {
  return new RecordError(
    'JSON_PARSER_ERROR',
    'Nested object for polymorphic foreign key must have an attributes field before any other fields.',
    [],
  )
}

/** An object that the org has not, or that is not the one of the call's path. */
export function unsupportedType(name: string): RecordError {
  return new RecordError('INVALID_TYPE', `sObject type '${name}' is not supported.`, [])
}

/** A write that the object does not allow; SOAP words it so ("INVALID_TYPE_FOR_OPERATION" in the SOAP API Developer Guide). */
export function unsupportedOperation(object: string, operation: string): RecordError {
  return new RecordError('INVALID_TYPE_FOR_OPERATION', `entity type ${object} does not support ${operation}`, [])
}

/** An update of a record without its Id. */
export function missingId(): RecordError {
  return new RecordError('MISSING_ARGUMENT', 'Id not specified in an update call', [])
}

/** An Id to delete that is none (documented: "Delete Records Using sObject Collections"). */
export function malformedId(id: string): RecordError {
  return new RecordError('MALFORMED_ID', `malformed id ${id}`, [])
}

/** Records of one upsert that name the same external id: none of them is written. */
export function duplicateExternalId(field: string, value: string): RecordError {
  return new RecordError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [field])
}

/** What became of good records beside a bad one in an all-or-none call (recorded: `doc-collections-update-allornone`). */
export function rolledBack(): RecordError {
  return new RecordError(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
    [],
  )
}
