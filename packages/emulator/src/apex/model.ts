import { methodNotAllowed } from '../errors.ts'
import type { Org } from '../org/org.ts'
import type { OrgAccess } from '../org/org-access.ts'
import type { ApexCall, ApexResource } from './apex-resource.ts'
import { noSuchResource, uncaught } from './errors.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The Apex REST classes of an org: which one a path names, and what its methods do. */
export class ApexModel {
  readonly #org: Org
  readonly #access: OrgAccess
  readonly #resources: readonly ApexResource[]

  constructor(org: Org, access: OrgAccess, resources: readonly ApexResource[]) {
    this.#org = org
    this.#access = access
    this.#resources = resources
  }

  /** Runs the method of the class that maps the path. */
  call(method: string, path: string, call: Omit<ApexCall, 'rest'>): unknown {
    const found = this.#find(path)
    const allowed = METHODS.filter((name) => found.resource[name])
    const name = METHODS.find((candidate) => candidate === method.toLowerCase())
    const work = name && found.resource[name]
    if (!work)
      throw methodNotAllowed(
        method,
        allowed.map((candidate) => candidate.toUpperCase()),
      )
    try {
      return this.#org.records.transaction(() => work({ ...call, rest: found.rest }, this.#access))
    } catch (error) {
      throw uncaught(error)
    }
  }

  /** An exact mapping wins over one with a wildcard, a longer one over a shorter (Apex Developer Guide, "RestResource"). */
  #find(path: string): { resource: ApexResource; rest: string } {
    const wanted = trimmed(path)
    let best: { resource: ApexResource; rest: string; length: number } | undefined
    for (const resource of this.#resources) {
      const wildcard = resource.urlMapping.endsWith('*')
      const mapped = trimmed(wildcard ? resource.urlMapping.slice(0, -1) : resource.urlMapping)
      const fits = wanted === mapped || (wildcard && (mapped === '' || wanted.startsWith(`${mapped}/`)))
      const length = wildcard ? mapped.length : Number.POSITIVE_INFINITY
      if (fits && length > (best?.length ?? -1)) best = { resource, rest: trimmed(wanted.slice(mapped.length)), length }
    }
    if (!best) throw noSuchResource()
    return best
  }
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}
