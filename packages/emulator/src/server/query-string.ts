import { parse } from 'node:querystring'

/** What may be given more than once (REST API Developer Guide, "Search with Parameters in the URI"). */
const LISTS: ReadonlySet<string> = new Set(['sobject'])

/**
 * The parameters of a query string, each once: of a repeated one the first counts, as for a Java servlet that asks for a
 * parameter (Jakarta Servlet, `ServletRequest.getParameter`).
 */
export function parametersOf(query: string): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = Object.create(null)
  for (const [name, value = ''] of Object.entries(parse(query))) {
    parameters[name] = Array.isArray(value) && !LISTS.has(name) ? (value[0] ?? '') : value
  }
  return parameters
}
