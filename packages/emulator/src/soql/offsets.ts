import type { HavingClause, Query, QueryBase, WhereClause } from '@jetstreamapp/soql-parser-js'
import { withoutLiterals } from './text-rules.ts'

/** Brackets, the word that begins a query, and an OFFSET that ends one. */
const PART = /[()]|\bSELECT\b|\bOFFSET\s+(\d+)(?=\s*(?:$|\)|(?:FOR|UPDATE)\b))/gi

/**
 * A query with blanks in place of OFFSET, which the parser library takes for a field where a condition is before it; and
 * what the queries in it skip, by their number in the order in which they begin.
 */
export function withoutOffsets(soql: string): { text: string; offsets: ReadonlyMap<number, number> } {
  const offsets = new Map<number, number>()
  const open: (number | undefined)[] = [undefined]
  let begun = 0
  let text = soql
  for (const { 0: part, 1: rows, index } of withoutLiterals(soql).matchAll(PART)) {
    if (part === '(') open.push(open.at(-1))
    else if (part === ')') open.pop()
    else if (rows === undefined) open[open.length - 1] = begun++
    else {
      offsets.set(open.at(-1) ?? 0, Number(rows))
      text = `${text.slice(0, index)}${' '.repeat(part.length)}${text.slice(index + part.length)}`
    }
  }
  return { text, offsets }
}

/** Gives the queries in a parsed query what {@link withoutOffsets} took from them. */
export function putOffsets(query: Query, offsets: ReadonlyMap<number, number>): Query {
  let begun = 0
  for (const one of offsets.size === 0 ? [] : queriesIn(query)) {
    const offset = offsets.get(begun++)
    if (offset !== undefined) one.offset = offset
  }
  return query
}

/** A query and those in it, in the order in which they begin. */
function* queriesIn(query: QueryBase): Generator<QueryBase> {
  yield query
  for (const field of query.fields ?? []) if (field.type === 'FieldSubquery') yield* queriesIn(field.subquery)
  for (let clause: WhereClause | HavingClause | undefined = query.where; clause !== undefined; ) {
    if (clause.left !== null && 'valueQuery' in clause.left) yield* queriesIn(clause.left.valueQuery)
    clause = 'right' in clause ? clause.right : undefined
  }
}
