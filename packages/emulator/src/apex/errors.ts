import { WireError } from '../errors.ts'

/** 404 for a path that no class maps. */
export function noSuchResource(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' })
}

/** 500 for an exception that Apex code did not catch. */
export function uncaught(error: unknown): WireError {
  const name = error instanceof Error ? error.name : 'Exception'
  const message = error instanceof Error ? error.message : String(error)
  return new WireError(500, { errorCode: 'APEX_ERROR', message: `System.${name}: ${message}` })
}
