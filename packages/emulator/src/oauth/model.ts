import { createHmac } from 'node:crypto'
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Org } from '../org/org.ts'
import {
  deadRefreshToken,
  invalidAssertion,
  unknownClient,
  unsupportedGrant,
  userNotApproved,
  wrongAudience,
  wrongPassword,
  wrongSecret,
} from './errors.ts'

/** The parameters of a token request, as the form carries them. */
export type TokenRequest = Readonly<Record<string, string | undefined>>

/** A granted token; who it is for and when it was issued (epoch milliseconds). */
export interface Grant {
  readonly accessToken: string
  readonly userId: string
  readonly issuedAt: number
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com']

/** The rules of the token endpoint (Salesforce Help, "OAuth Authorization Flows"): which request earns a session. */
export class OAuthModel {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  /** Grants a session or throws an OAuthError. `origin` is the address the client used, one of the valid audiences. */
  async grant(request: TokenRequest, origin: string): Promise<Grant> {
    await this.#check(request, origin)
    const { userId, sessions, clock } = this.#org
    return { accessToken: sessions.open(userId), userId, issuedAt: clock.now() }
  }

  /** The proof that identity URL and time belong together: HMAC-SHA256 under the app's secret, base64. */
  sign(identityUrl: string, issuedAt: number): string {
    const { clientSecret } = this.#org.app.credentials
    return createHmac('sha256', clientSecret).update(identityUrl).update(String(issuedAt)).digest('base64')
  }

  /** Ends the session of a token; true when there was one. */
  revoke(token: string): boolean {
    return this.#org.sessions.revoke(token)
  }

  async #check(request: TokenRequest, origin: string): Promise<void> {
    const { credentials } = this.#org.app
    switch (request.grant_type) {
      case 'client_credentials':
        this.#checkClient(request, true)
        return
      case 'password':
        this.#checkClient(request, true)
        if (request.username !== credentials.username || !this.#passwordHolds(request.password)) throw wrongPassword()
        return
      case 'refresh_token':
        this.#checkClient(request, request.client_secret !== undefined)
        if (request.refresh_token !== credentials.refreshToken) throw deadRefreshToken()
        return
      case JWT_BEARER:
        await this.#checkAssertion(request.assertion ?? '', origin)
        return
      default:
        throw unsupportedGrant()
    }
  }

  #checkClient(request: TokenRequest, withSecret: boolean): void {
    const { clientId, clientSecret } = this.#org.app.credentials
    if (request.client_id !== clientId) throw unknownClient()
    if (withSecret && request.client_secret !== clientSecret) throw wrongSecret()
  }

  #passwordHolds(given: string | undefined): boolean {
    const { password, securityToken } = this.#org.app.credentials
    return given === password + securityToken || given === password
  }

  async #checkAssertion(assertion: string, origin: string): Promise<void> {
    const { credentials } = this.#org.app
    if (claimsOf(assertion).iss !== credentials.clientId) throw unknownClient()
    const { sub } = await this.#verified(assertion, origin)
    if (sub !== credentials.username) throw userNotApproved()
  }

  /** Salesforce accepts RS256 only, and as audience its login hosts or the host that is asked. */
  async #verified(assertion: string, origin: string): Promise<JWTPayload> {
    const options = {
      algorithms: ['RS256'],
      audience: [...LOGIN_HOSTS, origin, `${origin}/services/oauth2/token`],
      currentDate: new Date(this.#org.clock.now()),
      requiredClaims: ['exp'],
    }
    for (const key of this.#org.app.publicKeys) {
      try {
        return (await jwtVerify(assertion, key, options)).payload
      } catch (error) {
        if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') throw wrongAudience()
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw invalidAssertion()
      }
    }
    throw invalidAssertion()
  }
}

function claimsOf(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch {
    throw invalidAssertion()
  }
}
