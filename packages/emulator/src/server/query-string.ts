import { parse } from 'node:querystring'

/**
 * The parameters of a query string, each once: of a repeated one the first counts, as for a Java servlet that asks for a
 * parameter (Jakarta Servlet, `ServletRequest.getParameter`), which is what answers at Salesforce.
 */
export function parametersOf(query: string): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(parse(query))) parameters[name] = String([value].flat()[0] ?? '')
  return parameters
}
