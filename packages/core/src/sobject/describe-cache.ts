import type { CallOptions, Connection, ReadResponse } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import { unlessAborted } from '../unless-aborted.ts'

interface Kept {
  readonly answer: object
  /** The header by which Salesforce tells whether the answer still holds. */
  readonly validator: Readonly<Record<string, string>>
}

interface Flight {
  readonly answer: Promise<object>
  readonly stop: AbortController
  waiting: number
}

/**
 * Describes that were read. Each further call asks Salesforce whether the kept one still holds (304, without a body),
 * so that nothing is ever out of date, and callers at the same time share one call. Kept answers are frozen, because
 * all callers get the same object. A call with headers of its own is neither kept nor answered from here.
 */
export class DescribeCache {
  readonly #connection: Connection
  readonly #most: number
  /** The least recently used one first. */
  readonly #kept = new Map<string, Kept>()
  readonly #flights = new Map<string, Flight>()

  /** @param most - Answers to keep; 0 keeps none. */
  constructor(connection: Connection, most: number) {
    this.#connection = connection
    this.#most = most
  }

  /**
   * Reads a describe at its path.
   *
   * @param list - Name of the list that it must hold.
   */
  async read<T extends object>(path: string, list: string, call: CallOptions): Promise<T> {
    const { signal, timeout, headers, retry } = call
    if (this.#most === 0 || headers !== undefined) return (await this.ask<T>(path, list, call)) as T
    // Limits of their own cannot be shared.
    if (timeout !== undefined || retry !== undefined) return (await this.#fetch(path, list, call)) as T
    signal?.throwIfAborted()
    const flight = this.#flights.get(path) ?? this.#start(path, list)
    flight.waiting += 1
    try {
      return (await unlessAborted(flight.answer, signal)) as T
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) this.#end(path, flight)
    }
  }

  /** Reads a describe past the kept ones; `undefined` when headers of the call ask for changes only and there are none. */
  async ask<T extends object>(path: string, list: string, call: CallOptions): Promise<T | undefined> {
    return described<T>(await this.#connection.jsonAnswer({ method: 'GET', path, replay: 'always' }, call), path, list)
  }

  #start(path: string, list: string): Flight {
    const stop = new AbortController()
    const flight = { answer: this.#fetch(path, list, { signal: stop.signal }), stop, waiting: 0 }
    // Whoever waits is told; when all have left, nobody is.
    flight.answer.catch(() => {})
    this.#flights.set(path, flight)
    return flight
  }

  /** The answer is there, or all who waited for it have left. */
  #end(path: string, flight: Flight): void {
    this.#flights.delete(path)
    flight.stop.abort()
  }

  async #fetch(path: string, list: string, call: CallOptions): Promise<object> {
    const kept = this.#kept.get(path)
    const headers = kept?.validator
    const response = await this.#connection.jsonAnswer({ method: 'GET', path, headers, replay: 'always' }, call)
    const answer = described(response, path, list)
    // Only a kept one is asked for on condition.
    if (answer === undefined) return this.#keep(path, kept as Kept)
    const validator = validatorOf(response.headers)
    this.#kept.delete(path)
    return validator === undefined ? answer : this.#keep(path, { answer: frozen(answer), validator })
  }

  #keep(path: string, kept: Kept): object {
    this.#kept.delete(path)
    this.#kept.set(path, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
    return kept.answer
  }
}

/** @throws ProtocolError when the answer is no describe. */
function described<T extends object>({ status, content }: ReadResponse, path: string, list: string): T | undefined {
  if (status === 304) return undefined
  expectedList(`GET ${path}`, content, list)
  return content as T
}

/** Describes are documented to go by date ("sObject Describe" of the REST API guide); an ETag serves where it is all there is. */
function validatorOf(headers: Readonly<Record<string, string>>): Kept['validator'] | undefined {
  const { 'last-modified': modified, etag } = headers
  if (modified !== undefined) return { 'If-Modified-Since': modified }
  return etag === undefined ? undefined : { 'If-None-Match': etag }
}

function frozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) frozen(member)
  return Object.freeze(value)
}
