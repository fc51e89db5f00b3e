import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkVersion } from '../discovery/model.ts'
import { WireError } from '../errors.ts'
import { errorAnswer, unknownRoad } from './error-answers.ts'
import { InProcessReply } from './in-process-reply.ts'
import { parametersOf } from './query-string.ts'
import type { Roads } from './roads.ts'

/** A call that is made inside the process, in the name and under the session of the call that carries it. */
export interface InProcessCall {
  readonly method: string
  /** Path and query string, from `/services/data/vNN.0/` on. */
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/** What a road answered. */
export interface Answer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The body before it is written as JSON; null when there is none. */
  readonly body: unknown
}

/**
 * Takes the road that a call would take over HTTP, without its hooks: no session is looked at, nothing is counted or
 * logged and no fault happens. A road that answers at once gives its answer at once, any other one a promise of it. What
 * is no JSON cannot be part of another answer and is refused, as blobs are at Salesforce.
 */
export function askInProcess(roads: Roads, call: InProcessCall, outer: FastifyRequest): Answer | Promise<Answer> {
  const [path = '', ...query] = call.url.split('?')
  const reply = new InProcessReply()
  try {
    const road = roads.find(call.method, path)
    if (road === undefined) throw unknownRoad(`${call.method} ${path}`)
    checkVersion(road.params.version)
    const request = {
      ...call,
      originalUrl: call.url,
      params: road.params,
      query: parametersOf(query.join('?')),
      host: outer.host,
      server: outer.server,
    }
    const handler = road.handler as (call: FastifyRequest, reply: FastifyReply) => unknown
    const result = handler(request as unknown as FastifyRequest, reply as unknown as FastifyReply)
    if (result instanceof Promise) {
      return result.then(
        (body: unknown) => asJson(reply.answer(body), call),
        (error: unknown) => refused(error),
      )
    }
    return asJson(reply.answer(result), call)
  } catch (error) {
    return refused(error)
  }
}

function asJson(answer: Answer, { method, url }: InProcessCall): Answer {
  const { body } = answer
  if (!(body instanceof Readable) && !(body instanceof Uint8Array)) return answer
  // Nobody reads it, and nobody is to be troubled when its file goes away before it was opened.
  if (body instanceof Readable) body.on('error', () => {}).destroy()
  const message = `${method} ${url} gives binary data, which cannot be part of another answer`
  return refused(new WireError(400, { errorCode: 'INVALID_INPUT', message }))
}

function refused(error: unknown): Answer {
  const { status, entries } = errorAnswer(error)
  return { status, headers: {}, body: entries }
}
