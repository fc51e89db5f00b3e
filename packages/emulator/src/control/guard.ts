import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** True for the roads of the control plane, which are neither logged nor hit by faults. */
export function isControlRoad(call: FastifyRequest): boolean {
  return call.url === '/_emulator' || call.url.startsWith('/_emulator/')
}

/**
 * Keeps web pages away from the control plane. A browser tells the page's Origin with every POST, and a page that reaches
 * loopback under a name of its own (DNS rebinding) tells that name as Host; neither is ever a local tool's.
 */
export async function refuseForeign(call: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin } = call.headers
  const foreignOrigin = origin !== undefined && origin !== `http://${call.host}`
  const boundToLoopback = isLoopback(call.socket.localAddress ?? '')
  const foreignHost = boundToLoopback && !isLocalName(call.hostname)
  if (!foreignOrigin && !foreignHost) return
  const message = `The control plane refuses requests of a foreign ${foreignOrigin ? 'Origin' : 'Host'}`
  await reply.code(403).send([{ message, errorCode: 'FORBIDDEN' }])
}

function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isLoopback(name.replace(/^\[|\]$/g, ''))
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1'
}
