import type { Auth } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import { productionLogin, requestToken } from './oauth.ts'

/** Options of {@link usernamePassword}. */
export interface UsernamePasswordOptions {
  /** Consumer key of the connected app. */
  readonly clientId: string
  /** Consumer secret. */
  readonly clientSecret: string
  /** User to log in as. */
  readonly username: string
  /** Password of the user, without the security token. */
  readonly password: string
  /** Needed from networks that the org does not trust; it is appended to the password. */
  readonly securityToken?: string | undefined
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
}

/** OAuth 2.0 username-password flow. New orgs block it; prefer client credentials or JWT bearer. */
export function usernamePassword(options: UsernamePasswordOptions): Auth {
  const own = checkFlowOptions(
    'usernamePassword',
    options,
    ['clientId', 'clientSecret', 'username', 'password'],
    ['securityToken', 'loginUrl', 'lifetime'],
  )
  const { clientId, clientSecret, username, password, securityToken = '', loginUrl, lifetime } = own
  return {
    flow: 'username-password',
    renewable: true,
    loginUrl,
    login(context) {
      const form = {
        grant_type: 'password',
        client_id: clientId,
        client_secret: clientSecret,
        username,
        password: password + securityToken,
      }
      const address = loginUrl ?? context.instanceUrl ?? productionLogin
      return requestToken(context, address, form, lifetime, [password, securityToken])
    },
  }
}
