import type { FastifyRequest } from 'fastify'
import { answeringSoqlErrors } from '../query/errors.ts'
import { missingSearch } from './errors.ts'
import type { SearchService } from './model.ts'
import { statementOfBody, statementOfQuery } from './parameters.ts'
import { parseSosl, type SearchStatement } from './statement.ts'

/** Path and query parts of the search roads. */
export interface SearchRoute {
  Params: { version: string }
  Querystring: Readonly<Record<string, unknown>>
}

type SearchCall = FastifyRequest<SearchRoute>

/** `GET /search?q=` with SOSL. */
export function search(service: SearchService, call: SearchCall): object {
  const { q } = call.query
  if (typeof q !== 'string' || q.trim() === '') throw missingSearch()
  return answeringSoqlErrors(() => answer(service, call, parseSosl(q), q))
}

/** `GET /parameterizedSearch?q=` with plain words. */
export function searchByQuery(service: SearchService, call: SearchCall): object {
  const statement = statementOfQuery(call.query)
  return answeringSoqlErrors(() => answer(service, call, statement, String(call.query.q)))
}

/** `POST /parameterizedSearch` with plain words. */
export function searchByBody(service: SearchService, call: SearchCall): object {
  const body = typeof call.body === 'object' && call.body !== null ? (call.body as SearchRoute['Querystring']) : {}
  const statement = statementOfBody(body)
  return answeringSoqlErrors(() => answer(service, call, statement, String(body.q)))
}

/** Before v37.0 the answer is the bare list of records, as in the recorded case `restforce-search`. */
function answer(service: SearchService, call: SearchCall, statement: SearchStatement, text: string): object {
  const { version } = call.params
  const { records, metadata } = service.search(statement, text, version)
  if (Number(version) < 37) return records
  return { searchRecords: records, ...(statement.metadata && { metadata: { entityMetadata: metadata } }) }
}
