import { type ErrorEntry, WireError } from '../errors.ts'
import { badRequest } from '../server/request-shape.ts'

/** Why a subrequest was not run, or did not count: an entry that its cause stands outside of. */
export function halted(message: string): ErrorEntry[] {
  return [{ errorCode: 'PROCESSING_HALTED', message }]
}

/** What every other subrequest of an all-or-none call tells; the text is quoted by clients that look for the real cause. */
export const ROLLED_BACK = 'The transaction was rolled back since another operation in the same transaction failed.'

/** A reference that leads to no value (documented: `doc-composite-processing-halted-v51`, `doc-composite-unselected-field-v52`). */
export function noValue(path: string, referenceId: string): string {
  return `Invalid reference specified. No value for ${path} found in ${referenceId}. ${referenceIdRule(path)}`
}

/** A reference ID with other characters; from v52.0 on the whole call fails ("Composite Subrequest Result", same words). */
export function illegalReferenceId(referenceId: string): WireError {
  return badRequest(referenceIdRule(referenceId))
}

/** A reference ID given twice; the words are those of the sObject tree resource. */
export function duplicateReferenceId(): WireError {
  return new WireError(400, {
    errorCode: 'INVALID_INPUT',
    message: 'Duplicate ReferenceId provided in the request.',
  })
}

/** More than a call may hold (words of a real org for composite: guardian/support-service-lambdas, pull request 766). */
export function tooMany(limit: number, what = 'operations'): ErrorEntry {
  return { errorCode: 'LIMIT_EXCEEDED', message: `The request can’t contain more than ${limit} ${what}.` }
}

/** A resource that cannot be a subrequest; Salesforce's own words for it are not known. */
export function unsupportedResource(resource: string, method: string, url: string): ErrorEntry {
  return { errorCode: 'INVALID_INPUT', message: `The ${resource} resource does not support ${method} ${url}` }
}

function referenceIdRule(referenceId: string): string {
  return `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`
}
