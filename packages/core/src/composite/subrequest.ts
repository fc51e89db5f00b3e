import { refuse } from '../check.ts'
import type { ApiError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Replay } from '../http/connection.ts'
import { asksForChange } from '../http/expected.ts'
import { type SubrequestAnswer, subrequestError } from '../http/subrequest-error.ts'
import type { Method } from '../http/transport.ts'
import { isReferenceStep, Reference, type ReferenceStep, referenceText } from './reference.ts'

/** What Salesforce answered to one subrequest. */
export type SubrequestResult<T = unknown> =
  | {
      readonly ok: true
      /** HTTP status, 200 to 299 or 304. */
      readonly status: number
      /** Lower-case names. A batch tells no headers. */
      readonly headers: Readonly<Record<string, string>>
      /** `null` where the headers of a read ask for changes and there are none (304). */
      readonly value: T
    }
  | {
      readonly ok: false
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      /** The error that the request would have been as a call of its own. */
      readonly error: ApiError
    }

/** One request inside a composite call. It has a result once `send()` is through. */
export interface Subrequest<T = unknown> {
  /** Names the subrequest in its call, in references and in error messages. */
  readonly referenceId: string
  /**
   * A value of this subrequest's answer, for the subrequests after it: `account.ref('id')`,
   * `query.ref('records', 0, 'Id')`. It goes into records, keys and the `soql` tag as any other value does.
   * Mind the case: a create answers `id`, a record read has `Id`. The subrequests of a batch know nothing of each other.
   *
   * @throws ConfigurationError when a step is neither the name of a field nor a position.
   */
  ref(...path: readonly ReferenceStep[]): Reference
  /**
   * What became of the subrequest.
   *
   * @throws ConfigurationError before `send()`; whatever `send()` threw when its call brought no answer.
   */
  readonly result: SubrequestResult<T>
  /** The value of a success; of a failure its ApiError is thrown. Also throws as `result` does. */
  readonly value: T
}

/** A subrequest as it is sent. */
export interface SubrequestCall {
  /** HTTP method. */
  readonly method: Method
  /** Path from the root of the instance, encoded, references as they are. */
  readonly url: string
  /** What is sent as JSON; `undefined` for no body. */
  readonly body?: unknown
  /** Headers of this subrequest alone. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether it may be repeated. */
  readonly replay: Replay
}

/** The part of an answer that belongs to one subrequest. */
export type WireAnswer = Pick<SubrequestAnswer, 'status' | 'body' | 'headers'>

/** A subrequest with its way to Salesforce and back. */
export class SubrequestHandle<T = unknown> implements Subrequest<T> {
  /** Its name in the call. */
  readonly referenceId: string
  /** What is sent. */
  readonly call: SubrequestCall
  /** The subrequests of the same call that this one refers to. */
  readonly dependsOn: readonly SubrequestHandle[]
  readonly #read: (body: unknown, status: number) => T
  readonly #referable: boolean
  #result: SubrequestResult<T> | undefined
  #failure: { readonly reason: unknown } | undefined

  constructor(
    referenceId: string,
    call: SubrequestCall,
    dependsOn: readonly SubrequestHandle[],
    read: (body: unknown, status: number) => T,
    referable: boolean,
  ) {
    this.referenceId = referenceId
    this.call = call
    this.dependsOn = dependsOn
    this.#read = read
    this.#referable = referable
  }

  /** A value of this subrequest's answer, for the subrequests after it. */
  ref(...path: readonly ReferenceStep[]): Reference {
    if (!this.#referable) {
      throw new ConfigurationError('The subrequests of a batch cannot refer to each other; use composite() or graph().')
    }
    if (path.length === 0) {
      throw new ConfigurationError("ref needs the name of a field or a position in a list, such as ref('id').")
    }
    const wrong = path.find((step) => !isReferenceStep(step))
    if (wrong !== undefined || path.includes(undefined as never)) {
      refuse('ref', "names of fields and positions in lists, such as ref('records', 0, 'Id')", wrong)
    }
    return new Reference(referenceText(this.referenceId, path), this)
  }

  /** What became of the subrequest. */
  get result(): SubrequestResult<T> {
    if (this.#failure !== undefined) throw this.#failure.reason
    if (this.#result !== undefined) return this.#result
    throw new ConfigurationError(`${this.referenceId} has no result yet; await send() first.`)
  }

  /** The value of a success; of a failure its ApiError is thrown. */
  get value(): T {
    const { result } = this
    if (result.ok) return result.value
    throw result.error
  }

  /** The result, when there is one. */
  get answered(): SubrequestResult<T> | undefined {
    return this.#result
  }

  /** The error of a subrequest that failed. */
  get error(): ApiError | undefined {
    return this.#result?.ok === false ? this.#result.error : undefined
  }

  /** Takes the answer in. */
  answer({ status, body, headers }: WireAnswer, attempts: number): SubrequestResult<T> {
    if (!Number.isInteger(status)) throw new ProtocolError(`${this.referenceId} was answered without a status`)
    const names = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
    const facts = { status, headers: Object.fromEntries(names) as Readonly<Record<string, string>> }
    if (status === 304 && asksForChange(this.call.method, this.call.headers)) {
      this.#result = { ok: true, ...facts, value: body as T }
    } else if ((status >= 200 && status < 300) || status === 304) {
      this.#result = { ok: true, ...facts, value: this.#read(body, status) }
    } else {
      const request = { method: this.call.method, path: this.call.url, attempts }
      this.#result = { ok: false, ...facts, error: subrequestError({ status, body, headers, request }) }
    }
    return this.#result
  }

  /** The call around it brought no answer for it. */
  fail(reason: unknown): void {
    if (this.#result === undefined) this.#failure ??= { reason }
  }
}
