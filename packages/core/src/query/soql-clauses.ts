import { ConfigurationError } from '../errors/configuration-error.ts'

/** The clauses of the outermost level of a query, in the order that the SOQL reference gives them. */
const keywords = [
  'SELECT',
  'FROM',
  'USING SCOPE',
  'WHERE',
  'WITH',
  'GROUP BY',
  'HAVING',
  'ORDER BY',
  'LIMIT',
  'OFFSET',
  'FOR',
  'UPDATE',
  'ALL ROWS',
] as const

/** The name of a clause. */
export type SoqlKeyword = (typeof keywords)[number]

/** What stands in a clause behind its keyword, and where that is in the query. */
export interface SoqlClause {
  /** Without the blanks around it. */
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Words that are a keyword only before certain others: `Group` and `Order` are objects too, `Limit` may be a field. */
const begins: Readonly<Record<string, { readonly keyword: SoqlKeyword; readonly before: RegExp }>> = {
  SELECT: { keyword: 'SELECT', before: /^/ },
  FROM: { keyword: 'FROM', before: /^/ },
  USING: { keyword: 'USING SCOPE', before: /^\s+SCOPE\b/i },
  WHERE: { keyword: 'WHERE', before: /^/ },
  WITH: { keyword: 'WITH', before: /^/ },
  GROUP: { keyword: 'GROUP BY', before: /^\s+BY\b/i },
  HAVING: { keyword: 'HAVING', before: /^/ },
  ORDER: { keyword: 'ORDER BY', before: /^\s+BY\b/i },
  LIMIT: { keyword: 'LIMIT', before: /^(?=\s*\d)/ },
  OFFSET: { keyword: 'OFFSET', before: /^(?=\s*\d)/ },
  FOR: { keyword: 'FOR', before: /^(?=\s+(?:VIEW|REFERENCE|UPDATE)\b)/i },
  UPDATE: { keyword: 'UPDATE', before: /^(?=\s+(?:TRACKING|VIEWSTAT)\b)/i },
  ALL: { keyword: 'ALL ROWS', before: /^\s+ROWS\b/i },
}

/** A text literal, a word (dots and colons belong to it, so that `Group.Name` is none of a clause), or another sign. */
const tokens = /'(?:\\[\s\S]|[^'\\])*'|[\w.:]+|\S/g
/** Longer than any keyword with its second word, and a blank or two. */
const AHEAD = 40

/**
 * Takes a query apart at its outermost level, without looking into text literals, sub-queries and lists.
 *
 * @throws ConfigurationError where a quote or a parenthesis is not closed, or it is no `SELECT ... FROM ...`.
 */
export function soqlClauses(soql: string): ReadonlyMap<SoqlKeyword, SoqlClause> {
  const found: { readonly keyword: SoqlKeyword; readonly start: number; readonly from: number }[] = []
  let depth = 0
  let before = ''
  for (const { 0: token, index } of soql.matchAll(tokens)) {
    const word = before
    before = token.toUpperCase()
    if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token === "'") throw broken('a quote that is not closed')
    if (depth < 0) throw broken('a parenthesis that was not opened')
    // What follows FROM is the name of an object, whatever it looks like.
    if (depth > 0 || word === 'FROM') continue
    const end = index + token.length
    const begun = begins[before]
    const [behind] = begun?.before.exec(soql.slice(end, end + AHEAD)) ?? []
    if (begun === undefined || behind === undefined || !follows(begun.keyword, found.at(-1)?.keyword)) continue
    found.push({ keyword: begun.keyword, start: index, from: end + behind.length })
  }
  if (depth > 0) throw broken('a parenthesis that is not closed')
  const clauses = new Map<SoqlKeyword, SoqlClause>()
  for (const [index, { keyword, from }] of found.entries()) {
    const to = found[index + 1]?.start ?? soql.length
    clauses.set(keyword, { text: soql.slice(from, to).trim(), from, to })
  }
  if (clauses.has('FROM') && soql.trimStart().slice(0, 6).toUpperCase() === 'SELECT') return clauses
  throw new ConfigurationError('The SOQL query must have the form SELECT ... FROM ..., but has not.')
}

function follows(keyword: SoqlKeyword, last: SoqlKeyword | undefined): boolean {
  if (last === undefined || last === 'SELECT') return keyword === (last === undefined ? 'SELECT' : 'FROM')
  return keywords.indexOf(keyword) > keywords.indexOf(last)
}

function broken(what: string): ConfigurationError {
  return new ConfigurationError(`The SOQL query has ${what}.`)
}

/** The query with one more condition that its records must fulfil. */
export function withCondition(soql: string, condition: string): string {
  const clauses = soqlClauses(soql)
  const where = clauses.get('WHERE')
  // AND and OR on one level are refused: the conditions that are there stand in parentheses.
  if (where !== undefined) {
    return `${soql.slice(0, where.from)} (${where.text}) AND ${condition} ${soql.slice(where.to)}`.trimEnd()
  }
  const { to } = (clauses.get('USING SCOPE') ?? clauses.get('FROM')) as SoqlClause
  return `${soql.slice(0, to).trimEnd()} WHERE ${condition} ${soql.slice(to)}`.trimEnd()
}
