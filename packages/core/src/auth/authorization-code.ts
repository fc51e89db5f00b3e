import { AuthenticationError } from '../errors/authentication-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Auth, LoginContext } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import { type TokenAnswer, tokenAnswer } from './oauth.ts'
import type { OnTokens } from './oauth-tokens.ts'
import { UserGrant } from './user-grant.ts'

/** Options of {@link authorizationCode}. */
export interface AuthorizationCodeOptions {
  /** Consumer key of the app. */
  readonly clientId: string
  /** Not needed by apps that allow the web server flow without it. */
  readonly clientSecret?: string | undefined
  /** The very address that `authorizationUrl` was given. */
  readonly redirectUri: string
  /** Query parameter `code` of the redirect. It works once and for a few minutes. */
  readonly code: string
  /** `verifier` of the proof key whose challenge `authorizationUrl` sent. */
  readonly codeVerifier?: string | undefined
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
  /** Takes the tokens of each login, to store the refresh token. */
  readonly onTokens?: OnTokens | undefined
}

/**
 * OAuth 2.0 web server flow, its second half: exchanges the code that the browser brought back for a session. The code
 * is sent once, ever; sessions are renewed by the refresh token that comes with the first one (Salesforce help, "OAuth
 * 2.0 Web Server Flow for Web App Integration").
 *
 * @throws AuthenticationError, with the call that needs a session, when the session was lost and Salesforce gave no
 * refresh token, or when the code was spent without one.
 */
export function authorizationCode(options: AuthorizationCodeOptions): Auth {
  const optional = ['clientSecret', 'codeVerifier', 'loginUrl', 'lifetime', 'onTokens'] as const
  const own = checkFlowOptions('authorizationCode', options, ['clientId', 'redirectUri', 'code'], optional)
  const grant = new UserGrant('authorizationCode', own, codeExchange(own))
  return {
    flow: 'authorization-code',
    renewable: true,
    loginUrl: own.loginUrl,
    login: (context) => grant.login(context),
    settled: () => grant.settled(),
  }
}

function codeExchange(options: AuthorizationCodeOptions) {
  const { clientId, clientSecret, redirectUri, code, codeVerifier } = options
  let state: 'unused' | 'exchanged' | 'spent' = 'unused'
  return async (context: LoginContext, loginUrl: string): Promise<TokenAnswer> => {
    if (state !== 'unused') throw codeIsGone(state)
    state = 'spent'
    const form = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code,
      code_verifier: codeVerifier,
    }
    try {
      const answer = await tokenAnswer(context, loginUrl, form, { replay: 'if-unsent' })
      state = 'exchanged'
      return answer
    } catch (error) {
      if (error instanceof TransportError && !error.sent) state = 'unused'
      throw error
    }
  }
}

function codeIsGone(state: 'exchanged' | 'spent'): AuthenticationError {
  const message =
    state === 'exchanged'
      ? 'the session was lost and Salesforce gave no refresh token; ask for the scope refresh_token in authorizationUrl'
      : 'the code was sent once and works only once; send the user through authorizationUrl again'
  return new AuthenticationError(`authorizationCode: ${message}`)
}
