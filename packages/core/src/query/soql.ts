import { ConfigurationError } from '../errors/configuration-error.ts'

/** A value that `soql` can write. */
export type SoqlValue = string | number | bigint | boolean | Date | null | SoqlText | readonly SoqlValue[]

/** Text that is already SOQL and is inserted as it stands. Made by `soql.name()`, `soql.like()` and `soql.date()`. */
export class SoqlText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
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

/** The `soql` tag and its helpers. */
export interface SoqlTag {
  /**
   * Writes a SOQL query and escapes every value in it: text is quoted, dates become date-time literals, lists become
   * `('a','b')`. Values can therefore never change the meaning of the query.
   *
   * @example
   * ```ts
   * soql`SELECT Id FROM Account WHERE Name = ${name} AND CreatedDate > ${since} AND Industry IN ${industries}`
   * ```
   */
  (strings: TemplateStringsArray, ...values: readonly SoqlValue[]): string
  /** A name of an object, field or relationship path, checked: `Owner.Name`, `My_Field__c`, `ns__Field__c`. */
  name(name: string): SoqlText
  /**
   * A quoted LIKE pattern in which the inserted values match literally: `` soql.like`${prefix}%` ``.
   */
  like(strings: TemplateStringsArray, ...values: readonly string[]): SoqlText
  /** A date literal (`2026-11-22`) for a field of type date; the day is the UTC day of `date`. */
  date(date: Date): SoqlText
}

/** Writes SOQL safely; see {@link SoqlTag}. Follows "Quoted String Escape Sequences" of the SOQL reference. */
export const soql: SoqlTag = Object.defineProperties(write, {
  // A function's own `name` can be redefined but not assigned.
  name: { value: checkedName },
  like: { value: likePattern },
  date: { value: (date: Date) => new SoqlText(isoText(date).slice(0, 10)) },
}) as unknown as SoqlTag

function write(strings: TemplateStringsArray, ...values: readonly SoqlValue[]): string {
  return strings.reduce((query, text, index) => query + literal(values[index - 1] as SoqlValue) + text)
}

function checkedName(name: string): SoqlText {
  if (!/^[a-z]\w*(?:\.[a-z]\w*)*$/i.test(name)) {
    throw new ConfigurationError(`soql.name: '${name}' is not the name of an object or a field.`)
  }
  return new SoqlText(name)
}

function likePattern(strings: TemplateStringsArray, ...values: readonly string[]): SoqlText {
  const pattern = strings.reduce(
    (text, part, index) => text + quotable(String(values[index - 1])).replace(/[%_]/g, '\\$&') + part,
  )
  return new SoqlText(`'${pattern}'`)
}

function literal(value: SoqlValue, nested = false): string {
  if (typeof value === 'string') return `'${quotable(value)}'`
  if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ConfigurationError(`soql: ${value} is not a number that SOQL can hold.`)
    return String(value)
  }
  if (value instanceof SoqlText) return value.text
  if (value instanceof Date) return isoText(value)
  if (Array.isArray(value)) {
    if (nested) throw new ConfigurationError('soql: a list inside a list cannot be written; flatten it first.')
    return `(${value.map((item) => literal(item as SoqlValue, true)).join(',')})`
  }
  throw new ConfigurationError(
    `soql: a value of type ${typeof value} cannot be written; use text, numbers, booleans, dates, null or lists.`,
  )
}

function quotable(text: string): string {
  return text.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] as string)
}

function isoText(date: Date): string {
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    throw new ConfigurationError('soql: the date is not valid.')
  return date.toISOString()
}
