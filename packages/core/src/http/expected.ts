import { ProtocolError } from '../errors/protocol-error.ts'
import type { FailedRequest } from '../errors/salesforce-error.ts'

type Json = Readonly<Record<string, unknown>>

/** The calls behind answers. */
const requests = new WeakMap<object, FailedRequest>()

/** Remembers which call an answer is for, so that an error about its shape can name it. */
export function rememberRequest(answer: unknown, request: FailedRequest): void {
  if (typeof answer === 'object' && answer !== null) requests.set(answer, request)
}

/** An answer that is not what Salesforce promises. */
export function wrongAnswer(message: string, answer: unknown): ProtocolError {
  return new ProtocolError(message, { request: requests.get(answer as object) })
}

/**
 * What an answer is promised to hold under a name; without a name the answer itself. Each entry of the list is an object,
 * or a text where `of` says so.
 *
 * @param what - What was asked for, at the start of a sentence: `recordCounts`.
 * @throws ProtocolError when a success holds something else, so that no TypeError comes from inside.
 */
export function expectedList<T>(
  what: string,
  answer: unknown,
  name?: string,
  of: 'objects' | 'texts' = 'objects',
): T[] {
  const value = partOf(answer, name)
  const fits = of === 'texts' ? (entry: unknown) => typeof entry === 'string' : isObject
  if (Array.isArray(value) && value.every(fits)) return value as T[]
  throw unexpected(what, answer, `list of ${of}`, name)
}

/** As {@link expectedList}, for an object. */
export function expectedObject<T extends object>(what: string, answer: unknown, name?: string): T {
  const value = partOf(answer, name)
  if (isObject(value)) return value as T
  throw unexpected(what, answer, 'object', name)
}

/** As {@link expectedList}, for an object that is not empty: each record has at least its `attributes`. */
export function expectedRecord<T extends object>(what: string, answer: unknown): T {
  if (isObject(answer) && Object.keys(answer).length > 0) return answer as T
  throw unexpected(what, answer, 'record')
}

/** As {@link expectedList}, for a text that is not empty. */
export function expectedText(what: string, answer: unknown, name: string): string {
  const value = partOf(answer, name)
  if (typeof value === 'string' && value !== '') return value
  throw unexpected(what, answer, 'text', name)
}

/** Whether a call asked for an answer only where something has changed (304 "Not Modified", RFC 9110, 15.4.5). */
export function asksForChange(method: string, headers: Readonly<Record<string, string>>): boolean {
  return /^(?:GET|HEAD)$/.test(method) && Object.keys(headers).some((name) => /^if-(?:none|modified)-/i.test(name))
}

/** Whether a value from JSON is an object and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function partOf(answer: unknown, name: string | undefined): unknown {
  return name === undefined ? answer : (answer as Json | null | undefined)?.[name]
}

function unexpected(what: string, answer: unknown, kind: string, name?: string): ProtocolError {
  const place = name === undefined ? kind : `${kind} under '${name}'`
  return wrongAnswer(`${what} succeeded, but its answer is not what Salesforce promises: there is no ${place}`, answer)
}
