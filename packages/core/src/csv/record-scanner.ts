import { type ColumnDelimiter, delimiterCharacter, type LineEnding } from './dialect.ts'

/** A record of a CSV that could not be read. Reading went on at the next physical line. */
export interface MalformedRecord {
  /** The physical line, counted from 1, where the record begins. */
  readonly line: number
  /** What is wrong, as the end of a sentence: `a quoted field is never closed`. */
  readonly reason: string
  /** The beginning of that line, 200 bytes at most. */
  readonly text: string
  /** Whether the header itself is the record; the next readable record then becomes the header. */
  readonly header: boolean
}

/** How a CSV is written, and where to report what is wrong with it. */
export interface ScannerOptions {
  /** Default: COMMA. */
  readonly columnDelimiter?: ColumnDelimiter | undefined
  /**
   * Bytes of the longest field. A longer one counts as malformed, which also bounds what is buffered while looking for
   * a closing quote. Default 400,000: Salesforce's limit for a whole record, and more than its longest text field
   * (131,072 characters of three bytes) needs.
   */
  readonly maxFieldBytes?: number | undefined
  /** Called for each record that cannot be read, in order. May throw to end the reading. */
  readonly onMalformed: (record: MalformedRecord) => void
}

const LF = 10
const CR = 13
const SPACE = 32
const QUOTE = 34
const EXCERPT = 200

/**
 * Finds records and fields in CSV bytes (RFC 4180, with LF or CRLF, a byte order mark and any of Salesforce's
 * delimiters) in one pass, without making a string. It works on its own copy of the unread bytes, to which a line feed
 * is appended as a sentinel, so that the inner loops need no bounds check; an unfinished record is scanned again when
 * more bytes are there, which is also what lets a malformed one be left behind at its first line.
 *
 * Use: `push(chunk)`, read the records, `push` again, ..., `end()`, read the last records. What `bytes`, `starts` and
 * the others hold is valid until the next call. Empty lines are passed over.
 */
export class RecordScanner {
  /** Number of columns; 0 until the header is read. */
  width = 0
  /** The column names, once read. */
  header: readonly string[] | undefined
  /** The bytes of the header line with its line ending, once read. */
  headerLine: Uint8Array = new Uint8Array(0)
  /** How the header line ends; meaningful when `header` is there. */
  lineEnding: LineEnding = 'LF'
  /** Records found by the latest call, the header not among them. */
  count = 0
  /** The bytes that all offsets below point into. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16)
  /** Field `f` of record `r` begins at `starts[r * width + f]`, its quotes left off. */
  starts: Int32Array = new Int32Array(1 << 12)
  /** ... and ends before `ends[...]`; `~end` (negative) says that quotes inside are doubled. */
  ends: Int32Array = new Int32Array(1 << 12)
  /** Record `r` begins at `bounds[3 * r]`, its text ends before `[3 * r + 1]`, its line ending before `[3 * r + 2]`. */
  bounds: Int32Array = new Int32Array(1 << 10)

  readonly #delimiter: number
  readonly #limit: number
  readonly #onMalformed: (record: MalformedRecord) => void
  #from = 0
  #to = 0
  #line = 1
  #begun = false
  #skipping = false
  #atEnd = false

  constructor(options: ScannerOptions) {
    this.#delimiter = delimiterCharacter[options.columnDelimiter ?? 'COMMA'].charCodeAt(0)
    this.#limit = options.maxFieldBytes ?? 400_000
    this.#onMalformed = options.onMalformed
  }

  /** Takes the next bytes and finds the records that are complete. */
  push(chunk: Uint8Array): void {
    this.#append(chunk)
    this.#scan()
  }

  /** Says that there are no more bytes and finds what is left. */
  end(): void {
    this.#atEnd = true
    this.#append(new Uint8Array(0))
    this.#scan()
  }

