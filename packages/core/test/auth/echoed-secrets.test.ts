import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  type Auth,
  authorizationCode,
  clientCredentials,
  custom,
  customTransport,
  deviceFlow,
  jwtBearer,
  refreshToken,
  Salesforce,
  type SalesforceEvents,
  soapLogin,
  type TransportRequest,
  usernamePassword,
} from '@forcewire/core'
import { readText } from '../../src/http/body.ts'
import { loopbackServer } from '../support/loopback-server.ts'

const canary = 'CANARY'
/** Every sign that a form, a page, XML or JSON writes in another way. */
const secret = (what: string): string => `${canary}${what} &<>"'\\/+%=é😀`
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const flows: Readonly<Record<string, (loginUrl: string) => Auth>> = {
  authorizationCode: (loginUrl) =>
    authorizationCode({
      clientId: 'app',
      clientSecret: secret('client'),
      loginUrl,
      code: secret('code'),
      codeVerifier: secret('verifier'),
      redirectUri: 'https://app.example/back',
    }),
  clientCredentials: (loginUrl) => clientCredentials({ clientId: 'app', clientSecret: secret('client'), loginUrl }),
  custom: (loginUrl) =>
    custom(async (context) => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ key: secret('key') })
      const path = '/vault'
      await context.post({ origin: context.origin(loginUrl, 'vault'), path, headers, body, secrets: [secret('key')] })
      return { accessToken: 'T', instanceUrl: loginUrl }
    }),
  deviceFlow: (loginUrl) => deviceFlow({ clientId: 'app', clientSecret: secret('client'), loginUrl, onCode: () => {} }),
  jwtBearer: (loginUrl) => jwtBearer({ clientId: 'app', username: 'ann', privateKey, loginUrl }),
  refreshToken: (loginUrl) =>
    refreshToken({ clientId: 'app', clientSecret: secret('client'), refreshToken: secret('refresh'), loginUrl }),
  soapLogin: (loginUrl) =>
    soapLogin({ username: 'ann', password: secret('password'), securityToken: secret('security'), loginUrl }),
  usernamePassword: (loginUrl) =>
    usernamePassword({
      clientId: 'app',
      clientSecret: secret('client'),
      username: 'ann',
      password: secret('password'),
      securityToken: secret('security'),
      loginUrl,
    }),
}

interface Echo {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const fault = (text: string): string =>
  `<?xml version="1.0"?><e:Envelope xmlns:e="x"><e:Body><e:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>${escaped(text)}</faultstring></e:Fault></e:Body></e:Envelope>`
const headerSafe = (text: string): string => encodeURIComponent(text)

/** How a server may repeat what it was sent. */
const shapes: Readonly<Record<string, (sent: string) => Echo>> = {
  'an OAuth error': (sent) => ({
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ error: 'invalid_grant', error_description: sent }),
  }),
  'the code of an OAuth error': (sent) => ({
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ error: sent }),
  }),
  'the errors of the REST API': (sent) => ({
    status: 400,
    type: 'application/json',
    body: JSON.stringify([{ errorCode: 'NO', message: sent, fields: [sent] }]),
  }),
  'an object of its own': (sent) => ({
    status: 500,
    type: 'application/json',
    body: JSON.stringify({ [sent]: { request: [sent] } }).replaceAll('&', '\\u0026'),
  }),
  'a page': (sent) => ({ status: 502, type: 'text/html', body: `<html><body>${escaped(sent)}</body></html>` }),
  words: (sent) => ({ status: 500, type: 'text/plain', body: sent }),
  'a SOAP fault': (sent) => ({ status: 500, type: 'text/xml', body: fault(sent) }),
  'a SOAP fault with a page in it': (sent) => ({
    status: 500,
    type: 'text/xml',
    body: fault(`<p>${escaped(sent)}</p>`),
  }),
  'XML of its own': (sent) => ({
    status: 400,
    type: 'text/xml',
    body: `<?xml version="1.0"?><what>${escaped(sent)}</what>`,
  }),
  'JSON that breaks off': (sent) => ({
    status: 500,
    type: 'application/json',
    body: JSON.stringify({ sent }).slice(0, -1),
  }),
  headers: (sent) => ({
    status: 502,
    type: 'text/html',
    body: '',
    headers: {
      location: `https://proxy.example/?${headerSafe(sent)}`,
      warning: headerSafe(sent),
      'x-sent': headerSafe(sent),
    },
  }),
  'the warning of a success': (sent) => ({
    status: 200,
    type: 'text/html',
    body: '',
    headers: { warning: headerSafe(sent) },
  }),
  'the instance': (sent) => ({
    status: 200,
    type: 'application/json',
    body: JSON.stringify({ access_token: 'T', instance_url: `https://${sent.slice(0, 200)}` }),
  }),
  'the host of the instance': (sent) => ({
    status: 200,
    type: 'application/json',
    body: JSON.stringify({ access_token: 'T', instance_url: `https://${sent.replace(/[^a-z0-9&=]/gi, '')}` }),
  }),
}

