import { AuthenticationError } from '../errors/authentication-error.ts'
import type { Auth, Login } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'

/** Options of {@link accessToken}. */
export interface AccessTokenOptions {
  /** The token, without the word `Bearer`. */
  readonly accessToken: string
  /** Where the token is valid. Default: the client's `instanceUrl`. */
  readonly instanceUrl?: string | undefined
  /** Milliseconds for which the token is good from its first use on; later calls fail without being sent. */
  readonly lifetime?: number | undefined
}

/**
 * A token that somebody else obtained, or that `salesforce.login()` answered. It cannot be renewed: once it is refused,
 * calls fail with `SessionError`, and with `AuthenticationError` once its `lifetime` has passed.
 */
export function accessToken(options: AccessTokenOptions): Auth {
  const own = checkFlowOptions('accessToken', options, ['accessToken'], ['instanceUrl', 'lifetime'])
  const { accessToken: token, instanceUrl, lifetime } = own
  let endsAt: number | undefined
  return {
    flow: 'access-token',
    renewable: false,
    loginUrl: instanceUrl,
    login: async ({ clock }): Promise<Login> => {
      endsAt ??= clock.now() + (lifetime ?? Number.POSITIVE_INFINITY)
      const left = endsAt - clock.now()
      if (left > 0) return { accessToken: token, instanceUrl, lifetime: lifetime === undefined ? undefined : left }
      throw new AuthenticationError('accessToken: the lifetime of the token has passed; give a new one')
    },
  }
}
