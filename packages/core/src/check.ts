import { ConfigurationError } from './errors/configuration-error.ts'
import type { CallOptions } from './http/connection.ts'

/**
 * Checks of what callers hand in. Each names the option, what the value is and what is accepted. Values of text are
 * never repeated, since an option in the wrong place may be a password.
 */

/** What a value is, in words that fit behind "but is": `null`, `an empty text`, `a list`, `-3`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return `the bigint ${value}`
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : 'a date'
  if (value instanceof Promise) return 'a promise (await it first)'
  return 'an object'
}

/** The one sentence of all refusals: `batchSize must be a whole number from 200 to 2,000, but is 5.` */
export function refuse(option: string, accepted: string, value: unknown): never {
  throw new ConfigurationError(`${option} must be ${accepted}, but is ${kindOf(value)}.`)
}

/**
 * An object of options that has no other keys than `known`; `undefined` counts as empty. A misspelt option that is
 * silently ignored (`alOrNone`) changes what happens to data.
 */
export function checkedOptions<T extends object>(
  name: string,
  options: T | undefined,
  known: readonly (keyof T & string)[],
): T {
  if (options === undefined) return {} as T
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    return refuse(name, 'an object of options', options)
  }
  const names: readonly string[] = known
  for (const key of Object.keys(options)) {
    if (names.includes(key)) continue
    throw new ConfigurationError(`${name} has no option '${key}'; it takes ${names.join(', ')}.`)
  }
  return options
}

/** Names of the options that every method takes, for the list of known ones. */
export const callOptionNames: readonly (keyof CallOptions)[] = ['signal', 'timeout', 'headers', 'retry']

/** A text that is not blank. */
export function checkedText(option: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  return refuse(option, 'a text that is not empty', value)
}

/** An Id of Salesforce, in its short or its long form. */
export function checkedId(option: string, value: unknown): string {
  if (typeof value === 'string' && /^[a-z0-9]{15}(?:[a-z0-9]{3})?$/i.test(value)) return value
  return refuse(option, 'an Id of 15 or 18 letters and digits', value)
}

/** A whole number from `least` to `most`. */
export function checkedWholeNumber(
  option: string,
  value: unknown,
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number
  const range = Number.isFinite(most)
    ? `from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`
    : `of ${least.toLocaleString('en')} or more`
  return refuse(option, `a whole number ${range}`, value)
}

/** True or false. */
export function checkedFlag(option: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse(option, 'true or false', value)
}

/** A positive number of milliseconds. */
export function checkedMilliseconds(option: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value
  return refuse(option, 'a positive number of milliseconds', value)
}

/** A function that the caller hands in, to be called back. */
export function checkedFunction<F>(option: string, value: F): F {
  return typeof value === 'function' ? value : refuse(option, 'a function', value)
}

/** One of a closed list of words; here the word itself is repeated, since it is no secret. */
export function checkedChoice<T extends string>(option: string, value: unknown, accepted: readonly T[]): T {
  if (accepted.includes(value as T)) return value as T
  const word = typeof value === 'string' && /^[\w./-]{1,40}$/.test(value) ? `'${value}'` : kindOf(value)
  throw new ConfigurationError(`${option} must be one of ${accepted.join(', ')}, but is ${word}.`)
}

/** A date that exists. */
export function checkedDate(option: string, value: unknown): Date {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : refuse(option, 'a valid Date', value)
}

/** A list; `what` says of what: `names of fields`. */
export function checkedList<T>(option: string, value: unknown, what: string): readonly T[] {
  return Array.isArray(value) ? value : refuse(option, `a list of ${what}`, value)
}

/** A list of texts that are not blank; `what` says what they are: `names of fields`. */
export function checkedTexts(option: string, value: unknown, what: string): readonly string[] {
  const texts = checkedList<unknown>(option, value, what)
  texts.forEach((text, index) => {
    checkedText(`${option}[${index}]`, text)
  })
  return texts as readonly string[]
}
