import type { FastifyPluginCallback, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { type ReportCall, ReportHandlers } from './handlers.ts'
import { ReportsModel } from './model.ts'

/** Reports: list, describe, run now or later (Reports and Dashboards REST API Developer Guide). */
export const reportRoutes: FastifyPluginCallback<{ org: Org; queries: QueryService }> = (server, options, done) => {
  const handlers = new ReportHandlers(new ReportsModel(options.org, options.queries))
  const reports = '/services/data/v:version/analytics/reports'
  const report = `${reports}/:id`
  const instance = `${report}/instances/:instance`
  const on = (
    method: HTTPMethods,
    url: string,
    answer: (call: ReportCall, reply: FastifyReply) => object | undefined,
  ): void => {
    const handler = (call: FastifyRequest, reply: FastifyReply): FastifyReply =>
      reply.send(answer(call as ReportCall, reply))
    server.route({ method, url, handler })
  }
  on('GET', reports, (call) => handlers.list(call))
  on('GET', report, (call) => handlers.run(call))
  on('POST', report, (call) => handlers.run(call))
  on('GET', `${report}/describe`, (call) => handlers.describe(call))
  on('GET', `${report}/instances`, (call) => handlers.instances(call))
  on('POST', `${report}/instances`, (call) => handlers.start(call))
  on('GET', instance, (call) => handlers.instance(call))
  on('DELETE', instance, (call, reply) => handlers.deleteInstance(call, reply))
  done()
}
