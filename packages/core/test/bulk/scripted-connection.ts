import { text } from 'node:stream/consumers'
import { ApiError, NotFoundError } from '../../src/errors/api-error.ts'
import type { ApiRequest, ApiResponse, CallOptions, Connection, ReadResponse } from '../../src/http/connection.ts'

/** What a script answers to a request; a thrown error is the answer as well. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text, something to be sent as JSON, or a stream. */
  readonly body?: unknown
}

/** A request as it was sent, its body as text. */
export interface Sent {
  readonly line: string
  readonly request: ApiRequest
  readonly call: CallOptions
  readonly body: string
}

/** A connection that answers by a script, on a clock that never waits: a sleep moves the time on. */
export interface Script {
  readonly connection: Connection
  readonly sent: Sent[]
  readonly sleeps: number[]
  readonly warnings: string[]
  /** The lines of the requests so far: `GET /jobs/ingest/1`, without the version's path. */
  lines(): string[]
}

/** Makes a connection whose answers come from a function of the request's line. */
export function script(
  answer: (line: string, sent: Sent) => Answer | Promise<Answer>,
  options: Partial<Pick<Connection, 'gzip' | 'scratch' | 'random' | 'closing'>> = {},
): Script {
  const sent: Sent[] = []
  const sleeps: number[] = []
  const warnings: string[] = []
  const dataPath = '/services/data/v67.0'
  let now = 0

  async function stream(request: ApiRequest, call: CallOptions = {}): Promise<ApiResponse> {
    call.signal?.throwIfAborted()
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
    ).toString()
    const line = `${request.method} ${request.path.replace(dataPath, '')}${query && `?${query}`}`
    const body = typeof request.body === 'function' ? await text(request.body()) : textOf(request.body)
    const entry: Sent = { line, request, call, body }
    sent.push(entry)
    const { status = 200, headers = {}, body: answered = '' } = await answer(line, entry)
    call.signal?.throwIfAborted()
    if (status >= 400) throw refusal(status, answered, request)
    return { status, headers, body: streamOf(answered) }
  }

  async function jsonAnswer(request: ApiRequest, call?: CallOptions): Promise<ReadResponse> {
    const answer = await stream(request, call)
    const chunks: Uint8Array[] = []
    for await (const chunk of answer.body) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    return { ...answer, ...(text === '' ? {} : { content: JSON.parse(text) }) }
  }

  const connection: Connection = {
    apiVersion: '67.0',
    dataPath,
    clock: {
      now: () => now,
      sleep: async (milliseconds, signal) => {
        signal?.throwIfAborted()
        sleeps.push(milliseconds)
        now += milliseconds
        await new Promise((resolve) => setImmediate(resolve))
        signal?.throwIfAborted()
      },
    },
    random: () => 0,
    closing: new AbortController().signal,
    json: async <T>(request: ApiRequest, call?: CallOptions) => (await jsonAnswer(request, call)).content as T,
    stream,
    jsonAnswer,
    any: stream,
    repeats: async () => false,
    warn: (message) => warnings.push(message),
    ...options,
  }
  return { connection, sent, sleeps, warnings, lines: () => sent.map(({ line }) => line) }
}

/** An error as the pipeline throws it. */
export function refusal(status: number, errorCode: unknown, request: ApiRequest, attempts = 1): ApiError {
  const errors = [{ errorCode: String(errorCode), message: String(errorCode), fields: [] }]
  const failed = {
    method: request.method,
    path: request.path,
    attempts,
    ...(attempts > 1 ? { uncertain: true as const } : {}),
  }
  const Class = status === 404 ? NotFoundError : ApiError
  return new Class(String(errorCode), { status, errors, request: failed })
}

function textOf(body: Exclude<ApiRequest['body'], () => unknown>): string {
  if (body === undefined) return ''
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : JSON.stringify(body.json)
}

async function* streamOf(body: unknown): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body) {
    yield* body as AsyncIterable<Uint8Array>
    return
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (text !== '') yield new TextEncoder().encode(text)
}

/** A promise with its resolver, for holding an answer back. */
export function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: () => resolve(), opened: promise }
}

/** Lets everything that can go on without an answer go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
