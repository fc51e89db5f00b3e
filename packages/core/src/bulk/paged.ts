import type { Page } from '../record-stream.ts'

/**
 * Makes pages of batches of records; holds one back to know which is the last. An empty list is one empty page.
 * A failure comes after the records before it.
 */
export async function* paged<T>(batches: AsyncIterable<T[]>): AsyncGenerator<Page<T>, void, undefined> {
  let held: T[] | undefined
  try {
    for await (const batch of batches) {
      if (held !== undefined) yield { records: held, done: false }
      held = batch
    }
  } catch (error) {
    if (held !== undefined) yield { records: held, done: false }
    throw error
  }
  yield { records: held ?? [], done: true }
}
