import type { TokenAnswer } from './oauth.ts'

/** The tokens that a login brought, for the caller to store. All of it is secret but the two addresses. */
export interface OAuthTokens {
  /** The token, without the word `Bearer`. */
  readonly accessToken: string
  /** The one to store. Absent when Salesforce gave none: the app or the request has no scope `refresh_token`. */
  readonly refreshToken?: string
  /** Where the access token is valid: `https://acme.my.salesforce.com`. */
  readonly instanceUrl?: string
  /** When Salesforce issued the access token. */
  readonly issuedAt?: Date
  /** What the user granted: `api`, `refresh_token`, ... Empty when the answer does not say. */
  readonly scopes: readonly string[]
  /** Names org and user: `https://login.salesforce.com/id/00D.../005...`. */
  readonly identityUrl?: string
}

/**
 * Takes the tokens of each login. It is awaited before the session is used, so that a refresh token that Salesforce
 * replaced is never lost. When it fails, or is not done after a minute, the login fails, and the next call hands the
 * same tokens over again. A login that was sent is waited for though its callers have left; `close()` gives it ten seconds.
 */
export type OnTokens = (tokens: OAuthTokens) => unknown

/** An answer of the token endpoint in our words. */
export function oauthTokens(answer: TokenAnswer): OAuthTokens {
  const { access_token: accessToken, refresh_token: refreshToken, instance_url: instanceUrl, scope, id } = answer
  const issuedAt = answer.issued_at
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(instanceUrl === undefined ? {} : { instanceUrl }),
    ...(typeof issuedAt === 'string' && /^\d+$/.test(issuedAt) ? { issuedAt: new Date(Number(issuedAt)) } : {}),
    scopes: scope?.split(' ').filter(Boolean) ?? [],
    ...(id === undefined ? {} : { identityUrl: id }),
  }
}
