/**
 * A query that Salesforce would refuse. The message has Salesforce's form: where the position is known it starts with a
 * line break, shows a piece of the query with a caret below it, and names row and column.
 *
 * Source: recorded case `vcr-400-invalid-query-filter`.
 */
export class SoqlError extends Error {
  /** Salesforce's code, for instance `MALFORMED_QUERY`, `INVALID_FIELD` or `INVALID_TYPE`. */
  readonly errorCode: string

  constructor(errorCode: string, message: string) {
    super(message)
    this.name = 'SoqlError'
    this.errorCode = errorCode
  }

  /** The same refusal, pointing at `offset` (zero-based) of `soql`. */
  static at(soql: string, offset: number, errorCode: string, message: string): SoqlError {
    return new SoqlError(errorCode, `${caretPicture(soql, offset)}\n${message}`)
  }
}

/** A clause that this emulator does not run. It is refused by name: a wrong result would be worse. */
export function unsupported(clause: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `The emulator does not support ${clause} in SOQL`)
}

/** A value that stands beside groups, or is made of them, and is neither one of them nor an aggregate. */
export function notGrouped(name: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${name}`)
}

/** How much of the query Salesforce shows before the caret, at most. */
const BEFORE_CARET = 50

function caretPicture(soql: string, offset: number): string {
  const text = soql.replaceAll(/\s/g, ' ')
  const begin = offset <= BEFORE_CARET ? 0 : nextWord(text, offset - BEFORE_CARET, offset)
  const row = soql.slice(0, offset).split('\n').length
  const column = offset - (soql.lastIndexOf('\n', offset - 1) + 1) + 1
  return `\n${text.slice(begin)}\n${' '.repeat(offset - begin)}^\nERROR at Row:${row}:Column:${column}`
}

function nextWord(text: string, from: number, limit: number): number {
  const space = text.indexOf(' ', from)
  return space < 0 || space >= limit ? from : space + 1
}
