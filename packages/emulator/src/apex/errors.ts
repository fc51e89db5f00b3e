import { WireError } from '../errors.ts'

/** 404 for a path that no class maps. */
export function noSuchResource(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' })
}

/** 405 for a method that the class has not. */
export function methodNotAllowed(method: string, allowed: readonly string[]): WireError {
  return new WireError(405, {
    errorCode: 'METHOD_NOT_ALLOWED',
    message: `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
  })
}

/** 500 for an exception that Apex code did not catch. */
export function uncaught(error: unknown): WireError {
  const name = error instanceof Error ? error.name : 'Exception'
  const message = error instanceof Error ? error.message : String(error)
  return new WireError(500, { errorCode: 'APEX_ERROR', message: `System.${name}: ${message}` })
}
