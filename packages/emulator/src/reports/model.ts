import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { toId18 } from '../records/record-id.ts'
import { type ReportColumn, reportColumn } from './columns.ts'
import { noSuchReport } from './errors.ts'
import { filterCondition, type ReportFilter } from './filters.ts'
import type { ReportDefinition } from './report-definition.ts'
import { type ReportResult, runReport } from './run.ts'

/** A report that is there to be run. */
export interface Report {
  readonly id: string
  readonly definition: ReportDefinition
  readonly columns: readonly ReportColumn[]
  readonly grouping: ReportColumn | undefined
  readonly sums: readonly ReportColumn[]
}

/** What one run asks for. */
export interface RunRequest {
  readonly includeDetails: boolean
  readonly filters: readonly ReportFilter[]
}

/** A run and what it was of. */
export interface ReportRun extends RunRequest {
  readonly report: Report
  readonly result: ReportResult
}

/** A run that was asked for to be fetched later. */
export interface ReportInstance extends ReportRun {
  readonly id: string
  readonly ownerId: string
  /** When it was asked for and done, epoch milliseconds. */
  readonly requestedAt: number
}

/** Instances are kept for a day (Reports and Dashboards REST API Developer Guide, "Run Reports Synchronously or Asynchronously"). */
const INSTANCE_LIFETIME = 86_400_000

/** The saved reports of the org and their runs. */
export class ReportsModel {
  readonly #org: Org
  readonly #queries: QueryService
  readonly #instances: Map<string, ReportInstance> = new Map()

  constructor(org: Org, queries: QueryService) {
    this.#org = org
    this.#queries = queries
    org.onReset(() => this.#instances.clear())
  }

  /** All reports. */
  list(): Report[] {
    return this.#org.metadata.reports.map((definition) => this.#report(definition))
  }

  /** The report of a 15- or 18-character Id. */
  report(id: string): Report {
    const report = this.list().find((candidate) => candidate.id === toId18(id))
    if (!report) throw noSuchReport()
    return report
  }

  /** Runs a report now. */
  run(id: string, request: RunRequest): ReportRun {
    const report = this.report(id)
    const { columns, grouping, sums } = report
    const soql = soqlOf(report, request.filters)
    const plan = { soql, columns, grouping, sums, includeDetails: request.includeDetails }
    return { ...request, report, result: runReport(this.#queries, plan) }
  }

  /** Runs a report and keeps the result under an Id of its own. */
  start(id: string, request: RunRequest): ReportInstance {
    const run = this.run(id, request)
    const { clock, ids, userId } = this.#org
    const instance = { ...run, id: ids.next('0LG'), ownerId: userId, requestedAt: clock.now() }
    this.#instances.set(instance.id, instance)
    return instance
  }

  /** The kept runs of a report, newest first. */
  instances(id: string): ReportInstance[] {
    const report = this.report(id)
    const oldest = this.#org.clock.now() - INSTANCE_LIFETIME
    const kept = [...this.#instances.values()]
    return kept.filter((instance) => instance.report.id === report.id && instance.requestedAt > oldest).reverse()
  }

  /** One kept run. */
  instance(id: string, instanceId: string): ReportInstance {
    const found = this.instances(id).find((candidate) => candidate.id === toId18(instanceId))
    if (!found) throw noSuchReport()
    return found
  }

  /** Forgets a kept run. */
  deleteInstance(id: string, instanceId: string): void {
    this.#instances.delete(this.instance(id, instanceId).id)
  }

  #report(definition: ReportDefinition): Report {
    const column = (path: string): ReportColumn => reportColumn(this.#org.schema, definition, path)
    return {
      id: String(this.#org.records.findBy('Report', 'DeveloperName', definition.name)[0]?.Id),
      definition,
      columns: definition.columns.map(column),
      grouping: definition.groupBy === undefined ? undefined : column(definition.groupBy),
      sums: (definition.sums ?? []).map(column),
    }
  }
}

function soqlOf({ definition, columns, grouping, sums }: Report, filters: readonly ReportFilter[]): string {
  const all = [...columns, ...(grouping ? [grouping] : [])]
  const paths = [...all, ...sums].flatMap(({ path, idPath }) => [path, ...(idPath === undefined ? [] : [idPath])])
  const conditions = filters.map((filter) => filterCondition(all, filter))
  if (definition.where !== undefined) conditions.unshift(`(${definition.where})`)
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const order = grouping ? ` ORDER BY ${grouping.path}, Id` : ' ORDER BY Id'
  return `SELECT ${[...new Set(paths)].join(', ')} FROM ${definition.object}${where}${order}`
}
