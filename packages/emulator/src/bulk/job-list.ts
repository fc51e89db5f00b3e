import { bulkError } from './errors.ts'

/** One page of a list of jobs. */
export interface JobPage<Job> {
  readonly jobs: readonly Job[]
  /** Locator of the next page; undefined on the last. */
  readonly next: string | undefined
}

/** What a caller of a list may ask for. */
export interface ListQuery {
  readonly isPkChunkingEnabled?: string
  readonly jobType?: string
  readonly concurrencyMode?: string
  readonly queryLocator?: string
}

/** Jobs per page of a list (Bulk API 2.0 guide, "Get All Jobs"). */
const PAGE = 1000

/** Kinds of jobs that the parameter jobType knows; those of Bulk API and of big objects are not to be found here. */
const JOB_TYPES: ReadonlySet<string> = new Set(['V2Ingest', 'V2Query', 'Classic', 'BigObjectIngest'])

/**
 * A page of jobs in the order of their creation.
 *
 * @param jobType the type of all these jobs.
 * @throws WireError 400 for a locator that is none of ours and a parameter with an unknown value.
 */
export function jobPage<Job>(jobs: readonly Job[], jobType: 'V2Ingest' | 'V2Query', query: ListQuery): JobPage<Job> {
  const chosen = isAskedFor(jobType, query) ? jobs : []
  const { queryLocator } = query
  const start = queryLocator === undefined ? 0 : Number(/^01g[0-9A-Za-z]+-(\d+)$/.exec(queryLocator)?.[1])
  if (!Number.isInteger(start) || start > chosen.length) {
    throw bulkError('INVALID_QUERY_LOCATOR', 'invalid query locator')
  }
  const end = start + PAGE
  return { jobs: chosen.slice(start, end), next: end < chosen.length ? `01gfw0000000000AAA-${end}` : undefined }
}

/** Where the next page of a list is: the parameters of the call come along. */
export function nextListUrl(road: string, query: ListQuery, next: string): string {
  return `${road}?${new URLSearchParams({ ...query, queryLocator: next })}`
}

/** Nothing here is chunked by primary key, and all of it runs in parallel. */
function isAskedFor(
  type: string,
  { isPkChunkingEnabled = 'false', jobType = type, concurrencyMode }: ListQuery,
): boolean {
  if (!JOB_TYPES.has(jobType)) throw unknownParameter('jobType', jobType)
  if (isPkChunkingEnabled !== 'true' && isPkChunkingEnabled !== 'false') {
    throw unknownParameter('isPkChunkingEnabled', isPkChunkingEnabled)
  }
  if (concurrencyMode !== undefined && !/^(?:parallel|serial)$/i.test(concurrencyMode)) {
    throw unknownParameter('concurrencyMode', concurrencyMode)
  }
  return jobType === type && isPkChunkingEnabled === 'false' && !/^serial$/i.test(concurrencyMode ?? '')
}

function unknownParameter(name: string, value: string): Error {
  return bulkError('API_ERROR', `Invalid value: '${value}' supplied for parameter: '${name}'`)
}
