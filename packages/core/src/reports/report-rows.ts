import { ConfigurationError } from '../errors/configuration-error.ts'
import type { ReportAnswer, ReportCell, ReportGrouping, ReportMetadata } from './report.ts'

/**
 * Flattens the fact map ("Decode the Fact Map" of the Reports and Dashboards REST API guide). Rows are in the entries
 * of the innermost groups; walking the groups, and not the keys of the map, keeps the order of the report.
 */
export function reportRows(answer: ReportAnswer): Record<string, ReportCell>[] {
  refuseWithoutRows(answer)
  const { reportMetadata, factMap } = answer
  const rows: Record<string, ReportCell>[] = []
  for (const down of innermost(answer.groupingsDown.groupings, namesOf(reportMetadata.groupingsDown))) {
    for (const across of innermost(answer.groupingsAcross.groupings, namesOf(reportMetadata.groupingsAcross))) {
      for (const { dataCells } of factMap[`${down.key}!${across.key}`]?.rows ?? []) {
        const row: Record<string, ReportCell> = { ...down.cells, ...across.cells }
        reportMetadata.detailColumns.forEach((column, index) => {
          const cell = dataCells[index]
          if (cell !== undefined) row[column] = cell
        })
        rows.push(row)
      }
    }
  }
  return rows
}

function refuseWithoutRows({ reportMetadata, factMap, hasDetailRows, attributes }: ReportAnswer): void {
  const name = reportMetadata?.name ?? ''
  const { status } = attributes ?? {}
  if (status === 'New' || status === 'Running') {
    throw new ConfigurationError(`The run of the report ${name} is ${status}; ask for the instance again later.`)
  }
  if (reportMetadata?.reportFormat === 'MULTI_BLOCK' || factMap === undefined) {
    throw new ConfigurationError(
      `The report ${name} is a joined one, whose blocks have no common rows; read its answer.`,
    )
  }
  if (!hasDetailRows) {
    throw new ConfigurationError(`The report ${name} was run without detail rows; run it with includeDetails.`)
  }
}

interface Group {
  /** Half of a key of the fact map. */
  readonly key: string
  readonly cells: Readonly<Record<string, ReportCell>>
}

/** The groups that hold no further groups, each with the values of all groups around it. */
function innermost(groupings: readonly ReportGrouping[], names: readonly string[]): Group[] {
  if (groupings.length === 0) return [{ key: 'T', cells: {} }]
  return groupings.flatMap((grouping) => leaves(grouping, names, {}))
}

function leaves(grouping: ReportGrouping, names: readonly string[], outer: Group['cells']): Group[] {
  const { key, label, value } = grouping
  const [name = '', ...others] = names
  const cells = { ...outer, [name]: { label, value } }
  if (grouping.groupings.length === 0) return [{ key, cells }]
  return grouping.groupings.flatMap((inner) => leaves(inner, others, cells))
}

function namesOf(groupings: ReportMetadata['groupingsDown']): readonly string[] {
  return groupings.map(({ name }) => name)
}
