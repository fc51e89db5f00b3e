import { randomBytes } from 'node:crypto'

/** What a refresh token stands for. */
export interface RefreshGrant {
  readonly userId: string
  /** Scopes of every session that it opens. */
  readonly scope: string
}

/** The refresh tokens that the org honours. They do not expire; they are revoked, or replaced where the app rotates them. */
export class RefreshTokens {
  readonly #live: Map<string, RefreshGrant> = new Map()

  /** A new token for the grant. */
  issue(grant: RefreshGrant): string {
    const token = newRefreshToken()
    this.#live.set(token, grant)
    return token
  }

  /** Honours a token made elsewhere. */
  adopt(token: string, grant: RefreshGrant): void {
    this.#live.set(token, grant)
  }

  /** What a live token stands for. */
  find(token: string | undefined): RefreshGrant | undefined {
    return token === undefined ? undefined : this.#live.get(token)
  }

  /** Stops honouring a token; true when it was honoured. */
  revoke(token: string): boolean {
    return this.#live.delete(token)
  }

  /** Stops honouring every token. */
  clear(): void {
    this.#live.clear()
  }
}

/** Random text as Salesforce's refresh tokens look. */
export function newRefreshToken(): string {
  return `5Aep${randomBytes(40).toString('base64url')}`
}
