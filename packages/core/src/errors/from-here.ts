import { SalesforceError } from './salesforce-error.ts'

/**
 * The same error, with a stack that begins where this is called. The way of a call through the policies is always the
 * same and fills the ten lines of a stack, so that the line of the program that called would not be among them.
 */
export function fromHere<E>(error: E): E {
  if (error instanceof SalesforceError) Error.captureStackTrace?.(error, fromHere)
  return error
}
