import { collectColumns, columnValue, type InputRow } from '../csv/columns.ts'
import { fieldText } from '../csv/field-text.ts'
import { HashIndex } from './hash-index.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { OpenedSource, RowBatches } from './ingest-source.ts'
import type { ResultRow } from './result-batch.ts'

/**
 * Finds the place in the input of a row that Salesforce hands back, by a hash of its cells that are not empty: Salesforce
 * hands them back as they were sent ("Get Job Successful Record Results"), but neither in their order nor with a number.
 * Takes 8 bytes a row. Numbers, booleans and times are compared by value. Rows that are alike have no place, nor does a
 * row whose cells come back changed.
 */
export class RowPositions {
  readonly #options: Pick<SettledIngestOptions, 'columns' | 'rename'>
  readonly #known: Set<string>
  /** What the hashes of the cells of a column begin with. */
  readonly #seeds = new Map<string, number>()
  readonly #index = new HashIndex()
  #position = 0

  constructor(options: Pick<SettledIngestOptions, 'columns' | 'rename'>) {
    this.#options = options
    this.#known = new Set(options.columns)
  }

  /** The same source; its rows are kept in mind before they are handed on. */
  watched(source: OpenedSource): OpenedSource {
    return source.kind === 'rows' ? { ...source, batches: this.#watch(source.batches) } : source
  }

  async *#watch(batches: RowBatches): AsyncGenerator<Iterable<InputRow>, void, undefined> {
    for await (const batch of batches) yield this.#noted(batch)
  }

  *#noted(rows: Iterable<InputRow>): Generator<InputRow, void, undefined> {
    for (const row of rows) {
      const hash = this.#hashOf(row)
      if (hash !== undefined) this.#index.add(hash, this.#position)
      this.#position += 1
      yield row
    }
  }

  /** The position of a row from the results, counted from 0; `undefined` where nobody knows it. */
  of(row: ResultRow): number | undefined {
    let hash = 0
    for (const [column, value] of Object.entries(row)) {
      if (!column.startsWith('sf__')) hash = (hash + cellHash(this.#seed(column), String(value))) | 0
    }
    return this.#index.find(hash >>> 0)
  }

  /** None of a row that cannot be sent. */
  #hashOf(given: InputRow): number | undefined {
    let hash = 0
    try {
      const row = typeof given.toJSON === 'function' ? (given.toJSON() as InputRow) : given
      if (this.#options.columns === undefined) collectColumns(row, this.#known)
      for (const column of this.#known) {
        const text = fieldText(columnValue(row, column))
        if (text !== '') hash = (hash + cellHash(this.#seed(this.#sent(column)), text)) | 0
      }
    } catch {
      return undefined
    }
    return hash >>> 0
  }

  #sent(column: string): string {
    const { rename } = this.#options
    return Object.hasOwn(rename, column) ? (rename[column] as string) : column
  }

  /** Salesforce takes names of fields without regard to case. */
  #seed(column: string): number {
    const known = this.#seeds.get(column)
    if (known !== undefined) return known
    const seed = mixed(hashed(0x811c9dc5, column.toLowerCase()))
    this.#seeds.set(column, seed)
    return seed
  }
}

/** 0 for an empty cell, so that it makes no difference whether a row has it. */
function cellHash(seed: number, text: string): number {
  const value = sameText(text)
  return value === '' ? 0 : mixed(hashed(seed, value))
}

/** One text for all texts that stand for the same value. */
function sameText(text: string): string {
  const trimmed = text.trim()
  const first = trimmed.charCodeAt(0)
  // `+`, `-`, `.` and digits
  if (first >= 43 && first <= 57) return numberText(trimmed)
  if (trimmed === '#N/A') return ''
  return (trimmed.length === 4 || trimmed.length === 5) && /^(?:true|false)$/i.test(trimmed)
    ? trimmed.toLowerCase()
    : trimmed
}

function numberText(text: string): string {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return String(Number(text))
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return text
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time) ? text : String(time)
}

/** FNV-1a over UTF-16 units. */
function hashed(seed: number, text: string): number {
  let hash = seed
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** Spreads each bit over all others, since hashes of cells are added up (the last step of MurmurHash3). */
function mixed(hash: number): number {
  let bits = hash
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) | 0
}
