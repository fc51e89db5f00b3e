import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import type { SalesforceEvents, TransportRequest } from '@forcewire/core'
import {
  type Auth,
  accessToken,
  authorizationCode,
  clientCredentials,
  custom,
  deviceFlow,
  jwtBearer,
  refreshToken,
  Salesforce,
  soapLogin,
  usernamePassword,
} from '@forcewire/core/portable'
import { type Answer, instanceUrl, type Script, scriptedTransport } from './support/scripted-org.ts'
import { TestClock } from './support/test-clock.ts'

/** Every secret holds this word; the key is told by its lines. */
const canary = 'CANARY'
const secret = (what: string): string => `${canary}-${what}-Zx9!`
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: secret('passphrase') },
})
const keyLine = privateKey.split('\n')[3] ?? ''

const app = { clientId: 'app', clientSecret: secret('client-secret'), loginUrl: instanceUrl }
const person = { username: 'ann@example.com', password: secret('password'), securityToken: secret('security-token') }
const onTokens = (): void => {}

const flows: Readonly<Record<string, () => Auth>> = {
  accessToken: () => accessToken({ accessToken: secret('access'), instanceUrl }),
  authorizationCode: () =>
    authorizationCode({
      ...app,
      code: secret('code'),
      codeVerifier: secret('verifier'),
      redirectUri: 'https://app.example/back',
      onTokens,
    }),
  clientCredentials: () => clientCredentials(app),
  custom: () => custom(async () => ({ accessToken: secret('access'), instanceUrl })),
  deviceFlow: () => deviceFlow({ ...app, onCode: () => {}, onTokens }),
  jwtBearer: () => jwtBearer({ ...app, username: 'ann', privateKey, passphrase: secret('passphrase') }),
  refreshToken: () => refreshToken({ ...app, refreshToken: secret('refresh'), onTokens }),
  soapLogin: () => soapLogin({ ...person, loginUrl: instanceUrl }),
  usernamePassword: () => usernamePassword({ ...app, ...person }),
}

const isLogin = ({ url }: TransportRequest): boolean => /oauth2\/token|Soap\/u/.test(url)

function granted({ url, body }: TransportRequest): Answer {
  if (url.includes('Soap')) {
    const session = `<sessionId>${secret('session')}</sessionId><serverUrl>${instanceUrl}/services/Soap/u/64.0</serverUrl>`
    return {
      text: `<?xml version="1.0"?><Envelope><Body><loginResponse><result>${session}</result></loginResponse></Body></Envelope>`,
    }
  }
  if (String(body).includes('response_type=device_code')) {
    const page = `${instanceUrl}/setup/connect`
    return { json: { device_code: secret('device'), user_code: 'ABCD', verification_uri: page, interval: 5 } }
  }
  const tokens = { access_token: secret('access'), refresh_token: secret('next-refresh'), instance_url: instanceUrl }
  return { json: { ...tokens, id: `${instanceUrl}/id/00D/005`, scope: 'api' } }
}

/** A page that shows the whole request, as the error pages of some proxies do. */
function echo(request: TransportRequest, status: number): Answer {
  const body = typeof request.body === 'string' ? decodeURIComponent(request.body) : ''
  const text = `<html><body>Denied: ${JSON.stringify(request.headers)} ${body} ${request.body}</body></html>`
  return { status, text, headers: { 'content-type': 'text/html' } }
}

const lost: Answer = { status: 401, json: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] }

/** How an org may treat a client, by name. */
const scripts: Readonly<Record<string, Script>> = {
  'answers everything': (request) => (isLogin(request) ? granted(request) : { json: {} }),
  'refuses the login': () => ({
    status: 400,
    json: { error: 'invalid_grant', error_description: 'authentication failure' },
  }),
  'echoes what is sent': (request) => echo(request, 502),
  'echoes the login as if it had worked': (request) => echo(request, 200),
  'echoes what is sent after the login': (request) => (isLogin(request) ? granted(request) : echo(request, 500)),
  'loses the session again and again': (request) => (isLogin(request) ? granted(request) : lost),
  'cuts the answer of the login': (request) => ({
    text: String(
      (granted(request) as { text?: string }).text ?? JSON.stringify((granted(request) as { json?: unknown }).json),
    ).slice(0, -1),
  }),
  'redirects to another host': (request) =>
    isLogin(request) ? granted(request) : { status: 302, headers: { location: 'https://evil.example/' } },
  'cannot be reached': () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
}

/** All that anybody may come to see while a client is used. */
async function seen(
  auth: Auth,
  script: Script,
): Promise<{ readonly text: string; readonly requests: readonly TransportRequest[] }> {
  const { transport, requests } = scriptedTransport(script)
  const shown: unknown[] = []
  const logger = { debug: (message: string) => shown.push(message), warn: (message: string) => shown.push(message) }
  const salesforce = new Salesforce({
    auth,
    transport,
    clock: new TestClock(),
    random: () => 1,
    logger,
    apiVersion: 64,
  })
  const names: readonly (keyof SalesforceEvents)[] = ['request', 'response', 'retry', 'usage', 'login', 'warning']
  for (const name of names) salesforce.on(name, (event) => shown.push(event))
  const note = (error: unknown): void => {
    shown.push(error, String(error), JSON.stringify(error), (error as Error).stack)
  }
  await salesforce.limits().catch(note)
  await salesforce.sobject('Account').create({ Name: 'A' }).catch(note)
  await salesforce.query('SELECT Id FROM Account').all().catch(note)
  await salesforce
    .collections('Account')
    .create([{ Name: 'A' }])
    .catch(note)
  await salesforce.login().catch(note)
  await salesforce.revoke().catch(note)
  await salesforce.revoke(secret('revoked')).catch(note)
  const batch = salesforce.batch()
  batch.limits()
  await batch.send().catch(note)
  shown.push(salesforce, auth, batch, salesforce.query('SELECT Id FROM Account'), ...requests.map(({ url }) => url))
  await salesforce.close()
  const text = shown.map((thing) =>
    inspect(thing, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  )
  return { text: text.join('\n'), requests }
}

describe('no secret is shown by errors, events, logs, addresses and objects', () => {
  for (const [name, flow] of Object.entries(flows)) {
    it(`when ${name} meets an org that answers or fails`, async () => {
      for (const [org, script] of Object.entries(scripts)) {
        const { text } = await seen(flow(), script)
        const at = text.indexOf(canary)
        assert.equal(at, -1, `an org that ${org}: ${text.slice(Math.max(0, at - 300), at + 60)}`)
        assert.ok(!text.includes(keyLine), `an org that ${org} made the key appear`)
        assert.ok(text.length > 500)
      }
    })
  }
})
