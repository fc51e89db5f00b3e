import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Fault } from './fault.ts'

/** Lets `bytes` bytes of the body through and then lets the answer end like that, whatever writes it. */
export function truncateAnswer(response: ServerResponse, bytes: number, ending: Fault['ending'] = 'drop'): void {
  const write = response.write.bind(response) as (chunk: Uint8Array) => boolean
  const end = response.end.bind(response) as () => void
  let left = bytes

  const pass = (chunk: unknown): boolean => {
    const whole = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array)
    const part = whole.subarray(0, left)
    left -= part.length
    const more = part.length > 0 && write(part)
    if (left === 0) cut()
    return more
  }
  const cut = (): void => {
    response.flushHeaders()
    if (ending === 'drop') response.socket?.destroySoon()
    if (ending === 'whole') end()
  }

  if (ending === 'whole') tellNoLength(response)
  response.write = pass as typeof response.write
  response.end = ((chunk?: unknown) => {
    if (chunk && typeof chunk !== 'function') pass(chunk)
    cut()
    return response
  }) as typeof response.end
}

/** An answer that tells how long it is cannot pass for whole when it is cut. */
function tellNoLength(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers: OutgoingHttpHeaders,
  ) => ServerResponse
  response.writeHead = ((status: number, { 'content-length': _, ...headers }: OutgoingHttpHeaders = {}) => {
    response.removeHeader('content-length')
    return writeHead(status, headers)
  }) as typeof response.writeHead
}
