import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import type { Fault } from './fault.ts'
import { truncateAnswer } from './truncate.ts'

/** Lets a fault happen to a request, before any road sees it. Sends the answer itself when the fault is one. */
export async function inject(org: Org, fault: Fault, call: FastifyRequest, reply: FastifyReply): Promise<void> {
  // An answer that is held back does not hold the process: a closed emulator ends at once.
  if (fault.delay) await wait(fault.delay, undefined, { ref: false })
  if (fault.expireSession) org.sessions.expireAll()
  if (fault.reset) {
    reply.hijack()
    call.raw.socket.resetAndDestroy()
    return
  }
  if (fault.truncate !== undefined) truncateAnswer(reply.raw, fault.truncate)
  for (const [name, value] of Object.entries(fault.headers ?? {})) reply.header(name, value)
  if (isAnswer(fault)) await answer(fault, reply)
}

function isAnswer(fault: Fault): boolean {
  return fault.status !== undefined || fault.errorCode !== undefined || fault.body !== undefined
}

async function answer(fault: Fault, reply: FastifyReply): Promise<void> {
  const { errorCode, message = 'Injected fault' } = fault
  const body = fault.body ?? (errorCode === undefined ? '' : [{ message, errorCode }])
  reply.code(fault.status ?? (errorCode === undefined ? 200 : 400))
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (typeof body !== 'string' && !reply.hasHeader('content-type')) reply.type('application/json;charset=UTF-8')
  await reply.send(text)
}
