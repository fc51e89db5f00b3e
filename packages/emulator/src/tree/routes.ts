import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { answersAtOnce } from '../server/at-once.ts'
import { since } from '../server/since.ts'
import { postTree, type TreeCall } from './handlers.ts'

/** The sObject tree road: records with their children in one call. */
export const treeRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const on = answersAtOnce<TreeCall>(server)
  server.addHook('onRequest', since(34))
  on('POST', '/services/data/v:version/composite/tree/:object', (call, reply) => postTree(org, call, reply))
  done()
}
