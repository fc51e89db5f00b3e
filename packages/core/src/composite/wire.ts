import type { Replay } from '../http/connection.ts'
import { expectedList, wrongAnswer } from '../http/expected.ts'
import type { Failure } from './chunks.ts'
import type { SubrequestHandle, WireAnswer } from './subrequest.ts'

/** The answer of composite, and of each graph ("Composite Response Body" of the REST API guide). */
export interface CompositeAnswer {
  readonly compositeResponse: readonly {
    readonly body: unknown
    readonly httpHeaders?: Readonly<Record<string, string>>
    readonly httpStatusCode: number
    readonly referenceId: string
  }[]
}

/** A subrequest as composite and graph take it. */
export function wireSubrequest({ referenceId, call }: SubrequestHandle): object {
  const { method, url, body, headers } = call
  return { referenceId, method, url, body, ...(Object.keys(headers).length > 0 && { httpHeaders: headers }) }
}

/**
 * Gives the subrequests of composite or a graph their answers, by their ids: Salesforce does not promise an order.
 * `otherwise` is the answer to those that have none.
 *
 * @throws ProtocolError when one is missing or cannot be read; the others have theirs then.
 */
export function takeAnswers(
  handles: readonly SubrequestHandle[],
  answer: unknown,
  attempts: number | undefined,
  otherwise?: WireAnswer,
): void {
  const answers =
    answer === undefined && otherwise !== undefined
      ? []
      : expectedList<CompositeAnswer['compositeResponse'][number]>('A composite call', answer, 'compositeResponse')
  const byId = new Map(answers.map((own) => [own.referenceId, own]))
  const answerOf = ({ referenceId }: SubrequestHandle): WireAnswer => {
    const own = byId.get(referenceId)
    if (own !== undefined) return { status: own.httpStatusCode, headers: own.httpHeaders, body: own.body }
    if (otherwise !== undefined) return otherwise
    throw wrongAnswer(`A composite call succeeded without an answer to ${referenceId}`, answer)
  }
  answerEach(handles, answerOf, attempts)
}

/** Gives each subrequest its answer; `attempts` is how often their call was sent. One that cannot be read leaves the others theirs; what it throws comes last. */
export function answerEach(
  handles: readonly SubrequestHandle[],
  answerOf: (handle: SubrequestHandle, index: number) => WireAnswer,
  attempts: number = 1,
): void {
  let failure: Failure | undefined
  handles.forEach((handle, index) => {
    try {
      handle.answer(answerOf(handle, index), attempts)
    } catch (reason) {
      handle.fail(reason)
      failure ??= { reason }
    }
  })
  if (failure !== undefined) throw (failure as Failure).reason
}

/** May the whole call be repeated? Only when each part may. */
export function replayOf(handles: readonly SubrequestHandle[]): Replay {
  return handles.every(({ call }) => call.replay === 'always') ? 'always' : 'if-unsent'
}
