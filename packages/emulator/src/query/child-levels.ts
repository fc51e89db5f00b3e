import type { CompiledQuery } from '../soql/compiled-query.ts'
import { SoqlError } from '../soql/error.ts'

/** Levels of children below the object of a query, and the version since which there are so many. */
const LEVELS = 4
const LEVELS_SINCE = 58

/**
 * Refuses children of children of an API version that knew none, or too many of them.
 *
 * Source: SOQL and SOSL Reference, "Understanding Relationship Query Limitations".
 */
export function checkChildLevels(query: CompiledQuery, version: number): void {
  const most = version < LEVELS_SINCE ? 1 : LEVELS
  if (levels(query) <= most) return
  const message = `SOQL statements cannot query aggregate relationships more than ${most} level away from the root entity object.`
  throw new SoqlError('MALFORMED_QUERY', message)
}

/** The queries of children in a query's field list. */
export function childQueries({ outputs }: CompiledQuery): readonly CompiledQuery[] {
  return outputs.filter((output) => output.kind === 'children').map(({ query }) => query)
}

function levels(query: CompiledQuery): number {
  return Math.max(0, ...childQueries(query).map((child) => levels(child) + 1))
}
