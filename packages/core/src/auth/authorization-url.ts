import { readable, refuse } from '../check.ts'
import { salesforceOrigin } from '../http/host-rules.ts'
import { checkFlowOptions } from './flow-options.ts'
import { productionLogin } from './oauth.ts'
import type { ProofKey } from './proof-key.ts'
import { sitePath } from './site-path.ts'

/** Options of {@link authorizationUrl}. */
export interface AuthorizationUrlOptions {
  /** Consumer key of the app. */
  readonly clientId: string
  /** Where Salesforce sends the browser with the code; one of the app's callback URLs, letter by letter. */
  readonly redirectUri: string
  /** My Domain, `https://test.salesforce.com` or the address of a site. Default `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** What to ask for: `['api', 'refresh_token']`. Default: all that the app allows. */
  readonly scopes?: readonly string[] | undefined
  /** Comes back with the redirect; compare it there, so that nobody plants a code of their own. */
  readonly state?: string | undefined
  /** `login`, `consent`, `select_account`; several with blanks in between. Default: Salesforce decides. */
  readonly prompt?: string | undefined
  /** A user name that the login page shows already. */
  readonly loginHint?: string | undefined
  /** From `await proofKey()`; only its challenge becomes part of the address. */
  readonly proofKey?: ProofKey | undefined
  /** Hosts beside Salesforce's own that `loginUrl` may name, such as a site on a domain of its own. */
  readonly allowedHosts?: readonly string[] | undefined
}

/**
 * OAuth 2.0 web server flow, its first half: the page to send the user's browser to. Salesforce asks the user and
 * redirects to `redirectUri` with `code` and `state` (Salesforce help, "OAuth 2.0 Web Server Flow for Web App
 * Integration").
 *
 * @throws ConfigurationError that names the option that is wrong.
 */
export function authorizationUrl(options: AuthorizationUrlOptions): string {
  const optional = ['loginUrl', 'scopes', 'state', 'prompt', 'loginHint', 'proofKey', 'allowedHosts'] as const
  const own = checkFlowOptions('authorizationUrl', options, ['clientId', 'redirectUri'], optional)
  const { clientId, redirectUri, loginUrl = productionLogin, scopes, state, prompt, loginHint, allowedHosts } = own
  const challenge = challengeOf(own.proofKey)
  checkRedirect(redirectUri)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes?.join(' '),
    state,
    prompt,
    login_hint: loginHint,
    code_challenge: challenge,
    code_challenge_method: challenge === undefined ? undefined : 'S256',
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const origin = salesforceOrigin(loginUrl, 'authorizationUrl: loginUrl', allowedHosts)
  return `${origin}${sitePath(loginUrl)}/services/oauth2/authorize?${new URLSearchParams(given)}`
}

function challengeOf(key: ProofKey | undefined): string | undefined {
  if (key === undefined) return undefined
  const option = 'authorizationUrl: proofKey'
  const challenge: unknown = readable(option, () => key?.challenge)
  if (typeof challenge === 'string' && challenge !== '') return challenge
  return refuse(option, 'what proofKey() resolves to', key)
}

/** Apps on a device have schemes of their own, so any scheme will do. */
function checkRedirect(redirectUri: string): void {
  const url = URL.parse(redirectUri)
  if (url !== null && url.hash === '') return
  refuse('authorizationUrl: redirectUri', "a whole address without '#', as the app's settings have it", redirectUri)
}
