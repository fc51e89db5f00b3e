import type { FastifyRequest } from 'fastify'
import { type Answer, askInProcess, type InProcessCall } from '../server/in-process.ts'
import type { Roads } from '../server/roads.ts'
import { unsupportedResource } from './errors.ts'

/**
 * Takes roads for the subrequests of a call, under its session and at once. Roads that have to wait, and answers that are
 * no JSON (blobs), are refused, as those resources are at Salesforce.
 */
export function askAtOnce(roads: Roads, outer: FastifyRequest): (call: InProcessCall) => Answer {
  return (call) => {
    const answer = askInProcess(roads, call, outer)
    if (!(answer instanceof Promise) && isJson(answer.body)) return answer
    return { status: 400, headers: {}, body: [unsupportedResource('Composite', call.method, call.url)] }
  }
}

/** True for a body that can stand inside the JSON of another one. */
export function isJson(body: unknown): boolean {
  return typeof body !== 'object' || body === null || Array.isArray(body) || isPlain(body)
}

function isPlain(body: object): boolean {
  const prototype = Object.getPrototypeOf(body)
  return prototype === Object.prototype || prototype === null
}
