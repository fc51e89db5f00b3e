import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts'
import { Exchange, type Head } from './exchange.ts'

/** A transport over an undici dispatcher: pooling, TLS and proxies are its business. Answers come compressed. */
export function undiciTransport(dispatcher: Dispatcher): Transport {
  return async (request) => {
    const exchange = new Exchange(request.signal)
    try {
      dispatcher.dispatch(dispatchOptions(request), exchange)
    } catch (error) {
      exchange.onResponseError(undefined, dispatchFailure(error))
    }
    const { status, headers } = await exchange.head
    if (headers['content-encoding'] !== 'gzip') {
      return { status, headers: joined(headers), whole: exchange.whole, body: exchange }
    }
    // The length is that of the compressed body.
    const { 'content-encoding': _, 'content-length': __, ...others } = headers
    return { status, headers: joined(others), body: gunzip(exchange) }
  }
}

function dispatchOptions(request: TransportRequest): Dispatcher.DispatchOptions {
  const { url, method, headers, body } = request
  const slash = url.indexOf('/', 'https://'.length)
  const end = slash === -1 ? url.length : slash
  return {
    origin: url.slice(0, end),
    path: slash === -1 ? '/' : url.slice(slash),
    method,
    headers: { 'accept-encoding': 'gzip', ...headers },
    body: (body ?? null) as Dispatcher.DispatchOptions['body'],
    // The client's own limits cover the wait for headers, over all attempts, and for each byte of a body.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as Dispatcher.DispatchOptions
}

/** Before undici 7 handlers had other methods, and the lack of them is all that its refusal tells. */
function dispatchFailure(error: unknown): unknown {
  if (!(error instanceof Error && /^invalid on\w+ method$/.test(error.message))) return error
  return new ConfigurationError('The dispatcher is one of undici 6 or older; make it with undici 7 or newer.')
}

/** May be left at any time, also before it is read: that ends the exchange. */
function gunzip(body: Exchange): AsyncIterableIterator<Uint8Array, undefined> {
  const bytes = unpacked(body)
  return {
    next: () => bytes.next(),
    return: async () => {
      const left = bytes.return(undefined)
      await body.return()
      return left
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** An answer without any byte (RFC 9112, 6.3) is empty, whatever its headers say; zlib would miss an end. */
async function* unpacked(body: Exchange): AsyncGenerator<Uint8Array, undefined, undefined> {
  const first = await body.next()
  if (first.done === true) return undefined
  const compressed = Readable.from(withFirst(first.value, body), { objectMode: false })
  // `pipeline` passes errors of either side on and destroys the other one when a loop is left early.
  yield* pipeline(compressed, createGunzip({ chunkSize: 65_536 }), () => {}) as AsyncIterable<Uint8Array>
  return undefined
}

async function* withFirst(first: Uint8Array, body: Exchange): AsyncGenerator<Uint8Array, void, undefined> {
  yield first
  yield* body
}

function joined(headers: Head['headers']): TransportResponse['headers'] {
  const result: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}
