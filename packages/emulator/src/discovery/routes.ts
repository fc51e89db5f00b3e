import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { originOf } from '../server/origin.ts'
import { versions } from './model.ts'

const RESOURCES = [
  'sobjects',
  'query',
  'queryAll',
  'search',
  'parameterizedSearch',
  'recent',
  'limits',
  'jobs',
  'composite',
  'actions',
  'process',
  'analytics',
]

/** GET /services/data, which needs no session. */
export const discoveryRoutes: FastifyPluginCallback = (server, _options, done) => {
  server.get('/services/data', () => versions())
  done()
}

/** GET /services/data/vNN.0: the resources of a version, the ones the emulator covers. */
export const dataDiscoveryRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  server.get('/services/data/v:version', (call: FastifyRequest<{ Params: { version: string } }>) => ({
    ...Object.fromEntries(RESOURCES.map((name) => [name, `/services/data/v${call.params.version}/${name}`])),
    identity: `${originOf(call)}/id/${org.id}/${org.userId}`,
  }))
  done()
}
