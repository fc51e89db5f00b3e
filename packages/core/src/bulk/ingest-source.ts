import { isBytes, readable, refuse } from '../check.ts'
import type { InputRow } from '../csv/columns.ts'
import { heldErrors } from '../held-errors.ts'
import { type AnyIterable, isIterable, openInput } from '../iterable.ts'
import { Leavable } from '../leavable.ts'
import type { AnyFields } from '../schema.ts'
import { webStreamChunks } from '../web-stream.ts'

/**
 * What can be loaded: rows, one by one or as they come; or CSV with a header line, as text, bytes or a stream of
 * either (a Node `Readable` and a web `ReadableStream` are such streams). The first item tells which.
 */
export type IngestSource =
  | Iterable<AnyFields>
  | AsyncIterable<AnyFields>
  | string
  | Uint8Array
  | AsyncIterable<Uint8Array>
  | AsyncIterable<string>
  | ReadableStream

/**
 * Rows in batches, each of which is read to its end before the next. The rows of a batch may be pulled from the caller's
 * source one by one, which may give the same object again and again: each is done with before the next one is pulled.
 */
export type RowBatches = AsyncIterable<Iterable<InputRow>>

/** A source whose kind is known. Reading it pulls from the caller's source and nothing more. */
export type OpenedSource =
  | { readonly kind: 'rows'; readonly batches: RowBatches }
  | { readonly kind: 'csv'; readonly chunks: AsyncIterable<Uint8Array> }

type AnyIterator = AsyncIterator<unknown> | Iterator<unknown>

const CHUNK = 1 << 18

/** @throws ConfigurationError for what can hold neither rows nor a CSV. */
export function checkedSource(source: IngestSource): IngestSource {
  if (typeof source === 'string' || isBytes(source)) return source
  const name = 'The source of a bulk load'
  if (
    typeof source === 'object' &&
    source !== null &&
    readable(name, () => isIterable(source) || source instanceof ReadableStream)
  ) {
    return readable(name, () => heldErrors(source))
  }
  return refuse(name, 'rows (objects) or a CSV (text, bytes or a stream)', source)
}

/**
 * Finds out what a source holds by pulling its first item.
 *
 * @param stop - Ends the wait for a source that has nothing to give yet, as if it had come to its end.
 * @throws ConfigurationError when it is neither rows nor CSV.
 */
export async function openSource(source: IngestSource, stop: AbortSignal): Promise<OpenedSource> {
  if (typeof source === 'string' || isBytes(source)) return { kind: 'csv', chunks: chunksOf([source]) }
  const iterator = iteratorOf(checkedSource(source) as Exclude<IngestSource, string | Uint8Array>, stop)
  const first = await iterator.next()
  if (first.done === true) return { kind: 'rows', batches: batchesOf([]) }
  if (typeof first.value === 'string' || isBytes(first.value)) {
    return { kind: 'csv', chunks: chunksOf(resumed(first, iterator) as AsyncIterable<string | Uint8Array>) }
  }
  return { kind: 'rows', batches: batchesOf(resumed(first, iterator) as AsyncIterable<InputRow>) }
}

/** Lets go of a source that need not be read: a stream would keep its file or connection open. */
export function leaveSource(source: IngestSource): void {
  if (typeof source === 'string' || isBytes(source)) return
  try {
    new Leavable(streamOf(source)).leave()
  } catch {
    // One that cannot be opened holds nothing open.
  }
}

/** A synchronous source is never waited for. */
function iteratorOf(source: Exclude<IngestSource, string | Uint8Array>, stop: AbortSignal): AnyIterator {
  if (!(Symbol.asyncIterator in source) && Symbol.iterator in source)
    return (openInput('the source', source) as Iterable<unknown>)[Symbol.iterator]()
  const input = new Leavable(streamOf(source))
  stop.addEventListener('abort', () => input.leave())
  return input
}

function streamOf(source: Exclude<IngestSource, string | Uint8Array>): AnyIterable<unknown> {
  return source instanceof ReadableStream ? webStreamChunks(source) : source
}

/** The rest of an iterator with its first item put back. A synchronous one stays synchronous. */
function resumed(first: IteratorResult<unknown>, iterator: AnyIterator): AsyncIterable<unknown> | Iterable<unknown> {
  let pending: IteratorResult<unknown> | undefined = first
  const next = (): IteratorResult<unknown> | Promise<IteratorResult<unknown>> => {
    const item = pending ?? iterator.next()
    pending = undefined
    return item
  }
  const rest = { next, return: () => iterator.return?.() ?? { done: true, value: undefined } }
  const synchronous = Symbol.iterator in iterator && !(Symbol.asyncIterator in iterator)
  if (synchronous) return { [Symbol.iterator]: () => rest as Iterator<unknown> }
  return { [Symbol.asyncIterator]: () => rest as AsyncIterator<unknown> }
}

/** All rows of a synchronous source are one batch, since waiting for each of them would take longer than writing it. */
async function* batchesOf(
  rows: AsyncIterable<InputRow> | Iterable<InputRow>,
): AsyncGenerator<Iterable<InputRow>, void, undefined> {
  if (Symbol.iterator in rows) yield rows
  else for await (const row of rows) yield [row]
}

async function* chunksOf(
  parts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder()
  let half = ''
  for await (const part of parts) {
    if (typeof part === 'string') {
      const text = half + part
      // A character of two code units may be cut in two by the source.
      half = endsInHalfCharacter(text) ? text.slice(-1) : ''
      const whole = half === '' ? text : text.slice(0, -1)
      for (let at = 0; at < whole.length; ) {
        let end = Math.min(at + CHUNK, whole.length)
        if (end < whole.length && endsInHalfCharacter(whole.slice(end - 1, end))) end -= 1
        yield encoder.encode(whole.slice(at, end))
        at = end
      }
    } else {
      for (let at = 0; at < part.length; at += CHUNK) yield part.subarray(at, at + CHUNK)
    }
  }
  if (half !== '') yield encoder.encode(half)
}

function endsInHalfCharacter(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}
