import type { RecordStore } from './record-store.ts'

/** Runs `work` in one transaction whose writes hold only where `good` says so of the result; gives the result either way. */
export function keepIf<T>(records: RecordStore, work: () => T, good: (result: T) => boolean): T {
  let result: T | undefined
  try {
    return records.transaction(() => {
      result = work()
      if (good(result)) return result
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return result as T
    throw error
  }
}

/** Leaves a transaction without its writes; nobody outside ever sees it. */
class Undone extends Error {}
