import type { ApiError } from '../errors/api-error.ts'
import type { ApiRequest, CallOptions } from '../http/connection.ts'
import { refusedWhenRepeated } from '../http/repeated.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** An upload gets time for 50 bytes a millisecond on top of the wait for its answer. */
const BYTES_PER_MILLISECOND = 50
/** How Salesforce refuses an upload to a job that has one; it writes "multipe". */
const SECOND_UPLOAD = /\bmultipl?e contents\b/i
/** How long an attempt to abort a job may take; an error waits meanwhile to be thrown. */
const ABORT_TIMEOUT = 10_000

/** Who is told about the jobs of a part. */
export interface UploadTold {
  /** Waited for before the first byte is sent; what it throws ends the upload. */
  readonly onCreated: (job: IngestJob) => Promise<unknown>
  /** Waited for before Salesforce is told that all rows are there; what it throws ends the upload. */
  readonly onClosing: () => Promise<unknown>
  /** The job was aborted before it got to work, and another one takes its rows. */
  readonly onReplaced: (job: IngestJob) => void
}

/**
 * Makes a job of a part: creates it, uploads the data and says that the data is complete. A job whose upload fails is
 * aborted, so that it does not stay open. Where nobody can tell whether the data arrived, it is uploaded once more, to
 * another job: one that was aborted while it was open has done nothing.
 */
export async function uploadPart(
  road: JobRoad<IngestJob>,
  part: IngestPart,
  options: SettledIngestOptions,
  call: CallOptions,
  { onCreated, onClosing, onReplaced }: UploadTold,
): Promise<IngestJob> {
  for (let isSecond = false; ; isSecond = true) {
    const created = await road.create(jobRequest(part, options), call)
    const { id } = created
    let unclear: ApiError | undefined
    try {
      await onCreated(created)
      unclear = await putData(road, id, part, options.compress, call)
      if (unclear !== undefined && !isSecond) throw unclear
      if (unclear !== undefined) {
        road.connection.warn(
          `Bulk job ${id} may have no rows: its upload was refused when repeated, ${unclear.message}`,
        )
      }
      await onClosing()
      const completed = await road.complete(id, part.rows, call)
      // The second answer leaves out what the first one said. It is about the same job, however it writes the Id.
      return { ...created, ...completed, id }
    } catch (error) {
      const aborted = await abortQuietly(road, id)
      if (isSecond || unclear === undefined || error !== unclear || aborted?.state !== 'Aborted') throw error
      onReplaced(created)
    }
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
    const { connection } = road
    const reason = error instanceof Error ? error.message : error
    // A load whose client was closed names all of its jobs at once.
    if (!connection.closing.aborted) connection.warn(`Bulk job ${id} could not be aborted: ${reason}`)
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
 * documentation, the `v` of the version. Until the 201 an upload may be sent again from its start. Answers the refusal of
 * a repeated one that does not tell whether an earlier attempt arrived.
 */
async function putData(
  road: JobRoad<IngestJob>,
  id: string,
  part: IngestPart,
  compress: boolean,
  call: CallOptions,
): Promise<ApiError | undefined> {
  const { connection } = road
  const gzip = compress ? connection.gzip : undefined
  const size = gzip === undefined ? { 'content-length': String(part.bytes) } : { 'content-encoding': 'gzip' }
  const request: ApiRequest = {
    method: 'PUT',
    path: road.address(id, '/batches'),
    headers: { 'content-type': 'text/csv', ...size },
    body: () => (gzip === undefined ? part.open() : gzip(part.open())),
    replay: 'always',
    moreTime: Math.ceil(part.bytes / BYTES_PER_MILLISECOND),
  }
  try {
    const response = await connection.stream(request, call)
    for await (const _ of response.body) {
      // An answer is read to its end, so that its connection can be used again.
    }
  } catch (error) {
    if (!(refusedWhenRepeated(error) && [400, 409].includes(error.status))) throw error
    // An earlier attempt arrived although its answer did not. The count of rows proves later that all of it did.
    return SECOND_UPLOAD.test(error.message) ? undefined : error
  }
  return undefined
}
