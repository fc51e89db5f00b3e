import { columnValue, type InputRow, RowColumns } from '../csv/columns.ts'
import { fieldText } from '../csv/field-text.ts'
import { HashIndex } from './hash-index.ts'
import { sentName } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { OpenedSource, RowBatches } from './ingest-source.ts'
import type { ResultRow } from './result-batch.ts'

/**
 * Finds the place in the input of a row that Salesforce hands back, by a hash of its cells that are not empty: Salesforce
 * hands them back as they were sent ("Get Job Successful Record Results"), but neither in their order nor with a number.
 * Takes 8 bytes a row. Where no row has these texts, numbers, booleans and times are compared by value, which takes 8 bytes
 * more for a row whose texts are not the usual ones of their values (`007`, `TRUE`). Rows that are alike have no place, nor
 * does a row whose cells come back changed.
 */
export class RowPositions {
  readonly #options: Pick<SettledIngestOptions, 'columns' | 'rename'>
  readonly #columns: RowColumns
  /** What the hashes of the cells of a column begin with. */
  readonly #seeds = new Map<string, number>()
  /** By the texts of the cells ... */
  readonly #index = new HashIndex()
  /** ... and by the usual texts of their values, of rows where these are others. */
  readonly #byValue = new HashIndex()
  #position = 0

  constructor(options: Pick<SettledIngestOptions, 'columns' | 'rename'>) {
    this.#options = options
    this.#columns = new RowColumns(options.columns)
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
      yield this.#note(row)
      this.#position += 1
    }
  }

  /** The position of a row from the results, counted from 0; `undefined` where nobody knows it. */
  of(row: ResultRow): number | undefined {
    const hashes = new RowHashes()
    for (const [column, value] of Object.entries(row)) {
      if (!column.startsWith('sf__')) hashes.add(this.#seed(column), String(value))
    }
    const { text, value } = hashes
    const found = this.#index.find(text) ?? oneOf(this.#index.find(value), this.#byValue.find(value))
    return found === -1 ? undefined : found
  }

  /** Keeps a row in mind, unless it cannot be sent; answers it as it is to be sent, so that `toJSON` is called once. */
  #note(given: InputRow): InputRow {
    try {
      const row = typeof given.toJSON === 'function' ? (given.toJSON() as InputRow) : given
      if (this.#options.columns === undefined) this.#columns.add(row)
      const hashes = new RowHashes()
      for (const column of this.#columns.names) {
        const text = fieldText(columnValue(row, column))
        if (text !== '') hashes.add(this.#seed(sentName(column, this.#options)), text)
      }
      const { text, value } = hashes
      this.#index.add(text, this.#position)
      if (value !== text) this.#byValue.add(value, this.#position)
      return row
    } catch {
      return given
    }
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

/** The only position of two; -1 for both. */
function oneOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : -1
}

/** The hashes of the cells of a row, added up: empty ones add nothing, so that it makes no difference whether a row has them. */
class RowHashes {
  #text = 0
  #value = 0

  add(seed: number, text: string): void {
    // Salesforce hands out either for a field that was set to nothing.
    if (text === '' || text === '#N/A') return
    const usual = usualText(text)
    const hash = mixed(hashed(seed, text))
    this.#text += hash
    this.#value += usual === text ? hash : usual === '' ? 0 : mixed(hashed(seed, usual))
  }

  /** By the texts. */
  get text(): number {
    return this.#text >>> 0
  }

  /** By the values. */
  get value(): number {
    return this.#value >>> 0
  }
}

/** One text for all texts that stand for the same value: for most that text itself. */
function usualText(text: string): string {
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
  return Number.isNaN(time) ? text : new Date(time).toISOString()
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
