import type { RecordStore } from '../records/record-store.ts'
import type { Answer } from '../server/in-process.ts'
import { tooMany, unsupportedResource } from './errors.ts'
import { isCollection, isCompositeResource, isListResource, resourceOf } from './resources.ts'
import { runAllOrNone, runInOrder, type SubrequestResult } from './sequence.ts'
import type { Subrequest } from './subrequest.ts'

/** Subrequests in one call, and how many of them may be queries or collections ("Composite Request Body"). */
const MOST_SUBREQUESTS = 25
const MOST_LISTS = 5

/** A composite call as its handler read it. */
export interface CompositeOrder {
  readonly subrequests: readonly Subrequest[]
  readonly allOrNone: boolean
  /** API version of the call around the subrequests. */
  readonly version: number
  /** Takes the road of a subrequest whose references are resolved. */
  readonly ask: (subrequest: Subrequest) => Answer
}

/** One result; only the refusal of a whole call has no reference ID. */
export type CompositeResult =
  | SubrequestResult
  | (Omit<SubrequestResult, 'referenceId'> & { readonly referenceId: null })

/**
 * Runs a composite call (REST API Developer Guide, "Send Multiple Requests Using Composite"). Collated or not, the
 * subrequests run in their order. Too many of them are told in one result of the call, not in its status.
 */
export function runComposite(records: RecordStore, order: CompositeOrder): readonly CompositeResult[] {
  const { subrequests, allOrNone, version } = order
  const lists = subrequests.filter(({ url }) => isListResource(resourceOf(url)))
  if (subrequests.length > MOST_SUBREQUESTS) return [refusal(tooMany(MOST_SUBREQUESTS))]
  if (lists.length > MOST_LISTS) return [refusal(tooMany(MOST_LISTS, 'Query or sObject Collections operations'))]
  const ask = (subrequest: Subrequest): Answer => {
    const resource = resourceOf(subrequest.url)
    if (!isCompositeResource(resource)) return notSupported(subrequest)
    return order.ask(allOrNone && isCollection(resource) ? withAllOrNone(subrequest) : subrequest)
  }
  if (!allOrNone) return runInOrder(subrequests, { ask, version })
  return runAllOrNone(records, subrequests, { ask, version }).results
}

function refusal(entry: object): CompositeResult {
  return { body: [entry], httpHeaders: {}, httpStatusCode: 400, referenceId: null }
}

function notSupported({ method, url }: Subrequest): Answer {
  return { status: 400, headers: {}, body: [unsupportedResource('Composite', method, url)] }
}

/** The flag of the composite overrides that of a collection in it ("allOrNone Parameters in Composite ..."). */
function withAllOrNone(subrequest: Subrequest): Subrequest {
  const { method, url, body } = subrequest
  if (method !== 'DELETE') return { ...subrequest, body: { ...(body as object), allOrNone: true } }
  const [path, query = ''] = url.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('allOrNone', 'true')
  return { ...subrequest, url: `${path}?${parameters}` }
}
