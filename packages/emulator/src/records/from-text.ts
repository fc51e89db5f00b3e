import { RecordError } from '../errors.ts'
import type { FieldSchema, StoredValue } from '../schema/types.ts'
import { storedBulkDate, storedBulkDateTime, storedDate, storedDateTime } from './date-values.ts'

const INTEGER = /^[+-]?\d+(?:\.0*)?$/
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const BOOLEANS: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['yes', 1],
  ['y', 1],
  ['on', 1],
  ['1', 1],
  ['false', 0],
  ['no', 0],
  ['n', 0],
  ['off', 0],
  ['0', 0],
])

/** What a CSV cell says when the field is to be cleared (Bulk API 2.0 guide, "Prepare CSV Files"). */
export const NULL_CELL = '#N/A'

/**
 * The stored form of one CSV cell. `undefined` means the cell says nothing (it is empty or, for text, blank) and the field is
 * left alone.
 * Throws a {@link RecordError} `INVALID_TYPE_ON_FIELD_IN_RECORD` when the text does not suit the field's type.
 */
export function fromText(field: FieldSchema, text: string): StoredValue | undefined {
  if (text === '') return undefined
  if (text === NULL_CELL) return null
  const value = convertCell(field, text)
  if (value === '') return undefined
  if (value === undefined) {
    throw new RecordError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${text}`, [
      field.name,
    ])
  }
  return value
}

/** Cells are converted like other text; only dates have forms of their own. */
function convertCell(field: FieldSchema, text: string): StoredValue | undefined {
  if (field.type === 'date') return storedBulkDate(text)
  return field.type === 'datetime' ? storedBulkDateTime(text) : convertText(field, text)
}

/**
 * The stored form of text for the field's type, or undefined when it does not suit. Text is kept without the whitespace around
 * it, and there is no empty text (Apex Developer Guide, "Primitive Data Types": sObject fields follow the rules of the SOAP API).
 */
export function convertText(field: FieldSchema, text: string): StoredValue | undefined {
  switch (field.type) {
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase())
    case 'int':
      return INTEGER.test(text) ? Number(text) : undefined
    case 'double':
    case 'currency':
    case 'percent':
      return NUMBER.test(text) ? Number(text) : undefined
    case 'date':
      return storedDate(text)
    case 'datetime':
      return storedDateTime(text)
    case 'address':
      return undefined
    default:
      return text.trim()
  }
}
