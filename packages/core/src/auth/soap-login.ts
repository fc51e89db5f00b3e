import { refuse } from '../check.ts'
import { AuthenticationError } from '../errors/authentication-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { escapeXml, isXmlText, readXml, xmlAt, xmlText } from '../xml.ts'
import type { Auth, Login, LoginRequest } from './auth.ts'
import { isToken } from './bearer-token.ts'
import { checkFlowOptions } from './flow-options.ts'
import { productionLogin } from './oauth.ts'

/** Options of {@link soapLogin}. */
export interface SoapLoginOptions {
  /** User to log in as. */
  readonly username: string
  /** Password of the user, without the security token. */
  readonly password: string
  /** Needed from networks that the org does not trust; it is appended to the password. */
  readonly securityToken?: string | undefined
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
}

/** The last API version with login(). */
const lastVersionWithLogin = 64

/**
 * SOAP `login()` with user name and password, of the partner API. Salesforce is retiring it: it ends at API 64.0,
 * whatever version the client speaks otherwise. The session's lifetime comes with the answer.
 */
export function soapLogin(options: SoapLoginOptions): Auth {
  const own = checkFlowOptions('soapLogin', options, ['username', 'password'], ['securityToken', 'loginUrl'])
  const { username, password, securityToken = '', loginUrl } = own
  for (const [name, text] of Object.entries({ username, password, securityToken })) {
    if (!isXmlText(text)) refuse(`soapLogin: ${name}`, 'a text that XML can carry, without control characters', text)
  }
  let warned = false
  return {
    flow: 'soap-login',
    renewable: true,
    loginUrl,
    async login(context) {
      if (!warned) {
        warned = true
        context.warn('SOAP login() is being retired by Salesforce; plan to use clientCredentials or jwtBearer instead.')
      }
      const version = Math.min(Number.parseInt(context.apiVersion, 10), lastVersionWithLogin)
      const address = loginUrl ?? context.instanceUrl ?? productionLogin
      const request: LoginRequest = {
        origin: context.origin(address, 'loginUrl'),
        path: `/services/Soap/u/${version}.0`,
        headers: { accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8', soapaction: 'login' },
        body: envelope(username, password + securityToken),
        secrets: [password, securityToken, password + securityToken],
      }
      const answer = await context.post(request).catch((error: unknown) => Promise.reject(explained(error)))
      return readLogin(answer, address)
    },
  }
}

/**
 * New orgs refuse login() with a code that says little, and so will all of them one day (Salesforce help article
 * 005132110).
 */
function explained(error: unknown): unknown {
  if (!(error instanceof AuthenticationError) || !error.has('INVALID_OPERATION')) return error
  const advice = 'log in by OAuth instead, with client credentials (clientCredentials) or a certificate (jwtBearer)'
  const { errorCode, description, status, request } = error
  return new AuthenticationError(`${error.message.replace(/\.$/, '')}; ${advice}`, {
    errorCode,
    description,
    status,
    request,
  })
}

function envelope(username: string, password: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="urn:partner.soap.sforce.com">' +
    `<soapenv:Body><p:login><p:username>${escapeXml(username)}</p:username>` +
    `<p:password>${escapeXml(password)}</p:password></p:login></soapenv:Body></soapenv:Envelope>`
  )
}

async function readLogin(text: string, address: string): Promise<Login> {
  const xml = await readXml(text).catch(() => undefined)
  const result = xmlAt(xml, 'Envelope', 'Body', 'loginResponse', 'result')
  if (xmlText(result, 'passwordExpired') === 'true') {
    throw new AuthenticationError(
      'Salesforce refused the login: [PASSWORD_EXPIRED] the password has expired; set a new one',
      {
        errorCode: 'PASSWORD_EXPIRED',
        description: 'the password has expired',
        status: 200,
      },
    )
  }
  const sessionId = xmlText(result, 'sessionId')
  if (!isToken(sessionId)) {
    throw new ProtocolError(
      `The login at ${address} succeeded without a session that can be sent; check that loginUrl is right`,
    )
  }
  const serverUrl = URL.parse(xmlText(result, 'serverUrl') ?? '')
  const seconds = Number(xmlText(result, 'userInfo', 'sessionSecondsValid'))
  return {
    accessToken: sessionId,
    instanceUrl: serverUrl?.origin,
    lifetime: Number.isInteger(seconds) && seconds > 0 ? seconds * 1_000 : undefined,
  }
}
