import { ConfigurationError } from './errors/configuration-error.ts'

/**
 * Checks of what callers hand in. Each names the option, what the value is and what is accepted. Values of text are
 * never repeated, since an option in the wrong place may be a password.
 */

/** What a value is, in words that fit behind "but is": `null`, `an empty text`, `a list`, `-3`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return `the bigint ${value}`
  if (typeof value === 'string') return kindOfText(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  try {
    return kindOfObject(value)
  } catch {
    return 'an object that cannot be read'
  }
}

function kindOfText(value: string): string {
  if (value.trim() === '') return 'an empty text'
  return value.isWellFormed() ? 'a text' : 'a text with half a character (a lone surrogate)'
}

function kindOfObject(value: object): string {
  const type = builtInType(value)
  if (type === 'Array') return (value as unknown[]).length === 0 ? 'an empty list' : 'a list'
  if (type === 'Date') return kindOfDate(value as Date)
  if (type === 'Promise') return 'a promise (await it first)'
  if (type !== 'Object') return `an object of the type ${type}`
  return Object.keys(value).length === 0 ? 'an empty object' : 'an object'
}

function kindOfDate(date: Date): string {
  if (isValidDate(date)) return 'a date'
  return Number.isNaN(Date.prototype.getTime.call(date))
    ? 'an invalid date'
    : 'a date that is not in the years 0 to 9999'
}

/** Whether a value is bytes, of whichever realm. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && builtInType(value) === 'Uint8Array'
}

/** The built-in type of an object, also where it comes from another realm: `Object`, `Array`, `Date`, `Uint8Array`. */
export function builtInType(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
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
  const given = checkedObject(name, options, 'an object of options')
  const names: readonly string[] = known
  const other = Object.keys(given).find((key) => !names.includes(key))
  if (other === undefined) return given as T
  throw new ConfigurationError(`${name} has no option '${other}'; it takes ${names.join(', ')}.`)
}

/**
 * The members of a plain object (no list, no date, no promise), copied, so that what was checked is what is used. `what`
 * says what the object is: `an object of values by parameter name`.
 */
export function checkedObject(option: string, value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return refuse(option, what, value)
  return readable(option, () => (builtInType(value) === 'Object' ? { ...value } : refuse(option, what, value)))
}

/** Reads what the caller handed in. A getter or a proxy in it may throw whatever it likes. */
export function readable<T>(option: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause
    throw new ConfigurationError(`${option} must be readable, but a getter or a proxy in it throws.`, { cause })
  }
}

/** A text that is not blank and can be sent. */
export function checkedText(option: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return checkedCharacters(option, value)
  return refuse(option, 'a text that is not empty', value)
}

/** A text that can be sent: half a character has no encoding, and would arrive as another text. */
export function checkedCharacters(option: string, text: string): string {
  return text.isWellFormed() ? text : refuse(option, 'a text of whole characters', text)
}

/** The API name of an object, a field or a relationship, namespaces included: `Account`, `ns__Invoice__c`. */
export function checkedName(option: string, value: unknown): string {
  if (isName(value)) return value
  return refuseWord(option, 'an API name of letters, digits and underscores, such as Account or Invoice__c', value)
}

/** Whether a value is an API name: a letter first, then letters, digits and underscores. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]\w*$/i.test(value)
}

/** The name of a field, also one of a parent: API names with dots between them, such as `Account.Owner.Name`. */
export function checkedNamePath(option: string, value: unknown): string {
  if (typeof value === 'string' && value.split('.').every(isName)) return value
  return refuseWord(option, 'an API name such as Invoice__c, or several with dots between them', value)
}

/** For options that hold no secrets: a single word is repeated. */
function refuseWord(option: string, accepted: string, value: unknown): never {
  throw new ConfigurationError(`${option} must be ${accepted}, but is ${wordOrKind(value)}.`)
}

/** An Id of Salesforce, in its short or its long form. */
export function checkedId(option: string, value: unknown): string {
  return isId(value) ? value : refuse(option, 'an Id of 15 or 18 letters and digits', value)
}

/** Whether a value is an Id of Salesforce. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9]{15}(?:[a-z0-9]{3})?$/i.test(value)
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
  return refuseWord(option, `one of ${accepted.join(', ')}`, value)
}

/** A single word in quotes where the value is one; else what it is. For options that hold no secrets. */
export function wordOrKind(value: unknown): string {
  return typeof value === 'string' && /^[\w./-]{1,40}$/.test(value) ? `'${value}'` : kindOf(value)
}

/** A date that exists. */
export function checkedDate(option: string, value: unknown): Date {
  return isValidDate(value) ? value : refuse(option, 'a valid Date', value)
}

/** Whether a value is a date that exists, of whichever realm. Before the year 0 and after 9999 ISO texts have a sign. */
export function isValidDate(value: unknown): value is Date {
  try {
    return /^\d/.test(Date.prototype.toISOString.call(value))
  } catch {
    return false
  }
}

/** The items of a list, copied; `what` says of what: `names of fields`. */
export function checkedList<T>(option: string, value: unknown, what: string): readonly T[] {
  return readable(option, () => (Array.isArray(value) ? [...value] : refuse(option, `a list of ${what}`, value)))
}

/** A list of texts, each by a check of its own; `what` says what they are: `names of categories`. */
export function checkedTexts(
  option: string,
  value: unknown,
  what: string,
  check: (option: string, value: unknown) => string = checkedText,
): readonly string[] {
  return checkedList<unknown>(option, value, what).map((text, index) => check(`${option}[${index}]`, text))
}

/** The names of fields, those of parents too. */
export function checkedFieldNames(option: string, value: unknown): readonly string[] {
  return checkedTexts(option, value, 'names of fields', checkedNamePath)
}
