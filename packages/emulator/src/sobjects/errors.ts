import { methodNotAllowed, WireError } from '../errors.ts'
import { unknownRoad } from '../server/error-answers.ts'

/** 404 for an object, a record or a resource that is not there. */
export function notFound(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 404 for a record that is in the recycle bin; not NOT_FOUND. */
export function entityIsDeleted(): WireError {
  return new WireError(404, { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] })
}

/**
 * Resources of an object with a name of their own (REST API Developer Guide, "REST Resources"): where a call to one comes
 * here, the emulator does not cover it.
 */
const UNCOVERED: ReadonlySet<string> = new Set([
  'defaultValues',
  'describe',
  'eventSchema',
  'listviews',
  'namedLayouts',
  'password',
  'quickActions',
  'suggestedArticles',
])

/**
 * 404 for an address that names neither an Id nor an external id field (recorded with PATCH), or 501 where it names a
 * resource that an org has.
 */
export function noSuchExternalIdField(name: string): WireError {
  if (UNCOVERED.has(name)) return unknownRoad(`the resource ${name} of an object`)
  return new WireError(404, {
    errorCode: 'NOT_FOUND',
    message: `Provided external ID field does not exist or is not accessible: ${name}`,
  })
}

/** 400 for an addressed field that the body names too. */
export function fieldNotInBody(name: string): WireError {
  return new WireError(400, {
    errorCode: 'INVALID_FIELD',
    message: `The ${name} field should not be specified in the sobject data.`,
    fields: [name],
  })
}

/** 405 for a write to an object or a list of children that can only be read. */
export function readOnly(method: string): WireError {
  return methodNotAllowed(method, ['HEAD', 'GET'])
}

/** 400 for a body that is no JSON object. */
export function notAnObject(): WireError {
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message: 'The HTTP entity body must be a JSON object.' })
}

/** 400 for a conditional header of a write that holds no condition (REST API Developer Guide, "Conditional Request Headers"). */
export function badCondition(header: string, value: string): WireError {
  return new WireError(400, { errorCode: 'BAD_REQUEST', message: `Invalid value for the ${header} header: ${value}` })
}

/** 400 for a timespan that the org cannot tell of (SOAP API Developer Guide, "getUpdated()" and "getDeleted()"). */
export function invalidReplicationDate(message: string): WireError {
  return new WireError(400, { errorCode: 'INVALID_REPLICATION_DATE', message })
}

/** 400 for a timespan with more than 600,000 records. */
export function exceededIdLimit(): WireError {
  return new WireError(400, {
    errorCode: 'EXCEEDED_ID_LIMIT',
    message: 'ID limit exceeded; choose a start and an end that are closer together',
  })
}

/** 400 for a parameter that is not there. */
export function missingArgument(name: string): WireError {
  return new WireError(400, { errorCode: 'MISSING_ARGUMENT', message: `${name} not specified` })
}

/** 400 for a number of recent items that is none. */
export function invalidLimit(text: string): WireError {
  return new WireError(400, { errorCode: 'INVALID_QUERY_FILTER_OPERATOR', message: `Invalid value for limit: ${text}` })
}
