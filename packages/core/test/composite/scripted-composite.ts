import type { TransportRequest } from '@forcewire/core/portable'

/** A subrequest as composite and graph send it. */
export interface WireSubrequest {
  readonly referenceId: string
  readonly method: string
  readonly url: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly httpHeaders?: Readonly<Record<string, string>>
}

/** The parsed body of a request. */
export function sentJson<T>(request: TransportRequest | undefined): T {
  return JSON.parse(String(request?.body)) as T
}

/** The subrequests of a composite call. */
export function compositeRequest(request: TransportRequest | undefined): readonly WireSubrequest[] {
  return sentJson<{ readonly compositeRequest: readonly WireSubrequest[] }>(request).compositeRequest
}

/** The answer to one subrequest; without a body a create that went well. */
export function answerTo(referenceId: string, httpStatusCode: number = 201, body: unknown = undefined): object {
  return {
    referenceId,
    httpStatusCode,
    httpHeaders: {},
    body: body === undefined ? { id: `id of ${referenceId}`, success: true, errors: [] } : body,
  }
}

/** The body of a subrequest that failed. */
export function refusal(errorCode: string, message: string = `said ${errorCode}`): readonly unknown[] {
  return [{ errorCode, message, fields: [] }]
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it did not reject')
    },
    (reason: unknown) => reason,
  )
}
