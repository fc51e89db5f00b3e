import { ProtocolError } from '../errors/protocol-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import { letGo } from '../http/body.ts'
import type { ApiRequest, ApiResponse, CallOptions, Connection } from '../http/connection.ts'
import type { Batch, BatchReader } from './result-batch.ts'

/** One CSV of results, and how to know that it is whole. */
export interface ResultPage {
  readonly request: ApiRequest
  /** The answer, where it was asked for ahead. */
  readonly ahead?: Promise<ApiResponse> | undefined
  /** Records that must be in it. Default: what the header `Sforce-NumberOfRecords` says, if it is there. */
  readonly expected?: number | undefined
  /** Whether there is a header line even when there are no records. */
  readonly headed?: boolean | undefined
}

/**
 * Makes a reader for an answer. `counted` says that it has to count the records, since nothing else tells whether the
 * answer is whole.
 */
export type MakeReader<T> = (counted: boolean) => BatchReader<T>

/** What came of a result: records or bytes, with how many records and bytes of CSV that were. */
export interface ReadBatch<T> {
  readonly records: T
  readonly count: number
  readonly bytes: number
}

/**
 * Reads one result CSV and hands it out batch by batch, with the number of records that came. A download that breaks
 * off or holds another number of records than announced is asked for again, and goes on after what was handed out:
 * Salesforce keeps results unchanged. The second failure in a row without any progress is final.
 * @throws ProtocolError when records are missing twice.
 */
export async function* readResultPage<T>(
  connection: Connection,
  page: ResultPage,
  makeReader: MakeReader<T>,
  call: CallOptions,
): AsyncGenerator<ReadBatch<T>, void, undefined> {
  let { ahead } = page
  let delivered = 0
  let told = 0
  let toldBytes = 0
  let failures = 0
  let again = false
  for (;;) {
    const before = delivered
    try {
      const response = await (ahead ?? resultAnswer(connection, page.request, call))
      ahead = undefined
      const reader = makeReader(again || !isFramed(response))
      let seen = 0
      let length = 0
      let first = ''
      const news = (batch: Batch<T>, records = reader.records ?? 0): ReadBatch<T> | undefined => {
        const skip = Math.min(Math.max(delivered - seen, 0), batch.size)
        seen += batch.size
        const count = Math.max(records - told, 0)
        told += count
        if (skip === batch.size && count === 0) return undefined
        delivered = Math.max(delivered, seen)
        const bytes = Math.max(length - toldBytes, 0)
        toldBytes += bytes
        return { count, records: batch.take(skip), bytes }
      }
      for await (const chunk of response.body) {
        first ||= firstCharacter(chunk)
        // However the answer calls itself; no name of a column begins like HTML, XML or JSON.
        if ('<{['.includes(first || '-')) throw noCsv(page.request, response)
        length += chunk.length
        const found = news(reader.push(chunk))
        if (found !== undefined) yield found
      }
      const rest = reader.end()
      // Before the last record is handed out: where the download broke off, that may be a torn one.
      const records = checkedCount(page, response, length, reader.records)
      if (page.headed === true && length === 0)
        throw new ProtocolError(`The bulk result ${page.request.path} is empty.`)
      const last = news(rest, records)
      if (last !== undefined) yield last
      return
    } catch (error) {
      ahead = undefined
      again = true
      const brokenOff = error instanceof TransportError
      if (call.signal?.aborted || !(brokenOff || error instanceof ProtocolError)) throw error
      if (brokenOff && delivered > before) failures = 0
      failures += 1
      if (failures > 1) throw error
      connection.warn(`A bulk result is being fetched again after ${told} records: ${error.message}`)
    }
  }
}

/**
 * Asks for a result CSV. A page of a proxy would pass for a CSV of one column, and for the last one of a list; it is
 * asked again once.
 *
 * @throws ProtocolError when there is a page again.
 */
export async function resultAnswer(
  connection: Connection,
  request: ApiRequest,
  call: CallOptions,
): Promise<ApiResponse> {
  const first = await connection.stream(request, call)
  if (!isPage(first)) return first
  await letGo(first.body)
  const second = await connection.stream(request, call)
  if (!isPage(second)) return second
  await letGo(second.body)
  throw noCsv(request, second)
}

function isPage({ headers }: ApiResponse): boolean {
  return /html|json/.test(headers['content-type'] ?? '')
}

/** The first character that shows; empty where there is none. */
function firstCharacter(beginning: Uint8Array): string {
  return new TextDecoder().decode(beginning.subarray(0, 1000)).trimStart().slice(0, 1)
}

function noCsv({ path }: ApiRequest, { headers }: ApiResponse): ProtocolError {
  const type = headers['content-type'] ?? 'no content type'
  return new ProtocolError(
    `The bulk result ${path} is a page instead of a CSV (${type}); a proxy or a login page may sit in between.`,
  )
}

/** Whether HTTP itself tells where the body ends (RFC 9112, 8): its transport fails when it ends before. */
function isFramed({ headers }: ApiResponse): boolean {
  return 'content-length' in headers || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '')
}

/** The number of records, once nothing speaks against it. */
function checkedCount(
  { request, expected }: ResultPage,
  { headers }: ApiResponse,
  length: number,
  counted: number | undefined,
): number {
  const announced = headers['sforce-numberofrecords']
  const total = expected ?? (announced === undefined || announced === '' ? Number.NaN : Number(announced))
  const seen = counted ?? (Number.isNaN(total) ? 0 : total)
  const again = 'Fetch the results of the job again.'
  if (!Number.isNaN(total) && total !== seen) {
    throw new ProtocolError(
      `The bulk result ${request.path} holds ${seen} records where Salesforce announced ${total}. ${again}`,
    )
  }
  // The length is that on the wire: of a body that its host has decompressed there is more.
  if (length < Number(headers['content-length'] ?? 0)) {
    throw new ProtocolError(`The bulk result ${request.path} ended after ${length} bytes, before its end. ${again}`)
  }
  return seen
}
