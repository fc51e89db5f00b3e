import {
  type Auth,
  ConfigurationError,
  clientCredentials,
  jwtBearer,
  Salesforce,
  salesforceOrigin,
  type Transport,
} from '@forcewire/core/portable'
import { explain } from '@forcewire/operations'
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow'
import { hostClock } from '../../nodes/shared/host-clock.ts'

type Fields = ICredentialDataDecryptedObject

/** Signs in by the client credentials flow; see {@link login}. */
export function clientCredentialsLogin(helper: IHttpRequestHelper, fields: Fields): Promise<IDataObject> {
  return login(helper, () =>
    clientCredentials({
      loginUrl: address(fields),
      clientId: filledIn(fields, 'clientId', 'Consumer Key'),
      clientSecret: filledIn(fields, 'clientSecret', 'Consumer Secret'),
    }),
  )
}

/** Signs in by the JWT bearer flow; see {@link login}. */
export function jwtLogin(helper: IHttpRequestHelper, fields: Fields): Promise<IDataObject> {
  return login(helper, () => {
    const loginUrl = address(fields)
    return jwtBearer({
      loginUrl,
      clientId: filledIn(fields, 'clientId', 'Consumer Key'),
      username: filledIn(fields, 'username', 'Username'),
      privateKey: filledIn(fields, 'privateKey', 'Private Key'),
      audience: fields.audience === 'myDomain' ? loginUrl : String(fields.audience),
    })
  })
}

/** Checked here already, since core would name the option and not the field that the user sees. */
function address(fields: Fields): string {
  return salesforceOrigin(filledIn(fields, 'myDomainUrl', 'My Domain URL'), 'My Domain URL')
}

function filledIn(fields: Fields, name: string, label: string): string {
  const text = String(fields[name] ?? '').trim()
  if (text === '') throw new ConfigurationError(`The credential has no ${label}.`)
  return text
}

/**
 * What n8n stores after a login. There is one attempt only: the node that needs the token has retries of its own.
 * @throws Error that says what was refused and what to do, and never holds a secret; its cause is core's error.
 */
function login(helper: IHttpRequestHelper, auth: () => Auth): Promise<IDataObject> {
  return signIn(helper, auth).catch((error: unknown) => Promise.reject(loginFailure(error)))
}

async function signIn(helper: IHttpRequestHelper, auth: () => Auth): Promise<IDataObject> {
  const transport = loginTransport(helper)
  const salesforce = new Salesforce({ auth: auth(), transport, clock: hostClock, random: Math.random, retry: false })
  const { accessToken, instanceUrl } = await salesforce.login()
  return { accessToken, instanceUrl }
}

/** n8n's test of a credential shows an error's code instead of its message, and rewrites one with a network code in it. */
function loginFailure(cause: unknown): Error {
  const { message, description } = explain(cause)
  return new Error(`${message.replace(/ \(E[A-Z_]+\)/, '')} ${description}`, { cause })
}

/** n8n's helper for credentials: its proxy and network policy apply to the login too. */
function loginTransport({ helpers }: IHttpRequestHelper): Transport {
  return async ({ method, url, headers, body }) => {
    const answer = await helpers.httpRequest({
      method,
      url,
      headers: { ...headers },
      body: String(body),
      encoding: 'text',
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      disableFollowRedirect: true,
    })
    return { status: answer.statusCode, headers: answer.headers, body: text(answer.body) }
  }
}

async function* text(body: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(body)
}
