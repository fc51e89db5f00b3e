import { RecordError } from '../errors.ts'
import { type FieldSchema, isText, type StoredValue } from '../schema/types.ts'
import { StoredBlob } from './blob-store.ts'
import { convertText } from './from-text.ts'

/**
 * The stored form of one JSON value. Empty text clears a field, as null does, and so do blanks in a text field.
 * Throws a {@link RecordError} `JSON_PARSER_ERROR`, worded after the JSON token at fault, when the value does not suit the type.
 */
export function fromJson(field: FieldSchema, value: unknown): StoredValue {
  if (value === null || value === '') return null
  const stored = convertJson(field, value)
  if (stored === undefined) {
    throw new RecordError(
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of ${field.type} from ${describe(value)} or request may be missing a required field`,
    )
  }
  return stored === '' ? null : stored
}

const BASE64 = /^(?:[\w+/-]{4}|\s)*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?\s*$/

/** What one JSON value puts into a base64 field: its bytes, or the key of those that are stored; empty text clears it. */
export function bytesFromJson(field: FieldSchema, value: unknown): Uint8Array | string | null {
  if (value === null || value === '') return null
  if (value instanceof StoredBlob) return value.key
  if (typeof value === 'string' && BASE64.test(value)) return Buffer.from(value, 'base64')
  throw new RecordError('JSON_PARSER_ERROR', `Value not of required type: ${field.name} must be Base64 encoded text`)
}

function convertJson(field: FieldSchema, value: unknown): StoredValue | undefined {
  if (typeof value === 'string') return convertText(field, value)
  if (typeof value === 'boolean') return field.type === 'boolean' ? Number(value) : undefined
  if (typeof value !== 'number') return undefined
  if (field.type === 'int') return Number.isInteger(value) ? value : undefined
  if (field.type === 'double' || field.type === 'currency' || field.type === 'percent') return value
  return isText(field) ? String(value) : undefined
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `VALUE_STRING value ${value}`
  if (typeof value === 'boolean') return `VALUE_${String(value).toUpperCase()} value ${value}`
  if (typeof value === 'number')
    return `${Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT'} value ${value}`
  return Array.isArray(value) ? 'START_ARRAY value [' : 'START_OBJECT value {'
}
