import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReportFilter } from './filters.ts'
import type { ReportsModel, RunRequest } from './model.ts'
import { describeShape, instanceEntry, instanceShape, listEntry, runShape } from './shapes.ts'

/** A call to one of the report roads; which parts of the path are there depends on the road. */
export type ReportCall = FastifyRequest<{
  Params: { version: string; id: string; instance: string }
  Querystring: { includeDetails?: string }
}>

/** The roads of reports; each method is one. */
export class ReportHandlers {
  readonly #model: ReportsModel

  constructor(model: ReportsModel) {
    this.#model = model
  }

  /** GET /analytics/reports */
  list(call: ReportCall): object {
    return this.#model.list().map((report) => listEntry(report, roadOf(call, report.id)))
  }

  /** GET /analytics/reports/{id}/describe */
  describe(call: ReportCall): object {
    const report = this.#model.report(call.params.id)
    return describeShape(report, roadOf(call, report.id))
  }

  /** GET or POST /analytics/reports/{id} */
  run(call: ReportCall): object {
    const run = this.#model.run(call.params.id, requestOf(call))
    return runShape(run, roadOf(call, run.report.id))
  }

  /** POST /analytics/reports/{id}/instances */
  start(call: ReportCall): object {
    const instance = this.#model.start(call.params.id, requestOf(call))
    return instanceEntry(instance, roadOf(call, instance.report.id), 'New')
  }

  /** GET /analytics/reports/{id}/instances */
  instances(call: ReportCall): object {
    const instances = this.#model.instances(call.params.id)
    return instances.map((instance) => instanceEntry(instance, roadOf(call, instance.report.id), 'Success'))
  }

  /** GET /analytics/reports/{id}/instances/{instance} */
  instance(call: ReportCall): object {
    const instance = this.#model.instance(call.params.id, call.params.instance)
    return instanceShape(instance, roadOf(call, instance.report.id))
  }

  /** DELETE /analytics/reports/{id}/instances/{instance}: 204. */
  deleteInstance(call: ReportCall, reply: FastifyReply): undefined {
    this.#model.deleteInstance(call.params.id, call.params.instance)
    reply.code(204)
  }
}

function requestOf(call: ReportCall): RunRequest {
  const { reportMetadata } = (call.body ?? {}) as { reportMetadata?: { reportFilters?: readonly ReportFilter[] } }
  return {
    includeDetails: call.query.includeDetails?.toLowerCase() === 'true',
    filters: reportMetadata?.reportFilters ?? [],
  }
}

function roadOf(call: ReportCall, id: string): string {
  return `/services/data/v${call.params.version}/analytics/reports/${id}`
}
