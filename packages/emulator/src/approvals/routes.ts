import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { listApprovals, processApprovals } from './handlers.ts'
import { ApprovalsModel } from './model.ts'

/** Approval processes (REST API Developer Guide, "Process Approvals"). */
export const approvalRoutes: FastifyPluginCallback<{ org: Org; queries: QueryService }> = (server, options, done) => {
  const model = new ApprovalsModel(options.org, options.queries)
  const road = '/services/data/v:version/process/approvals'
  server.get(road, (_call, reply) => reply.send(listApprovals(model)))
  server.post(road, (call, reply) => reply.send(processApprovals(model, call, reply)))
  done()
}
