import type { ApiError } from '../errors/api-error.ts'
import type { FailedRequest } from '../errors/salesforce-error.ts'
import { errorOf } from './answer-error.ts'
import { jsonErrorBody } from './error-body.ts'

/** The answer to one subrequest of composite, batch or graph, whose status says that it failed. */
export interface SubrequestAnswer {
  /** `httpStatusCode` of composite and graph, `statusCode` of batch. */
  readonly status: number
  /** The parsed `body` or `result`: usually a list of errors, an object from some resources, `null` for nothing. */
  readonly body: unknown
  /** `httpHeaders`, as Salesforce spells their names. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Method and path of the subrequest, and how often the call around it was sent. */
  readonly request: FailedRequest
}

/**
 * The error that a failed subrequest would have been as a call of its own: the same classes, codes and messages. For
 * the rows of collections and tree, which have no status of their own, see `rowErrors`.
 */
export function subrequestError(answer: SubrequestAnswer): ApiError {
  const { status, body, request } = answer
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  const [path = ''] = request.path.split('?')
  return errorOf({ status, headers: Object.fromEntries(headers), request: { ...request, path } }, jsonErrorBody(body))
}
