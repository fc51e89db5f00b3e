import { ConfigurationError, salesforceOrigin } from '@forcewire/core'
import type { NodeConfig } from '../runtime/node-red.ts'

/** How a connection signs in. Values are wire-stable. */
export type Authentication = 'client-credentials' | 'jwt' | 'soap-login' | 'access-token'

/** What the editor saves for a connection, secrets apart. */
export interface ConnectionConfig extends NodeConfig {
  /** My Domain address, or login.salesforce.com or test.salesforce.com where the login allows that. */
  readonly url: string
  readonly authentication: Authentication
  /** `67.0`; empty for the default of this release. */
  readonly apiVersion?: string
}

/** Secrets and names of a connection; Node-RED keeps them encrypted and apart from the flows. */
export interface ConnectionCredentials {
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly securityToken?: string | undefined
  readonly privateKey?: string | undefined
  readonly accessToken?: string | undefined
}

/** Types of the credential fields: `text` ones are shown again in the dialog, `password` ones never leave the runtime. */
export const credentialTypes: Readonly<Record<keyof ConnectionCredentials, { readonly type: 'text' | 'password' }>> = {
  clientId: { type: 'text' },
  clientSecret: { type: 'password' },
  username: { type: 'text' },
  password: { type: 'password' },
  securityToken: { type: 'password' },
  privateKey: { type: 'password' },
  accessToken: { type: 'password' },
}

/** Everything that a client of Salesforce is made from. */
export interface ConnectionSettings extends Pick<ConnectionConfig, 'url' | 'authentication' | 'apiVersion'> {
  readonly credentials: ConnectionCredentials
}

const labels: Readonly<Record<keyof ConnectionCredentials, string>> = {
  clientId: 'Consumer Key',
  clientSecret: 'Consumer Secret',
  username: 'User Name',
  password: 'Password',
  securityToken: 'Security Token',
  privateKey: 'Private Key',
  accessToken: 'Access Token',
}

/**
 * One value that a login cannot do without.
 * @throws ConfigurationError naming the field of the dialog
 */
export function needed(credentials: ConnectionCredentials, field: keyof ConnectionCredentials): string {
  const value = credentials[field]?.trim()
  if (value === undefined || value === '') {
    throw new ConfigurationError(
      `The Salesforce connection has no ${labels[field]}. Open the connection and fill it in.`,
    )
  }
  const missing = /^\$\{([^}]+)\}$/.exec(value)?.[1]
  if (missing !== undefined) {
    throw new ConfigurationError(
      `The ${labels[field]} of the Salesforce connection comes from the environment variable ${missing}, which is not set. Set it and restart Node-RED.`,
    )
  }
  return value
}

/**
 * The address of the org.
 * @throws ConfigurationError where it is empty, no address, or none that Salesforce serves
 */
export function neededUrl(url: string | undefined): string {
  const text = url?.trim() ?? ''
  if (text === '') {
    throw new ConfigurationError(
      'The Salesforce connection has no URL. Open it and give the My Domain address, such as https://example.my.salesforce.com.',
    )
  }
  return salesforceOrigin(text, 'The URL of the Salesforce connection')
}
