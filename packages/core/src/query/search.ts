import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'

/** Runs a SOSL search; see `Salesforce.search`. API versions before 37.0 answer a bare array. */
export async function search<T>(connection: Connection, sosl: string, call?: CallOptions): Promise<T[]> {
  if (typeof sosl !== 'string' || sosl.trim() === '') throw new ConfigurationError('The SOSL search is empty.')
  const answer = await connection.json<{ searchRecords: T[] } | T[]>(
    { method: 'GET', path: `${connection.dataPath}/search`, query: { q: sosl }, replay: 'always' },
    call,
  )
  return Array.isArray(answer) ? answer : answer.searchRecords
}
