import { ConfigurationError } from '@forcewire/core'
import type { NodeRed } from '../runtime/node-red.ts'
import { createClient } from './client.ts'
import { type Authentication, type ConnectionCredentials, credentialTypes } from './settings.ts'

/** What the dialog shows after a successful test. */
export interface ConnectionTest {
  /** Absent where the login has no right to ask who it is, as a SOAP session may have none. */
  readonly user?: string
  readonly organizationId?: string
  readonly apiRequests?: { readonly used: number; readonly limit: number }
}

/** Stands for a stored secret in what the editor sends: Node-RED's own convention. */
const storedSecret = '__PWRD__'

/**
 * Signs in with the values of an open dialog, reads who that is and how much of the API is used up, and signs off.
 * A secret that the dialog only knows by its placeholder is taken from the stored credentials.
 * @param body `{ id, url, authentication, apiVersion, credentials }`
 */
export async function testConnection(RED: NodeRed, body: unknown): Promise<ConnectionTest> {
  const values = asRecord(body)
  const salesforce = createClient({
    url: await fromEnvironment(RED, String(values.url ?? '')),
    authentication: String(values.authentication ?? '') as Authentication,
    apiVersion: await fromEnvironment(RED, String(values.apiVersion ?? '')),
    credentials: await credentialsOf(RED, String(values.id ?? ''), asRecord(values.credentials)),
  })
  try {
    const limits = await salesforce.limits()
    const identity = await salesforce.userInfo().catch(() => undefined)
    const { Max, Remaining } = limits.DailyApiRequests ?? {}
    return {
      ...(identity && { user: identity.preferred_username, organizationId: identity.organization_id }),
      ...(Max === undefined || Remaining === undefined ? {} : { apiRequests: { used: Max - Remaining, limit: Max } }),
    }
  } finally {
    await salesforce.close()
  }
}

async function credentialsOf(
  RED: NodeRed,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<ConnectionCredentials> {
  const stored = RED.nodes.getCredentials(id) ?? {}
  const credentials: Record<string, string> = {}
  for (const field of Object.keys(credentialTypes)) {
    const value = given[field] === storedSecret ? stored[field] : given[field]
    if (value !== undefined) credentials[field] = await fromEnvironment(RED, String(value))
  }
  return credentials
}

/** `${NAME}` as a whole value stands for an environment variable, as it does once the node is deployed. */
function fromEnvironment(RED: NodeRed, value: string): Promise<string> {
  const name = /^\$\{([^}]+)\}$/.exec(value)?.[1]
  if (name === undefined) return Promise.resolve(value)
  return new Promise((resolve) => {
    RED.util.evaluateNodeProperty(name, 'env', undefined, {}, (_error, found) => {
      resolve(found === undefined || found === '' ? value : String(found))
    })
  })
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  throw new ConfigurationError('The test was sent no values. Reload the editor and try again.')
}
