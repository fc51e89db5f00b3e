import type { Emulator } from '../../src/index.ts'
import { data, send } from '../support/harness.ts'

/** A row of a recorded query; parents are rows in it, children are lists of rows. */
export interface RecordedRow {
  readonly attributes: { readonly type: string; readonly url?: string }
  readonly [field: string]: unknown
}

interface Described {
  readonly fields: readonly {
    readonly name: string
    readonly type: string
    readonly createable: boolean
    readonly nillable: boolean
    readonly defaultedOnCreate: boolean
    readonly referenceTo: readonly string[]
    readonly relationshipName: string | null
    readonly picklistValues: readonly { readonly value: string }[]
  }[]
  readonly childRelationships: readonly {
    readonly childSObject: string
    readonly field: string
    readonly relationshipName: string | null
  }[]
}

/**
 * Makes an org hold what a recorded one held: creates the records of recorded rows with every value that a client may write, in
 * their order, their parents before and their children after them, and remembers which Id stands for which.
 */
export class Planting {
  /** Id here by the recorded Id. */
  readonly ids: Map<string, string> = new Map()
  readonly #emulator: Emulator
  readonly #describes = new Map<string, Described>()
  #standIns = 0

  constructor(emulator: Emulator) {
    this.#emulator = emulator
  }

  /** Creates the records of rows of one object; `extra` is what each needs beside what was recorded. */
  async plant(rows: readonly RecordedRow[], extra: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const [first] = rows
    if (first === undefined) return
    const object = first.attributes.type
    const described = await this.describe(object)
    await this.#prepare(rows, described)
    const ids = await this.create(
      object,
      rows.map((row) => ({ ...this.#standIn(described), ...this.#writable(row, described), ...extra })),
    )
    for (const [index, row] of rows.entries()) this.ids.set(recordedId(row), ids[index] ?? '')
    for (const row of rows) await this.#plantChildren(row, described)
  }

  /** Gives a record that is there every recorded value that a client may write. */
  async rewrite(id: string, row: RecordedRow): Promise<void> {
    const object = row.attributes.type
    const described = await this.describe(object)
    await this.#prepare([row], described)
    const body = this.#writable(row, described)
    const { status, text } = await send(this.#emulator, 'PATCH', data(`/sobjects/${object}/${id}`), { body })
    if (status >= 300) throw new Error(`${object}: ${text}`)
    this.ids.set(recordedId(row), id)
  }

  /** Creates records as the control plane's seed does and gives their Ids. */
  async create(object: string, records: readonly object[]): Promise<string[]> {
    const { status, json, text } = await send(this.#emulator, 'POST', '/_emulator/seed', { body: { object, records } })
    if (status >= 300) throw new Error(`${object}: ${text}`)
    return json.ids
  }

  /** What the org says about an object. */
  async describe(object: string): Promise<Described> {
    const known = this.#describes.get(object)
    if (known) return known
    const { json } = await send(this.#emulator, 'GET', data(`/sobjects/${object}/describe`))
    this.#describes.set(object, json)
    return json
  }

  #writable(row: RecordedRow, { fields }: Described): Record<string, unknown> {
    const record: Record<string, unknown> = {}
    for (const { name, type, createable, defaultedOnCreate, referenceTo, relationshipName } of fields) {
      if (!createable) continue
      const parent = relationshipName === null ? undefined : row[relationshipName]
      const value = isRow(parent) ? recordedId(parent) : row[name]
      if (value === null || value === undefined) continue
      if (defaultedOnCreate && referenceTo.includes('User')) continue
      if (type !== 'reference') record[name] = value
      else record[name] = this.ids.get(String(value)) ?? value
    }
    if (isPerson(fields) && typeof row.Name === 'string') Object.assign(record, personName(row.Name))
    return record
  }

  /** Makes the records that rows refer to. */
  async #prepare(rows: readonly RecordedRow[], described: Described): Promise<void> {
    for (const row of rows) await this.#plantParents(row, described)
    await this.#standInFor(rows, described)
  }

  async #plantParents(row: RecordedRow, { fields }: Described): Promise<void> {
    for (const { relationshipName } of fields) {
      const parent = relationshipName === null ? undefined : row[relationshipName]
      if (isRow(parent) && !this.ids.has(recordedId(parent))) await this.plant([parent])
    }
  }

  async #plantChildren(row: RecordedRow, { childRelationships }: Described): Promise<void> {
    for (const { field, relationshipName } of childRelationships) {
      const children =
        relationshipName === null ? undefined : (row[relationshipName] as { records?: RecordedRow[] } | null)
      if (children?.records) {
        await this.plant(children.records.map((child) => ({ ...child, [field]: recordedId(row) })))
      }
    }
  }

  /** Creates a record for every Id that rows refer to and of which nothing else is known. Owners stay the org's own. */
  async #standInFor(rows: readonly RecordedRow[], { fields }: Described): Promise<void> {
    for (const { name, createable, defaultedOnCreate, referenceTo } of fields) {
      const [object] = referenceTo
      if (object === undefined || !createable || defaultedOnCreate) continue
      const wanted = new Set(rows.map((row) => row[name]).filter((id) => typeof id === 'string'))
      const missing = [...wanted].filter((id) => !this.ids.has(id))
      if (missing.length === 0) continue
      const described = await this.describe(object)
      // There is nothing to stand in for where the org has no such object.
      if (described.fields === undefined) continue
      const made = await this.create(
        object,
        missing.map(() => this.#standIn(described)),
      )
      for (const [index, id] of missing.entries()) this.ids.set(id, made[index] ?? '')
    }
  }

  /** What a record of the object cannot be without. */
  #standIn({ fields }: Described): Record<string, unknown> {
    const needed = fields.filter((one) => one.createable && !one.nillable && !one.defaultedOnCreate)
    this.#standIns += 1
    return Object.fromEntries(
      needed.map(({ name, type, picklistValues }) => [name, picklistValues[0]?.value ?? this.#standInValue(type)]),
    )
  }

  #standInValue(type: string): string | boolean {
    if (type === 'boolean') return false
    if (type === 'date') return '2026-01-01'
    return type === 'email' ? `${this.#standIns}@example.com` : `S${this.#standIns}`
  }
}

/** The Id of a row, which its URL tells even when it was not selected. */
export function recordedId(row: RecordedRow): string {
  return row.attributes.url?.split('/').at(-1) ?? ''
}

function isPerson(fields: Described['fields']): boolean {
  return fields.some(({ name }) => name === 'LastName')
}

/** The parts that Salesforce puts a person's name together from. */
function personName(name: string): object {
  const [FirstName, ...rest] = name.split(' ')
  return rest.length > 0 ? { FirstName, LastName: rest.join(' ') } : { LastName: name }
}

function isRow(value: unknown): value is RecordedRow {
  return typeof value === 'object' && value !== null && 'attributes' in value
}
