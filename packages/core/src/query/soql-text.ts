import { builtInType, checkedCharacters, checkedText, isValidDate, kindOf, readable, refuse } from '../check.ts'
import { Reference } from '../composite/reference.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** A value that `soql`, `sosl` and `formatSoql` can write. */
export type SoqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | SoqlText
  | Reference
  | readonly SoqlValue[]
  | ReadonlySet<SoqlValue>

/**
 * Text that is already SOQL and is inserted as it stands. Made by `soql.name()`, `soql.names()`, `soql.like`,
 * `soql.date()` and `soql.dateTime()`.
 */
export class SoqlText {
  /** The SOQL. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** The SOQL, so that it can stand in a template. */
  toString(): string {
    return this.text
  }
}

/** "SOQL and SOSL Limits for Search Queries" of the Salesforce limits guide. */
const mostCharacters = 100_000

/** The text of a query. */
export function checkedSoql(soql: unknown): string {
  const text = checkedText('The SOQL query', soql)
  if (text.length <= mostCharacters) return text
  throw new ConfigurationError(
    `The SOQL query has ${text.length.toLocaleString('en')} characters, but Salesforce takes ${mostCharacters.toLocaleString('en')}; split its lists of values over several queries.`,
  )
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** Text as it stands between quotes ("Quoted String Escape Sequences" of the SOQL reference). */
export function quotable(text: string): string {
  return text.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] as string)
}

/** Text as it stands between the quotes of a LIKE pattern, where it matches literally. */
export function likeable(text: string): string {
  return quotable(text).replace(/[%_]/g, '\\$&')
}

/** Whether what follows a piece of SOQL stands between quotes, where what is before it does or does not. */
export function endsBetweenQuotes(text: string, before: boolean): boolean {
  let between = before
  for (const [found] of text.matchAll(/\\[\s\S]|'/g)) if (found === "'") between = !between
  return between
}

/**
 * A value as a literal, with quotes of its own where it needs them.
 *
 * @throws ConfigurationError between quotes of the template, where these would end the text and let the value out.
 */
export function literalOutsideQuotes(tag: string, value: SoqlValue, between: boolean): string {
  if (!between) return literal(value)
  throw new ConfigurationError(
    `A value of ${tag} stands between quotes; leave the quotes away, since ${tag} adds them, and use soql.like for patterns.`,
  )
}

/**
 * A backslash that JavaScript drops, as in `\%` or `\'`. Not one of the escapes that it knows, nor one before a sign
 * that would end a template: what becomes of these means the same to Salesforce.
 */
const lostBackslash = /(?<!\\)(?:\\\\)*\\(?:[^\\`$bfnrtvux\d\n\u2028\u2029{]|(?<!\$\\)\{)/

/**
 * The texts of a template literal. A function call with a text instead would let values in unescaped, and a backslash
 * that JavaScript drops would change what is asked for.
 */
export function checkedTemplate(tag: string, strings: unknown): readonly string[] {
  const raw = readable(tag, () => Array.isArray(strings) && strings.length > 0 && (strings as { raw?: unknown }).raw)
  if (!Array.isArray(raw)) return refuse(tag, `a tag before a template literal, as in ${tag}\`...\``, strings)
  const texts = strings as readonly unknown[]
  // Where JavaScript does not know an escape, as in `C:\users`, there is no text.
  const whole = texts.every((text): text is string => typeof text === 'string')
  if (whole && !raw.some((text) => lostBackslash.test(text))) return texts
  const twice = tag === 'soql.like' ? '' : "write it twice (\\\\% or \\\\'), or "
  throw new ConfigurationError(
    `A template of ${tag} has a single backslash, which JavaScript does not hand on; ${twice}insert what is meant as a value.`,
  )
}

/** Text, or a number as text, for a place that takes nothing else. */
export function textToInsert(place: string, value: unknown): string {
  if (typeof value === 'string') return checkedCharacters(place, value)
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value)
  return refuse(place, 'text or a number', value)
}

/** A value as a SOQL literal. */
export function literal(value: SoqlValue, nested = false): string {
  if (typeof value === 'string') return `'${quotable(checkedCharacters('A SOQL value', value))}'`
  if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) return String(value)
  if (typeof value === 'number') return plainNumber(value)
  return readable('A SOQL value', () => literalOfObject(value, nested))
}

function literalOfObject(value: unknown, nested: boolean): string {
  if (value instanceof SoqlText) return value.text
  // Salesforce puts the value in its place, between the quotes.
  if (value instanceof Reference) return `'${value}'`
  // By type, since a date or a set may come from another realm.
  const type = typeof value === 'object' && value !== null && builtInType(value)
  if (type === 'Date') return isoText(value as Date)
  if (type === 'Array' || type === 'Set') return list([...(value as Iterable<SoqlValue>)], nested)
  throw new ConfigurationError(
    `A SOQL value must be text, a number, true or false, a Date, null or a list of these, but is ${kindOf(value)}.`,
  )
}

function list(values: readonly SoqlValue[], nested: boolean): string {
  if (nested) throw new ConfigurationError('A list inside a list cannot be written in SOQL; flatten it first.')
  return `(${values.map((item) => literal(item, true)).join(',')})`
}

/** Without an exponent, which the SOQL reference does not know. */
function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw new ConfigurationError(`A SOQL value must be a finite number, but is ${value}.`)
  const text = String(value)
  if (!text.includes('e')) return text
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 17 })
}

/** A date-time literal in UTC. */
export function isoText(date: Date): string {
  return isValidDate(date) ? date.toISOString() : refuse('A SOQL date', 'a valid Date up to the year 9999', date)
}
