import type { ApiRequest, CallOptions } from '../http/connection.ts'
import { refusedWhenRepeated } from '../http/repeated.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** An upload gets time for 50 bytes a millisecond on top of the wait for its answer. */
const BYTES_PER_MILLISECOND = 50
const ANSWER_TIMEOUT = 120_000
/** How long an attempt to abort a job may take; an error waits meanwhile to be thrown. */
const ABORT_TIMEOUT = 10_000

/**
 * Makes a job of a part: creates it, uploads the data and says that the data is complete. A job whose upload fails is
 * aborted, so that it does not stay open.
 *
 * @param onCreated - Waited for before the first byte is sent; what it throws ends the upload.
 */
export async function uploadPart(
  road: JobRoad<IngestJob>,
  part: IngestPart,
  options: SettledIngestOptions,
  call: CallOptions,
  onCreated: (job: IngestJob) => Promise<void> | void,
): Promise<IngestJob> {
  const created = await road.create(jobRequest(part, options), call)
  try {
    await onCreated(created)
    await putData(road, created.id, part, options.compress, call)
    const completed = await road.complete(created.id, part.rows, call)
    // The second answer leaves out what the first one said. It is about the same job, however it writes the Id.
    return { ...created, ...completed, id: created.id }
  } catch (error) {
    await abortQuietly(road, created.id)
    throw error
  }
}

/**
 * Aborts a job if that is still possible and answers what became of it; whatever that is, it must not hide the error
 * that led here.
 */
export async function abortQuietly(road: JobRoad<IngestJob>, id: string): Promise<IngestJob | undefined> {
  try {
    return await road.abort(id, { timeout: ABORT_TIMEOUT, retry: false })
  } catch (error) {
    road.connection.warn(`Bulk job ${id} could not be aborted: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

function jobRequest(part: IngestPart, options: SettledIngestOptions): Readonly<Record<string, string>> {
  const { object, operation, externalIdField, assignmentRuleId } = options
  return {
    object,
    operation,
    contentType: 'CSV',
    columnDelimiter: part.columnDelimiter,
    lineEnding: part.lineEnding,
    ...(operation === 'upsert' && externalIdField ? { externalIdFieldName: externalIdField } : {}),
    ...(assignmentRuleId ? { assignmentRuleId } : {}),
  }
}

/**
 * The address is made from the Id, since the `contentUrl` that Salesforce gives lacks its leading slash and, in its
 * documentation, the `v` of the version. Until the 201 an upload may be sent again from its start.
 */
async function putData(
  road: JobRoad<IngestJob>,
  id: string,
  part: IngestPart,
  compress: boolean,
  call: CallOptions,
): Promise<void> {
  const { connection } = road
  const gzip = compress ? connection.gzip : undefined
  const size = gzip === undefined ? { 'content-length': String(part.bytes) } : { 'content-encoding': 'gzip' }
  const request: ApiRequest = {
    method: 'PUT',
    path: road.address(id, '/batches'),
    headers: { 'content-type': 'text/csv', ...size },
    body: () => (gzip === undefined ? part.open() : gzip(part.open())),
    replay: 'always',
  }
  const timeout = call.timeout ?? ANSWER_TIMEOUT + Math.ceil(part.bytes / BYTES_PER_MILLISECOND)
  try {
    const response = await connection.stream(request, { ...call, timeout })
    for await (const _ of response.body) {
      // An answer is read to its end, so that its connection can be used again.
    }
  } catch (error) {
    // An earlier attempt arrived although its answer did not. The count of rows proves later that all of it did.
    if (!(refusedWhenRepeated(error) && [400, 409].includes(error.status))) throw error
  }
}
