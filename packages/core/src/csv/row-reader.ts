import { RecordScanner, type ScannerOptions } from './record-scanner.ts'

/** Turns the text of one field into its value. */
export type FieldConverter = (text: string) => unknown

/** How to read rows. */
export interface RowReaderOptions extends ScannerOptions {
  /** Called once with the column names; answers how to convert each column (`undefined` = leave it text). */
  readonly convert?: ((header: readonly string[]) => readonly (FieldConverter | undefined)[]) | undefined
}

/** A row of a CSV: column name -> text, or what the column's converter made of it. */
export type CsvRow = Record<string, unknown>

/**
 * Reads rows from CSV bytes that arrive in chunks cut anywhere. Feed it with `push` and finish with `end`; both answer
 * the rows that became complete. Every row has every column; an empty field is `''`.
 */
export class RowReader {
  readonly #scanner: RecordScanner
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #convert: RowReaderOptions['convert']
  #plan: Plan | undefined

  constructor(options: RowReaderOptions) {
    this.#scanner = new RecordScanner(options)
    this.#convert = options.convert
  }

  /** The column names; `undefined` until the header line is complete. */
  get header(): readonly string[] | undefined {
    return this.#scanner.header
  }

  push(chunk: Uint8Array): CsvRow[] {
    this.#scanner.push(chunk)
    return this.#rows()
  }

  end(): CsvRow[] {
    this.#scanner.end()
    return this.#rows()
  }

  #rows(): CsvRow[] {
    const { count, header, bounds, bytes, width } = this.#scanner
    if (count === 0 || header === undefined) return []
    this.#plan ??= planOf(header, this.#convert)
    const from = bounds[0] as number
    const to = bounds[count * 3 - 1] as number
    const block = this.#decoder.decode(bytes.subarray(from, to))
    // As many characters as bytes: every offset in bytes is an offset in the text, whatever the bytes are.
    const aligned = block.length === to - from
    const rows: CsvRow[] = new Array(count)
    for (let index = 0; index < count; index += 1) {
      rows[index] = aligned ? this.#slicedRow(block, from, index * width) : this.#decodedRow(index, width)
    }
    return rows
  }

  #slicedRow(text: string, offset: number, base: number): CsvRow {
    const { starts, ends } = this.#scanner
    const { names, converters, blank } = this.#plan as Plan
    const row = { ...blank }
    for (let field = 0; field < names.length; field += 1) {
      const start = (starts[base + field] as number) - offset
      const end = ends[base + field] as number
      const value =
        end < 0 ? text.substring(start, ~end - offset).replaceAll('""', '"') : text.substring(start, end - offset)
      const convert = converters[field]
      row[names[field] as string] = convert === undefined ? value : convert(value)
    }
    return row
  }

  /** A row with characters beyond ASCII somewhere near it. */
  #decodedRow(index: number, width: number): CsvRow {
    const { bounds, bytes } = this.#scanner
    const begin = bounds[index * 3] as number
    const end = bounds[index * 3 + 1] as number
    const text = this.#decoder.decode(bytes.subarray(begin, end))
    if (text.length === end - begin) return this.#slicedRow(text, begin, index * width)
    const { names, converters, blank } = this.#plan as Plan
    const row = { ...blank }
    for (let field = 0; field < width; field += 1) {
      const value = this.#scanner.text(index * width + field, this.#decoder)
      const convert = converters[field]
      row[names[field] as string] = convert === undefined ? value : convert(value)
    }
    return row
  }
}

/** How to make rows of one header. */
interface Plan {
  readonly names: readonly string[]
  readonly converters: readonly (FieldConverter | undefined)[]
  /** A row without values. Its copies have all columns from the start, which makes them and their use fast. */
  readonly blank: CsvRow
}

function planOf(header: readonly string[], convert: RowReaderOptions['convert']): Plan {
  // A column may be called `__proto__`; entries define what an assignment would take for the prototype.
  const blank: CsvRow = Object.fromEntries(header.map((name) => [name, '']))
  return { names: header, converters: convert?.(header) ?? [], blank }
}
