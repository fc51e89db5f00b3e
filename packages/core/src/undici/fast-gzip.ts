import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'

/**
 * Compresses by node:zlib at level 1, which makes a CSV about a fifth of its size at a third of the usual effort.
 * `pipeline` passes errors of either side on and destroys the other one when a loop is left early.
 */
export function fastGzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(bytes, createGzip({ level: 1 }), () => {})
}
