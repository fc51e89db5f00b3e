import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { newRefreshToken } from './refresh-tokens.ts'

/** How clients log in to an emulated org; everything a connection form asks for. */
export interface Credentials {
  readonly username: string
  readonly password: string
  readonly securityToken: string
  readonly clientId: string
  readonly clientSecret: string
  /** PEM (PKCS#8) of the key that signs JWT bearer assertions; made when first read. */
  readonly privateKey: string
  /** A token that is good from the start. */
  readonly accessToken: string
  readonly refreshToken: string
  readonly redirectUri: string
}

/** What may be set of the connected app; what is absent stays as it is. */
export interface AppSettings {
  /** Callback URLs beside the one of the credentials. */
  readonly redirectUris?: readonly string[] | undefined
  /** True when each use of a refresh token gives a new one and ends the old one; false from the start. */
  readonly rotateRefreshTokens?: boolean | undefined
}

/**
 * The one connected app of an org and the user behind it. Names and passwords are the same in every org, so that a saved
 * flow keeps working; tokens and keys are made anew.
 */
export class ConnectedApp {
  readonly credentials: Credentials
  readonly #first: AppSettings
  readonly #registered: KeyObject[] = []
  #settings: AppSettings

  constructor(accessToken: string, settings: AppSettings = {}) {
    this.#first = settings
    this.#settings = settings
    let privateKey: string | undefined
    const makeKey = (): string => {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
      this.#registered.push(pair.publicKey)
      return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    }
    this.credentials = {
      ...DEMO_USER,
      clientId: '3MVG9.forcewire.demo',
      clientSecret: 'forcewire-demo-secret',
      accessToken,
      refreshToken: newRefreshToken(),
      redirectUri: 'http://localhost:1717/OauthRedirect',
      // Two thousand bits take a noticeable moment: only who asks for the key waits for it.
      get privateKey() {
        privateKey ??= makeKey()
        return privateKey
      },
    }
  }

  /** Every callback URL that the app may be sent back to. */
  get redirectUris(): readonly string[] {
    return [this.credentials.redirectUri, ...(this.#settings.redirectUris ?? [])]
  }

  get rotatesRefreshTokens(): boolean {
    return this.#settings.rotateRefreshTokens ?? false
  }

  /** Public keys whose owners may sign assertions for this app. */
  get publicKeys(): readonly KeyObject[] {
    return this.#registered
  }

  /** Accepts a certificate or public key (PEM) for JWT bearer assertions. Throws when it is neither. */
  register(pem: string): void {
    this.#registered.push(createPublicKey(pem))
  }

  /** Changes settings. */
  set(settings: AppSettings): void {
    this.#settings = { ...this.#settings, ...settings }
  }

  /** Brings the settings of the start back; keys stay registered. */
  reset(): void {
    this.#settings = this.#first
  }
}

/** The user that every org has. */
export const DEMO_USER = {
  username: 'demo@forcewire.example',
  password: 'Forcewire-1',
  securityToken: 'fwSecurityToken',
} as const
