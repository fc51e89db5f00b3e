import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import type { Fault } from './fault.ts'
import { truncateAnswer } from './truncate.ts'

/** Faults that wait until the road has done its work. */
const later = new WeakMap<FastifyRequest, Fault>()

/** Lets a fault happen to a request, before any road sees it. Sends the answer itself when the fault is one. */
export async function inject(org: Org, fault: Fault, call: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (fault.after) {
    later.set(call, fault)
    return
  }
  await befall(org, fault, reply)
  if (isAnswer(fault) && !fault.reset) await reply.send(answer(fault, reply))
}

/** Lets the fault that waited for it happen to an answer. Gives what is sent instead of `payload`, or `payload` itself. */
export async function injectLater(
  org: Org,
  call: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const fault = later.get(call)
  if (fault === undefined) return payload
  await befall(org, fault, reply)
  if (!isAnswer(fault) || fault.reset) return payload
  if (payload instanceof Readable) payload.destroy()
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name)
  return answer(fault, reply)
}

async function befall(org: Org, fault: Fault, reply: FastifyReply): Promise<void> {
  // An answer that is held back does not hold the process: a closed emulator ends at once.
  if (fault.delay) await wait(fault.delay, undefined, { ref: false })
  if (fault.expireSession) org.sessions.expireAll()
  if (fault.reset) {
    reply.hijack()
    reply.raw.socket?.resetAndDestroy()
    return
  }
  if (fault.truncate !== undefined) truncateAnswer(reply.raw, fault.truncate, fault.ending)
  if (!isAnswer(fault)) addHeaders(fault, reply)
}

function isAnswer(fault: Fault): boolean {
  return fault.status !== undefined || fault.errorCode !== undefined || fault.body !== undefined
}

/** Gives the body of the fault's own answer; its status and headers are set. */
function answer(fault: Fault, reply: FastifyReply): string {
  const { errorCode, message = 'Injected fault' } = fault
  const body = fault.body ?? (errorCode === undefined ? '' : [{ message, errorCode }])
  reply.code(fault.status ?? (errorCode === undefined ? 200 : 400))
  reply.type(typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json;charset=UTF-8')
  addHeaders(fault, reply)
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function addHeaders({ headers = {} }: Fault, reply: FastifyReply): void {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
}