  #append(chunk: Uint8Array): void {
    const kept = this.#to - this.#from
    const needed = kept + chunk.length + 1
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
      larger.set(this.bytes.subarray(this.#from, this.#to))
      this.bytes = larger
    } else if (this.#from > 0) {
      this.bytes.copyWithin(0, this.#from, this.#to)
    }
    this.bytes.set(chunk, kept)
    this.bytes[needed - 1] = LF
    this.#from = 0
    this.#to = kept + chunk.length
    this.count = 0
  }

  #scan(): void {
    if (!this.#begun && !this.#passByteOrderMark()) return
    if (this.#skipping && !this.#passRestOfLine()) return
    while (this.#from < this.#to && this.#record()) {}
  }

  /** Whether the start of the input is behind us; false while too few bytes are there to tell. */
  #passByteOrderMark(): boolean {
    const { bytes } = this
    const mark = [0xef, 0xbb, 0xbf]
    const there = Math.min(this.#to, mark.length)
    const matches = mark.slice(0, there).every((byte, index) => bytes[index] === byte)
    if (matches && there < mark.length && !this.#atEnd) return false
    if (matches && there === mark.length) this.#from = mark.length
    this.#begun = true
    return true
  }

  /** Drops what belongs to a line that was given up; false while its end is not in sight. */
  #passRestOfLine(): boolean {
    const end = this.bytes.indexOf(LF, this.#from)
    this.#from = Math.min(end + 1, this.#to)
    if (end === this.#to) return false
    this.#skipping = false
    this.#line += 1
    return true
  }

  /** Scans one record from `#from` on; false when it is not complete yet. */
  #record(): boolean {
    const { bytes, width } = this
    const atEnd = this.#atEnd
    const delimiter = this.#delimiter
    const to = this.#to
    const begin = this.#from
    const base = this.count * width
    let { starts, ends } = this
    let at = begin
    let fields = 0
    let innerLines = 0
    let textEnd: number
    for (;;) {
      let start = at
      let end: number
      if (bytes[at] === QUOTE) {
        start = ++at
        let doubled = false
        for (;;) {
          for (let byte = bytes[at]; byte !== QUOTE && byte !== LF; byte = bytes[at]) at += 1
          if (at < to && bytes[at] === LF) {
            if (at - start > this.#limit) break
            innerLines += 1
            at += 1
          } else if (at >= to || bytes[at + 1] !== QUOTE) {
            break
          } else {
            doubled = true
            at += 2
          }
        }
        if (at - start > this.#limit) return this.#malformed(UNCLOSED)
        if (at >= to) return atEnd && this.#malformed(UNCLOSED)
        // The byte after a quote decides what the quote means, and a carriage return what its line feed says.
        if (at + 1 >= to && !atEnd) return false
        end = doubled ? ~at : at
        at += 1
        textEnd = at
        if (bytes[at] === CR && at < to) {
          if (at + 1 >= to && !atEnd) return false
          if (bytes[at + 1] === LF) at += 1
        }
        if (bytes[at] !== LF && bytes[at] !== delimiter) {
          return this.#malformed('text follows the closing quote of a field (a quote inside a field is written twice)')
        }
      } else {
        for (let byte = bytes[at]; byte !== delimiter && byte !== LF; byte = bytes[at]) at += 1
        if (at - start > this.#limit) return this.#malformed(`a field is longer than ${this.#limit} bytes`)
        if (at >= to && !atEnd) return false
        end = bytes[at] === LF && at > start && bytes[at - 1] === CR ? at - 1 : at
        textEnd = end
        if (bytes[start] === SPACE && this.#quoteAfterSpaces(start, end)) {
          return this.#malformed('a space stands before the opening quote of a field')
        }
        if (fields === 0 && end === start && bytes[at] === LF) return this.#leave(Math.min(at + 1, to), 1)
      }
      if (width === 0 || fields < width) {
        if (base + fields === starts.length) [starts, ends] = this.#grown()
        starts[base + fields] = start
        ends[base + fields] = end
      }
      fields += 1
      if (at >= to || bytes[at] === LF) break
      at += 1
    }
    if (width === 0) return this.#takeHeader(fields, textEnd, at, innerLines)
    if (fields !== width) {
      return this.#malformed(`it has ${count(fields, 'field')} where the header has ${width}`)
    }
    const next = Math.min(at + 1, to)
    this.#keep(begin, textEnd, next)
    return this.#leave(next, innerLines + 1)
  }

  #quoteAfterSpaces(start: number, end: number): boolean {
    let at = start
    while (at < end && this.bytes[at] === SPACE) at += 1
    return at < end && this.bytes[at] === QUOTE
  }

  #grown(): [starts: Int32Array, ends: Int32Array] {
    this.starts = doubledInSize(this.starts)
    this.ends = doubledInSize(this.ends)
    return [this.starts, this.ends]
  }

  #keep(begin: number, textEnd: number, next: number): void {
    const index = this.count * 3
    if (index + 3 > this.bounds.length) this.bounds = doubledInSize(this.bounds)
    this.bounds[index] = begin
    this.bounds[index + 1] = textEnd
    this.bounds[index + 2] = next
    this.count += 1
  }

  #takeHeader(fields: number, textEnd: number, at: number, innerLines: number): boolean {
    const decoder = new TextDecoder()
    this.header = Array.from({ length: fields }, (_, index) => this.text(index, decoder))
    this.lineEnding = at > textEnd ? 'CRLF' : 'LF'
    this.headerLine = this.bytes.slice(this.#from, Math.min(at + 1, this.#to))
    this.width = fields
    return this.#leave(Math.min(at + 1, this.#to), innerLines + 1)
  }

  /** The text of one field by its index in `starts`, decoded on its own. */
  text(index: number, decoder: { decode(bytes: Uint8Array): string }): string {
    const end = this.ends[index] as number
    const text = decoder.decode(this.bytes.subarray(this.starts[index], end < 0 ? ~end : end))
    return end < 0 ? text.replaceAll('""', '"') : text
  }

  #leave(next: number, lines: number): true {
    this.#from = next
    this.#line += lines
    return true
  }

  /** Reports the record that begins at `#from` and goes on after its first line feed. */
  #malformed(reason: string): boolean {
    const begin = this.#from
    const end = this.bytes.indexOf(LF, begin)
    // The report must not depend on how the input was cut into chunks.
    if (end === this.#to && end - begin < EXCERPT && !this.#atEnd) return false
    const excerpt = this.bytes.subarray(begin, Math.min(end, begin + EXCERPT))
    const record: MalformedRecord = {
      line: this.#line,
      reason,
      text: new TextDecoder().decode(excerpt, { stream: true }).trimEnd(),
      header: this.width === 0,
    }
    this.#skipping = true
    const resumed = this.#passRestOfLine()
    this.#onMalformed(record)
    return resumed
  }
}

const UNCLOSED = 'a quoted field is never closed'

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`
}

function doubledInSize(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
