import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { type VersionDataRoute, versionData } from './handlers.ts'

/** The bytes of a file's version. Files are otherwise records like others: their writes are the sObject roads. */
export const filesRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const road = '/services/data/v:version/sobjects/ContentVersion/:id/VersionData'
  server.get<VersionDataRoute>(road, async (call, reply) => versionData(org, call, reply))
  done()
}
