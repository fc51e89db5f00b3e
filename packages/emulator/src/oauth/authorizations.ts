import { createHash, randomBytes } from 'node:crypto'
import { spentCode, wrongCode, wrongRedirectUri, wrongVerifier } from './errors.ts'

/** What an app asks a user for in a browser. */
export interface AuthorizationRequest {
  readonly scope: string
  /** Prefills the login page. */
  readonly loginHint: string
  /** Where the answer goes: back to the app, or to the device that waits for it. */
  readonly target: RedirectTarget | DeviceTarget
}

/** An app that waits behind a callback URL. */
export interface RedirectTarget {
  readonly kind: 'redirect'
  readonly redirectUri: string
  readonly state: string | undefined
  /** SHA-256 of the code verifier, base64url; undefined without PKCE. */
  readonly challenge: string | undefined
}

/** A device that polls. */
export interface DeviceTarget {
  readonly kind: 'device'
  readonly deviceCode: string
}

/** A request on its way through login and consent. */
export interface Authorization {
  /** Names it in the forms. */
  readonly id: string
  /** Cookie of the browser that began it: no other one may go on with it. */
  readonly browser: string
  readonly request: AuthorizationRequest
  /** Who logged in; undefined before. */
  userId: string | undefined
  readonly expiresAt: number
}

/** What a code is worth. */
export interface CodeGrant {
  readonly userId: string
  readonly scope: string
}

interface Code extends CodeGrant {
  readonly target: RedirectTarget
  readonly expiresAt: number
  spent: boolean
}

/** Codes, and pages left open, are good for 15 minutes (Salesforce Help, "OAuth 2.0 Web Server Flow"). */
const LIFETIME = 900_000

/** The authorizations under way and the codes they ended in. */
export class Authorizations {
  readonly #clock: { now(): number }
  readonly #open: Map<string, Authorization> = new Map()
  readonly #codes: Map<string, Code> = new Map()

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  /** Takes a request in for the browser that sent it, which is given a name where it has none. */
  begin(request: AuthorizationRequest, browser: string = random()): Authorization {
    this.#forgetOld(this.#open)
    const authorization = { id: random(), browser, request, userId: undefined, expiresAt: this.#expiry() }
    this.#open.set(authorization.id, authorization)
    return authorization
  }

  /** The authorization of a form, or undefined where it is over or began in another browser. */
  find(id: string | undefined, browser: string | undefined): Authorization | undefined {
    const found = this.#open.get(id ?? '')
    if (!found || found.browser !== browser || found.expiresAt <= this.#clock.now()) return undefined
    return found
  }

  /** Ends an authorization: its forms go nowhere from now on. */
  end({ id }: Authorization): void {
    this.#open.delete(id)
  }

  /** A code for what a user granted to an app behind a callback URL. */
  issueCode(grant: CodeGrant, target: RedirectTarget): string {
    this.#forgetOld(this.#codes)
    const code = `aPrx${random()}`
    this.#codes.set(code, { ...grant, target, expiresAt: this.#expiry(), spent: false })
    return code
  }

  /** Takes a code in, once. Throws an OAuthError where it is not good, or not for who brings it. */
  redeem(code: string | undefined, redirectUri: string | undefined, verifier: string | undefined): CodeGrant {
    const found = this.#codes.get(code ?? '')
    if (!found) throw wrongCode()
    if (found.spent || found.expiresAt <= this.#clock.now()) throw spentCode()
    if (found.target.redirectUri !== redirectUri) throw wrongRedirectUri()
    if (found.target.challenge !== undefined && challengeOf(verifier) !== found.target.challenge) throw wrongVerifier()
    found.spent = true
    return found
  }

  /** Forgets everything. */
  clear(): void {
    this.#open.clear()
    this.#codes.clear()
  }

  #expiry(): number {
    return this.#clock.now() + LIFETIME
  }

  #forgetOld(entries: Map<string, { readonly expiresAt: number }>): void {
    for (const [key, { expiresAt }] of entries) if (expiresAt <= this.#clock.now()) entries.delete(key)
  }
}

function challengeOf(verifier: string | undefined): string {
  return createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
