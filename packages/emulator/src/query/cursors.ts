import type { StatementSync } from 'node:sqlite'
import type { Org } from '../org/org.ts'
import type { CompiledQuery } from '../soql/compiled-query.ts'
import { ResultSnapshot, type SnapshotPlace } from '../soql/snapshot.ts'

/** Cursors live two days (Salesforce limits cheat sheet, "API Query Cursors"). */
const LIFETIME = 2 * 86_400_000

interface Cursor {
  /** Id of the user whose query it was: nobody else reads on. */
  readonly userId: string
  readonly snapshot: ResultSnapshot
  readonly openedAt: number
}

/**
 * The results that clients have not read to the end, each kept as it was when its query ran. With a data file they are
 * still there after a restart.
 */
export class Cursors {
  readonly #org: Org
  readonly #open: Map<string, Cursor> = new Map()
  readonly #save: StatementSync
  readonly #remove: StatementSync

  constructor(org: Org) {
    this.#org = org
    const { database } = org
    database.exec(
      'CREATE TABLE IF NOT EXISTS "_query_cursor" ' +
        '(id TEXT PRIMARY KEY, userId TEXT NOT NULL, query TEXT NOT NULL, openedAt INTEGER NOT NULL)',
    )
    this.#save = database.prepare('INSERT INTO "_query_cursor" (id, userId, query, openedAt) VALUES (?, ?, ?, ?)')
    this.#remove = database.prepare('DELETE FROM "_query_cursor" WHERE id = ?')
    const kept = database.prepare('SELECT * FROM "_query_cursor" ORDER BY id')
    for (const { id, userId, query, openedAt } of kept.all()) {
      org.ids.continueAfter(String(id))
      const snapshot = ResultSnapshot.kept(this.#place(String(id)), JSON.parse(String(query)) as CompiledQuery)
      this.#open.set(String(id), { userId: String(userId), snapshot, openedAt: Number(openedAt) })
    }
    org.onReset(() => this.#closeAll())
  }

  /** Keeps the result of a query and gives the Id of its cursor; a child query runs for one parent. */
  open(query: CompiledQuery, parentId?: string): { id: string; snapshot: ResultSnapshot } {
    this.#closeOld()
    const id = this.#org.ids.next('01g')
    const parameters = parentId === undefined ? query.parameters : [parentId, ...query.parameters]
    const snapshot = ResultSnapshot.taken(this.#place(id), query, parameters)
    const openedAt = this.#org.clock.now()
    const { data, userId } = this.#org
    if (data !== undefined) this.#save.run(id, userId, JSON.stringify(query), openedAt)
    this.#open.set(id, { userId, snapshot, openedAt })
    return { id, snapshot }
  }

  /** The result under a cursor's Id, undefined where the user who asks has none open. */
  find(id: string): ResultSnapshot | undefined {
    this.#closeOld()
    const cursor = this.#open.get(id)
    return cursor?.userId === this.#org.userId ? cursor.snapshot : undefined
  }

  /** Ends one cursor. */
  close(id: string): void {
    // In this order a process that is killed in between leaves no entry without its table.
    if (this.#org.data !== undefined) this.#remove.run(id)
    this.#open.get(id)?.snapshot.drop()
    this.#open.delete(id)
  }

  /** Without a data file a table of the main schema would gain nothing, and make SQLite prepare every statement again. */
  #place(id: string): SnapshotPlace {
    const { database, data } = this.#org
    return { database, schema: data === undefined ? 'temp' : 'main', name: `cursor_${id}` }
  }

  #closeOld(): void {
    const oldest = this.#org.clock.now() - LIFETIME
    for (const [id, { openedAt }] of this.#open) {
      if (openedAt >= oldest) return
      this.close(id)
    }
  }

  #closeAll(): void {
    for (const id of this.#open.keys()) this.close(id)
  }
}
