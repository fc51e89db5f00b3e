import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { originOf } from '../server/origin.ts'
import type { Roads } from '../server/roads.ts'
import { resources, versions } from './model.ts'

/** What the resources of a version are listed from. */
export interface DiscoveryOptions {
  readonly org: Org
  /** All roads below a version. */
  readonly roads: Roads
}

/** GET /services/data, which needs no session. */
export const discoveryRoutes: FastifyPluginCallback = (server, _options, done) => {
  const road = '/services/data'
  server.get(road, () => versions())
  refuseOtherMethods(server, road, ['HEAD', 'GET'])
  done()
}

/** GET /services/data/vNN.0: the resources of a version, the ones the emulator covers. */
export const dataDiscoveryRoutes: FastifyPluginCallback<DiscoveryOptions> = (server, { org, roads }, done) => {
  server.get('/services/data/v:version', (call: FastifyRequest<{ Params: { version: string } }>) => ({
    ...resources(roads.urls, call.params.version),
    identity: `${originOf(call)}/id/${org.id}/${org.userId}`,
  }))
  done()
}
