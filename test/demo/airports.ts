import { createReadStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse'

/** A real, public CSV: the airports of the United States, from the npm package vega-datasets (BSD-3). */
export interface Airports {
  /** Absolute path of the file. */
  readonly path: string
  /** Rows below the header, counted by csv-parse, which none of our packages uses. */
  readonly rows: number
}

/** The columns that the demo flows rename to fields of Account. */
const columns = ['iata', 'name', 'city', 'state', 'country', 'latitude', 'longitude']

/**
 * Finds the file and counts its rows independently of the code under demonstration.
 *
 * @throws when the columns are not those that the demo flows name
 */
export async function findAirports(): Promise<Airports> {
  const entry = fileURLToPath(import.meta.resolve('vega-datasets'))
  const path = join(dirname(dirname(entry)), 'data', 'airports.csv')
  let rows = 0
  const records = createReadStream(path).pipe(parse({ columns: true })) as AsyncIterable<Record<string, string>>
  for await (const row of records) {
    if (columns.some((column) => row[column] === undefined)) {
      throw new Error(
        `${path} has the columns ${Object.keys(row).join(', ')}; the demo flows need ${columns.join(', ')}.`,
      )
    }
    rows += 1
  }
  return { path, rows }
}
