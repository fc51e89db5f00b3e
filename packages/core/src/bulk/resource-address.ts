import type { ApiRequest } from '../http/connection.ts'

/**
 * Takes apart a link that Salesforce gave: absolute or not, with or without its leading slash.
 */
export function resourceAt(link: string): Required<Pick<ApiRequest, 'path' | 'query'>> {
  const url = new URL(link, 'https://instance.invalid/')
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) }
}
