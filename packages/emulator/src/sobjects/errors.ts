import { WireError } from '../errors.ts'

/** 404 for an object, a record or a resource that is not there. */
export function notFound(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 404 for a record that is in the recycle bin; not NOT_FOUND. */
export function entityIsDeleted(): WireError {
  return new WireError(404, { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] })
}

/** 404 for an address that names neither an Id nor an external id field (recorded with PATCH). */
export function noSuchExternalIdField(name: string): WireError {
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

/** 405 for a write to an object that does not allow it. */
export function methodNotAllowed(method: string): WireError {
  return new WireError(405, {
    errorCode: 'METHOD_NOT_ALLOWED',
    message: `HTTP Method '${method}' not allowed. Allowed are GET,HEAD`,
  })
}

/** 400 for a body that is no JSON object. */
export function notAnObject(): WireError {
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message: 'The HTTP entity body must be a JSON object.' })
}
