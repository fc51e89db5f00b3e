import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { createEmulator } from '@forcewire/emulator'
import { fastify } from 'fastify'
import { ingest } from '../loads.ts'
import { pageSize } from '../rows.ts'
import type { Serve } from '../subject.ts'

/** Rows of one transaction, as many as the emulator takes. */
const batch = 200

interface Account {
  readonly Name: string
  readonly BillingCity: string
  readonly AnnualRevenue: number
}

/** What a server costs that does nothing but the storing and reading: fastify, prepared statements, no rules. */
export const serve: Serve = async () => {
  const server = fastify()
  const small = new DatabaseSync(':memory:')
  small.exec('CREATE TABLE Account (Id INTEGER PRIMARY KEY, Name TEXT, BillingCity TEXT, AnnualRevenue REAL)')
  const create = small.prepare('INSERT INTO Account (Name, BillingCity, AnnualRevenue) VALUES (?, ?, ?)')
  server.post<{ Body: Account }>('/create', (call, reply) => {
    const { Name, BillingCity, AnnualRevenue } = call.body
    const { lastInsertRowid } = create.run(Name, BillingCity, AnnualRevenue)
    reply.code(201).send({ id: String(lastInsertRowid), success: true, errors: [] })
  })
  let table: AccountTable | undefined
  server.post<{ Body: { rows: number } }>('/prepare', async (call) => {
    table = await AccountTable.withRowsOf(call.body.rows)
    return {}
  })
  server.post('/insert', (_call, reply) => void reply.send({ rows: table?.insertAll() }))
  server.get('/read', (_call, reply) => void reply.send({ characters: table?.readAll() }))
  return { url: await server.listen({ port: 0, host: '127.0.0.1' }), token: 'bare' }
}

/** The emulator's own table of accounts with its indexes, and the rows that an ingest by the emulator made of an upload. */
class AccountTable {
  readonly #database: DatabaseSync = new DatabaseSync(':memory:')
  readonly #rows: readonly (readonly (string | number | null)[])[]
  readonly #insert: StatementSync

  private constructor(definitions: readonly string[], rows: readonly Record<string, unknown>[]) {
    // The emulator's indexes ask for it, though not for rows of ASCII alone.
    this.#database.function('fold', { deterministic: true }, (text) => String(text).toLowerCase())
    for (const sql of definitions) this.#database.exec(sql)
    const columns = Object.keys(rows[0] ?? {}).filter((column) => rows[0]?.[column] !== null)
    this.#rows = rows.map((row) => columns.map((column) => row[column] as string | number | null))
    const names = columns.map((column) => `"${column}"`).join(', ')
    this.#insert = this.#database.prepare(
      `INSERT INTO Account (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
  }

  static async withRowsOf(count: number): Promise<AccountTable> {
    const folder = await mkdtemp(join(tmpdir(), 'forcewire-bench-'))
    try {
      const data = join(folder, 'org.sqlite')
      const emulator = await createEmulator({ data })
      await ingest(count)({ url: emulator.url, token: emulator.credentials.accessToken })
      await emulator.close()
      const stored = new DatabaseSync(data, { readOnly: true })
      const definitions = stored.prepare(`SELECT sql FROM sqlite_master WHERE tbl_name = 'Account' AND sql IS NOT NULL`)
      const rows = stored.prepare('SELECT * FROM Account')
      const made = new AccountTable(
        definitions.all().map(({ sql }) => String(sql)),
        rows.all(),
      )
      stored.close()
      return made
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  /** Inserts all rows and gives their number. */
  insertAll(): number {
    this.#database.exec('DELETE FROM Account')
    for (let begin = 0; begin < this.#rows.length; begin += batch) {
      this.#database.exec('BEGIN')
      for (const row of this.#rows.slice(begin, begin + batch)) this.#insert.run(...row)
      this.#database.exec('COMMIT')
    }
    return this.#rows.length
  }

  /** Reads all rows page by page as JSON and gives the length of that. */
  readAll(): number {
    const page = this.#database.prepare(
      'SELECT Id, Name, BillingCity, AnnualRevenue FROM Account WHERE rowid > ? ORDER BY rowid LIMIT ?',
    )
    let characters = 0
    for (let from = 0; from < this.#rows.length; from += pageSize) {
      characters += JSON.stringify(page.all(from, pageSize)).length
    }
    return characters
  }
}
