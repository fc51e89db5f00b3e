import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SettledIngestOptions } from './ingest-options.ts'

/**
 * Turns the columns of the input into those that are sent, and refuses what Salesforce would refuse for the whole job.
 * Field names are compared without regard to case, as Salesforce does.
 * @throws ConfigurationError with one sentence for the cause and one for the way out.
 */
export function sentColumns(input: readonly string[], options: SettledIngestOptions): string[] {
  if (input.length === 0) throw new ConfigurationError('The rows to load are empty. Give them the fields to send.')
  const columns = input.map((column) => sentName(column, options))
  const seen = new Map<string, string>()
  for (const [index, column] of columns.entries()) {
    if (column.trim() === '') {
      throw new ConfigurationError(`Column ${index + 1} has no name. Give it the name of a field, or remove it.`)
    }
    if (/[\r\n]/.test(column)) {
      const way = 'Save the CSV with LF or CRLF at the ends of its lines, and close every quote in its header.'
      throw new ConfigurationError(`The name of column ${index + 1} goes on over a line break. ${way}`)
    }
    if (!isColumnName(column)) {
      const kinds = 'Code__c, Parent__r.Code__c or User:Owner.Code__c'
      throw new ConfigurationError(
        `Column ${index + 1}, "${column}", must be named by a field, such as ${kinds}. Correct it, or use rename.`,
      )
    }
    const source = input[index] as string
    const earlier = seen.get(column.toLowerCase())
    if (earlier !== undefined) {
      const way = 'Remove one of them, or use rename to give it another field.'
      throw new ConfigurationError(`Two columns, "${earlier}" and "${source}", stand for the field ${column}. ${way}`)
    }
    seen.set(column.toLowerCase(), source)
  }
  const needed = neededColumn(options)
  if (needed !== undefined && !seen.has(needed.toLowerCase())) {
    const what = options.operation === 'upsert' ? `external ID column ${needed}` : `column ${needed}`
    const example = `{ "${input[0] ?? 'column'}": "${needed}" }`
    throw new ConfigurationError(
      `The ${options.operation} into ${options.object} needs the ${what}, but the input has only the columns ` +
        `${listed(input)}. Add the column, or use rename to say which one it is, such as ${example}.`,
    )
  }
  return columns
}

/** The name under which a column of the input is sent. */
export function sentName(column: string, { rename }: Pick<SettledIngestOptions, 'rename'>): string {
  return Object.hasOwn(rename, column) ? (rename[column] as string) : column
}

/**
 * A field, one of a parent, or one of a parent that may be of several objects ("Relationship Fields in a Header Row" of
 * the Bulk API 2.0 guide).
 */
export function isColumnName(name: unknown): boolean {
  return typeof name === 'string' && /^(?:[a-z]\w*:)?[a-z]\w*(?:\.[a-z]\w*)*$/i.test(name)
}

function neededColumn({ operation, externalIdField }: SettledIngestOptions): string | undefined {
  if (operation === 'insert') return undefined
  return operation === 'upsert' ? externalIdField : 'Id'
}

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 20).join(', ')
  return columns.length > 20 ? `${shown} and ${columns.length - 20} more` : shown
}
