import type { QueryBase } from '@jetstreamapp/soql-parser-js'
import { SoqlError } from './error.ts'
import type { SqlPart } from './filters.ts'
import type { Paths } from './paths.ts'

/**
 * What USING SCOPE and WITH DATA CATEGORY leave of an object's records, undefined where they leave all. The org has no
 * territories, queues' members, teams or data categories: nothing is in one.
 *
 * Source: SOQL and SOSL Reference, "USING SCOPE" and "WITH DATA CATEGORY".
 */
export function scopeSql(query: QueryBase, paths: Paths, userId: string): SqlPart | undefined {
  if (query.withDataCategory !== undefined) return NOTHING
  switch (query.usingScope?.toLowerCase() ?? 'everything') {
    case 'everything':
      return undefined
    case 'mine':
    case 'mine_and_my_groups':
    case 'team':
      return { sql: `${paths.column('OwnerId').sql} = ?`, parameters: [userId] }
    case 'delegated':
      return {
        sql: `(${paths.column('CreatedById').sql} = ? AND ${paths.column('OwnerId').sql} <> ?)`,
        parameters: [userId, userId],
      }
    case 'my_territory':
    case 'my_team_territory':
    case 'queue_owned':
      return NOTHING
    default:
      throw new SoqlError('MALFORMED_QUERY', `The specified search scope is invalid: ${query.usingScope ?? ''}`)
  }
}

const NOTHING: SqlPart = { sql: '0', parameters: [] }
