import type { BenchCase } from './bench-case.ts'

/** Folders of `cases`, in the order in which they are measured and shown. */
const folders = [
  'bulk-query',
  'bulk-csv',
  'bulk-ingest',
  'jobs-in-flight',
  'rest-query',
  'collections',
  'small-requests',
  'import',
]

/** A case and the folder of its contestants. */
export interface FoundCase {
  readonly folder: string
  readonly benchCase: BenchCase
}

/** All cases. What a case prepares costs nothing until its server starts. */
export async function allCases(): Promise<FoundCase[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const { benchCases } = (await import(`./cases/${folder}/case.ts`)) as { benchCases: readonly BenchCase[] }
      return benchCases.map((benchCase) => ({ folder, benchCase }))
    }),
  )
  return found.flat()
}

/** @throws Error when there is no case of that name */
export async function findCase(name: string): Promise<FoundCase> {
  const found = (await allCases()).find(({ benchCase }) => benchCase.name === name)
  if (found === undefined) throw new Error(`There is no case ${name}.`)
  return found
}
