import { createRequire } from 'node:module'
import type * as SoqlParser from '@jetstreamapp/soql-parser-js'
import { SoqlError } from './error.ts'
import { placesOf } from './locate.ts'
import { putOffsets, withoutOffsets } from './offsets.ts'
import { withoutParentAliases } from './parent-aliases.ts'
import { checkText, withoutLiterals } from './text-rules.ts'

type Query = SoqlParser.Query

let library: typeof SoqlParser | undefined

/** Making the parser takes as long as starting everything else: only whoever queries waits for it. */
function parser(): typeof SoqlParser {
  library ??= createRequire(import.meta.url)('@jetstreamapp/soql-parser-js') as typeof SoqlParser
  return library
}

/**
 * Parses one SOQL query.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY that points at the token which cannot stand where it stands.
 */
export function parseSoql(soql: string): Query {
  checkText(soql)
  refuseLeadingJoints(soql)
  try {
    const known = withBlankInKeywords(withoutParentAliases(soql)).replace(SCOPING_RULE, (clause) =>
      ' '.repeat(clause.length),
    )
    const { text, offsets } = withoutOffsets(known)
    return putOffsets(parser().parseQuery(text), offsets)
  } catch (error) {
    throw malformed(soql, error instanceof Error ? error.message : String(error))
  }
}

/** The parser library does not know this scope. The org has no scoping rules: its records are all of them. */
const SCOPING_RULE = /\bUSING\s+SCOPE\s+scopingRule\b(?=(?:[^']*'[^']*')*[^']*$)/i

const KEYWORD_OF_TWO = /\b(ORDER|GROUP|DATA)\s+(BY|CATEGORY)\b/gi

/** The query with one blank in ORDER BY and the like, where the parser library wants exactly one. No other word moves. */
function withBlankInKeywords(soql: string): string {
  return [...withoutLiterals(soql).matchAll(KEYWORD_OF_TWO)].reduce(
    (text, { 0: whole, 1: first, 2: second, index }) => {
      const keyword = `${first} ${second}`.padEnd(whole.length)
      return `${text.slice(0, index)}${keyword}${text.slice(index + whole.length)}`
    },
    soql,
  )
}

const WORD = /'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*|[^\s]/g
const BEFORE_CONDITION: ReadonlySet<string> = new Set(['WHERE', 'HAVING', 'AND', 'OR', 'NOT', '('])

/** The parser library passes over AND and OR that join nothing (`WHERE OR Name = 'x'`). */
function refuseLeadingJoints(soql: string): void {
  let before = ''
  for (const match of soql.matchAll(WORD)) {
    const word = match[0].toUpperCase()
    if ((word === 'AND' || word === 'OR') && BEFORE_CONDITION.has(before)) {
      throw SoqlError.at(soql, match.index, 'MALFORMED_QUERY', `unexpected token: '${match[0]}'`)
    }
    before = word
  }
}

const FOUND_TOKEN = /but found(?: -->|:)\s*'?([\s\S]*?)'?(?: <--)?$/
const LEXER_OFFSET = /at offset: (\d+)/

function malformed(soql: string, reason: string): SoqlError {
  const lexer = LEXER_OFFSET.exec(reason)
  if (lexer !== null) {
    const offset = Number(lexer[1])
    return SoqlError.at(soql, offset, 'MALFORMED_QUERY', `unexpected token: '${soql.charAt(offset)}'`)
  }
  const token = FOUND_TOKEN.exec(reason)?.[1] ?? ''
  if (token === '') return SoqlError.at(soql, soql.length, 'MALFORMED_QUERY', "unexpected token: '<EOF>'")
  // The library does not say at which of several it stopped.
  const places = placesOf(soql, token)
  const offset = places.length > 1 ? -1 : (places[0] ?? soql.lastIndexOf(token))
  const message = `unexpected token: '${token}'`
  return offset < 0 ? new SoqlError('MALFORMED_QUERY', message) : SoqlError.at(soql, offset, 'MALFORMED_QUERY', message)
}
