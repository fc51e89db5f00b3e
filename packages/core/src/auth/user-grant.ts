import { AuthenticationError } from '../errors/authentication-error.ts'
import type { Clock } from '../http/connection.ts'
import type { Login, LoginContext } from './auth.ts'
import { productionLogin, type TokenAnswer, tokenAnswer } from './oauth.ts'
import { type OAuthTokens, type OnTokens, oauthTokens } from './oauth-tokens.ts'

/** The app that a user granted access to, and what becomes of the tokens. */
export interface UserGrantOptions {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly loginUrl?: string | undefined
  readonly lifetime?: number | undefined
  readonly onTokens?: OnTokens | undefined
}

/** Gets tokens by the flow's own way, at this address. */
export type Obtain = (context: LoginContext, loginUrl: string) => Promise<TokenAnswer>

/**
 * What a user granted: obtained once, kept alive by its refresh token. Salesforce may replace the refresh token with
 * each use and, where an old one is used again, ends the whole grant (help, "OAuth 2.0 Refresh Token Flow"). So logins
 * go one after the other, whoever asks for them, and each uses the newest token.
 */
export class UserGrant {
  readonly #flow: string
  readonly #options: UserGrantOptions
  readonly #obtain: Obtain
  #refreshToken: string | undefined
  #undelivered: OAuthTokens | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** @param obtain - Gets tokens where there is no refresh token: the first ones, or new ones for a lost session. */
  constructor(flow: string, options: UserGrantOptions, obtain: Obtain) {
    this.#flow = flow
    this.#options = options
    this.#obtain = obtain
  }

  login(context: LoginContext): Promise<Login> {
    const post: LoginContext['post'] = (request) => context.post({ ...request, replacesToken: true })
    const login = this.#turn.then(() => this.#login({ ...context, post }))
    this.#turn = login.catch(() => {})
    return login
  }

  /** Resolves once the logins under way have ended and handed over their tokens. */
  settled(): Promise<unknown> {
    return this.#turn
  }

  async #login(context: LoginContext): Promise<Login> {
    // Those who asked may have left while another login had its turn.
    context.signal.throwIfAborted()
    const tokens = this.#undelivered ?? (await this.#tokens(context))
    await this.#deliver(tokens, context.clock)
    const { accessToken, instanceUrl } = tokens
    return { accessToken, instanceUrl, lifetime: this.#options.lifetime }
  }

  async #tokens(context: LoginContext): Promise<OAuthTokens> {
    const address = this.#options.loginUrl ?? context.instanceUrl ?? productionLogin
    const refreshToken = this.#refreshToken
    const answer =
      refreshToken === undefined
        ? await this.#obtain(context, address)
        : await renewal(context, address, this.#options, refreshToken)
    this.#refreshToken = answer.refresh_token
    return oauthTokens(answer)
  }

  async #deliver(tokens: OAuthTokens, clock: Clock): Promise<void> {
    const { onTokens } = this.#options
    if (onTokens === undefined) return
    this.#undelivered = tokens
    try {
      await inTime(async () => onTokens(tokens), clock)
    } catch (cause) {
      const message = 'Salesforce granted a session, but onTokens failed to take its tokens'
      throw new AuthenticationError(`${this.#flow}: ${message}; the next call hands them over again`, { cause })
    }
    this.#undelivered = undefined
  }
}

/** How long onTokens may take. The other logins of the grant wait for it. */
const DELIVERY_TIME = 60_000

async function inTime(deliver: () => Promise<unknown>, clock: Clock): Promise<void> {
  const done = new AbortController()
  const tooLong = clock.sleep(DELIVERY_TIME, done.signal).then(() => {
    throw new Error(`onTokens was not done after ${DELIVERY_TIME} ms`)
  })
  try {
    await Promise.race([deliver(), tooLong])
  } finally {
    tooLong.catch(() => {})
    done.abort()
  }
}

/** Tokens for a refresh token. The answer always holds the refresh token for the next time: a new one or the same. */
export async function renewal(
  context: LoginContext,
  loginUrl: string,
  app: Pick<UserGrantOptions, 'clientId' | 'clientSecret'>,
  refreshToken: string,
): Promise<TokenAnswer> {
  const answer = await tokenAnswer(context, loginUrl, {
    grant_type: 'refresh_token',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    refresh_token: refreshToken,
  })
  return { refresh_token: refreshToken, ...answer }
}
