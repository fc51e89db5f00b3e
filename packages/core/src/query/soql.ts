import { checkedFieldNames, checkedNamePath, refuse } from '../check.ts'
import {
  checkedTemplate,
  endsBetweenQuotes,
  isoText,
  likeable,
  literalOutsideQuotes,
  quotable,
  SoqlText,
  type SoqlValue,
  textToInsert,
} from './soql-text.ts'

/** The `soql` tag and its helpers. */
export interface SoqlTag {
  /**
   * Writes a SOQL query and escapes every value in it: text is quoted, dates become date-time literals, lists and sets
   * become `('a','b')`. Values can therefore never change the meaning of the query; one between
   * quotes of the template is refused, since it brings its own. An empty list becomes `()`, which
   * Salesforce refuses: leave the condition out, or the query.
   *
   * @example
   * ```ts
   * soql`SELECT Id FROM Account WHERE Name = ${name} AND CreatedDate > ${since} AND Industry IN ${industries}`
   * ```
   */
  (strings: TemplateStringsArray, ...values: readonly SoqlValue[]): string
  /** A name of an object, field or relationship path, checked: `Owner.Name`, `My_Field__c`, `ns__Field__c`. */
  name(name: string): SoqlText
  /** Names with commas between them, each checked: `` soql`SELECT ${soql.names(fields)} FROM Account` ``. */
  names(names: readonly string[]): SoqlText
  /**
   * A quoted LIKE pattern: `` soql.like`${prefix}%` ``. `%` and `_` in the template are wildcards; inserted values match
   * literally.
   */
  like(strings: TemplateStringsArray, ...values: readonly (string | number)[]): SoqlText
  /** A date literal (`2026-11-22`) for a field of type date: of such text, or of the UTC day of a Date. */
  date(date: Date | string): SoqlText
  /**
   * A date-time literal: of a Date, or of text with an offset as records hold it (`2026-11-22T01:02:03.000+0000`).
   * A Date may also be inserted as it is.
   */
  dateTime(date: Date | string): SoqlText
}

/** Writes SOQL safely; see {@link SoqlTag}. Follows "Quoted String Escape Sequences" of the SOQL reference. */
export const soql: SoqlTag = Object.defineProperties(write, {
  // A function's own `name` can be redefined but not assigned.
  name: { value: nameText },
  names: { value: namesText },
  like: { value: likePattern },
  date: { value: dateLiteral },
  dateTime: { value: dateTimeLiteral },
}) as unknown as SoqlTag

function write(strings: TemplateStringsArray, ...values: readonly SoqlValue[]): string {
  let between = false
  return checkedTemplate('soql', strings).reduce((query, text, index) => {
    between = endsBetweenQuotes(strings[index - 1] as string, between)
    return query + literalOutsideQuotes('soql', values[index - 1] as SoqlValue, between) + text
  })
}

function nameText(name: string): SoqlText {
  return new SoqlText(checkedNamePath('soql.name', name))
}

function namesText(names: readonly string[]): SoqlText {
  const checked = checkedFieldNames('soql.names', names)
  return checked.length === 0
    ? refuse('soql.names', 'a list of names of fields', names)
    : new SoqlText(checked.join(', '))
}

function likePattern(strings: TemplateStringsArray, ...values: readonly (string | number)[]): SoqlText {
  const [start = '', ...rest] = checkedTemplate('soql.like', strings).map(quotable)
  const pattern = rest.reduce(
    (text, part, index) => text + likeable(textToInsert('A value in soql.like', values[index])) + part,
    start,
  )
  return new SoqlText(`'${pattern}'`)
}

function dateLiteral(date: Date | string): SoqlText {
  if (typeof date !== 'string') return new SoqlText(isoText(date).slice(0, 10))
  // Days that the calendar lacks are moved on by Date, or refused.
  const same = /^\d{4}-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`)
  if (same && !Number.isNaN(same.getTime()) && isoText(same).startsWith(date)) return new SoqlText(date)
  return refuse('soql.date', 'a Date or a day such as 2026-11-22', date)
}

function dateTimeLiteral(date: Date | string): SoqlText {
  if (typeof date !== 'string') return new SoqlText(isoText(date))
  const [, time, hours, minutes] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|([+-]\d\d):?(\d\d))$/.exec(date) ?? []
  const moment = new Date(`${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`)
  if (time !== undefined && !Number.isNaN(moment.getTime())) return new SoqlText(isoText(moment))
  return refuse('soql.dateTime', 'a Date or a time with an offset such as 2026-11-22T01:02:03Z', date)
}
