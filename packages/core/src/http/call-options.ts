import { checkedMilliseconds, checkedObject, checkedOptions, readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions } from './connection.ts'
import { retryPolicy } from './retry-options.ts'

/**
 * Checks the options of one call before anything is sent.
 *
 * @param name - The method, for errors.
 * @param own - Names of the options that the method has beside those of every call; it checks them itself.
 * @throws ConfigurationError that names the option.
 */
export function checkedCall<T extends CallOptions>(
  options: T | undefined,
  name: string = 'the options of a call',
  own: readonly (keyof T & string)[] = [],
): T {
  const given = checkedOptions<T>(name, options, [...callOptionNames, ...own])
  const { signal, timeout, headers, retry } = given
  if (signal !== undefined && !readable('signal', () => isSignal(signal))) refuse('signal', 'an AbortSignal', signal)
  if (timeout !== undefined) checkedMilliseconds('timeout', timeout)
  retryPolicy(retry, false)
  return headers === undefined ? given : { ...given, headers: checkedHeaders('headers', headers) }
}

/** Names of the options that every method takes. */
const callOptionNames: readonly (keyof CallOptions)[] = ['signal', 'timeout', 'headers', 'retry']

/** What HTTP takes for the name of a header, and for its value. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Headers by name, all of them texts; a misplaced list or `undefined` would be sent as a word, and a line break would
 * begin a header of its own.
 */
export function checkedHeaders(option: string, headers: unknown): Readonly<Record<string, string>> {
  const given = checkedObject(option, headers, 'an object of texts by header name')
  for (const [name, value] of Object.entries(given)) {
    if (!headerName.test(name)) throw new ConfigurationError(`${option} holds a name that no header can have.`)
    if (typeof value !== 'string') refuse(`${option}['${name}']`, 'a text', value)
    if (headerValue.test(value)) continue
    refuse(`${option}['${name}']`, 'a text of one line in Latin-1', value)
  }
  return given as Readonly<Record<string, string>>
}

/** By its shape: a signal of another realm or of a polyfill serves as well. */
function isSignal(value: unknown): boolean {
  const signal = value as Partial<AbortSignal> | null
  const methods = [signal?.addEventListener, signal?.removeEventListener, signal?.throwIfAborted]
  return typeof signal?.aborted === 'boolean' && methods.every((method) => typeof method === 'function')
}
