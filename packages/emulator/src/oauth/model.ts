import { createHmac } from 'node:crypto'
import type { Org } from '../org/org.ts'
import type { Session } from '../org/sessions.ts'
import type { StoredRow } from '../schema/types.ts'
import { assertedUser } from './assertions.ts'
import { Authorizations, type CodeGrant } from './authorizations.ts'
import { type DeviceCode, DeviceCodes } from './device-codes.ts'
import {
  deadRefreshToken,
  inactiveUser,
  unknownClient,
  unsupportedGrant,
  wrongPassword,
  wrongSecret,
} from './errors.ts'
import { allowsRefresh, checkedScope } from './scopes.ts'

/** The parameters of a token request, as the form carries them. */
export type TokenRequest = Readonly<Record<string, string | undefined>>

/** A granted token; who it is for and when it was issued (epoch milliseconds). */
export interface Grant {
  readonly accessToken: string
  readonly userId: string
  readonly issuedAt: number
  /** Told by the flows that a user took part in. */
  readonly scope?: string | undefined
  /** A new one; undefined where there is none, or where the old one stays good. */
  readonly refreshToken?: string | undefined
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The rules of the token endpoint (Salesforce Help, "OAuth Authorization Flows"): which request earns a session. */
export class OAuthModel {
  readonly authorizations: Authorizations
  readonly devices: DeviceCodes
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
    this.authorizations = new Authorizations(org.clock)
    this.devices = new DeviceCodes(org.clock)
    org.onReset(() => {
      this.authorizations.clear()
      this.devices.clear()
    })
  }

  /** Grants a session or throws an OAuthError. `origin` is the address the client used, one of the valid audiences. */
  async grant(request: TokenRequest, origin: string): Promise<Grant> {
    switch (request.grant_type) {
      case 'client_credentials':
        this.#checkClient(request, true)
        return this.#session(this.#org.defaultUserId)
      case 'password':
        this.#checkClient(request, true)
        return this.#session(this.#passwordUser(request))
      case JWT_BEARER:
        return this.#session(activeId(await assertedUser(this.#org, request.assertion ?? '', origin)))
      case 'authorization_code':
        this.#checkClient(request, request.client_secret !== undefined)
        return this.#consented(this.authorizations.redeem(request.code, request.redirect_uri, request.code_verifier))
      case 'device':
        this.#checkClient(request, request.client_secret !== undefined)
        return this.#consented(this.devices.poll(request.code))
      case 'refresh_token':
        this.#checkClient(request, request.client_secret !== undefined)
        return this.#refreshed(request.refresh_token)
      default:
        throw unsupportedGrant()
    }
  }

  /** The first request of the device flow: codes for the device and for its user. */
  device(request: TokenRequest): DeviceCode {
    this.#checkClient(request, false)
    return this.devices.issue(checkedScope(request.scope))
  }

  /** The proof that identity URL and time belong together: HMAC-SHA256 under the app's secret, base64. */
  sign(identityUrl: string, issuedAt: number): string {
    const { clientSecret } = this.#org.app.credentials
    return createHmac('sha256', clientSecret).update(identityUrl).update(String(issuedAt)).digest('base64')
  }

  /** Ends the session of an access token, or a refresh token with all of its sessions; true when there was one. */
  revoke(token: string): boolean {
    const { sessions, refreshTokens } = this.#org
    if (!refreshTokens.revoke(token)) return sessions.revoke(token)
    sessions.revokeAllOf(token)
    return true
  }

  /** The session of a live access token, and its user, for who knows the app's secret. */
  introspect(request: TokenRequest): { session: Session; user: StoredRow } | undefined {
    this.#checkClient(request, true)
    const session = this.#org.sessions.find(request.token ?? '')
    const user = session && this.#org.records.get('User', session.userId)
    return session && user && { session, user }
  }

  /** The user whose name and password a person typed in, or undefined. */
  login(username: string | undefined, password: string | undefined): StoredRow | undefined {
    const user = this.#org.accounts.authenticate(username, password, 'optional')
    return user?.IsActive === 1 ? user : undefined
  }

  #session(userId: string): Grant {
    const { sessions, clock } = this.#org
    return { accessToken: sessions.open(userId), userId, issuedAt: clock.now() }
  }

  #consented({ userId, scope }: CodeGrant): Grant {
    const { sessions, refreshTokens, clock } = this.#org
    const refreshToken = allowsRefresh(scope) ? refreshTokens.issue({ userId, scope }) : undefined
    const accessToken = sessions.open(userId, { scope, refreshToken })
    return { accessToken, userId, issuedAt: clock.now(), scope, refreshToken }
  }

  /** Opens another session; with rotation under a new refresh token, and the old one is spent. */
  #refreshed(token: string | undefined): Grant {
    const { app, sessions, refreshTokens, clock, records } = this.#org
    const grant = refreshTokens.find(token)
    if (token === undefined || !grant) throw deadRefreshToken()
    const userId = activeId(records.get('User', grant.userId))
    let rotated: string | undefined
    if (app.rotatesRefreshTokens) {
      refreshTokens.revoke(token)
      rotated = refreshTokens.issue(grant)
    }
    const accessToken = sessions.open(userId, { scope: grant.scope, refreshToken: rotated ?? token })
    return { accessToken, userId, issuedAt: clock.now(), scope: grant.scope, refreshToken: rotated }
  }

  #checkClient(request: TokenRequest, withSecret: boolean): void {
    const { clientId, clientSecret } = this.#org.app.credentials
    if (request.client_id !== clientId) throw unknownClient()
    if (withSecret && request.client_secret !== clientSecret) throw wrongSecret()
  }

  #passwordUser({ username, password }: TokenRequest): string {
    const user = this.#org.accounts.authenticate(username, password, 'optional')
    if (!user) throw wrongPassword()
    return activeId(user)
  }
}

function activeId(user: StoredRow | undefined): string {
  if (user?.IsActive !== 1) throw inactiveUser()
  return String(user.Id)
}
