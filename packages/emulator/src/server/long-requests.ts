import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Bytes that an address may have, and that an address and the headers may have together: beyond it is 414 or 431 (REST API
 * Developer Guide, "Status Codes and Error Responses"; Salesforce Help 000386264).
 */
const MOST_BYTES = 16_384

/** Bytes of address and headers that are read at all; what is longer never becomes a request. */
export const READABLE_BYTES = 1_048_576

/** What an org says in the place of an error, as a page for people (recorded: `pasted-html-long-uri`). */
const PAGE = `<!DOCTYPE html>
<html>
<head></head>
<body><p>We are down for maintenance.</p><p>Sorry for the inconvenience. We'll be back shortly.</p></body>
</html>
`

/** Answers a request that is too long for Salesforce and says so. */
export function refusedForLength(call: FastifyRequest, reply: FastifyReply): boolean {
  const address = Buffer.byteLength(call.originalUrl)
  if (address + headerBytes(call) <= MOST_BYTES) return false
  reply
    .code(address > MOST_BYTES ? 414 : 431)
    .type('text/html; charset=UTF-8')
    .send(PAGE)
  return true
}

/** Answers what never became a request: 431 where its head has no end, 400 where it is no HTTP. */
export function answerUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return
  const [status, page] =
    code === 'HPE_HEADER_OVERFLOW' ? ['431 Request Header Fields Too Large', PAGE] : ['400 Bad Request', '']
  const length = Buffer.byteLength(page)
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: ${length}\r\nConnection: close`
  socket.end(`${head}\r\n\r\n${page}`)
}

/** Names and values, with the four bytes of `: ` and the line's end. */
function headerBytes({ raw }: FastifyRequest): number {
  return raw.rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text) + 2, 0)
}
