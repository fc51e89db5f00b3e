import { SoqlError } from '../soql/error.ts'

/** What a search looks for, as a tree. */
export type SearchExpression =
  | { readonly kind: 'and' | 'or' | 'not'; readonly left: SearchExpression; readonly right: SearchExpression }
  | { readonly kind: 'word' | 'phrase'; readonly text: string }

interface Token {
  readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | 'word' | 'phrase'
  readonly text: string
}

const TOKEN = /\s+|[()]|"((?:\\.|[^"\\])*)"|((?:\\.|[^\s()"\\])+)/gy
const RESERVED = /(?<!\\)(?:\\\\)*([&|!{}[\]^~:'+-])/

/**
 * Parses what stands between the braces of FIND. Words side by side all have to be there; AND and AND NOT bind closer
 * than OR. A backslash takes the meaning from the sign after it; the wildcards `*` and `?` keep theirs here.
 *
 * Source: SOQL and SOSL Reference, "FIND {SearchQuery}".
 *
 * @throws {@link SoqlError} MALFORMED_SEARCH for reserved signs without a backslash, unbalanced parentheses, and terms of
 * one character.
 */
export function parseSearch(text: string): SearchExpression {
  const tokens = tokensOf(text)
  const letters = tokens.filter(({ kind }) => kind === 'word' || kind === 'phrase').map((token) => token.text)
  if (letters.join('').replace(/[*?\\\s]/g, '').length < 2) {
    throw new SoqlError('MALFORMED_SEARCH', `search term must be longer than one character: ${text}`)
  }
  if (depthOf(tokens) > MAX_DEPTH) throw new SoqlError('MALFORMED_SEARCH', 'the search term has too many parentheses')
  const position = { next: 0 }
  const expression = readAny(tokens, position)
  const left = tokens[position.next]
  if (left !== undefined) throw malformed(left.text)
  return expression
}

/** Levels of parentheses that the full text search surely takes. */
const MAX_DEPTH = 50

function depthOf(tokens: readonly Token[]): number {
  let [depth, deepest] = [0, 0]
  for (const { kind } of tokens) {
    depth += Number(kind === '(') - Number(kind === ')')
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const { 0: whole, 1: phrase, 2: word, index } of text.matchAll(TOKEN)) {
    end = index + whole.length
    if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase })
    else if (word !== undefined) tokens.push(wordToken(word))
    else if (whole === '(' || whole === ')') tokens.push({ kind: whole, text: whole })
  }
  if (end < text.length) throw malformed(text.charAt(end))
  return tokens
}

function wordToken(word: string): Token {
  const upper = word.toUpperCase()
  if (upper === 'AND' || upper === 'OR' || upper === 'NOT') return { kind: upper, text: word }
  const reserved = RESERVED.exec(word)?.[1]
  if (reserved !== undefined) throw malformed(reserved)
  return { kind: 'word', text: word }
}

function readAny(tokens: readonly Token[], position: { next: number }): SearchExpression {
  let left = readAll(tokens, position)
  while (tokens[position.next]?.kind === 'OR') {
    position.next += 1
    left = { kind: 'or', left, right: readAll(tokens, position) }
  }
  return left
}

function readAll(tokens: readonly Token[], position: { next: number }): SearchExpression {
  let left = readUnit(tokens, position)
  for (let token = tokens[position.next]; token !== undefined; token = tokens[position.next]) {
    if (token.kind === 'OR' || token.kind === ')') break
    if (token.kind === 'AND') position.next += 1
    const without = tokens[position.next]?.kind === 'NOT'
    if (without) position.next += 1
    left = { kind: without ? 'not' : 'and', left, right: readUnit(tokens, position) }
  }
  return left
}

function readUnit(tokens: readonly Token[], position: { next: number }): SearchExpression {
  const token = tokens[position.next]
  position.next += 1
  if (token?.kind === '(') {
    const inner = readAny(tokens, position)
    const close = tokens[position.next]
    position.next += 1
    if (close?.kind !== ')') throw malformed(close?.text)
    return inner
  }
  if (token?.kind === 'word' || token?.kind === 'phrase') return { kind: token.kind, text: token.text }
  throw malformed(token?.text)
}

function malformed(sign = '<EOF>'): SoqlError {
  return new SoqlError('MALFORMED_SEARCH', `unexpected token in the search term: '${sign}'`)
}
