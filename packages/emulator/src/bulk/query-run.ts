import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Org } from '../org/org.ts'
import { type CompileOptions, compileSoql } from '../soql/compile.ts'
import type { SqlRow } from '../soql/record-reader.ts'
import type { QueryJob } from './query-job.ts'
import type { QueryResult } from './query-result.ts'
import { csvColumns, csvHeader, csvRow } from './query-rows.ts'

/** Rows read and written at a time: enough to be quick, few enough that others hardly wait. */
const SLICE = 1000

/** What the processing of a query job needs beside the org. */
export interface QueryRun {
  readonly job: QueryJob
  readonly result: QueryResult
  /** Ends the work after the slice that is being done. */
  readonly signal: AbortSignal
}

/**
 * Runs the query of a job and writes its result. Which records are in it is settled at once, by their Ids; the records
 * themselves are read in slices with other work in between, so that one that changes meanwhile shows what it is then, and
 * one that matches no longer is left out.
 */
export async function runQuery(org: Org, { job, result, signal }: QueryRun): Promise<void> {
  const { database } = org
  const compiled = compileSoql(job.query, compileOptions(org, job))
  const columns = csvColumns(compiled)
  const ids = `temp."bulk_${job.id}"`
  database.exec(`DROP TABLE IF EXISTS ${ids}`)
  database
    .prepare(`CREATE TABLE ${ids} AS SELECT "${compiled.id}" AS id FROM (${compiled.sql})`)
    .run(...compiled.parameters)
  try {
    using writer = result.write()
    const slice = database.prepare(`SELECT id FROM ${ids} WHERE rowid > ? ORDER BY rowid LIMIT ${SLICE}`)
    job.header = csvHeader(columns, job)
    job.processed = 0
    for (let from = 0; !signal.aborted; from += SLICE) {
      const among = slice.all(from).map(({ id }) => String(id))
      if (among.length === 0) return
      const rows = recordsAmong(org, job, among)
      writer.add(rows.map((row) => csvRow(row, columns, job)))
      job.processed += rows.length
      await nextTurn()
    }
  } finally {
    if (database.isOpen) database.exec(`DROP TABLE IF EXISTS ${ids}`)
  }
}

/** What the query of a job is compiled against: the moment and the user of its creation. */
export function compileOptions(
  { schema }: Org,
  job: Pick<QueryJob, 'createdById' | 'createdDate' | 'operation'>,
): CompileOptions {
  return { schema, now: job.createdDate, userId: job.createdById, includeDeleted: job.operation === 'queryAll' }
}

/** The records of the Ids that the query still finds, in the order of the Ids. */
function recordsAmong(org: Org, job: QueryJob, among: readonly string[]): SqlRow[] {
  const { sql, parameters, id = '' } = compileSoql(job.query, { ...compileOptions(org, job), among })
  const found = new Map<string, SqlRow>()
  for (const row of org.database.prepare(sql).all(...parameters)) found.set(String(row[id]), row)
  return among.map((one) => found.get(one)).filter((row) => row !== undefined)
}
