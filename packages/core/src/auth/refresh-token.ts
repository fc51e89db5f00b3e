import type { Auth } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import type { OnTokens } from './oauth-tokens.ts'
import { renewal, UserGrant } from './user-grant.ts'

/** Options of {@link refreshToken}. */
export interface RefreshTokenOptions {
  /** Consumer key of the app. */
  readonly clientId: string
  /** Not needed by apps that allow refreshing without it. */
  readonly clientSecret?: string | undefined
  /** The refresh token that was obtained before. */
  readonly refreshToken: string
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
  /** Takes the tokens of each login. Apps with refresh token rotation need it: each refresh token works once. */
  readonly onTokens?: OnTokens | undefined
}

/**
 * OAuth 2.0 refresh token flow, for a token that a user granted in a browser before. When an answer holds a new refresh
 * token it takes the place of the old one (Salesforce help, "OAuth 2.0 Refresh Token Flow for Renewed Sessions").
 */
export function refreshToken(options: RefreshTokenOptions): Auth {
  const optional = ['clientSecret', 'loginUrl', 'lifetime', 'onTokens'] as const
  const app = checkFlowOptions('refreshToken', options, ['clientId', 'refreshToken'], optional)
  const grant = new UserGrant('refreshToken', app, (context, loginUrl) => {
    return renewal(context, loginUrl, app, app.refreshToken)
  })
  return {
    flow: 'refresh-token',
    renewable: true,
    loginUrl: app.loginUrl,
    login: (context) => grant.login(context),
    settled: () => grant.settled(),
  }
}
