import { ProtocolError } from '../errors/protocol-error.ts'
import type { Login, LoginContext } from './auth.ts'

/** What the OAuth token endpoint answers. */
interface TokenAnswer {
  readonly access_token?: string
  readonly instance_url?: string
}

/** Where users of production orgs log in when neither `loginUrl` nor `instanceUrl` is given. */
export const productionLogin: string = 'https://login.salesforce.com'

/**
 * Asks the token endpoint for a token (Salesforce help, "OAuth Authorization Flows").
 *
 * @throws AuthenticationError `[code] description` when Salesforce refuses.
 */
export async function requestToken(
  context: LoginContext,
  loginUrl: string,
  form: Readonly<Record<string, string>>,
  lifetime: number | undefined,
): Promise<Login> {
  const path = '/services/oauth2/token'
  const text = await context.post({
    origin: context.origin(loginUrl, 'loginUrl'),
    path,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  const answer = parse(text)
  if (typeof answer?.access_token !== 'string') {
    throw new ProtocolError(
      `The login at ${loginUrl} succeeded without an access token; check that loginUrl is right`,
      {
        request: { method: 'POST', path, attempts: 1 },
      },
    )
  }
  return { accessToken: answer.access_token, instanceUrl: answer.instance_url, lifetime }
}

function parse(text: string): TokenAnswer | undefined {
  try {
    return JSON.parse(text) as TokenAnswer
  } catch {
    return undefined
  }
}
