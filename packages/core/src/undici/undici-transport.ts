import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts'

/** A transport over an undici dispatcher: pooling, TLS and proxies are its business. Answers come compressed. */
export function undiciTransport(dispatcher: Dispatcher): Transport {
  return async (request) => {
    const response = await dispatcher.request(dispatchOptions(request))
    const headers = joined(response.headers)
    // The length is that of the compressed body.
    const { 'content-encoding': encoding, 'content-length': _, ...others } = headers
    if (encoding !== 'gzip') return { status: response.statusCode, headers, body: response.body }
    return { status: response.statusCode, headers: others, body: gunzip(response.body) }
  }
}

function dispatchOptions(request: TransportRequest): Dispatcher.RequestOptions {
  const { url, method, headers, body, signal } = request
  const slash = url.indexOf('/', 'https://'.length)
  const end = slash === -1 ? url.length : slash
  return {
    origin: url.slice(0, end),
    path: slash === -1 ? '/' : url.slice(slash),
    method,
    headers: { 'accept-encoding': 'gzip', ...headers },
    body: (body ?? null) as Dispatcher.DispatchOptions['body'],
    signal,
    // The client's own limits cover the wait for headers, over all attempts, and for each byte of a body.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as Dispatcher.RequestOptions
}

/** `pipeline` passes errors of either side on and destroys the other one when a loop is left early. */
function gunzip(body: Dispatcher.ResponseData['body']): AsyncIterable<Uint8Array> {
  return pipeline(body, createGunzip(), () => {})
}

function joined(headers: Dispatcher.ResponseData['headers']): TransportResponse['headers'] {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}
