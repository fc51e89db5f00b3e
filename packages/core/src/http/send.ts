import { checkedCharacters, isBytes, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { isIterable, openInput } from '../iterable.ts'
import type { Call } from './call.ts'
import { maskOf } from './mask.ts'
import { networkError } from './network-error.ts'
import type { Next, PipelineRequest } from './policy.ts'
import type { Transport, TransportRequest } from './transport.ts'
import { unusedStream, useStream } from './used-streams.ts'

/** The bottom of the pipeline: one attempt on the wire. */
export function send(transport: Transport, bodyTimeout: number): Next {
  return async (request) => {
    const { call } = request
    // The caller may have left while others' login, a middleware or the queue kept the call waiting.
    call.signal.throwIfAborted()
    const source: Source = {}
    const wire = wireRequest(request, source, bodyTimeout)
    call.attempts += 1
    try {
      const response = await transport(wire)
      call.freeSlot?.()
      return response
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      // What the caller's own stream threw is the caller's, not the network's.
      if (source.failure !== undefined) throw source.failure.reason
      throw networkError(error, calledAddress(error) ?? wire.url, call.describe(), maskOf(request))
    }
  }
}

/** Remembers what the stream of a body threw. */
interface Source {
  failure?: { readonly reason: unknown }
}

function wireRequest(request: PipelineRequest, source: Source, bodyTimeout: number): TransportRequest {
  const { method, headers, body, call } = request
  const url = `${request.origin ?? ''}${request.path}`
  const payload = typeof body === 'function' ? watched(freshStream(body, call), source) : body
  return { method, url, headers, body: payload, signal: call.signal, bodyTimeout }
}

/** A stream without a byte was most likely read before; what is sent in its stead would be taken for the whole body. */
async function* watched(stream: AsyncIterable<unknown>, source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  useStream(stream)
  let empty = true
  try {
    for await (const chunk of openInput('the body', stream)) {
      const bytes = bytesOf(chunk)
      empty &&= bytes.byteLength === 0
      yield bytes
    }
    if (empty) {
      throw new ConfigurationError(
        'The stream of the body has no bytes, and may have been read before; make a fresh one each time, or give an empty text to send nothing.',
      )
    }
  } catch (reason) {
    source.failure = { reason }
    throw reason
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (isBytes(chunk)) return chunk
  const option = 'A chunk of the body'
  if (typeof chunk === 'string') return new TextEncoder().encode(checkedCharacters(option, chunk))
  return refuse(option, 'bytes or a text', chunk)
}

/**
 * A stream is made anew for each attempt; a used one cannot be sent again.
 *
 * @throws ConfigurationError when there is none; its cause is why it was needed again.
 */
function freshStream(make: () => AsyncIterable<Uint8Array>, call: Call): AsyncIterable<Uint8Array> {
  try {
    const stream: unknown = make()
    const option = 'What the function body makes'
    const streams = isIterable(stream) && Symbol.asyncIterator in (stream as object)
    return streams ? unusedStream(option, stream as AsyncIterable<Uint8Array>) : refuse(option, 'a stream', stream)
  } catch (error) {
    if (!(error instanceof ConfigurationError) || call.failure === undefined) throw error
    throw new ConfigurationError(error.message, { cause: call.failure, request: call.describe() })
  }
}

/** Where the host owns the address, only its transport knows what was called; it says so on its error. */
function calledAddress(error: unknown): string | undefined {
  const { url } = error as { url?: unknown }
  return typeof url === 'string' ? url : undefined
}
