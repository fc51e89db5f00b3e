import { createBulk } from '../../src/bulk/bulk.ts'
import type { IngestCheckpoint } from '../../src/bulk/checkpoint.ts'
import { five, insert } from './scripted-ingest-org.ts'
import type { workingOrg } from './working-org.ts'

/** The counts of five rows that were all loaded. */
export const whole = { rows: 5, processed: 5, successful: 5, failed: 0, rejected: 0, unprocessed: 0 } as const

/** The Ids of the first, second, ... job of a working org. */
export const ids = (...numbers: number[]): string[] => numbers.map((number) => String(750_000_000_000_000 + number))

/** A load of three jobs, all of them uploaded. */
export async function uploaded(org: ReturnType<typeof workingOrg>): Promise<IngestCheckpoint> {
  const load = createBulk(org.connection).ingest({ ...insert, maxRows: 2 }, five)
  await load.upload()
  return JSON.parse(JSON.stringify(load.checkpoint))
}
