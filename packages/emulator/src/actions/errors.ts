import { type ErrorEntry, RecordError, WireError } from '../errors.ts'
import { ActionError } from '../org/org-access.ts'

/** 404 for an action or a type of action that the org has not. */
export function noSuchAction(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 400 for a body without the one key that every invocation has; the wording is ours. */
export function missingInputs(): WireError {
  const message = 'The request body must be an object with a list of objects named inputs'
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message })
}

/** The refusal of an input that lacks a required value. */
export function missingInput(name: string): ActionError {
  return new ActionError('MISSING_ARGUMENT', `Missing required input parameter: ${name}`)
}

/** An error entry for whatever an action threw. */
export function actionFault(error: unknown): ErrorEntry {
  if (error instanceof ActionError || error instanceof RecordError) return error.entry
  const message = error instanceof Error ? error.message : String(error)
  return { errorCode: 'UNKNOWN_EXCEPTION', message }
}
