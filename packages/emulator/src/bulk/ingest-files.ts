import { createReadStream, createWriteStream, openSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { uploadTooLarge } from './errors.ts'
import type { IngestJob } from './ingest-job.ts'

/** Salesforce takes 150 MB of Base64, which is three quarters of that in CSV (Bulk API 2.0 guide, "Upload Job Data"). */
const MAX_BYTES = 112_500_000

/** The results of an ingest job by their names in its paths. */
export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords'

/** The files of one ingest job: what was uploaded and what became of it. Nothing of them is ever held whole. */
export class IngestFiles {
  readonly upload: string
  readonly successful: string
  readonly failed: string

  constructor(directory: string, jobId: string) {
    this.upload = join(directory, `${jobId}.csv`)
    this.successful = join(directory, `${jobId}.successful.csv`)
    this.failed = join(directory, `${jobId}.failed.csv`)
  }

  /** Writes the upload and gives its length in bytes; one that is too large or breaks off is refused. */
  async receive(body: Readable): Promise<number> {
    // A stream opens its file later, perhaps after the body has failed and the files were removed.
    const file = createWriteStream(this.upload, { fd: openSync(this.upload, 'w') })
    await pipeline(body, withinLimit, file)
    return file.bytesWritten
  }

  /** First bytes of the upload, enough for a header's line ending. */
  async head(bytes: number): Promise<string> {
    const file = await open(this.upload)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /**
   * A result of a job that is over. Rows that were never tried come straight from the upload: its header, and what
   * stands behind the last processed row.
   */
  result(kind: ResultKind, job: Pick<IngestJob, 'headerBytes' | 'processedBytes'>): Readable {
    if (kind === 'unprocessedrecords') return Readable.from(this.#unprocessed(job.headerBytes, job.processedBytes))
    return Readable.from(contents(kind === 'successfulResults' ? this.successful : this.failed))
  }

  async *#unprocessed(headerBytes: number, processedBytes: number): AsyncGenerator<Buffer> {
    if (headerBytes > 0) yield* createReadStream(this.upload, { end: headerBytes - 1 })
    yield* createReadStream(this.upload, { start: Math.max(headerBytes, processedBytes) })
  }

  /** Removes all files. */
  remove(): void {
    for (const file of [this.upload, this.successful, this.failed]) rmSync(file, { force: true })
  }
}

async function* withinLimit(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw uploadTooLarge()
    yield chunk
  }
}

/** The bytes of a file; none where it was never written, because the job failed before its first row. */
async function* contents(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
