import type { Page } from '../record-stream.ts'

/** Makes pages of batches of records; holds one back to know which is the last. An empty list is one empty page. */
export async function* paged<T>(batches: AsyncIterable<T[]>): AsyncGenerator<Page<T>, void, undefined> {
  let held: T[] | undefined
  for await (const batch of batches) {
    if (held !== undefined) yield { records: held, done: false }
    held = batch
  }
  yield { records: held ?? [], done: true }
}
