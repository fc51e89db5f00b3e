import type { ApiErrorDetail } from '../errors/api-error.ts'
import { rowErrors } from './error-body.ts'
import { isObject, wrongAnswer } from './expected.ts'

/** What the answer to a create or an upsert tells of a record that was saved. */
export interface Saved {
  readonly id: string
  readonly success: true
  /** Remarks: `OPERATION_ENQUEUED` of a platform event. */
  readonly errors: readonly ApiErrorDetail[]
}

/**
 * Reads the answer to a create or an upsert; a record without its Id would be lost.
 *
 * @throws ProtocolError when the success tells no Id, or says that it is none.
 */
export function saved(object: string, answer: unknown): Saved {
  const { id, success, errors } = isObject(answer) ? answer : {}
  const remarks = rowErrors(errors)
  if (success === false) {
    const reasons = remarks.map(({ errorCode, message }) => `${errorCode}: ${message}`).join('; ')
    throw wrongAnswer(`A record of ${object} was not saved, although its call succeeded. ${reasons}`.trim(), answer)
  }
  if (typeof id === 'string' && id !== '') return { id, success: true, errors: remarks }
  throw wrongAnswer(`A record of ${object} was saved, but the answer does not tell its Id; look it up`, answer)
}