/** All that anybody may come to see of a login. */
async function seen(auth: Auth, options: object = {}): Promise<string> {
  const shown: unknown[] = []
  const logger = { debug: (message: string) => shown.push(message), warn: (message: string) => shown.push(message) }
  await using salesforce = new Salesforce({ auth, retry: { initialDelay: 0, maxRetries: 1 }, logger, ...options })
  const names: readonly (keyof SalesforceEvents)[] = ['request', 'response', 'retry', 'usage', 'login', 'warning']
  for (const name of names) salesforce.on(name, (event) => shown.push(event))
  const note = (error: unknown): void => {
    shown.push(error, String(error), JSON.stringify(error), (error as Error).stack)
  }
  await salesforce.limits().then(() => assert.fail('the login succeeded'), note)
  await salesforce.login().catch(note)
  return shown.map((thing) => inspect(thing, { depth: Number.POSITIVE_INFINITY, showHidden: true })).join('\n')
}

/** Neither a marked secret nor any piece of an assertion. */
function assertSilent(text: string, sent: readonly string[], how: string): void {
  const at = text.indexOf(canary)
  assert.equal(at, -1, `${how}: ${text.slice(Math.max(0, at - 300), at + 60)}`)
  for (const body of sent) {
    const signature = new URLSearchParams(body).get('assertion')?.split('.')[2]
    if (signature !== undefined) assert.ok(!text.includes(signature), how)
  }
  assert.ok(text.length > 300)
}

/** What a server repeats: the body as it came, and what is in it. */
const repeats = (body: string): string[] => {
  if (body.startsWith('{')) return [body, Object.values(JSON.parse(body)).join(' ')]
  if (body.startsWith('<')) return [body, body.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))]
  return [body, [...new URLSearchParams(body).values()].join(' ')]
}

const deviceCode = JSON.stringify({
  device_code: secret('device'),
  user_code: 'ABCD',
  verification_uri: 'https://login.salesforce.com/setup/connect',
  interval: 0.001,
})

describe('the secrets of a login are not shown when the server repeats them', () => {
  for (const [flow, authOf] of Object.entries(flows)) {
    for (const [shape, echo] of Object.entries(shapes)) {
      it(`to ${flow}, in ${shape}`, async () => {
        for (const way of [0, 1]) {
          const sent: string[] = []
          await using server = await loopbackServer(async (request, response) => {
            const body = await readText(request)
            if (flow === 'deviceFlow' && sent.length === 0 && body.includes('response_type')) {
              response.writeHead(200, { 'content-type': 'application/json' }).end(deviceCode)
              return
            }
            sent.push(body)
            const answer = echo(repeats(body)[way] as string)
            response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers }).end(answer.body)
          })
          assertSilent(await seen(authOf(server.url)), sent, shape)
          assert.ok(sent.length > 0)
        }
      })
    }
  }
})

describe('the secrets of a login are not shown when the transport repeats them', () => {
  const failures: Readonly<Record<string, (body: string) => Error>> = {
    'in its message': (body) => new Error(`cannot send ${body}`),
    'in the cause of its cause': (body) =>
      new Error('failed', {
        cause: new Error('inner', { cause: Object.assign(new Error(body), { code: body, body }) }),
      }),
    'in its code and name': (body) => Object.assign(new Error('failed'), { code: body, name: body }),
    'as a header that cannot be written': (body) =>
      Object.assign(new Error(`invalid header ${body}`), { code: 'UND_ERR_INVALID_ARG' }),
  }
  for (const [flow, authOf] of Object.entries(flows)) {
    for (const [how, failure] of Object.entries(failures)) {
      it(`to ${flow}, ${how}`, async () => {
        const sent: string[] = []
        const transport = async (request: TransportRequest) => {
          const body = String(request.body)
          if (body.includes('response_type')) {
            return { status: 200, headers: {}, body: new Blob([deviceCode]).stream() }
          }
          sent.push(body)
          throw failure(sent.length % 2 === 0 ? body : (repeats(body)[1] as string))
        }
        const auth = authOf('https://acme.my.salesforce.com')
        // A connection that fails is no answer of the user: the device flow would ask on.
        if (flow === 'deviceFlow' && how !== 'as a header that cannot be written') return
        assertSilent(await seen(auth, { [customTransport]: transport }), sent, how)
        assert.ok(sent.length > 0)
      })
    }
  }
})
