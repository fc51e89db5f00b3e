import { ProtocolError } from '../errors/protocol-error.ts'
import type { Login, LoginContext, LoginRequest } from './auth.ts'
import { isToken } from './bearer-token.ts'
import { sitePath } from './site-path.ts'

/** What the OAuth token endpoint answers when it grants a token. */
export interface TokenAnswer {
  readonly access_token: string
  readonly refresh_token?: string
  readonly instance_url?: string
  /** Milliseconds since the epoch, as text. */
  readonly issued_at?: string
  /** Names with blanks in between. */
  readonly scope?: string
  /** The identity URL. */
  readonly id?: string
}

/** A form for the token endpoint; fields that are `undefined` are left out. */
export type TokenForm = Readonly<Record<string, string | undefined>>

/** Where users of production orgs log in when neither `loginUrl` nor `instanceUrl` is given. */
export const productionLogin: string = 'https://login.salesforce.com'

const grantPath = '/services/oauth2/token'

/**
 * Asks the token endpoint for a token (Salesforce help, "OAuth Authorization Flows").
 *
 * @throws AuthenticationError `[code] description` when Salesforce refuses.
 */
export async function requestToken(
  context: LoginContext,
  loginUrl: string,
  form: TokenForm,
  lifetime: number | undefined,
  secrets?: readonly string[],
): Promise<Login> {
  const answer = await tokenAnswer(context, loginUrl, form, { secrets })
  const { access_token: accessToken, instance_url: instanceUrl } = answer
  return { accessToken, instanceUrl, lifetime }
}

const texts = ['instance_url', 'refresh_token', 'scope', 'id'] as const

/** The whole answer that grants a token. */
export async function tokenAnswer(
  context: LoginContext,
  loginUrl: string,
  form: TokenForm,
  options?: Pick<LoginRequest, 'replay' | 'secrets'>,
): Promise<TokenAnswer> {
  const answer = await postForm<TokenAnswer>(context, loginUrl, form, options)
  const wrong = isToken(answer?.access_token)
    ? texts.find((name) => typeof (answer?.[name] ?? '') !== 'string')
    : 'access_token'
  // What is empty was not granted, and must not take the place of what is there.
  const given = Object.entries(answer ?? {}).filter(([, value]) => value !== null && value !== '')
  if (wrong === undefined) return Object.fromEntries(given) as unknown as TokenAnswer
  const missing = wrong === 'access_token' ? 'an access token that can be sent' : `a text under '${wrong}'`
  throw new ProtocolError(`The login at ${loginUrl} succeeded without ${missing}; check that loginUrl is right`, {
    request: { method: 'POST', path: grantPath, attempts: 1 },
  })
}

/** Posts a form to the token endpoint; `undefined` when the answer is no JSON. */
export async function postForm<T>(
  context: LoginContext,
  loginUrl: string,
  form: TokenForm,
  options: Pick<LoginRequest, 'replay' | 'secrets'> = {},
): Promise<Partial<T> | undefined> {
  const fields = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined)
  const text = await context.post({
    origin: context.origin(loginUrl, 'loginUrl'),
    path: `${sitePath(loginUrl)}${grantPath}`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    ...options,
  })
  try {
    return JSON.parse(text) as Partial<T>
  } catch {
    return undefined
  }
}
