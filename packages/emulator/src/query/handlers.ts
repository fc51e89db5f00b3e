import type { FastifyRequest } from 'fastify'
import { answeringSoqlErrors, invalidLocator, missingQuery } from './errors.ts'
import type { QueryPage, QueryService } from './model.ts'

/** Path and query parts of the query roads. */
export interface QueryRoute {
  Params: { version: string; locator?: string }
  Querystring: { q?: string; explain?: string; columns?: string }
}

type QueryCall = FastifyRequest<QueryRoute>

/** `GET /query` and `GET /queryAll`: the first page, the plan for `explain`, or what the columns are for `columns=true`. */
export function firstPage(service: QueryService, road: 'query' | 'queryAll', call: QueryCall): object {
  const { q, explain, columns } = call.query
  if (explain !== undefined && explain !== '') return answeringSoqlErrors(() => plan(service, explain))
  if (q === undefined || q === '') throw missingQuery()
  if (columns === 'true') return answeringSoqlErrors(() => service.columns(q))
  const { version } = call.params
  const page = answeringSoqlErrors(() =>
    service.query({ soql: q, includeDeleted: road === 'queryAll', batchSize: batchSize(call), version }),
  )
  return pageBody(page, version)
}

/** `GET /query/{locator}`: a later page, of either road. */
export function laterPage(service: QueryService, call: QueryCall): object {
  const { version, locator = '' } = call.params
  const page = service.more(locator, { batchSize: batchSize(call), version })
  if (page === undefined) throw invalidLocator()
  return pageBody(page, version)
}

/** A page of a result as every query road answers it. */
export function pageBody({ totalSize, records, next }: QueryPage, version: string): object {
  if (next === undefined) return { totalSize, done: true, records }
  return { totalSize, done: false, nextRecordsUrl: `/services/data/v${version}/query/${next}`, records }
}

function plan(service: QueryService, soql: string): object {
  const { object, cardinality, objectCardinality } = service.explain(soql)
  const plans = [
    {
      cardinality,
      fields: [],
      leadingOperationType: 'TableScan',
      notes: [],
      relativeCost: 1,
      sobjectCardinality: objectCardinality,
      sobjectType: object,
    },
  ]
  return { plans, sourceQuery: soql }
}

const BATCH_SIZE = /batchSize\s*=\s*(\d+)/i

/** Rows per page from Sforce-Query-Options: 200 to 2,000, 2,000 unless asked (REST, "Query Options Header"). */
export function batchSize(call: FastifyRequest): number {
  const asked = BATCH_SIZE.exec(String(call.headers['sforce-query-options'] ?? ''))?.[1]
  return asked === undefined ? 2000 : Math.min(2000, Math.max(200, Number(asked)))
}
