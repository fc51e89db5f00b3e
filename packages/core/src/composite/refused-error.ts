import { PartialFailureError } from '../errors/partial-failure-error.ts'
import type { SubrequestHandle } from './subrequest.ts'

/** Codes of subrequests that failed only because another one did. */
const echoes = ['PROCESSING_HALTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK', 'BATCH_PROCESSING_HALTED']

/** The error of `raise`; `undefined` when nothing failed. */
export function refusedError<R>(
  handles: readonly SubrequestHandle[],
  results: readonly R[],
): PartialFailureError<R> | undefined {
  const cause = realCause(handles)
  if (cause?.error === undefined) return undefined
  const failed = handles.filter(({ error }) => error !== undefined).length
  return new PartialFailureError(
    `${failed} of ${handles.length} subrequests failed; ${cause.referenceId} says ${cause.error.message}`,
    { results, cause: cause.error, request: cause.error.request },
  )
}

/**
 * The subrequest that made the others fail; `undefined` when none failed. With `allOrNone` the first failed entry is
 * often only an echo. A reference that names nothing has the code of an echo as well, but its message holds the
 * reference, which no language translates.
 */
export function realCause(handles: readonly SubrequestHandle[]): SubrequestHandle | undefined {
  const failed = handles.filter(({ error }) => error !== undefined)
  const isCause = ({ error }: SubrequestHandle): boolean => !error?.errorCodes().every((code) => echoes.includes(code))
  const namesReference = ({ error }: SubrequestHandle): boolean =>
    handles.some(({ referenceId }) => error?.message.includes(`${referenceId}.`))
  return failed.find(isCause) ?? failed.find(namesReference) ?? failed[0]
}
