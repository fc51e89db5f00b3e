/** What decides which test files run. */
export interface Selection {
  /** The slow files (`*.slow.test.ts` and everything in `test/browser`) instead of the quick ones. */
  readonly slow: boolean
  /** Parts of paths; a file runs when its path contains one of them. None means all files. */
  readonly filters: readonly string[]
}

/** Counts of a finished run, as Node's test runner gives them. */
export interface Counts {
  readonly tests: number
  readonly suites: number
  readonly passed: number
  readonly cancelled: number
  readonly skipped: number
  readonly todo: number
}

/** Chooses the files of one run from all test files, sorted by path. Paths are relative to the root, with `/`. */
export function selectTests(files: readonly string[], { slow, filters }: Selection): string[] {
  return files
    .filter((file) => isSlow(file) === slow)
    .filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)))
    .sort()
}

function isSlow(file: string): boolean {
  return file.endsWith('.slow.test.ts') || file.startsWith('test/browser/')
}

/** The closing lines of a run, in the form of Node's own reporter. What has no other fate has failed. */
export function closingLines(counts: Counts, milliseconds: number): string {
  const failed = counts.tests - counts.passed - counts.cancelled - counts.skipped - counts.todo
  const lines = [
    `tests ${counts.tests}`,
    `suites ${counts.suites}`,
    `pass ${counts.passed}`,
    `fail ${failed}`,
    `cancelled ${counts.cancelled}`,
    `skipped ${counts.skipped}`,
    `todo ${counts.todo}`,
    `duration_ms ${milliseconds}`,
  ]
  return lines.map((line) => `ℹ ${line}`).join('\n')
}
