import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { findAirports } from './airports.ts'

test('finds 3,376 airports, some of them with quoted commas', async () => {
  const airports = await findAirports()
  assert.equal(airports.rows, 3376)
  assert.match(await readFile(airports.path, 'utf8'), /"[^"\n]*,[^"\n]*"/)
})
