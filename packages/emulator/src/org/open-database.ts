import { DatabaseSync } from 'node:sqlite'

/** Memory for pages of an org that keeps no file, in KiB; what does not fit goes to a temporary file of SQLite's own. */
const CACHE = 8192
/** Bytes of a page. At every commit SQLite goes through the changed pages in the cache: there should not be too many of them. */
const PAGE = 8192

/** SQLite's result code for a file that somebody else has locked. */
const BUSY = 5

/**
 * Opens the database of an org: the file of that name, or, without one, a temporary database that is gone when it is
 * closed and takes no more memory than its cache, however many records it gets. A file belongs to one emulator at a time: two
 * would deal out the same Ids. The lock is the system's and ends with the process, however that ends.
 *
 * @throws Error with the code EBUSY and a sentence where another emulator has the file.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  const database = new DatabaseSync(file ?? '')
  try {
    // A temporary database outlives no crash: nothing has to be written in time.
    database.exec(
      file === undefined
        ? `PRAGMA page_size = ${PAGE}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE}`
        : 'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT',
    )
    return database
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode !== BUSY) throw error
    const message = `${file} is in use by another emulator or program; stop that one, or choose another file with data`
    throw Object.assign(new Error(message, { cause: error }), { code: 'EBUSY' })
  }
}
