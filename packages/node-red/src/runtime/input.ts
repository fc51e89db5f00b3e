import { ConfigurationError } from '@forcewire/core'
import type { Operation, Row } from '@forcewire/operations'

/**
 * The rows in a message: an array or a stream of objects, or one object alone. Nothing is read before the operation
 * asks for the first row, so an operation that takes its data elsewhere is not disturbed by what the message holds.
 */
export async function* inputRows(operation: Operation, value: unknown): AsyncGenerator<Row> {
  if (operation.rows === 'one' && Array.isArray(value) && value.length > 1) {
    throw new ConfigurationError(
      `"${operation.label}" takes one record a message, but the input holds ${value.length}. ` +
        'Put a "split" node in front, or load them all in one go with an "sf bulk" node.',
    )
  }
  if (!isMany(value)) {
    yield asRow(value, 'The input')
    return
  }
  let index = 0
  for await (const row of value) yield asRow(row, `Row ${++index} of the input`)
}

function isMany(value: unknown): value is readonly unknown[] | AsyncIterable<unknown> {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
}

function asRow(value: unknown, where: string): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)) {
    return value as Row
  }
  throw new ConfigurationError(
    `${where} is ${describe(value)}, but a row is an object with field names as keys. ` +
      'Parse it first, for instance with a "csv" or "json" node.',
  )
}

function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'empty'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Uint8Array) return 'a Buffer'
  return typeof value === 'string' ? 'text' : `of type ${typeof value}`
}
