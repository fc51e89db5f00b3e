import type { Page } from '../record-stream.ts'

/**
 * Makes pages of batches of records, each as soon as it is there. That it was the last one is known only when the
 * stream ends, so an empty page says that.
 */
export async function* paged<T>(batches: AsyncIterable<T[]>): AsyncGenerator<Page<T>, void, undefined> {
  for await (const records of batches) yield { records, done: false }
  yield { records: [], done: true }
}
