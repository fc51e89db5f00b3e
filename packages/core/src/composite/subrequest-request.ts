import { checkedChoice, checkedText } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Replay } from '../http/connection.ts'
import { hasDotSegment } from '../http/path.ts'
import { type Method, methods } from '../http/transport.ts'
import { checkedJson } from '../sobject/record-body.ts'
import type { Subrequest } from './subrequest.ts'
import { checkedSubrequest, type SubrequestList, type SubrequestOptions } from './subrequest-list.ts'

/** Any subrequest. */
export interface RawSubrequest extends SubrequestOptions {
  /** Default `GET`. */
  readonly method?: Method | undefined
  /**
   * With a leading slash a path from the root of the instance (`/services/data/v67.0/sobjects/Account`), without one a
   * path under the data root (`sobjects/Account`). Percent-encode its parts yourself; references stay as they are:
   * `sobjects/Account/@{Account_create_0.id}`.
   */
  readonly url: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Whether the call may be repeated when its answer is lost. Default: `always` for GET, else `if-unsent`. */
  readonly replay?: Replay | undefined
}

const replays: readonly Replay[] = ['always', 'if-unsent']

/** Adds any request. */
export function addRequest<T>(list: SubrequestList, request: RawSubrequest): Subrequest<T> {
  const {
    method = 'GET',
    url,
    body,
    replay,
    ...options
  } = checkedSubrequest<Partial<RawSubrequest>>(request, ['method', 'url', 'body', 'replay'])
  checkedChoice('method', method, methods)
  const given = checkedText('url', url).trim()
  const path = given.startsWith('/') ? given : `${list.connection.dataPath}/${given}`
  if (!path.startsWith('/services/') || /^[a-z][a-z\d+.-]*:|\p{Cc}/iu.test(given) || hasDotSegment(path)) {
    throw new ConfigurationError("url must be a path such as 'sobjects/Account' or '/services/data/v67.0/limits'.")
  }
  const safeReplay =
    replay === undefined ? (method === 'GET' ? 'always' : 'if-unsent') : checkedChoice('replay', replay, replays)
  const call = { method, url: path, body: checkedJson('body', body, true), replay: safeReplay }
  return list.add('Request', call, options, (answer) => answer as T)
}
