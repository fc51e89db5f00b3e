import { tooMany } from '../composite/errors.ts'
import { WireError } from '../errors.ts'
import {
  badRequest,
  type JsonObject,
  jsonObject,
  knownKeys,
  objectList,
  optionalFlag,
  requiredMethod,
  requiredText,
} from '../server/request-shape.ts'
import type { BatchRequest } from './model.ts'

/** A batch as sent. */
export interface Batch {
  readonly requests: readonly BatchRequest[]
  readonly haltOnError: boolean
}

const MOST_REQUESTS = 25

/** `v67.0/limits`; a leading slash and a whole path do as well. */
const ADDRESS = /^(?:\/?services\/data)?\/?(v(\d+)\.0\/.*)$/

/** Versions that a subrequest may ask: from 34.0 to that of the call ("Composite Batch"). */
const OLDEST = 34

/**
 * Reads the body of a batch call.
 *
 * @param version - API version of the call.
 * @throws WireError 400 for the whole call where a subrequest cannot be read.
 */
export function readBatch(body: unknown, version: number): Batch {
  const batch = jsonObject(body, 'batch')
  knownKeys(batch, ['batchRequests', 'haltOnError'])
  const requests = objectList(batch, 'batchRequests')
  if (requests.length > MOST_REQUESTS) throw new WireError(400, tooMany(MOST_REQUESTS))
  return {
    requests: requests.map((request) => readRequest(request, version)),
    haltOnError: optionalFlag(batch, 'haltOnError'),
  }
}

function readRequest(request: JsonObject, version: number): BatchRequest {
  knownKeys(request, ['binaryPartName', 'binaryPartNameAlias', 'method', 'richInput', 'url'])
  const method = requiredMethod(request)
  const url = requiredText(request, 'url')
  const [, address, asked] = ADDRESS.exec(url) ?? []
  if (address === undefined) throw badRequest(`The url of a subrequest must start with vXX.X/: ${url}`)
  if (Number(asked) < OLDEST || Number(asked) > version) {
    throw badRequest(`The url of a subrequest must ask a version from ${OLDEST}.0 to ${version}.0: ${url}`)
  }
  return { method, url: `/services/data/${address}`, body: request.richInput }
}
