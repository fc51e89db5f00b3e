import { AuthenticationError } from '../errors/authentication-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Auth, LoginContext } from './auth.ts'
import { productionLogin } from './oauth.ts'
import type { Session } from './session.ts'
import { sitePath } from './site-path.ts'

/** What the revocation endpoint answers when a token has ended already. */
const goneCodes: readonly string[] = ['unsupported_token_type', 'invalid_token']

/**
 * Ends a token at Salesforce (help, "Revoke OAuth Tokens"): the one that is given, else that of the session, if there
 * is one. A session whose token has ended by itself counts as revoked.
 */
export async function revoke(
  auth: Auth,
  session: Session,
  given: string | undefined,
  context: LoginContext,
): Promise<void> {
  const token = given ?? session.current?.accessToken ?? (await readyToken(auth, context))
  if (token === undefined) return
  const address = session.current?.origin ?? context.instanceUrl ?? auth.loginUrl ?? productionLogin
  try {
    const answer = await context.post({
      origin: context.origin(address, 'instanceUrl'),
      path: `${sitePath(address)}/services/oauth2/revoke`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token }).toString(),
    })
    if (/^\s*</.test(answer)) {
      throw new ProtocolError(`The revocation at ${address} succeeded with a page; a proxy may sit in between`)
    }
  } catch (error) {
    const gone = error instanceof AuthenticationError && goneCodes.includes(error.errorCode ?? '')
    if (given !== undefined || !gone) throw error
  }
  session.forget(token)
}

/** A ready token is a session from the start; every other flow has none before its first login. */
async function readyToken(auth: Auth, context: LoginContext): Promise<string | undefined> {
  return auth.renewable ? undefined : (await auth.login(context)).accessToken
}
