import { type BenchRow, benchRow } from '../../salesforce-rows.ts'

/** How many objects are loaded. */
export const rows = 100_000

/** The objects, without the Id that Salesforce gives them; made one at a time, as a stream would bring them. */
export function* newRows(): Generator<Omit<BenchRow, 'Id'>> {
  for (let index = 0; index < rows; index += 1) {
    const { Id: _, ...row } = benchRow(index)
    yield row
  }
}
