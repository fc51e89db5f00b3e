import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

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

/**
 * The one connected app of an org and the user behind it. Names and passwords are the same in every org, so that a saved
 * flow keeps working; tokens and keys are made anew.
 */
export class ConnectedApp {
  readonly credentials: Credentials
  readonly #registered: KeyObject[] = []

  constructor(accessToken: string) {
    let privateKey: string | undefined
    const makeKey = (): string => {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
      this.#registered.push(pair.publicKey)
      return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    }
    this.credentials = {
      username: 'demo@forcewire.example',
      password: 'Forcewire-1',
      securityToken: 'fwSecurityToken',
      clientId: '3MVG9.forcewire.demo',
      clientSecret: 'forcewire-demo-secret',
      accessToken,
      refreshToken: `5Aep${randomBytes(40).toString('base64url')}`,
      redirectUri: 'http://localhost:1717/OauthRedirect',
      // Two thousand bits take a noticeable moment: only who asks for the key waits for it.
      get privateKey() {
        privateKey ??= makeKey()
        return privateKey
      },
    }
  }

  /** Public keys whose owners may sign assertions for this app. */
  get publicKeys(): readonly KeyObject[] {
    return this.#registered
  }

  /** Accepts a certificate or public key (PEM) for JWT bearer assertions. Throws when it is neither. */
  register(pem: string): void {
    this.#registered.push(createPublicKey(pem))
  }
}
