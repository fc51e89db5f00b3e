import { type Auth, clientCredentials, jwtBearer, Salesforce, type Transport } from '@forcewire/core/portable'
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow'
import { hostClock } from '../../nodes/shared/host-clock.ts'

type Fields = ICredentialDataDecryptedObject

/** Signs in by the client credentials flow; see {@link login}. */
export function clientCredentialsLogin(helper: IHttpRequestHelper, fields: Fields): Promise<IDataObject> {
  const { clientId, clientSecret } = fields
  return login(
    helper,
    clientCredentials({
      clientId: String(clientId),
      clientSecret: String(clientSecret),
      loginUrl: String(fields.myDomainUrl),
    }),
  )
}

/** Signs in by the JWT bearer flow; see {@link login}. */
export function jwtLogin(helper: IHttpRequestHelper, fields: Fields): Promise<IDataObject> {
  const loginUrl = String(fields.myDomainUrl)
  return login(
    helper,
    jwtBearer({
      clientId: String(fields.clientId),
      username: String(fields.username),
      privateKey: String(fields.privateKey),
      loginUrl,
      audience: fields.audience === 'myDomain' ? new URL(loginUrl).origin : String(fields.audience),
    }),
  )
}

/**
 * What n8n stores after a login. There is one attempt only: the node that needs the token has retries of its own.
 * @throws SalesforceError whose message says what was refused and never holds a secret.
 */
async function login(helper: IHttpRequestHelper, auth: Auth): Promise<IDataObject> {
  const salesforce = new Salesforce({
    auth,
    transport: loginTransport(helper),
    clock: hostClock,
    random: Math.random,
    retry: false,
  })
  try {
    const { accessToken, instanceUrl = auth.loginUrl } = await salesforce.login()
    return { accessToken, instanceUrl: String(instanceUrl) }
  } finally {
    await salesforce.close()
  }
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
