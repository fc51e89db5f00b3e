import type { Auth, Login } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'

/** Options of {@link accessToken}. */
export interface AccessTokenOptions {
  /** The token, without the word `Bearer`. */
  readonly accessToken: string
  /** Where the token is valid. Default: the client's `instanceUrl`. */
  readonly instanceUrl?: string | undefined
}

/** A token that somebody else obtained. It cannot be renewed: once it is refused, calls fail with `SessionError`. */
export function accessToken(options: AccessTokenOptions): Auth {
  checkFlowOptions('accessToken', options, ['accessToken'], ['instanceUrl'])
  const login: Login = { accessToken: options.accessToken, instanceUrl: options.instanceUrl }
  return { flow: 'access-token', renewable: false, loginUrl: options.instanceUrl, login: async () => login }
}
