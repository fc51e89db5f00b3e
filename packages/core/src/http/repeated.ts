import { ApiError } from '../errors/api-error.ts'

/**
 * Whether Salesforce refused a call that had been sent before and may have been carried out then. Of a step that can be
 * taken only once that may mean that it was taken, and that its answer was lost.
 */
export function refusedWhenRepeated(error: unknown): error is ApiError {
  return error instanceof ApiError && error.request?.uncertain === true
}
