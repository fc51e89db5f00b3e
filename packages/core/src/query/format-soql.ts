import { checkedChoice, checkedObject, checkedText, kindOf } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { soql } from './soql.ts'
import { likeable, literal, quotable, type SoqlValue, textToInsert } from './soql-text.ts'

const kinds = ['value', 'like', 'name', 'date', 'dateTime'] as const

/** An escaped character, a quote, a doubled brace, a placeholder, or a brace that is none of these. */
const token = /\\[\s\S]|'|\{\{|\}\}|\{([^{}]*)\}|[{}]/g

/**
 * Fills the placeholders of a SOQL template that is known at run time only; where the query stands in the program, the
 * `soql` tag is shorter. `{name}` is written like a value of `soql`; `{name:like}` matches literally within a LIKE
 * pattern; `{name:name}` is a checked name, or several of them in a list; `{name:date}` and `{name:dateTime}` are
 * literals of these types. A placeholder between quotes is escaped there and gets no quotes of its own, so that
 * `LIKE '{prefix:like}%'` is a pattern. `{{` and `}}` are braces.
 *
 * @example
 * ```ts
 * formatSoql("SELECT {fields:name} FROM Account WHERE Name LIKE '{prefix:like}%'", { fields: ['Id', 'Name'], prefix })
 * ```
 * @throws ConfigurationError for a placeholder without a value, a value without a placeholder, or a value that SOQL
 * cannot hold.
 */
export function formatSoql(template: string, values: Readonly<Record<string, SoqlValue>>): string {
  const text = checkedText('The SOQL template', template)
  const given = checkedObject('The values of the SOQL template', values, 'an object')
  const unused = new Set(Object.keys(given))
  let quoted = false
  const query = text.replace(token, (found: string, placeholder: string | undefined) => {
    if (found === "'") quoted = !quoted
    if (found === '{{' || found === '}}') return found[0] as string
    if (found === '{' || found === '}') {
      throw new ConfigurationError(`The SOQL template has a single '${found}'; write it twice to mean the brace.`)
    }
    if (placeholder === undefined) return found
    const [key = '', kind = 'value'] = placeholder.split(/:(.*)/s)
    if (!Object.hasOwn(given, key)) throw new ConfigurationError(`The SOQL template needs a value for {${key}}.`)
    unused.delete(key)
    const value = given[key] as SoqlValue
    return quoted ? between(placeholder, kind, value) : inserted(placeholder, kind, value)
  })
  const [first] = unused
  if (first !== undefined) throw new ConfigurationError(`The SOQL template has no placeholder {${first}}.`)
  if (quoted) throw new ConfigurationError('The SOQL template has a quote that is not closed.')
  return query
}

/** A value between quotes of the template. */
function between(placeholder: string, kind: string, value: SoqlValue): string {
  const text = textToInsert(`{${placeholder}}, which stands between quotes,`, value)
  return checkedChoice(`The kind of {${placeholder}} between quotes`, kind, ['value', 'like']) === 'like'
    ? likeable(text)
    : quotable(text)
}

function inserted(placeholder: string, kind: string, value: SoqlValue): string {
  const place = `{${placeholder}}`
  switch (checkedChoice(`The kind of ${place}`, kind, kinds)) {
    case 'like':
      return `'${likeable(textToInsert(place, value))}'`
    case 'name':
      return soql.names((Array.isArray(value) ? value : [value]) as string[]).text
    case 'date':
      return soql.date(value as string | Date).text
    case 'dateTime':
      return soql.dateTime(value as string | Date).text
    case 'value':
      if (value === undefined) throw new ConfigurationError(`The value of ${place} is ${kindOf(value)}.`)
      return literal(value)
  }
}
