import { checkedCharacters, checkedWholeNumber, isBytes, readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { heldErrors } from '../held-errors.ts'
import { unusedStream, useStream } from '../http/used-streams.ts'
import { isIterable, openInput } from '../iterable.ts'
import { webStreamChunks } from '../web-stream.ts'
import { OneTimeStream } from './one-time-stream.ts'

/** Bytes as they come, from a Node `Readable`, a web `ReadableStream` or a generator; texts among them become UTF-8. */
export type ByteStream = AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array>

/**
 * The bytes of a file: in memory, as a text (sent as UTF-8), as a `Blob` (`openAsBlob` of `node:fs` makes one of a file
 * without reading it), or as a stream. A stream can be read only once, so an upload of more than 4 MiB of it is never
 * repeated; a function that makes a fresh stream for each attempt can always be.
 */
export type FileData = Uint8Array | string | Blob | ByteStream | (() => ByteStream)

/** File data that is ready to be sent, once or several times. */
export interface OpenedData {
  /** Bytes, where it is known. */
  readonly size: number | undefined
  /** The bytes from the beginning. @throws ConfigurationError when they cannot be read again. */
  open(): AsyncIterable<Uint8Array>
  /** Lets go of what was given. */
  close(): void
}

const kinds = 'bytes, a text, a Blob, a stream of bytes or a function that makes one'

/**
 * Finds out what was given. Nothing is read yet.
 *
 * @param size - Bytes of a stream, where its owner knows them; the stream is held to it.
 * @throws ConfigurationError when it is no data of a file.
 */
export function openData(data: FileData, size?: number): OpenedData {
  return readable('data', () => opened(data, size))
}

function opened(data: FileData, size: number | undefined): OpenedData {
  if (typeof data === 'string') return inMemory(new TextEncoder().encode(checkedCharacters('data', data)), size)
  if (isBytes(data)) return inMemory(data, size)
  if (typeof Blob === 'function' && data instanceof Blob) {
    return { size: agreed(data.size, size), open: () => bytesOf(data.stream()), close: () => {} }
  }
  const known = size === undefined ? undefined : checkedWholeNumber('size', size, 0)
  return typeof data === 'function' ? madeAnew(data, known) : givenOnce(checkedStream(data), known)
}

function madeAnew(make: () => ByteStream, size: number | undefined): OpenedData {
  let stream: ByteStream | undefined
  return {
    size,
    open: () => {
      const before = stream
      stream = checkedStream(make())
      if (stream !== before) letGo(before)
      return exactly(size, bytesOf(stream))
    },
    close: () => letGo(stream),
  }
}

function givenOnce(stream: ByteStream, size: number | undefined): OpenedData {
  const source = new OneTimeStream(bytesOf(stream))
  return {
    size,
    open: () => exactly(size, source.open()),
    close: () => {
      source.close()
      letGo(stream)
    },
  }
}

/** A loop that never began, or that waits for a chunk, leaves its stream open. */
function letGo(stream: ByteStream | undefined): void {
  if (stream === undefined) return
  if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy()
  else if (stream instanceof ReadableStream && !stream.locked) stream.cancel().catch(() => {})
}

function inMemory(bytes: Uint8Array, size: number | undefined): OpenedData {
  async function* open(): AsyncGenerator<Uint8Array, void, undefined> {
    if (bytes.byteLength > 0) yield bytes
  }
  return { size: agreed(bytes.byteLength, size), open, close: () => {} }
}

function agreed(actual: number, size: number | undefined): number {
  if (size === undefined || size === actual) return actual
  return refuse('size', `the size of data, which is ${actual} bytes, or left out`, size)
}

function checkedStream(data: unknown): ByteStream {
  if (typeof data !== 'object' || data === null) return refuse('data', kinds, data)
  if (!((Symbol.asyncIterator in data && isIterable(data)) || data instanceof ReadableStream))
    return refuse('data', kinds, data)
  return heldErrors(unusedStream('data', data as ByteStream))
}

async function* bytesOf(stream: ByteStream): AsyncGenerator<Uint8Array, void, undefined> {
  useStream(stream)
  const encoder = new TextEncoder()
  const source = Symbol.asyncIterator in stream ? stream : webStreamChunks(stream)
  for await (const chunk of openInput<unknown>('data', source)) {
    if (typeof chunk === 'string') yield encoder.encode(checkedCharacters('A chunk of data', chunk))
    else if (isBytes(chunk)) yield chunk
    else refuse('A chunk of data', 'bytes or a text', chunk)
  }
}

/** A stream that differs from its announced size would leave Salesforce waiting, or with half a file. */
async function* exactly(
  size: number | undefined,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sent = 0
  for await (const chunk of bytes) {
    sent += chunk.byteLength
    if (size !== undefined && sent > size) throw wrongSize(size, 'more')
    yield chunk
  }
  if (size !== undefined && sent < size) throw wrongSize(size, `only ${sent}`)
}

function wrongSize(size: number, found: string): ConfigurationError {
  return new ConfigurationError(`size says ${size} bytes, but the stream of data has ${found}; nothing was saved.`)
}
