import { wordOrKind } from './check.ts'
import { ConfigurationError } from './errors/configuration-error.ts'

/** The API version of a client that was given none (Summer '26). */
export const defaultApiVersion: string = '67.0'

/**
 * Turns `60`, `60.`, `60.0`, `v60` and their like into `60.0`.
 *
 * @throws ConfigurationError for anything else; Salesforce has whole versions only.
 */
export function normalizeApiVersion(version: string | number): string {
  const text = typeof version === 'number' ? String(version) : version
  const match = typeof text === 'string' ? /^v?(\d{2,3})(?:\.0?)?$/i.exec(text.trim()) : null
  if (match === null) {
    throw new ConfigurationError(`apiVersion must look like '${defaultApiVersion}', but is ${wordOrKind(version)}.`)
  }
  return `${match[1]}.0`
}
