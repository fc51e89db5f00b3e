/** The path of a subrequest below its version, without query string and last slash: `/sobjects/Account`. */
export function resourceOf(url: string): string {
  const [path = ''] = url.split('?')
  return path.replace(/^\/services\/data\/v[^/]+/, '').replace(/\/$/, '')
}

/** What a composite call may hold (REST API Developer Guide, "Send Multiple Requests Using Composite"). */
export function isCompositeResource(resource: string): boolean {
  return /^\/sobjects(?:\/|$)/.test(resource) || isListResource(resource)
}

/** Queries and sObject collections: of these a composite call may hold five. */
export function isListResource(resource: string): boolean {
  return /^\/(?:query|queryAll)(?:\/|$)/.test(resource) || isCollection(resource)
}

/** The sObject collections resource. */
export function isCollection(resource: string): boolean {
  return /^\/composite\/sobjects(?:\/|$)/.test(resource)
}

/** Describes: the answers whose Last-Modified and ETag stand in `httpHeaders` (recorded: `cci-composite-083`, `-091`). */
export function isDescribe(resource: string): boolean {
  return /^\/sobjects(?:\/[^/]+\/describe)?$/.test(resource)
}
