import type { ServerResponse } from 'node:http'

/** Lets `bytes` bytes of the body through and then drops the connection, whatever writes the answer. */
export function truncateAnswer(response: ServerResponse, bytes: number): void {
  const write = response.write.bind(response) as (chunk: Uint8Array) => boolean
  let left = bytes

  const pass = (chunk: unknown): boolean => {
    const whole = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array)
    const part = whole.subarray(0, left)
    left -= part.length
    const more = part.length > 0 && write(part)
    if (left === 0) drop()
    return more
  }
  const drop = (): void => {
    response.flushHeaders()
    response.socket?.destroySoon()
  }

  response.write = pass as typeof response.write
  response.end = ((chunk?: unknown) => {
    if (chunk && typeof chunk !== 'function') pass(chunk)
    drop()
    return response
  }) as typeof response.end
}
