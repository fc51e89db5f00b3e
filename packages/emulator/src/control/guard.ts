import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** True for the roads of the control plane and the status page, which are neither logged nor hit by faults. */
export function isControlRoad({ url }: { readonly url: string }): boolean {
  return /^\/(?:_emulator(?:[/?]|$)|\?|$)/.test(url)
}

/**
 * Keeps web pages away from the control plane. A browser tells the page's Origin with every POST, where a request comes
 * from as `Sec-Fetch-Site` (Fetch Metadata), and a page that reaches loopback under a name of its own (DNS rebinding) tells
 * that name as Host; none of them is ever a local tool's. Following a link to a page is no harm: nobody else reads it.
 */
export async function refuseForeign(call: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = call.headers
  const foreignOrigin = origin !== undefined && origin !== `http://${call.host}`
  const foreignSite = (site === 'cross-site' || site === 'same-site') && mode !== 'navigate'
  const boundToLoopback = isLoopback(call.socket.localAddress ?? '')
  const foreignHost = boundToLoopback && !isLocalName(call.hostname)
  if (foreignOrigin || foreignSite) await refuse(reply, 'a foreign Origin')
  else if (foreignHost) await refuse(reply, 'a foreign Host')
}

/**
 * Keeps secrets from pages that got here by DNS rebinding, also where the emulator is bound to other addresses than
 * loopback: such a page has a name, so only addresses and local names are answered.
 */
export async function refuseForeignNames(call: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.sent || isLocalName(call.hostname) || isIP(unbracketed(call.hostname)) > 0) return
  await refuse(reply, 'a foreign Host')
}

async function refuse(reply: FastifyReply, whom: string): Promise<void> {
  const message = `The control plane refuses requests of ${whom}`
  await reply.code(403).send([{ message, errorCode: 'FORBIDDEN' }])
}

function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isLoopback(unbracketed(name))
}

function unbracketed(name: string): string {
  return name.replace(/^\[|\]$/g, '')
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1'
}
