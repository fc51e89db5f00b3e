import { checkedOptions } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedHeaders } from '../http/call-options.ts'
import type { Connection } from '../http/connection.ts'
import { pathOf } from '../http/path.ts'
import {
  encodeAround,
  isReference,
  type Reference,
  referenceIdsIn,
  referencesIn,
  subrequestOf,
  textsIn,
} from './reference.ts'
import type { ReferenceIds } from './reference-ids.ts'
import { type SubrequestCall, SubrequestHandle } from './subrequest.ts'

/** What every subrequest may be given. */
export interface SubrequestOptions {
  /** Letters, digits and underscores, unique in its call. Default: made of the object and the action. */
  readonly referenceId?: string | undefined
  /** Headers of this subrequest alone. Only composite has such; a batch or graph takes those of `send()`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Checks the options of a subrequest; `own` names those that its method has beside those of every subrequest.
 *
 * @throws ConfigurationError that names the option.
 */
export function checkedSubrequest<T extends SubrequestOptions>(
  options: T | undefined,
  own: readonly (keyof T & string)[] = [],
): T {
  const given = checkedOptions<T>('options', options, ['referenceId', 'headers', ...own])
  return given.headers === undefined ? given : { ...given, headers: checkedHeaders('headers', given.headers) }
}

/** What the resource allows in its subrequests. */
export interface SubrequestRules {
  /** Which resource it is. */
  readonly kind: 'composite' | 'batch' | 'graph'
  /** Whether a subrequest has headers of its own. */
  readonly headers: boolean
  /** Whether later subrequests can name values of earlier ones. */
  readonly references: boolean
}

/** Headers that a subrequest inherits; with one of them Salesforce refuses the whole call. */
const inherited = ['accept', 'authorization', 'content-type']

/** The subrequests of one call (of one graph), in their order. */
export class SubrequestList {
  /** How the call is sent. */
  readonly connection: Connection
  /** What the resource allows. */
  readonly rules: SubrequestRules
  /** The subrequests so far, in their order. */
  readonly handles: SubrequestHandle[] = []
  readonly #ids: ReferenceIds
  #closed = false

  constructor(connection: Connection, rules: SubrequestRules, ids: ReferenceIds) {
    this.connection = connection
    this.rules = rules
    this.#ids = ids
  }

  /** Adds a subrequest. `label` is what a made id starts with. */
  add<T>(
    label: string,
    call: Omit<SubrequestCall, 'headers'>,
    options: SubrequestOptions,
    read: (body: unknown, status: number) => T,
  ): SubrequestHandle<T> {
    if (this.#closed) throw new ConfigurationError(`This ${this.rules.kind} was sent; make a new one.`)
    const headers = this.#checkedHeaders(options.headers ?? {})
    const dependsOn = this.#dependencies(call)
    const id = options.referenceId === undefined ? this.#ids.next(label) : this.#ids.take(options.referenceId)
    const handle = new SubrequestHandle<T>(id, { ...call, headers }, dependsOn, read, this.rules.references)
    this.handles.push(handle)
    return handle
  }

  /** The text of a value in a URL; a reference must be one to a subrequest of this list. */
  text(value: string | Reference): string {
    if (isReference(value)) this.#owner(value)
    return String(value)
  }

  /** Percent-encodes a text for a URL, but for references to subrequests of this list. */
  encode(text: string): string {
    return encodeAround(text, (id) => this.#find(id) !== undefined)
  }

  /** Puts parts behind a path: encoded, references as they are. */
  path(base: string, ...parts: readonly string[]): string {
    return parts.reduce((path, part) => (this.refers(part) ? `${path}/${this.encode(part)}` : pathOf(path, part)), base)
  }

  /** Whether a text holds a reference to a subrequest of this list. */
  refers(text: string): boolean {
    return referenceIdsIn(text).some((id) => this.#find(id) !== undefined)
  }

  /** Nothing is added from here on. */
  close(): void {
    if (this.#closed) throw new ConfigurationError(`This ${this.rules.kind} was sent already; make a new one.`)
    this.#closed = true
  }

  #checkedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const names = Object.keys(headers)
    if (names.length > 0 && !this.rules.headers) {
      throw new ConfigurationError(
        `A subrequest of a ${this.rules.kind} has no headers such as ${names[0]}; give them to send().`,
      )
    }
    const wrong = names.find((name) => inherited.includes(name.toLowerCase()))
    if (wrong === undefined) return headers
    throw new ConfigurationError(`A subrequest takes the header ${wrong} from the call around it; leave it out.`)
  }

  /**
   * The subrequests that this one refers to.
   *
   * @throws ConfigurationError for a reference to a subrequest of another call, which would mean another value here, and
   * for text that Salesforce would take for a reference: it has no way to write `@{...}` as text.
   */
  #dependencies({ url, body }: Omit<SubrequestCall, 'headers'>): SubrequestHandle[] {
    if (!this.rules.references) return []
    const inTexts = [url, ...textsIn(body)].flatMap(referenceIdsIn).map((id) => {
      const handle = this.#find(id)
      if (handle !== undefined) return handle
      throw new ConfigurationError(
        `A text holds '@{${id}...}', which Salesforce reads as a reference to a subrequest before this one, but there is none; send such text by a call of its own.`,
      )
    })
    return [...referencesIn(body).map((reference) => this.#owner(reference)), ...inTexts]
  }

  #find(id: string): SubrequestHandle | undefined {
    return this.handles.find(({ referenceId }) => referenceId === id)
  }

  #owner(reference: Reference): SubrequestHandle {
    const owner = subrequestOf(reference)
    const handle = this.handles.find((candidate) => candidate === owner)
    if (handle !== undefined) return handle
    throw new ConfigurationError(
      `${reference} refers to a subrequest that is not before this one in the same ${this.rules.kind}.`,
    )
  }
}
