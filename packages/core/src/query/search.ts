import { checkedText } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import { checkedParameters, type ParameterizedSearch } from './search-parameters.ts'

/** URL and headers together may have 16,384 bytes (Salesforce help article 000386264); headers need their share. */
const longestInUrl = 12_000

/** Runs a SOSL search; see `Salesforce.search`. */
export async function search<T>(connection: Connection, sosl: string, call?: CallOptions): Promise<T[]> {
  const text = checkedText('The SOSL search', sosl)
  const callOptions = checkedCall(call, 'search')
  if (encodeURIComponent(text).length > longestInUrl) {
    throw new ConfigurationError(
      'The SOSL search is too long for a URL; use parameterizedSearch, which sends its parameters in the body.',
    )
  }
  const path = `${connection.dataPath}/search`
  const answer = await connection.json({ method: 'GET', path, query: { q: text }, replay: 'always' }, callOptions)
  return searchRecords<T>(answer)
}

/** Searches by words and parameters; see `Salesforce.parameterizedSearch`. */
export async function parameterizedSearch<T>(
  connection: Connection,
  parameters: ParameterizedSearch,
  call?: CallOptions,
): Promise<T[]> {
  const body = { json: checkedParameters(parameters) }
  const callOptions = checkedCall(call, 'parameterizedSearch')
  const path = `${connection.dataPath}/parameterizedSearch`
  return searchRecords<T>(await connection.json({ method: 'POST', path, body, replay: 'always' }, callOptions))
}

/** The records of an answer to a search. API versions before 37.0 answer a bare list. */
export function searchRecords<T>(answer: unknown): T[] {
  return expectedList('A search', answer, Array.isArray(answer) ? undefined : 'searchRecords')
}
