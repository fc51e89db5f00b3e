import type { FastifyRequest } from 'fastify'
import { type Answer, askInProcess, type InProcessCall } from '../server/in-process.ts'
import type { Roads } from '../server/roads.ts'
import { unsupportedResource } from './errors.ts'

/**
 * Takes roads for the subrequests of a call, under its session and at once. Roads that have to wait are refused: they are
 * none of those that Salesforce supports here.
 */
export function askAtOnce(roads: Roads, outer: FastifyRequest): (call: InProcessCall) => Answer {
  return (call) => {
    const answer = askInProcess(roads, call, outer)
    if (!(answer instanceof Promise)) return answer
    return { status: 400, headers: {}, body: [unsupportedResource('Composite', call.method, call.url)] }
  }
}
