/** One page of a list of jobs. */
export interface JobPage<Job> {
  readonly jobs: readonly Job[]
  /** Locator of the next page; undefined on the last. */
  readonly next: string | undefined
}

/** Jobs per page of a list (Bulk API 2.0 guide, "Get All Jobs"). */
const PAGE = 1000

/**
 * A page of jobs in the order of their creation.
 *
 * @param locator where the page begins, as an earlier page gave it; the first page when undefined.
 * @returns undefined where the locator is none of ours.
 */
export function jobPage<Job>(jobs: readonly Job[], locator: string | undefined): JobPage<Job> | undefined {
  const start = locator === undefined ? 0 : Number(/^01g[0-9A-Za-z]+-(\d+)$/.exec(locator)?.[1])
  if (!Number.isInteger(start) || start > jobs.length) return undefined
  const end = start + PAGE
  return { jobs: jobs.slice(start, end), next: end < jobs.length ? `01gfw0000000000AAA-${end}` : undefined }
}
