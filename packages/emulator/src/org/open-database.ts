import { DatabaseSync } from 'node:sqlite'

/** Memory for pages of an org that keeps no file, in KiB; what does not fit goes to a temporary file of SQLite's own. */
const CACHE = 8192
/** Bytes of a page. At every commit SQLite goes through the changed pages in the cache: there should not be too many of them. */
const PAGE = 8192

/**
 * Opens the database of an org: the file of that name, or, without one, a temporary database that is gone when it is
 * closed and takes no more memory than its cache, however many records it gets.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  const database = new DatabaseSync(file ?? '')
  // A temporary database outlives no crash: nothing has to be written in time.
  database.exec(
    file === undefined
      ? `PRAGMA page_size = ${PAGE}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE}`
      : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL',
  )
  return database
}
