import { ConfigurationError } from '@forcewire/core/portable'
import type { Row } from './operation.ts'

/** The one row that a single-record operation works with. */
export async function firstRow(rows: AsyncIterable<Row> | Iterable<Row>): Promise<Row> {
  for await (const row of rows) return row
  throw new ConfigurationError('There is no record to send. Give the operation an object with at least one field.')
}
