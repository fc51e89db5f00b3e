import { columnValue, type InputRow } from './columns.ts'
import { type ColumnDelimiter, delimiterCharacter, type LineEnding, lineEndingText } from './dialect.ts'
import { fieldText } from './field-text.ts'

/** How to write a CSV. */
export interface LineWriterOptions {
  /** Default: COMMA. */
  readonly columnDelimiter?: ColumnDelimiter | undefined
  /** Default: LF. */
  readonly lineEnding?: LineEnding | undefined
}

/** Writes lines of CSV, each with its line ending. Quotes only what needs it. */
export class LineWriter {
  readonly #delimiter: string
  readonly #lineEnding: string
  readonly #special: RegExp

  constructor(options: LineWriterOptions = {}) {
    this.#delimiter = delimiterCharacter[options.columnDelimiter ?? 'COMMA']
    this.#lineEnding = lineEndingText[options.lineEnding ?? 'LF']
    this.#special = new RegExp(`["\\r\\n${this.#delimiter.replace('^', '\\^')}]|^\\s|\\s$`)
  }

  /** One line of ready texts, for instance the header. */
  texts(texts: readonly string[]): string {
    // A lone empty field would be an empty line, which readers pass over.
    if (texts.length === 1 && texts[0] === '') return `""${this.#lineEnding}`
    let line = ''
    for (let index = 0; index < texts.length; index += 1) {
      if (index > 0) line += this.#delimiter
      line += this.#quoted(texts[index] as string)
    }
    return line + this.#lineEnding
  }

  /**
   * One row: its values for these columns.
   * @throws TypeError naming the column, when a value has no text.
   */
  row(row: InputRow, columns: readonly string[]): string {
    return this.texts(columns.map((column) => textOf(row, column)))
  }

  #quoted(text: string): string {
    return this.#special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
}

function textOf(row: InputRow, column: string): string {
  try {
    return fieldText(columnValue(row, column))
  } catch (error) {
    throw new TypeError(`column ${column}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
