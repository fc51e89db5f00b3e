const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const ESCAPED = /\\(u[0-9a-f]{4}|[\s\S])/gi

/**
 * The text of a quoted SOQL literal. Salesforce knows `\n \r \t \b \f \" \' \\ \uXXXX` in either
 * case, and `\_ \%` inside LIKE.
 *
 * Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export function textOf(literal: string): string {
  return unquoted(literal).replaceAll(ESCAPED, (_, sign: string) => character(sign))
}

/** The pattern of a quoted literal used with LIKE: for SQLite's LIKE with the backslash as its escape character. */
export function likePatternOf(literal: string): string {
  return unquoted(literal).replaceAll(ESCAPED, (whole, sign: string) => {
    if (sign === '_' || sign === '%' || sign === '\\') return whole
    return character(sign)
  })
}

function unquoted(literal: string): string {
  return literal.startsWith("'") ? literal.slice(1, -1) : literal
}

function character(sign: string): string {
  if (sign.length === 5) return String.fromCharCode(Number.parseInt(sign.slice(1), 16))
  return ESCAPES[sign.toLowerCase()] ?? sign
}
