import { checkedFieldNames, checkedNamePath, isValidDate, refuse } from '../check.ts'
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
   * Backslashes of the template are those of JavaScript, as in any other text that `query` takes: write an escape of
   * SOQL with two (`'100\\%'`). A single one that JavaScript would drop is refused.
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
   * literally. All else in the template is text, quotes and backslashes too: no escapes of SOQL.
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
  if (/^\d{4}-\d\d-\d\d$/.test(date) && exists(`${date}T00:00:00`)) return new SoqlText(date)
  return refuse('soql.date', 'a Date or a day such as 2026-11-22', date)
}

function dateTimeLiteral(date: Date | string): SoqlText {
  if (typeof date !== 'string') return new SoqlText(isoText(date))
  const [, time = '', hours = '+00', minutes = '00'] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|([+-](?:0\d|1[0-4])):?([0-5]\d))$/.exec(date) ?? []
  if (exists(time)) return new SoqlText(isoText(new Date(`${time}${hours}:${minutes}`)))
  return refuse('soql.dateTime', 'a Date or a time with an offset such as 2026-11-22T01:02:03Z', date)
}

/** Days and hours that the calendar lacks are moved on by Date, or refused. */
function exists(time: string): boolean {
  const read = new Date(`${time}Z`)
  return isValidDate(read) && isoText(read).startsWith(time.slice(0, 19))
}
