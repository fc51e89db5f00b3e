import type { QueryService } from '../query/model.ts'
import { valueAt } from '../query/value-at.ts'
import { type DataCell, dataCell, numberCell } from './cells.ts'
import type { ReportColumn } from './columns.ts'

/** At most so many detail rows come with a run (Reports and Dashboards REST API Developer Guide, "Requirements and Limitations"). */
const MAX_DETAIL_ROWS = 2000

/** What a run is made of. */
export interface ReportPlan {
  readonly soql: string
  readonly columns: readonly ReportColumn[]
  /** The column that rows are grouped by; undefined for a tabular report. */
  readonly grouping: ReportColumn | undefined
  readonly sums: readonly ReportColumn[]
  readonly includeDetails: boolean
}

/** A group of rows, or all of them. */
export interface Fact {
  readonly aggregates: readonly DataCell[]
  readonly rows: readonly { readonly dataCells: readonly DataCell[] }[]
}

/** One group of a summary report: its key in the fact map and what its rows share. */
export interface Group {
  readonly key: string
  readonly value: unknown
  readonly label: string
}

/** The result of a run. Aggregates count every row, also those beyond the limit of detail rows. */
export interface ReportResult {
  readonly allData: boolean
  readonly groups: readonly Group[]
  /** By key: `T!T` for the grand total, `0!T`, `1!T` ... for the groups ("Decode the Fact Map"). */
  readonly factMap: Readonly<Record<string, Fact>>
}

type Row = Readonly<Record<string, unknown>>

/** Runs a report over the records as they are now. */
export function runReport(queries: QueryService, plan: ReportPlan): ReportResult {
  const everything = { includeDeleted: false, batchSize: Number.POSITIVE_INFINITY, version: '67.0' }
  const rows = queries.query({ ...everything, soql: plan.soql }).records
  const detailed = new Set(rows.slice(0, MAX_DETAIL_ROWS))
  const fact = (members: readonly Row[], withRows: boolean): Fact => ({
    aggregates: aggregates(plan, members),
    rows:
      withRows && plan.includeDetails ? members.filter((row) => detailed.has(row)).map((row) => detail(plan, row)) : [],
  })
  const { grouping } = plan
  const groups = grouping ? [...grouped(rows, grouping).values()] : []
  const factMap: Record<string, Fact> = {}
  for (const [index, members] of groups.entries()) factMap[`${index}!T`] = fact(members, true)
  factMap['T!T'] = fact(rows, !grouping)
  return {
    allData: rows.length <= MAX_DETAIL_ROWS,
    groups: groups.map((members, index) => groupOf(grouping, members, index)),
    factMap,
  }
}

function grouped(rows: readonly Row[], { path }: ReportColumn): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>()
  for (const row of rows) {
    const value = valueAt(row, path)
    const members = groups.get(value)
    if (members) members.push(row)
    else groups.set(value, [row])
  }
  return groups
}

function groupOf(grouping: ReportColumn | undefined, members: readonly Row[], index: number): Group {
  const cell = grouping && members[0] ? dataCell(members[0], grouping) : { value: null, label: '-' }
  return { key: String(index), value: cell.value, label: cell.label }
}

function detail(plan: ReportPlan, row: Row): { dataCells: DataCell[] } {
  return { dataCells: plan.columns.map((column) => dataCell(row, column)) }
}

function aggregates({ sums }: ReportPlan, rows: readonly Row[]): DataCell[] {
  const totals = sums.map((column) => {
    const total = rows.reduce((sum, row) => sum + Number(valueAt(row, column.path) ?? 0), 0)
    return numberCell(column.field, total)
  })
  return [...totals, { label: String(rows.length), value: rows.length }]
}
