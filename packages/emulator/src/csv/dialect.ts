/** Column delimiters of Bulk API 2.0 by their names in a job (`columnDelimiter`). */
export const COLUMN_DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const

/** Line endings of Bulk API 2.0 by their names in a job (`lineEnding`). */
export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const

/** Name of a column delimiter. */
export type ColumnDelimiter = keyof typeof COLUMN_DELIMITERS

/** Name of a line ending. */
export type LineEnding = keyof typeof LINE_ENDINGS

/** How the CSV of one job is written. */
export interface CsvDialect {
  readonly columnDelimiter: ColumnDelimiter
  readonly lineEnding: LineEnding
}
