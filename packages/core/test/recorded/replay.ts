import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Auth, accessToken, Salesforce, type SalesforceOptions } from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'
import { type RecordedCase, recordedCase } from '../support/recorded-case.ts'

/** What a test of a recorded case says, and how it goes. */
export interface CaseTest {
  /** The rest of a sentence that begins with the id of the case. */
  readonly holds: string
  play(id: string): Promise<void>
}

/** Tests by the id of their case. */
export type CaseTests = Readonly<Record<string, CaseTest>>

/** One request as the server received it. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A server that gives recorded answers, and a client in front of it. */
export interface Replay extends AsyncDisposable {
  readonly salesforce: Salesforce
  readonly recorded: RecordedCase
  /** The recorded body of the answer as JSON. */
  readonly json: unknown
  /** The recorded body of the request as JSON; `undefined` where none was recorded. */
  readonly sentJson: unknown
  /** Where the recorded answers come from. */
  readonly url: string
  readonly sent: readonly SentRequest[]
  /**
   * A request, the first one by default, was the one that was recorded with its answer: method, path, query, and what is
   * known of the body.
   */
  assertAsRecorded(index?: number): void
}

/** How a case is replayed where it needs more than a token and its own answer. */
export interface ReplayOptions extends Partial<Omit<SalesforceOptions, 'auth'>> {
  /** Cases whose answers follow the first one. The last answer is repeated. */
  readonly next?: readonly string[]
  /** Default: a ready token. */
  readonly auth?: (url: string) => Auth
}

/** Serves the answer of a recorded case over loopback HTTP. Retries are off: an answer is asked for once. */
export async function replay(id: string, options: ReplayOptions = {}): Promise<Replay> {
  const { next = [], auth, ...clientOptions } = options
  const answers = [id, ...next].map(recordedCase)
  const [recorded] = answers as [RecordedCase]
  const sent: SentRequest[] = []
  const server = await loopbackServer(async (request, response) => {
    const index = Math.min(sent.length, answers.length - 1)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback')
    const { method = '', headers } = request
    sent.push({ method, path: pathname, query: searchParams, headers, body: await text(request) })
    const answer = (answers[index] as RecordedCase).response
    const body = answer.body.replaceAll('<salesforce_instance_url>', server.url)
    response.writeHead(answer.status ?? 414, { ...contentType(body), ...answer.headers })
    response.end(body)
  })
  const salesforce = new Salesforce({
    auth: auth?.(server.url) ?? accessToken({ accessToken: 'TOKEN', instanceUrl: server.url }),
    instanceUrl: server.url,
    apiVersion: versionOf(recorded) ?? '67.0',
    retry: false,
    ...clientOptions,
  })
  return {
    salesforce,
    recorded,
    get json() {
      return JSON.parse(recorded.response.body) as unknown
    },
    get sentJson() {
      return recordedJson(recorded)
    },
    url: server.url,
    sent,
    assertAsRecorded: (index = 0) => assertAsRecorded(sent[index], answers[index] as RecordedCase),
    async [Symbol.asyncDispose]() {
      await salesforce.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

function assertAsRecorded(sent: SentRequest | undefined, { request }: RecordedCase): void {
  if (request.path === undefined) return
  // Recorders masked hosts and versions; a slash at the end of a path means nothing.
  const path = request.path
    .replace(/^(?:https?:\/\/)?<\w+>/, '')
    .replace(/<api_version>|vxx\.0/g, 'v67.0')
    .replace('/async/v', '/async/')
  const { pathname, searchParams } = new URL(path, 'http://loopback')
  // One recorder shortened Ids to the three characters that name the object.
  const whole = pathname.replace(/\/$/, '').replace(/\/00\d$/, '$&000000000001')
  assert.equal(sent?.method, request.method)
  assert.equal(decodeURIComponent(sent?.path ?? ''), decodeURIComponent(whole))
  const { limit: _, ...query } = { ...request.query, ...Object.fromEntries(searchParams) }
  // Some recorders left the query out.
  if (Object.keys(query).length > 0) assert.deepEqual(Object.fromEntries(sent?.query ?? []), query)
  const json = recordedJson({ request })
  if (json !== undefined) assert.partialDeepStrictEqual(JSON.parse(sent?.body ?? ''), json)
  else if (/^</.test(String(request.body))) assert.equal(sent?.body, request.body)
}

/** The client writes its defaults too. Versions are masked; one recorder's bodies were edited until they were no JSON. */
function recordedJson({ request }: Pick<RecordedCase, 'request'>): unknown {
  const { body, path = '' } = request
  if (typeof body !== 'string' || !/^[[{]/.test(body)) return undefined
  try {
    return JSON.parse(body.replaceAll('vxx.0', 'v67.0')) as unknown
  } catch {
    assert.match(path, /\/composite$/)
    return undefined
  }
}

/** Not every recorder kept the content type; bodies tell it. */
function contentType(body: string): Readonly<Record<string, string>> {
  if (/^\s*[[{]/.test(body)) return { 'content-type': 'application/json;charset=UTF-8' }
  if (/^\s*<\?xml/.test(body)) return { 'content-type': 'text/xml;charset=UTF-8' }
  return {}
}

function versionOf({ request }: RecordedCase): string | undefined {
  return /\/services\/(?:data\/v|Soap\/u\/)(\d+\.\d)/.exec(request.path ?? '')?.[1]
}
