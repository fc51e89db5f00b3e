import { WireError } from '../errors.ts'

/**
 * Refusals of the Bulk API 2.0. Its codes mostly have no underscores (recorded: `pasted-400-bulk-invalidentity`,
 * `doc-bulk2-delete-running`); the other texts are what users of real orgs have pasted into public issues and notes.
 */
export function bulkError(errorCode: string, message: string, status = 400): WireError {
  return new WireError(status, { errorCode, message })
}

/** A property of the job with a value that Salesforce does not know. */
export function invalidValue(property: string, value: unknown): WireError {
  return bulkError('API_ERROR', `Invalid value: '${String(value ?? '')}' supplied for property: '${property}'`)
}

/** A job id that names no job. */
export function jobNotFound(): WireError {
  return bulkError('NOT_FOUND', 'The requested resource does not exist', 404)
}

/** A second upload to a job that takes one. */
export function secondUpload(jobId: string): WireError {
  const message =
    `Found multipe contents for job: <${jobId.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job ` +
    `then create a new Job and make sure you only do 'PUT' once on a given Job.`
  return bulkError('BULK_API_ERROR', message)
}

/** An upload beyond the documented limit; Salesforce's own words for it are not known. */
export function uploadTooLarge(): WireError {
  return bulkError('REQUEST_ENTITY_TOO_LARGE', 'The upload is larger than 150 MB after Base64 encoding', 413)
}

/** A hard delete by a user without the permission "Bulk API Hard Delete"; the words are those that users of real orgs met. */
export function hardDeleteNotAllowed(): WireError {
  const message =
    'FeatureNotEnabled : hardDelete operation requires special user profile permission, ' +
    'please contact your system administrator'
  return bulkError('FEATURENOTENABLED', message)
}

/**
 * Results asked for with another API version than that of the job: 409 (Bulk API 2.0 guide, "Process for Creating Bulk API
 * 2.0 Requests"). Salesforce's own words for it are not known.
 */
export function otherVersion(created: string, asked: string): WireError {
  const message = `The job was created with API version ${created}, its results were asked for with ${asked}`
  return bulkError('CONFLICT', message, 409)
}

/** A step that the state of the job does not allow. */
export function wrongState(message: string): WireError {
  return bulkError('INVALIDJOBSTATE', message)
}

/** A delete of a job that has not ended. */
export function notTerminated(): WireError {
  return bulkError('API_ERROR', 'Error encountered when deleting the job because the job is not terminated')
}

/** Why a job ends as Failed: the text becomes its errorMessage, the job itself still answers 200. */
export class JobFailure extends Error {
  override readonly name: string = 'JobFailure'
}
