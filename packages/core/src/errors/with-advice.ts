import type { SalesforceError } from './salesforce-error.ts'

/**
 * The same error with a sentence more, for the one caller whom it concerns. It is a copy, since several callers may hold
 * the given one: that of a client that was closed, or of a login that all of them waited for.
 */
export function withAdvice<E extends SalesforceError>(error: E, advice: string): E {
  const message = `${error.message}${/[.!?]$/.test(error.message) ? '' : '.'} ${advice}`
  const copy = Object.setPrototypeOf(new Error(message), Object.getPrototypeOf(error) as object) as E
  const { message: before, stack: _, ...own } = Object.getOwnPropertyDescriptors(error)
  Object.defineProperties(copy, own)
  const stack = error.stack?.replace(String(before?.value), () => message)
  return Object.defineProperty(copy, 'stack', { value: stack, writable: true, configurable: true })
}
