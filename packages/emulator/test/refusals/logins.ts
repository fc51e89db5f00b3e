import type { Emulator } from '../../src/index.ts'
import { type Answer, send } from '../support/harness.ts'
import type { Refused } from './refused.ts'

/** What the token endpoint is asked, beside the right client. */
type Form = Readonly<Record<string, string>>

function client({ credentials }: Emulator): Form {
  return { client_id: credentials.clientId, client_secret: credentials.clientSecret }
}

function tokenCall(emulator: Emulator, form: Form): Promise<Answer> {
  const body = new URLSearchParams({ ...client(emulator), ...form })
  return send(emulator, 'POST', '/services/oauth2/token', { body, token: null })
}

function grant(
  errorCode: string,
  trigger: string,
  form: Form | ((emulator: Emulator) => Form | Promise<Form>),
): Refused {
  const ask = async (emulator: Emulator): Promise<Answer> =>
    tokenCall(emulator, typeof form === 'function' ? await form(emulator) : form)
  return { errorCode, status: 400, trigger, ask, codeOf: ({ json }) => json.error }
}

function soap(errorCode: string, trigger: string, version: string, body: string): Refused {
  const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`
  const headers = { 'content-type': 'text/xml' }
  const road = `/services/Soap/u/${version}`
  const ask = (emulator: Emulator): Promise<Answer> =>
    send(emulator, 'POST', road, { body: envelope, headers, token: null })
  return { errorCode, status: 500, trigger, ask, codeOf: ({ text }) => /<faultcode>sf:(\w+)</.exec(text)?.[1] }
}

async function deviceCode(emulator: Emulator): Promise<Form> {
  const { json } = await tokenCall(emulator, { response_type: 'device_code' })
  return { grant_type: 'device', code: json.device_code }
}

/** The refusal that the browser takes back to the application. */
function authorize(errorCode: string, trigger: string, query: Form): Refused {
  const ask = (emulator: Emulator): Promise<Answer> => {
    const { clientId, redirectUri } = emulator.credentials
    const parameters = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, ...query })
    return send(emulator, 'GET', `/services/oauth2/authorize?${parameters}`, { token: null })
  }
  const codeOf = ({ headers }: Answer): unknown => new URL(headers.get('location') ?? '').searchParams.get('error')
  return { errorCode, status: 302, trigger, ask, codeOf }
}

const LOGIN = '<login><username>nobody@x.example</username><password>wrong</password></login>'
const JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What the logins refuse: OAuth tells the code as `error`, SOAP as `faultcode`. */
export const LOGINS: readonly Refused[] = [
  grant('invalid_client_id', 'an unknown client', { grant_type: 'client_credentials', client_id: 'nobody' }),
  grant('invalid_client', 'a wrong client secret', { grant_type: 'client_credentials', client_secret: 'wrong' }),
  grant('unsupported_grant_type', 'a grant type that there is not', { grant_type: 'wish' }),
  grant('invalid_grant', 'a wrong user name, password or security token', {
    grant_type: 'password',
    username: 'nobody@x.example',
    password: 'wrong',
  }),
  grant('invalid_grant', 'a refresh token that is dead or unknown', {
    grant_type: 'refresh_token',
    refresh_token: 'dead',
  }),
  grant('invalid_grant', 'an assertion that cannot be verified, is over, or names a user who is not approved', {
    grant_type: JWT,
    assertion: 'a.b.c',
  }),
  grant('invalid_grant', 'an authorization code that is unknown, spent or over, or whose verifier is wrong', {
    grant_type: 'authorization_code',
    code: 'never',
    redirect_uri: 'http://localhost:1717/OauthRedirect',
  }),
  grant('invalid_grant', 'a device code that is unknown or over', { grant_type: 'device', code: 'never' }),
  grant('authorization_pending', 'a device code that the user has not answered yet', deviceCode),
  grant('slow_down', 'a device that asks again too soon', async (emulator) => {
    const form = await deviceCode(emulator)
    await tokenCall(emulator, form)
    return form
  }),
  grant('inactive_user', 'a login of an inactive user', async (emulator) => {
    const user = { username: 'gone@forcewire.example', password: 'secret' }
    const { json } = await send(emulator, 'POST', '/_emulator/users', { body: user })
    const path = `/services/data/v67.0/sobjects/User/${json.id}`
    await send(emulator, 'PATCH', path, { body: { IsActive: false } })
    return { grant_type: 'password', ...user }
  }),
  authorize('unsupported_response_type', 'an authorization that asks for no code', { response_type: 'token' }),
  authorize('invalid_request', 'a code challenge that is not S256', {
    response_type: 'code',
    code_challenge: 'x',
    code_challenge_method: 'plain',
  }),
  authorize('invalid_scope', 'a scope that there is not', { response_type: 'code', scope: 'everything' }),
  soap('INVALID_LOGIN', 'a SOAP login with a wrong password', '58.0', LOGIN),
  soap('INVALID_OPERATION', 'a SOAP login beyond version 64.0', '65.0', LOGIN),
  soap('UNSUPPORTED_API_VERSION', 'a SOAP login of a version that is retired', '20.0', LOGIN),
  soap('INVALID_OPERATION', 'a SOAP call but login, logout and undelete', '58.0', '<query/>'),
]
