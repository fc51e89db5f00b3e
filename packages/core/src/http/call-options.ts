import { checkedMilliseconds, checkedObject, checkedOptions, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions } from './connection.ts'
import { retryPolicy } from './retry-options.ts'
import type { RetryOptions } from './retry-policy.ts'

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
  if (signal !== undefined && !isSignal(signal)) {
    refuse('signal', 'an AbortSignal of the platform', signal)
  }
  if (timeout !== undefined) checkedMilliseconds('timeout', timeout)
  retryPolicy(retry, false)
  if ((retry as RetryOptions | undefined)?.budget !== undefined) {
    throw new ConfigurationError(
      'retry.budget is shared by all calls of a client; give it to new Salesforce({ retry }).',
    )
  }
  return headers === undefined ? given : { ...given, headers: checkedHeaders('headers', headers) }
}

/** Names of the options that every method takes. */
const callOptionNames: readonly (keyof CallOptions)[] = ['signal', 'timeout', 'headers', 'retry']

/** What HTTP takes for the name of a header, and for its value. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Headers that belong to the connection and to the framing of its messages (RFC 9110, 7.6.1 and 7.2). */
const headersOfTransport =
  /^(?:host|connection|content-length|expect|transfer-encoding|upgrade|te|trailer|keep-alive|proxy-.*)$/i

/**
 * Headers by name, all of them texts; a misplaced list or `undefined` would be sent as a word, a line break would begin
 * a header of its own, and those of the transport would contradict what is sent.
 */
export function checkedHeaders(option: string, headers: unknown): Readonly<Record<string, string>> {
  const given = checkedObject(option, headers, 'an object of texts by header name')
  for (const [name, value] of Object.entries(given)) {
    if (!headerName.test(name)) throw new ConfigurationError(`${option} holds a name that no header can have.`)
    if (headersOfTransport.test(name)) {
      throw new ConfigurationError(`${option} must not hold '${name}', which the transport sets; leave it out.`)
    }
    if (typeof value !== 'string') refuse(`${option}['${name}']`, 'a text', value)
    if (headerValue.test(value)) continue
    refuse(`${option}['${name}']`, 'a text of one line in Latin-1', value)
  }
  return given as Readonly<Record<string, string>>
}

const aborted = Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted')?.get as () => boolean

/** By what the platform knows of it: one of a polyfill cannot be combined with others. */
function isSignal(value: unknown): boolean {
  try {
    return typeof aborted.call(value) === 'boolean'
  } catch {
    return false
  }
}
