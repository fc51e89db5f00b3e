import Table from 'cli-table3'
import type { StateCount } from './engine.ts'
import type { JobReport } from './job.ts'

/** How many states the summary shows. */
const statesShown = 8

/** The table of the runs, one line each. */
export function runTable(reports: readonly JobReport[]): string {
  const table = new Table({
    head: ['Run', 'Rows read', 'Created', 'Updated', 'Failed', 'API calls', 'Seconds'],
    colAligns: Array.from({ length: 7 }, () => 'right'),
    style: plainStyle(),
  })
  for (const [index, { rowsRead, counts, apiCalls, seconds }] of reports.entries()) {
    const numbers = [rowsRead, counts.created, counts.updated, counts.failed, apiCalls].map(grouped)
    table.push([String(index + 1), ...numbers, seconds.toFixed(1)])
  }
  return table.toString()
}

/** The table of the SOQL summary: the states with the most airports. */
export function stateTable(states: readonly StateCount[]): string {
  const table = new Table({
    head: ['State', 'Airports'],
    colAligns: ['left', 'right'],
    style: plainStyle(),
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  for (const { state, airports } of states.slice(0, statesShown)) table.push([state, grouped(airports)])
  const rest = states.slice(statesShown)
  if (rest.length > 0) {
    table.push([`${rest.length} more`, grouped(rest.reduce((sum, { airports }) => sum + airports, 0))])
  }
  return table.toString()
}

/** 3376 -> `3,376`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

/** Headings in bold on a terminal, no escape codes in a file. */
function plainStyle(): { head: string[]; border: string[] } {
  return process.stdout.isTTY ? { head: ['bold'], border: ['gray'] } : { head: [], border: [] }
}
