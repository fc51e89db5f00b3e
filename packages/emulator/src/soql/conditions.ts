import type { Condition, HavingClause, ValueQueryCondition, WhereClause } from '@jetstreamapp/soql-parser-js'
import { SoqlError } from './error.ts'
import { locateJoint } from './locate.ts'

/** One comparison: a field or function, an operator and a value. */
export type Comparison = Exclude<Condition, { openParen: number; field?: never }> | ValueQueryCondition

/** A WHERE or HAVING clause as a tree. */
export type ConditionTree =
  | { kind: 'and' | 'or'; parts: ConditionTree[] }
  | { kind: 'not'; part: ConditionTree }
  | { kind: 'comparison'; comparison: Comparison }

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison

/** The query and the word that begins a clause of its outermost level: a refusal points into it. */
export interface ClausePlace {
  readonly soql: string
  readonly word: 'WHERE' | 'HAVING'
}

/**
 * The condition tree of a clause. The parser library answers a linked list whose elements carry counts of opening and
 * closing parentheses; here the parentheses become structure.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY where AND and OR, or AND and NOT, stand on one level without parentheses, as
 * Salesforce does (SOQL and SOSL Reference, "Logical Operators"; of NOT soql-parser-js issue 201 and apex-dml-mocking pull
 * request 50). NOT beside OR, of which nobody reports a refusal, is taken.
 */
export function conditionTree(clause: WhereClause | HavingClause, place?: ClausePlace): ConditionTree {
  const tokens = [...tokensOf(clause)]
  const reader = new TokenReader(tokens, place)
  const tree = readLevel(reader)
  if (reader.peek() !== undefined) throw unexpected(reader.peek())
  return tree
}

function* tokensOf(clause: WhereClause | HavingClause): Generator<Token> {
  let rest: WhereClause | HavingClause | undefined = clause
  while (rest !== undefined) {
    const { left } = rest
    const operator = 'operator' in rest ? rest.operator : undefined
    yield* parentheses('(', left?.openParen)
    if (left !== null && ('field' in left || 'fn' in left)) {
      yield left
      yield* parentheses(')', left.closeParen)
    }
    if (operator !== undefined) yield operator
    rest = 'right' in rest ? rest.right : undefined
  }
}

function* parentheses(sign: '(' | ')', count = 0): Generator<Token> {
  for (let index = 0; index < count; index += 1) yield sign
}

class TokenReader {
  #position = 0
  readonly #tokens: readonly Token[]

  readonly #place: ClausePlace | undefined

  constructor(tokens: readonly Token[], place: ClausePlace | undefined) {
    this.#tokens = tokens
    this.#place = place
  }

  peek(): Token | undefined {
    return this.#tokens[this.#position]
  }

  /** The refusal of a joint that is next and cannot be. */
  mixed(joint: 'AND' | 'OR'): SoqlError {
    return this.#refused(joint, this.#jointsRead())
  }

  /** The refusal of a NOT that is next, behind a joint. */
  mixedNot(): SoqlError {
    return this.#refused('NOT', this.#jointsRead() - 1)
  }

  #jointsRead(): number {
    return this.#tokens.slice(0, this.#position).filter((token) => token === 'AND' || token === 'OR').length
  }

  /** The refusal of the word that is the joint after `joints` of them, or of the NOT behind that joint. */
  #refused(word: 'AND' | 'OR' | 'NOT', joints: number): SoqlError {
    if (this.#place === undefined) return unexpected(word)
    const { soql } = this.#place
    const joint = locateJoint(soql, this.#place.word, joints)
    if (joint === undefined) return unexpected(word)
    const offset = word === 'NOT' ? soql.toUpperCase().indexOf(word, joint) : joint
    return SoqlError.at(soql, offset, 'MALFORMED_QUERY', `unexpected token: '${word}'`)
  }

  next(): Token | undefined {
    const token = this.peek()
    this.#position += 1
    return token
  }
}

function readLevel(reader: TokenReader): ConditionTree {
  const begunByNot = reader.peek() === 'NOT'
  const parts = [readPart(reader)]
  let joint: 'AND' | 'OR' | undefined
  for (let token = reader.peek(); token === 'AND' || token === 'OR'; token = reader.peek()) {
    if ((joint !== undefined && token !== joint) || (token === 'AND' && begunByNot)) throw reader.mixed(token)
    joint = token
    reader.next()
    if (joint === 'AND' && reader.peek() === 'NOT') throw reader.mixedNot()
    parts.push(readPart(reader))
  }
  const [first] = parts
  if (joint === undefined && first !== undefined) return first
  return { kind: joint === 'OR' ? 'or' : 'and', parts }
}

function readPart(reader: TokenReader): ConditionTree {
  const token = reader.next()
  if (token === 'NOT') return { kind: 'not', part: readPart(reader) }
  if (token === '(') {
    const tree = readLevel(reader)
    const close = reader.next()
    if (close !== ')') throw unexpected(close)
    return tree
  }
  if (token === undefined || typeof token === 'string') throw unexpected(token)
  return { kind: 'comparison', comparison: token }
}

function unexpected(token: Token | undefined): SoqlError {
  const text = token === undefined ? '<EOF>' : typeof token === 'string' ? token : 'field' in token ? token.field : ''
  return new SoqlError('MALFORMED_QUERY', `unexpected token: '${text}'`)
}
