import type { FastifyPluginCallback } from 'fastify'
import { actionRoutes } from '../actions/routes.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { batchRoutes } from '../batch/routes.ts'
import type { JobBoard } from '../bulk/job-board.ts'
import { bulkRoutes } from '../bulk/routes.ts'
import { collectionsRoutes } from '../collections/routes.ts'
import { compositeRoutes } from '../composite/routes.ts'
import { checkVersion } from '../discovery/model.ts'
import { dataDiscoveryRoutes, discoveryRoutes } from '../discovery/routes.ts'
import { multipartBody } from '../files/multipart.ts'
import { graphRoutes } from '../graph/routes.ts'
import { limitsRoutes } from '../limits/routes.ts'
import { listViewRoutes } from '../list-views/routes.ts'
import type { Org } from '../org/org.ts'
import { QueryService } from '../query/model.ts'
import { queryRoutes } from '../query/routes.ts'
import { quickActionRoutes } from '../quick-actions/routes.ts'
import { reportRoutes } from '../reports/routes.ts'
import { searchRoutes } from '../search/routes.ts'
import { sobjectRoutes } from '../sobjects/routes.ts'
import { treeRoutes } from '../tree/routes.ts'
import { addAnswerHeaders } from './answer-headers.ts'
import { refuseOtherMediaTypes } from './media-types.ts'
import { refuseOtherMethods } from './methods.ts'
import { Roads } from './roads.ts'
import { addSessionHooks } from './session-hooks.ts'

/** What the data roads need. */
export interface DataOptions {
  readonly org: Org
  /** Where bulk jobs are shown. */
  readonly board: JobBoard
  /** Rows per result page of a query job where the caller does not say; 250,000 when absent. */
  readonly resultPageRows?: number | undefined
}

/**
 * Everything under /services/data. The list of versions is open to all; below a version a live session is needed, and every
 * answered call counts and says so in `Sforce-Limit-Info`.
 */
export const dataRoutes: FastifyPluginCallback<DataOptions> = (server, { org, board, resultPageRows }, done) => {
  // One for all roads: a page of children or of a search goes on at the same cursors.
  const queries = new QueryService(org)
  server.register(discoveryRoutes)
  server.register((data, _options, ready) => {
    addAnswerHeaders(data)
    addSessionHooks(data, org, (call) => checkVersion((call.params as { version?: string }).version))
    refuseOtherMediaTypes(data)
    data.addContentTypeParser('multipart/form-data', multipartBody(org.blobs))
    const roads = new Roads()
    data.addHook('onRoute', (route) => roads.add(route))
    data.register(dataDiscoveryRoutes, { org, roads })
    data.register(actionRoutes, { org, queries })
    data.register(approvalRoutes, { org, queries })
    data.register(reportRoutes, { org, queries })
    data.register(limitsRoutes, { org })
    data.register(sobjectRoutes, { org, queries })
    data.register(listViewRoutes, { org, queries })
    data.register(quickActionRoutes, { org })
    data.register(queryRoutes, { queries })
    data.register(searchRoutes, { org, queries })
    data.register(compositeRoutes, { org, roads })
    data.register(collectionsRoutes, { org })
    data.register(treeRoutes, { org })
    data.register(batchRoutes, { org, roads })
    data.register(graphRoutes, { org, roads })
    data.register(bulkRoutes, { org, board, resultPageRows })
    data.after(() => {
      for (const [url, methods] of roads.methods) refuseOtherMethods(data, url, methods)
    })
    ready()
  })
  done()
}
