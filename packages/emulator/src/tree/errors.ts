import { RecordError, WireError } from '../errors.ts'

/** A tree that cannot be read, or is larger than a call takes; Salesforce's own words for most of these are not known. */
export function badTree(message: string): WireError {
  return new WireError(400, { errorCode: 'INVALID_INPUT', message })
}

/** An object that the org has not, or that is not the one expected (pasted from a real org: forcedotcom/cli issue 3285). */
export function invalidEntityType(type: string): RecordError {
  return new RecordError('INVALID_INPUT', `Invalid entity type provided in the request: ${type}`, [])
}

/** A reference ID given twice; pasted from real orgs into several public sources. */
export function duplicateReference(): RecordError {
  return new RecordError('INVALID_INPUT', 'Duplicate ReferenceId provided in the request.', [])
}
