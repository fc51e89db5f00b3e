import { type ColumnDelimiter, delimiterCharacter, type LineEnding, lineEndingText } from './dialect.ts'

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
    return texts.map((text) => this.field(text)).join(this.#delimiter) + this.#lineEnding
  }

  /** One field, in quotes where it needs them. */
  field(text: string): string {
    return this.#special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
}
