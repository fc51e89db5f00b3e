import { keepIf } from '../records/keep-if.ts'
import type { RecordStore } from '../records/record-store.ts'
import type { Answer } from '../server/in-process.ts'
import { halted, noValue, ROLLED_BACK } from './errors.ts'
import { References, UnresolvedReference } from './references.ts'
import { isCollection, isDescribe, resourceOf } from './resources.ts'
import type { Subrequest } from './subrequest.ts'

/** What became of one subrequest ("Composite Subrequest Result"). */
export interface SubrequestResult {
  readonly body: unknown
  readonly httpHeaders: Readonly<Record<string, string>>
  readonly httpStatusCode: number
  readonly referenceId: string
}

/** How subrequests are run. */
export interface SequenceOptions {
  /** Takes the road of a subrequest whose references are resolved. */
  readonly ask: (subrequest: Subrequest) => Answer
  /** API version of the call around them; from v52.0 on a reference may lead to null. */
  readonly version: number
}

/** Runs subrequests in their order. One that fails takes those with it that refer to it, and no others. */
export function runInOrder(subrequests: readonly Subrequest[], options: SequenceOptions): SubrequestResult[] {
  const bodies = new Map<string, unknown>()
  return subrequests.map((subrequest) => runOne(subrequest, bodies, options))
}

/** All or none: the first failure undoes what was done, and every other subrequest tells that it was rolled back. */
export function runAllOrNone(
  records: RecordStore,
  subrequests: readonly Subrequest[],
  options: SequenceOptions,
): { results: SubrequestResult[]; succeeded: boolean } {
  const bodies = new Map<string, unknown>()
  const results: SubrequestResult[] = []
  const runUntilFailure = (): boolean =>
    subrequests.every((subrequest) => {
      const result = runOne(subrequest, bodies, options)
      results.push(result)
      return isComplete(subrequest, result)
    })
  if (keepIf(records, runUntilFailure, Boolean)) return { results, succeeded: true }
  const cause = results.at(-1)
  const others = subrequests.map((subrequest) =>
    cause?.referenceId === subrequest.referenceId ? cause : haltedResult(subrequest, ROLLED_BACK),
  )
  return { results: others, succeeded: false }
}

/** The result of a subrequest that was not run, or was undone. */
export function haltedResult({ referenceId }: Subrequest, message: string): SubrequestResult {
  return { body: halted(message), httpHeaders: {}, httpStatusCode: 400, referenceId }
}

function runOne(
  subrequest: Subrequest,
  bodies: Map<string, unknown>,
  { ask, version }: SequenceOptions,
): SubrequestResult {
  const references = new References(bodies, version >= 52)
  try {
    const { url, body } = subrequest
    const answer = ask({ ...subrequest, url: references.inUrl(url), body: references.inBody(body) })
    if (answer.status < 400) bodies.set(subrequest.referenceId, answer.body)
    return resultOf(subrequest, answer)
  } catch (error) {
    if (!(error instanceof UnresolvedReference)) throw error
    return haltedResult(subrequest, noValue(error.path, error.referenceId))
  }
}

function resultOf({ url, referenceId }: Subrequest, { body, headers, status }: Answer): SubrequestResult {
  const { etag, location, 'last-modified': lastModified } = headers
  const describes = isDescribe(resourceOf(url))
  const httpHeaders = {
    ...(describes && etag !== undefined && { ETag: etag }),
    ...(describes && lastModified !== undefined && { 'Last-Modified': lastModified }),
    ...(location !== undefined && { Location: location }),
  }
  return { body, httpHeaders, httpStatusCode: status, referenceId }
}

/** A collection whose records did not all succeed fails an all-or-none call ("allOrNone Parameters in Composite ..."). */
function isComplete({ url }: Subrequest, { body, httpStatusCode }: SubrequestResult): boolean {
  if (httpStatusCode >= 400) return false
  if (!isCollection(resourceOf(url)) || !Array.isArray(body)) return true
  return body.every((row) => row?.success !== false)
}
