import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { blobFacts } from '../records/blob-store.ts'
import { noSuchVersion } from './errors.ts'

/** Path parts of the bytes of a version. */
export interface VersionDataRoute {
  Params: { version: string; id: string }
}

/** GET /sobjects/ContentVersion/{id}/VersionData (REST API Developer Guide, "sObject Blob Get"): the bytes, whatever they are. */
export function versionData(org: Org, call: FastifyRequest<VersionDataRoute>, reply: FastifyReply): Readable {
  const key = org.records.get('ContentVersion', call.params.id)?.VersionData
  if (typeof key !== 'string') throw noSuchVersion()
  reply.type('application/octetstream').header('content-length', blobFacts(key).size)
  return org.blobs.read(key)
}
