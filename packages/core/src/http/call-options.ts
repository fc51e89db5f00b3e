import { callOptionNames, checkedMilliseconds, checkedOptions, refuse } from '../check.ts'
import type { CallOptions } from './connection.ts'

/**
 * Checks the options of one call before anything is sent. `retry` is checked where it is completed.
 *
 * @throws ConfigurationError that names the option.
 */
export function checkedCall(options: CallOptions): CallOptions {
  const { signal, timeout, headers } = checkedOptions<CallOptions>('the options of a call', options, callOptionNames)
  if (signal !== undefined && !isSignal(signal)) refuse('signal', 'an AbortSignal', signal)
  if (timeout !== undefined) checkedMilliseconds('timeout', timeout)
  if (headers !== undefined) checkedHeaders('headers', headers)
  return options
}

/** Headers by name, all of them texts; a misplaced list or `undefined` would be sent as a word. */
export function checkedHeaders(option: string, headers: unknown): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    refuse(option, 'an object of texts by header name', headers)
  }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') refuse(`${option}['${name}']`, 'a text', value)
  }
}

/** By its shape: a signal of another realm or of a polyfill serves as well. */
function isSignal(value: unknown): boolean {
  const signal = value as Partial<AbortSignal> | null
  return typeof signal?.aborted === 'boolean' && typeof signal.addEventListener === 'function'
}
