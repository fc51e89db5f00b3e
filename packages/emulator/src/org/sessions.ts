import { randomBytes } from 'node:crypto'

/** One session: whose it is, what it may do and when it ends. */
export interface Session {
  readonly userId: string
  /** Scopes it was granted, separated by spaces. */
  readonly scope: string
  /** The refresh token whose revocation ends it; undefined where there is none. */
  readonly refreshToken: string | undefined
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** What a session may be opened with beside its user. */
export interface SessionGrant {
  /** Everything the app may do when absent. */
  readonly scope?: string | undefined
  readonly refreshToken?: string | undefined
}

/** What the sessions of an org depend on. */
export interface SessionsOptions {
  readonly orgId: string
  readonly clock: { now(): number }
  /** Seconds a session lives, counted from the login. */
  readonly seconds: number
}

/** The access tokens that the org honours, with the end of each. Kept in memory only. */
export class Sessions {
  readonly #options: SessionsOptions
  readonly #open: Map<string, Session> = new Map()

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /** Seconds a new session lives. */
  get seconds(): number {
    return this.#options.seconds
  }

  /** Starts a session and gives its token: the org's Id, `!`, and random text, as Salesforce's look. */
  open(userId: string, grant: SessionGrant = {}): string {
    const token = `${this.#options.orgId.slice(0, 15)}!${randomBytes(48).toString('base64url').replaceAll('-', '.')}`
    this.adopt(token, userId, grant)
    return token
  }

  /** Starts a session under a token made elsewhere. */
  adopt(token: string, userId: string, { scope = 'full', refreshToken }: SessionGrant = {}): void {
    const startedAt = this.#options.clock.now()
    const expiresAt = startedAt + this.#options.seconds * 1000
    this.#open.set(token, { userId, scope, refreshToken, startedAt, expiresAt })
  }

  /** The live session of a token, or undefined when it is unknown, ended or revoked. */
  find(token: string): Session | undefined {
    const session = this.#open.get(token)
    if (!session || session.expiresAt > this.#options.clock.now()) return session
    this.#open.delete(token)
    return undefined
  }

  /** Ends one session; true when there was one. */
  revoke(token: string): boolean {
    return this.#open.delete(token)
  }

  /** Ends every session that was opened with a refresh token. */
  revokeAllOf(refreshToken: string): void {
    for (const [token, session] of this.#open) {
      if (session.refreshToken === refreshToken) this.#open.delete(token)
    }
  }

  /** Ends every session. */
  expireAll(): void {
    this.#open.clear()
  }
}
