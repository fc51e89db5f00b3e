import type { Org } from '../org/org.ts'
import type { CompiledQuery } from '../soql/compiled-query.ts'
import { ResultSnapshot } from '../soql/snapshot.ts'

/** Cursors live two days (Salesforce limits cheat sheet, "API Query Cursors"). */
const LIFETIME = 2 * 86_400_000

interface Cursor {
  readonly snapshot: ResultSnapshot
  readonly openedAt: number
}

/** The results that clients have not read to the end, each kept as it was when its query ran. */
export class Cursors {
  readonly #org: Org
  readonly #open: Map<string, Cursor> = new Map()

  constructor(org: Org) {
    this.#org = org
    org.onReset(() => this.#closeAll())
  }

  /** Keeps the result of a query and gives the Id of its cursor; a child query runs for one parent. */
  open(query: CompiledQuery, parentId?: string): { id: string; snapshot: ResultSnapshot } {
    this.#closeOld()
    const id = this.#org.ids.next('01g')
    const parameters = parentId === undefined ? query.parameters : [parentId, ...query.parameters]
    const snapshot = new ResultSnapshot(this.#org.database, `cursor_${id}`, query, parameters)
    this.#open.set(id, { snapshot, openedAt: this.#org.clock.now() })
    return { id, snapshot }
  }

  /** The result under a cursor's Id, undefined where none is open. */
  find(id: string): ResultSnapshot | undefined {
    this.#closeOld()
    return this.#open.get(id)?.snapshot
  }

  /** Ends one cursor. */
  close(id: string): void {
    this.#open.get(id)?.snapshot.drop()
    this.#open.delete(id)
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
