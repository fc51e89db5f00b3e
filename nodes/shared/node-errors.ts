import { type Explanation, explain, type FailedRow } from '@forcewire/operations'
import { type IDataObject, type INode, NodeApiError } from 'n8n-workflow'

/**
 * Any error as n8n shows it: the cause as message, the next step as description, Salesforce's code and fields in the
 * context, the HTTP status as `httpCode` (n8n's pollers decide by it how long to back off).
 */
export function nodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError {
  return explainedError(node, explain(error), itemIndex)
}

/** The error of a row that Salesforce refused while the others went through. */
export function rowError(node: INode, { errors }: FailedRow): NodeApiError {
  const [first] = errors
  const code = first?.errorCode ?? 'UNKNOWN'
  const message = errors.map((error) => `${error.errorCode}: ${error.message}`).join('; ')
  const description = 'Correct the row and load it again; the other rows are not affected.'
  return explainedError(node, { message, description, code, errors, retryable: false })
}

function explainedError(node: INode, explanation: Explanation, itemIndex?: number): NodeApiError {
  const { message, description, code, status, errors, retryable } = explanation
  const error = new NodeApiError(
    node,
    { message },
    { message, description, httpCode: String(status ?? code), ...(itemIndex === undefined ? {} : { itemIndex }) },
  )
  // n8n replaces messages in which it finds words such as ECONNREFUSED by a general one.
  error.message = message
  const fields = errors.flatMap((detail) => detail.fields)
  Object.assign(error.context, { errorCode: code, fields, retryable })
  return error
}

/** What an item says that stands for a failure when the workflow goes on. */
export function errorJson(error: NodeApiError): IDataObject {
  const { errorCode, fields } = error.context as { errorCode: string; fields: string[] }
  return {
    error: error.message,
    ...(typeof error.description === 'string' ? { description: error.description } : {}),
    errorCode,
    httpCode: error.httpCode,
    ...(fields.length === 0 ? {} : { fields }),
  }
}
