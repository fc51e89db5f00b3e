import type { Query } from '@jetstreamapp/soql-parser-js'
import type { ObjectSchema } from '../schema/types.ts'
import type { ConditionTree } from './conditions.ts'
import { SoqlError } from './error.ts'
import type { FieldColumn } from './paths.ts'

/** Most semi-joins and anti-joins of one query. */
const MAX_JOINS = 2

/** Where a WHERE clause stands: in the query itself, in a child query, or in the inner query of a semi-join. */
export type WherePlace = 'query' | 'child' | 'join'

/**
 * Refuses semi-joins and anti-joins where Salesforce does.
 *
 * Source: SOQL and SOSL Reference, "Comparison Operators", the restrictions of semi-joins; the words are those that users of
 * public clients and of apsona.com report.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY.
 */
export function checkSemiJoins(where: ConditionTree, place: WherePlace): void {
  const all = joinsIn(where)
  if (all === 0) return
  if (place === 'join') throw refused('Nesting of semi join sub-selects is not supported')
  const parts = where.kind === 'and' ? where.parts : [where]
  const atTop = parts.filter(isJoin).length
  if (where.kind === 'or' && where.parts.some(isJoin)) {
    throw refused("Semi join sub-selects are not allowed with the 'OR' operator")
  }
  if (place === 'child' || atTop < all) {
    throw refused(
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    )
  }
  if (all > MAX_JOINS) throw refused(`Maximum ${MAX_JOINS} semi join sub-selects are allowed`)
}

/** One semi-join: the field on its left, and what its inner query selects. */
export interface SemiJoin {
  readonly outer: ObjectSchema
  readonly left: FieldColumn
  readonly inner: ObjectSchema
  readonly selected: FieldColumn
  readonly query: Query
}

/**
 * Refuses an inner query that does not suit what is outside of it.
 *
 * Source: as {@link checkSemiJoins}.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY.
 */
export function checkSemiJoin({ outer, left, inner, selected, query }: SemiJoin): void {
  const clause = FORBIDDEN.find(([name]) => query[name] !== undefined)?.[1]
  if (clause !== undefined) throw refused(`expecting a right parentheses, found '${clause}'`)
  if (inner === outer) throw refused('The inner and outer selects should not be on the same object type')
  if (left.relationships.length > 0 || selected.relationships.length > 0) {
    const path = [...(left.relationships.length > 0 ? left : selected).relationships].join('.')
    throw refused(`A semi join takes fields of the objects themselves, not of their parents: ${path}`)
  }
  const targets = targetsOf(outer, left)
  if (targetsOf(inner, selected).some((name) => targets.includes(name))) return
  throw refused(
    `The selected field '${selected.field.name}' in the subquery and the left operand field in the where expression in ` +
      `the outer query '${left.field.name}' should point to the same object type`,
  )
}

/** Clauses that no inner query has, with the word that begins them. */
const FORBIDDEN = [
  ['groupBy', 'GROUP'],
  ['orderBy', 'ORDER'],
  ['limit', 'LIMIT'],
  ['offset', 'OFFSET'],
  ['for', 'FOR'],
] as const

function targetsOf(object: ObjectSchema, { field }: FieldColumn): readonly string[] {
  return field.type === 'id' ? [object.name] : field.referenceTo
}

function joinsIn(tree: ConditionTree): number {
  if (tree.kind === 'comparison') return Number(isJoin(tree))
  if (tree.kind === 'not') return joinsIn(tree.part)
  return tree.parts.reduce((sum, part) => sum + joinsIn(part), 0)
}

function isJoin(tree: ConditionTree): boolean {
  return tree.kind === 'comparison' && 'valueQuery' in tree.comparison
}

function refused(message: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', message)
}
