import type { ReportColumn } from './columns.ts'
import type { Report, ReportInstance, ReportRun } from './model.ts'

/** Wire shapes of reports (Reports and Dashboards REST API Developer Guide, "Execute Sync", "Describe", "Instances List"). */

/** One report in the list. */
export function listEntry(report: Report, road: string): object {
  return {
    describeUrl: `${road}/describe`,
    id: report.id,
    instancesUrl: `${road}/instances`,
    name: nameOf(report),
    url: road,
  }
}

/** The report's definition without any data. */
export function describeShape(report: Report, road: string): object {
  return {
    attributes: attributes(report, road),
    reportExtendedMetadata: extendedMetadata(report),
    reportMetadata: metadata({ report, includeDetails: true, filters: [] }),
    reportTypeMetadata: {
      categories: [{ columns: columnInfo(report.columns), label: report.definition.object }],
    },
  }
}

/** A run with its data. */
export function runShape(run: ReportRun, road: string): Record<string, unknown> {
  const { report, result } = run
  return {
    attributes: attributes(report, road),
    allData: result.allData,
    factMap: result.factMap,
    groupingsAcross: { groupings: [] },
    groupingsDown: {
      groupings: result.groups.map(({ key, label, value }) => ({ groupings: [], key, label, value })),
    },
    hasDetailRows: run.includeDetails,
    picklistColors: {},
    reportExtendedMetadata: extendedMetadata(report),
    reportMetadata: metadata(run),
  }
}

/** An asynchronous run in the list of its report's instances, and as the answer to asking for it. */
export function instanceEntry(instance: ReportInstance, road: string, status: 'New' | 'Success'): object {
  const requested = `${new Date(instance.requestedAt).toISOString().slice(0, 19)}Z`
  return {
    completionDate: status === 'New' ? null : requested,
    hasDetailRows: instance.includeDetails,
    id: instance.id,
    ownerId: instance.ownerId,
    queryable: false,
    requestDate: requested,
    status,
    url: `${road}/instances/${instance.id}`,
  }
}

/** The result of an asynchronous run: that of a synchronous one under attributes of its own. */
export function instanceShape(instance: ReportInstance, road: string): object {
  const { report, ownerId } = instance
  const entry = instanceEntry(instance, road, 'Success')
  const own = { ...entry, ownerId, reportId: report.id, reportName: nameOf(report), type: 'ReportInstance' }
  return { ...runShape(instance, road), attributes: own }
}

function attributes(report: Report, road: string): object {
  return {
    describeUrl: `${road}/describe`,
    instancesUrl: `${road}/instances`,
    reportId: report.id,
    reportName: nameOf(report),
    type: 'Report',
  }
}

function metadata({ report, includeDetails, filters }: Omit<ReportRun, 'result'>): object {
  const { definition, columns, grouping } = report
  return {
    aggregates: aggregateNames(report),
    currency: null,
    description: definition.description ?? null,
    detailColumns: columns.map(({ name }) => name),
    developerName: definition.name,
    groupingsAcross: [],
    groupingsDown: grouping
      ? [{ dateGranularity: 'None', name: grouping.name, sortAggregate: null, sortOrder: 'Asc' }]
      : [],
    hasDetailRows: includeDetails,
    hasRecordCount: true,
    historicalSnapshotDates: [],
    id: report.id,
    name: nameOf(report),
    reportBooleanFilter: null,
    reportFilters: filters,
    reportFormat: formatOf(report),
    reportType: { label: definition.object, type: definition.object },
    scope: 'organization',
    showGrandTotal: true,
    showSubtotals: grouping !== undefined,
    sortBy: [],
    standardDateFilter: null,
    standardFilters: null,
  }
}

function extendedMetadata(report: Report): object {
  const { grouping, sums } = report
  const sumInfo = sums.map(({ name, label, field }) => [
    `s!${name}`,
    { dataType: field.type, label: `Sum of ${label}` },
  ])
  return {
    aggregateColumnInfo: { ...Object.fromEntries(sumInfo), RowCount: { dataType: 'int', label: 'Record Count' } },
    detailColumnInfo: columnInfo(report.columns),
    groupingColumnInfo: grouping
      ? { [grouping.name]: { dataType: grouping.field.type, groupingLevel: 0, label: grouping.label } }
      : {},
  }
}

function columnInfo(columns: readonly ReportColumn[]): object {
  return Object.fromEntries(columns.map(({ name, label, field }) => [name, { dataType: field.type, label }]))
}

function aggregateNames({ sums }: Report): string[] {
  return [...sums.map(({ name }) => `s!${name}`), 'RowCount']
}

function formatOf({ grouping }: Report): string {
  return grouping ? 'SUMMARY' : 'TABULAR'
}

function nameOf({ definition }: Report): string {
  return definition.label ?? definition.name
}
