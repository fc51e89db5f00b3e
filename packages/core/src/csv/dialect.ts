/** Salesforce's names of the column delimiters that Bulk API 2.0 takes (job resource, `columnDelimiter`). */
export type ColumnDelimiter = 'COMMA' | 'TAB' | 'SEMICOLON' | 'PIPE' | 'CARET' | 'BACKQUOTE'

/** Salesforce's names of line endings (job resource, `lineEnding`). */
export type LineEnding = 'LF' | 'CRLF'

/** The character behind each delimiter name. */
export const delimiterCharacter: Readonly<Record<ColumnDelimiter, string>> = {
  COMMA: ',',
  TAB: '\t',
  SEMICOLON: ';',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
}

/** The characters behind each line ending name. */
export const lineEndingText: Readonly<Record<LineEnding, string>> = { LF: '\n', CRLF: '\r\n' }

/** The name of the delimiter in a job, where an unknown or missing one means Salesforce's default, the comma. */
export function delimiterNamed(name: string | undefined): ColumnDelimiter {
  return name !== undefined && name in delimiterCharacter ? (name as ColumnDelimiter) : 'COMMA'
}
