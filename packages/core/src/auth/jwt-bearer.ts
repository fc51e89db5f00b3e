import type { KeyObject } from 'node:crypto'
import type { Auth } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import { jwtAudience } from './jwt-audience.ts'
import { productionLogin, requestToken } from './oauth.ts'
import { readPrivateKey } from './private-key.ts'

/** Options of {@link jwtBearer}. */
export interface JwtBearerOptions {
  /** Consumer key of the connected app. */
  readonly clientId: string
  /** User to log in as; the app must be approved for this user. */
  readonly username: string
  /** The key whose certificate the connected app holds: PEM text (PKCS#1 or PKCS#8, encrypted too) or a `KeyObject`. */
  readonly privateKey: string | KeyObject
  /** For an encrypted PEM. */
  readonly passphrase?: string | undefined
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /**
   * Who the assertion is for. Default: `https://test.salesforce.com` for sandboxes and scratch orgs, the address of the
   * site for Experience Cloud, else `https://login.salesforce.com`.
   */
  readonly audience?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
}

/** Seconds for which an assertion is valid; Salesforce accepts up to five minutes. */
const assertionLifetime = 180

/** OAuth 2.0 JWT bearer flow: no password, no user interaction (Salesforce help, "OAuth 2.0 JWT Bearer Flow"). */
export function jwtBearer(options: JwtBearerOptions): Auth {
  const own = checkFlowOptions(
    'jwtBearer',
    options,
    ['clientId', 'username', 'privateKey'],
    ['passphrase', 'loginUrl', 'audience', 'lifetime'],
  )
  const { clientId, username, loginUrl, lifetime } = own
  const key = readPrivateKey(own.privateKey, own.passphrase)
  return {
    flow: 'jwt-bearer',
    renewable: true,
    loginUrl,
    async login(context) {
      const { SignJWT } = await import('jose/jwt/sign')
      const address = loginUrl ?? context.instanceUrl ?? productionLogin
      const assertion = await new SignJWT()
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(clientId)
        .setSubject(username)
        .setAudience(own.audience ?? jwtAudience(address))
        .setExpirationTime(Math.floor(context.clock.now() / 1_000) + assertionLifetime)
        .sign(key)
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }
      return requestToken(context, address, form, lifetime)
    },
  }
}
