import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Auth } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import { requestToken } from './oauth.ts'

/** Options of {@link clientCredentials}. */
export interface ClientCredentialsOptions {
  /** Consumer key of the connected app. */
  readonly clientId: string
  /** Consumer secret. */
  readonly clientSecret: string
  /** My Domain address, such as `https://acme.my.salesforce.com`. Default: the client's `instanceUrl`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
}

/**
 * OAuth 2.0 client credentials flow: the app logs in as its run-as user. Works on My Domain addresses only
 * (Salesforce help, "OAuth 2.0 Client Credentials Flow for Server-to-Server Integration").
 */
export function clientCredentials(options: ClientCredentialsOptions): Auth {
  const required = ['clientId', 'clientSecret'] as const
  const own = checkFlowOptions('clientCredentials', options, required, ['loginUrl', 'lifetime'])
  const { clientId, clientSecret, loginUrl, lifetime } = own
  return {
    flow: 'client-credentials',
    renewable: true,
    loginUrl,
    login(context) {
      const address = loginUrl ?? context.instanceUrl
      if (address === undefined) {
        throw new ConfigurationError('clientCredentials: give loginUrl, the My Domain address of the org.')
      }
      if (isLoginHost(address)) {
        const advice = 'give loginUrl, the My Domain address of the org, such as https://acme.my.salesforce.com'
        throw new ConfigurationError(`clientCredentials: ${address} does not offer this flow; ${advice}.`)
      }
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
      return requestToken(context, address, form, lifetime)
    },
  }
}

function isLoginHost(address: string): boolean {
  return /^(?:login|test)\.salesforce\.com$/.test(URL.parse(address.trim())?.hostname ?? '')
}
