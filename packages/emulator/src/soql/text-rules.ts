import { SoqlError } from './error.ts'

/** Longest query (SOQL and SOSL Reference, "SOQL and SOSL Limits for Search Queries"; django-salesforce issue 164). */
const MAX_QUERY = 100_000
/** Longest text in a condition (the same page: "characters for each string within a WHERE clause"). */
const MAX_TEXT = 4000

const LITERAL = /'(?:\\[\s\S]|[^'\\])*'/g
/** A backslash with what it goes together with, and the sign that no record can hold. */
const SEQUENCE = /\\(?:u[0-9a-f]{4}|[\s\S])|\0/gi
/** What is an escape sequence ("Quoted String Escape Sequences"). */
const ESCAPE = /^\\(?:[nrtbf"'\\_%]|u(?!0000)[0-9a-f]{4})$/i
const EMPTY_LIST = /\b(?:IN|INCLUDES|EXCLUDES)\s*\(\s*(?=\))/i
/** A list behind an operator that takes one value: the parser library would take its first. */
const LIST_OF_ONE = /(?:[=<>]|\bLIKE)\s*(?=\()/i
/** One value behind an operator that takes a list. */
const ONE_OF_LIST = /\b(?:IN|INCLUDES|EXCLUDES)\b\s*(?=['\w])/i
const VALUE = /^(?:'(?:\\[\s\S]|[^'\\])*'|\w+)/
const ALL_ROWS = /\bALL\s+ROWS\s*$/i

/**
 * Refuses what Salesforce refuses of a query's text and the parser library takes, or points at elsewhere.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY.
 */
export function checkText(soql: string): void {
  if (soql.trim() === '') throw new SoqlError('MALFORMED_QUERY', 'SOQL statements cannot be empty or null')
  if (soql.length > MAX_QUERY) {
    throw new SoqlError('MALFORMED_QUERY', `SOQL statements can not be longer than ${MAX_QUERY} characters.`)
  }
  for (const { 0: literal, index } of soql.matchAll(LITERAL)) checkLiteral(soql, literal, index)
  const bare = withoutLiterals(soql)
  const list = EMPTY_LIST.exec(bare)
  if (list !== null) {
    throw SoqlError.at(soql, list.index + list[0].length, 'MALFORMED_QUERY', "unexpected token: ')'")
  }
  checkValues(soql, bare)
  // Apex alone knows it; REST has queryAll. The words are those of SoqlX issue 25.
  if (ALL_ROWS.test(bare)) throw new SoqlError('MALFORMED_QUERY', 'ALL ROWS not allowed in this context')
}

/** The query with blanks in its literals, so that every word stands where it stood. */
export function withoutLiterals(soql: string): string {
  return soql.replaceAll(LITERAL, (literal) => `'${' '.repeat(literal.length - 2)}'`)
}

/** Source: SOQL and SOSL Reference, "Comparison Operators"; the words about a missing list are those of ApexQuery issue 3. */
function checkValues(soql: string, bare: string): void {
  const many = LIST_OF_ONE.exec(bare)
  if (many !== null) {
    throw SoqlError.at(soql, many.index + many[0].length, 'MALFORMED_QUERY', "unexpected token: '('")
  }
  const one = ONE_OF_LIST.exec(bare)
  if (one === null) return
  const offset = one.index + one[0].length
  const [value = ''] = VALUE.exec(soql.slice(offset)) ?? []
  const message = `expecting a left parentheses, found ${value.startsWith("'") ? value : `'${value}'`}`
  throw SoqlError.at(soql, offset, 'MALFORMED_QUERY', message)
}

/** The words, and the place before the literal, are those of restforce issue 632. */
function checkLiteral(soql: string, literal: string, index: number): void {
  const sequence = literal.match(SEQUENCE)?.find((found) => !ESCAPE.test(found))
  if (sequence !== undefined) {
    const message = `Invalid string literal ${literal}. Illegal character sequence '${sequence}' in string literal.`
    throw SoqlError.at(soql, Math.max(0, index - 1), 'MALFORMED_QUERY', message)
  }
  if (literal.length - 2 > MAX_TEXT) {
    const message = `A string in a condition can not be longer than ${MAX_TEXT} characters: ${literal.slice(0, 40)}...`
    throw SoqlError.at(soql, index, 'MALFORMED_QUERY', message)
  }
}
