import { createHash, type Hash, randomUUID } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What the key of a blob tells of its bytes. */
export interface BlobFacts {
  /** Length in bytes. */
  readonly size: number
  /** MD5 of the bytes in hexadecimal, as ContentVersion.Checksum shows it. */
  readonly checksum: string
}

/**
 * The bytes behind base64 fields (ContentVersion.VersionData, Attachment.Body, Document.Body), one file for each content.
 *
 * A record's column holds the blob's key, which says size and checksum, so that derived fields need no file. Blobs never
 * change: a write of other bytes has another key, and a rolled back transaction leaves nothing but an unused file.
 */
export class BlobStore {
  readonly #home: string | undefined
  #directory: string | undefined

  /** @param home folder that keeps the blobs; a temporary one, removed by {@link BlobStore.close}, when absent. */
  constructor(home?: string) {
    this.#home = home
  }

  /** Keeps bytes that are at hand and gives their key. */
  put(bytes: Uint8Array): string {
    const key = keyOf(createHash('md5').update(bytes), bytes.length)
    writeFileSync(this.#path(key), bytes)
    return key
  }

  /** Keeps bytes as they come in, without holding them, and gives their key. Rejects as the source does. */
  async receive(body: AsyncIterable<Uint8Array>): Promise<string> {
    const hash = createHash('md5')
    let size = 0
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        hash.update(chunk)
        size += chunk.length
        yield chunk
      }
    }
    const unfinished = this.#path(`unfinished-${randomUUID()}`)
    // A stream opens its file later, perhaps after the source has failed and the file was removed.
    const fd = openSync(unfinished, 'wx')
    try {
      await pipeline(counted, createWriteStream(unfinished, { fd }))
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw error
    }
    const key = keyOf(hash, size)
    renameSync(unfinished, this.#path(key))
    return key
  }

  /** The bytes of a blob as a stream. */
  read(key: string): Readable {
    return createReadStream(this.#path(key))
  }

  /** Forgets every blob. */
  clear(): void {
    const directory = this.#directory ?? this.#home
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
    this.#directory = undefined
  }

  /** Removes the folder where it is a temporary one. */
  close(): void {
    if (this.#home === undefined) this.clear()
  }

  #path(name: string): string {
    this.#directory ??= this.#made()
    return join(this.#directory, name)
  }

  #made(): string {
    if (this.#home === undefined) return mkdtempSync(join(tmpdir(), 'forcewire-blobs-'))
    mkdirSync(this.#home, { recursive: true })
    return this.#home
  }
}

/** Bytes that came outside of the JSON they belong to (a part of a multipart body) and are in the store already. */
export class StoredBlob {
  readonly key: string

  constructor(key: string) {
    this.key = key
  }
}

/** Size and checksum of the bytes that a key names. */
export function blobFacts(key: string): BlobFacts {
  const [checksum = '', size] = key.split('-')
  return { checksum, size: Number(size) }
}

function keyOf(hash: Hash, size: number): string {
  return `${hash.digest('hex')}-${size}`
}
