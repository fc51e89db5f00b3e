import type { Auth } from './auth.ts'
import { productionLogin, requestToken } from './oauth.ts'
import { requireText } from './require-text.ts'

/** Options of {@link refreshToken}. */
export interface RefreshTokenOptions {
  readonly clientId: string
  /** Not needed by apps that allow refreshing without it. */
  readonly clientSecret?: string | undefined
  readonly refreshToken: string
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
}

/** OAuth 2.0 refresh token flow, for a token that a user granted in a browser before. */
export function refreshToken(options: RefreshTokenOptions): Auth {
  requireText('refreshToken', { ...options }, 'clientId', 'refreshToken')
  const { clientId, clientSecret, loginUrl, lifetime } = options
  return {
    flow: 'refresh-token',
    renewable: true,
    loginUrl,
    login(context) {
      const form = {
        grant_type: 'refresh_token',
        client_id: clientId,
        refresh_token: options.refreshToken,
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
      }
      return requestToken(context, loginUrl ?? context.instanceUrl ?? productionLogin, form, lifetime)
    },
  }
}
