import type { FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'

/** A hook for the roads of a resource that came with API version `oldest`: before it there is no such resource. */
export function since(oldest: number): (call: FastifyRequest) => Promise<void> {
  return async (call) => {
    if (Number((call.params as { version: string }).version) >= oldest) return
    throw new WireError(404, { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' })
  }
}
