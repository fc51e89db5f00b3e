import { SoqlError } from '../soql/error.ts'

const WORD = /'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*|\d+|\S/y
const SPACE = /\s*/y

/** Reads the words of a SOSL statement one by one and knows where it stands, for the picture in an error. */
export class SoslReader {
  readonly text: string
  #offset = 0

  constructor(text: string) {
    this.text = text
    this.#passSpace()
  }

  /** Where the next word begins. */
  get offset(): number {
    return this.#offset
  }

  /** The next word, a quoted literal or a single sign; empty at the end. */
  word(): string {
    WORD.lastIndex = this.#offset
    return WORD.exec(this.text)?.[0] ?? ''
  }

  /** Passes over the next word. */
  skip(): void {
    this.#offset += this.word().length
    this.#passSpace()
  }

  /** Passes over the next word if it is `expected`, in any case. */
  take(expected: string): boolean {
    if (this.word().toUpperCase() !== expected) return false
    this.skip()
    return true
  }

  /** The next word, which has to be a name. */
  name(): string {
    const name = this.word()
    if (!/^[A-Za-z_]/.test(name)) throw this.unexpected()
    this.skip()
    return name
  }

  /** What stands between braces; `\}` does not end it. */
  braces(): string {
    if (this.word() !== '{') throw this.error('No search term found. The search term must be enclosed in braces.')
    const inside = /(?:\\[\s\S]|[^\\}])*/y
    inside.lastIndex = this.#offset + 1
    const content = inside.exec(this.text)?.[0] ?? ''
    this.#offset = inside.lastIndex
    if (this.word() !== '}') throw this.unexpected()
    this.skip()
    return content
  }

  /** What stands between the next parentheses, undefined where there are none; literals may hold any sign. */
  parentheses(): string | undefined {
    if (this.word() !== '(') return undefined
    const start = this.#offset + 1
    let depth = 0
    do {
      const word = this.word()
      if (word === '') throw this.unexpected()
      if (word === '(') depth += 1
      if (word === ')') depth -= 1
      this.skip()
    } while (depth > 0)
    return this.text.slice(start, this.text.lastIndexOf(')', this.#offset - 1)).trim()
  }

  /** The refusal of the next word. */
  unexpected(): SoqlError {
    return this.error(`unexpected token: '${this.word() || '<EOF>'}'`)
  }

  /** A refusal that points at the next word. */
  error(message: string): SoqlError {
    return SoqlError.at(this.text, this.#offset, 'MALFORMED_SEARCH', message)
  }

  #passSpace(): void {
    SPACE.lastIndex = this.#offset
    SPACE.exec(this.text)
    this.#offset = SPACE.lastIndex
  }
}
