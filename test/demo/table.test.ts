import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobReport } from './job.ts'
import { runTable, stateTable } from './table.ts'

const report: JobReport = {
  rowsRead: 3376,
  counts: { created: 3000, updated: 374, failed: 2, unprocessed: 0 },
  states: [],
  apiCalls: 12,
  seconds: 4.26,
  discrepancy: undefined,
}

test('gives each run a line with its number, its rows, its calls and its seconds', () => {
  const lines = runTable([report, { ...report, seconds: 60 }]).split('\n')
  const cells = (line: string | undefined) =>
    line
      ?.split('│')
      .map((cell) => cell.trim())
      .filter(Boolean)
  assert.deepEqual(cells(lines[1]), ['Run', 'Rows read', 'Created', 'Updated', 'Failed', 'API calls', 'Seconds'])
  assert.deepEqual(cells(lines[3]), ['1', '3,376', '3,000', '374', '2', '12', '4.3'])
  assert.deepEqual(cells(lines[5]), ['2', '3,376', '3,000', '374', '2', '12', '60.0'])
})

test('shows the first states and sums up the rest', () => {
  const states = Array.from({ length: 10 }, (_, index) => ({ state: `S${index}`, airports: 100 - index }))
  const text = stateTable(states)
  assert.match(text, /S0 +│ +100/)
  assert.match(text, /S7 +│ +93/)
  assert.doesNotMatch(text, /S8/)
  assert.match(text, /2 more +│ +183/)
})

test('writes no escape codes where the output is no terminal', () => {
  assert.ok(!runTable([report]).includes('\u001B'))
})
