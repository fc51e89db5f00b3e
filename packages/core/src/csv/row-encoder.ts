import { columnValue, type InputRow } from './columns.ts'
import { delimiterCharacter, lineEndingText } from './dialect.ts'
import { fieldText } from './field-text.ts'
import { LineWriter, type LineWriterOptions } from './line-writer.ts'

/** The values of ASCII end here. */
const ASCII = 128
const SPACE = 32
const QUOTE = 34
const ZERO = 48

/**
 * Writes rows as lines of CSV in UTF-8, one behind the other. Most texts are ASCII that needs no quotes: these become
 * bytes character by character, without a string in between. For all others `LineWriter` has the rules.
 */
export class RowEncoder {
  /** The lines so far are the first `length` of these. */
  bytes: Uint8Array<ArrayBuffer>
  /** Bytes of the lines so far; may be set back to write over them. */
  length = 0
  readonly #writer: LineWriter
  readonly #encoder = new TextEncoder()
  readonly #delimiter: number
  readonly #ending: Uint8Array
  /** For each character of ASCII, whether it needs quotes wherever it stands. */
  readonly #special = new Uint8Array(ASCII)

  constructor(options: LineWriterOptions, capacity: number) {
    const { columnDelimiter = 'COMMA', lineEnding = 'LF' } = options
    this.bytes = new Uint8Array(capacity)
    this.#writer = new LineWriter(options)
    this.#delimiter = delimiterCharacter[columnDelimiter].charCodeAt(0)
    this.#ending = this.#encoder.encode(lineEndingText[lineEnding])
    for (const character of '"\r\n') this.#special[character.charCodeAt(0)] = 1
    this.#special[this.#delimiter] = 1
  }

  /**
   * Adds a row: its values for these columns.
   * @returns the bytes of its line, the line ending included
   * @throws TypeError naming the column, when a value has no text; nothing is added then
   */
  row(row: InputRow, columns: readonly string[]): number {
    // A byte for each delimiter, two quotes where all is empty, and the line ending.
    const spare = columns.length + 4
    this.#reserve(this.length + spare)
    let at = this.length
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as string
      if (index > 0) this.bytes[at++] = this.#delimiter
      try {
        const value = columnValue(row, column)
        if (typeof value === 'string') at = this.#text(value, at, spare)
        else if (typeof value === 'number' && value >= 0 && value === (value | 0)) at = this.#digits(value, at, spare)
        else if (value !== undefined) at = this.#text(fieldText(value), at, spare)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new TypeError(`column ${column}: ${reason}`, { cause: error })
      }
    }
    if (columns.length === 1 && at === this.length) {
      // A lone empty field would be an empty line, which readers pass over.
      this.bytes[at++] = QUOTE
      this.bytes[at++] = QUOTE
    }
    for (const byte of this.#ending) this.bytes[at++] = byte
    const size = at - this.length
    this.length = at
    return size
  }

  #text(text: string, at: number, spare: number): number {
    const { length } = text
    if (at + length * 3 + spare > this.bytes.length) this.#reserve(at + length * 3 + spare)
    if (length === 0) return at
    const bytes = this.bytes
    const special = this.#special
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index)
      if (code >= ASCII || special[code] === 1) return this.#anyText(text, at)
      bytes[at + index] = code
    }
    const space = text.charCodeAt(0) <= SPACE || text.charCodeAt(length - 1) <= SPACE
    return space ? this.#anyText(text, at) : at + length
  }

  /** A whole number of 31 bits. V8 would keep its text, and those of thousands of others, for the next time. */
  #digits(value: number, at: number, spare: number): number {
    this.#reserve(at + 10 + spare)
    let digits = 1
    for (let power = 10; power <= value; power *= 10) digits += 1
    for (let to = at + digits - 1, rest = value; to >= at; to -= 1) {
      this.bytes[to] = ZERO + (rest % 10)
      rest = (rest / 10) | 0
    }
    return at + digits
  }

  #anyText(text: string, at: number): number {
    const field = this.#writer.field(fieldText(text))
    return at + this.#encoder.encodeInto(field, this.bytes.subarray(at)).written
  }

  #reserve(needed: number): void {
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes)
    this.bytes = larger
  }
}
