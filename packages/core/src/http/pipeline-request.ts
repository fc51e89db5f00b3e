import { isBytes } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { packageVersion } from '../version.ts'
import { Call } from './call.ts'
import { checkedCall } from './call-options.ts'
import type { ApiRequest, CallOptions, RequestBody } from './connection.ts'
import { withQuery } from './path.ts'
import type { PipelineRequest } from './policy.ts'
import { retryPolicy } from './retry-options.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** Headers that every call carries. The caller's own come after them. */
export const standardHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'user-agent': `forcewire/${packageVersion}`,
  'sforce-call-options': `client=forcewire/${packageVersion}`,
  'sforce-line-ending': 'LF',
}

/** What a client's settings and clock add to a request. */
export interface CallDefaults {
  readonly timeout: number
  readonly retry: RetryPolicy | false
  readonly now: number
}

/**
 * A call of a resource as the pipeline takes it.
 *
 * @throws ConfigurationError when an option of the call is wrong or its body cannot be written.
 */
export function pipelineRequest(
  request: ApiRequest,
  options: CallOptions | undefined,
  expect: PipelineRequest['expect'],
  defaults: CallDefaults,
): PipelineRequest {
  const { signal, timeout, headers, retry } = options === undefined ? noOptions : checkedCall(options)
  const path = withQuery(request.path, request.query)
  const [body, contentType] = encode(request.body)
  const own = request.headers && lowerCase(request.headers)
  const more = headers && lowerCase(headers)
  return {
    method: request.method,
    path,
    headers: { ...standardHeaders, ...contentType, ...own, ...more },
    body,
    replay: request.replay,
    bulkBatches: request.bulkBatches,
    expect,
    retry: retry === undefined ? undefined : retryPolicy(retry, defaults.retry),
    call: new Call(request.method, path, defaults.now, timeout ?? defaults.timeout + (request.moreTime ?? 0), signal),
  }
}

const noOptions: CallOptions = {}

type Encoded = PipelineRequest['body']

function encode(body: RequestBody | undefined): readonly [Encoded, Readonly<Record<string, string>> | undefined] {
  if (typeof body !== 'object' || isBytes(body)) return [body, undefined]
  return [jsonText(body.json), { 'content-type': 'application/json' }]
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // Circular references and bigints.
    throw new ConfigurationError(`The body cannot be written as JSON: ${(error as Error).message.split('\n')[0]}.`)
  }
}

/** Headers with their names in lower case, so that none is there twice. */
export function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
