import type { FastifyRequest } from 'fastify'

/** The address under which the client reached the emulator, `http://host:port`; answers point back to it. */
export function originOf(call: FastifyRequest): string {
  return `http://${call.host}`
}
