import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type Auth,
  AuthenticationError,
  accessToken,
  clientCredentials,
  custom,
  jwtBearer,
  refreshToken,
  Salesforce,
  soapLogin,
  usernamePassword,
} from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { recordedCase, recordingsMissing } from '../support/recorded-case.ts'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const token: Answer = { json: { access_token: 'T', instance_url: 'https://acme.my.salesforce.com' } }

describe('login flows against the emulator', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
  })
  after(() => emulator.close())

  const flows: Readonly<Record<string, () => Auth>> = {
    clientCredentials: () => clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }),
    jwtBearer: () => jwtBearer({ ...emulator.credentials, loginUrl: emulator.url }),
    soapLogin: () => soapLogin({ ...emulator.credentials, loginUrl: emulator.url }),
    usernamePassword: () => usernamePassword({ ...emulator.credentials, loginUrl: emulator.url }),
    refreshToken: () => refreshToken({ ...emulator.credentials, loginUrl: emulator.url }),
  }
  for (const [name, flow] of Object.entries(flows)) {
    it(`${name} logs in`, async () => {
      await using salesforce = new Salesforce({ auth: flow() })
      assert.equal((await salesforce.userInfo()).preferred_username, emulator.credentials.username)
    })
  }

  it('a wrong secret is one AuthenticationError and one request', async () => {
    const auth = clientCredentials({
      clientId: emulator.credentials.clientId,
      clientSecret: 'wrong',
      loginUrl: emulator.url,
    })
    await using salesforce = new Salesforce({ auth })
    await assert.rejects(
      salesforce.limits(),
      (error) => error instanceof AuthenticationError && error.errorCode === 'invalid_client',
    )
  })

  it('a wrong SOAP password is one AuthenticationError and one request', async () => {
    const { username } = emulator.credentials
    await using salesforce = new Salesforce({
      auth: soapLogin({ username, password: `<&>"'`, loginUrl: emulator.url }),
    })
    await assert.rejects(salesforce.limits(), (error) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, /^Salesforce refused the login: \[INVALID_LOGIN\] /)
      return error.request?.attempts === 1
    })
  })
})

describe('soapLogin', () => {
  const options = { username: `a&b<c>@"x'.example`, password: '<&>', securityToken: `"'` }
  const success = (seconds: number): Answer => ({
    text:
      '<soapenv:Envelope xmlns:soapenv="s"><soapenv:Body><loginResponse><result><serverUrl>https://acme.my.salesforce.com/services/Soap/u/64.0/00D</serverUrl>' +
      `<sessionId>S&amp;1</sessionId><userInfo><sessionSecondsValid>${seconds}</sessionSecondsValid></userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>`,
  })

  it('escapes what it sends, unescapes what it gets, and speaks at most version 64.0', async () => {
    const org = scriptedOrg([success(7_200), { json: {} }], { auth: soapLogin(options), apiVersion: '67.0' })
    await org.salesforce.limits()
    const [login, call] = org.requests
    assert.equal(login?.url, 'https://login.salesforce.com/services/Soap/u/64.0')
    assert.equal(login?.headers.soapaction, 'login')
    assert.match(String(login?.body), /<p:username>a&#38;b&#60;c&#62;@&#34;x&#39;\.example<\/p:username>/)
    assert.match(String(login?.body), /<p:password>&#60;&#38;&#62;&#34;&#39;<\/p:password>/)
    assert.equal(call?.headers.authorization, 'Bearer S&1')
    const older = scriptedOrg([success(7_200), { json: {} }], { auth: soapLogin(options), apiVersion: '58.0' })
    await older.salesforce.limits()
    assert.match(older.requests[0]?.url ?? '', /\/58\.0$/)
  })

  it('logs in again before use when sessionSecondsValid has passed, and warns once', async () => {
    const org = scriptedOrg(({ url }) => (url.includes('/Soap/') ? success(600) : { json: {} }), {
      auth: soapLogin(options),
    })
    const warnings: string[] = []
    org.salesforce.on('warning', ({ message }) => warnings.push(message))
    await org.salesforce.limits()
    org.clock.advance(600_000)
    await org.salesforce.limits()
    assert.equal(org.requests.filter(({ url }) => url.includes('/Soap/')).length, 2)
    assert.equal(warnings.length, 1)
  })

  it('posts a refused login once although it comes with status 500', { skip: recordingsMissing }, async () => {
    const { response } = recordedCase('soap-login-failure')
    const org = scriptedOrg([{ status: 500, text: response.body, headers: { 'content-type': 'text/xml' } }], {
      auth: soapLogin(options),
    })
    const calls = await Promise.allSettled([org.salesforce.limits(), org.salesforce.limits()])
    assert.equal(org.requests.length, 1)
    for (const call of calls) {
      assert.ok(call.status === 'rejected' && call.reason instanceof AuthenticationError)
      assert.equal(call.reason.errorCode, 'INVALID_LOGIN')
    }
  })

  it('goes to the sandbox host, the My Domain or the instance that it is given', async () => {
    const sandbox = 'https://test.salesforce.com'
    const myDomain = 'https://acme--dev.sandbox.my.salesforce.com'
    for (const [given, expected] of [
      [{ auth: soapLogin({ ...options, loginUrl: sandbox }) }, sandbox],
      [{ auth: soapLogin({ ...options, loginUrl: myDomain }) }, myDomain],
      [{ auth: soapLogin(options), instanceUrl: myDomain }, myDomain],
    ] as const) {
      const org = scriptedOrg([success(7_200), { json: {} }], given)
      await org.salesforce.limits()
      assert.equal(org.requests[0]?.url, `${expected}/services/Soap/u/64.0`)
      assert.equal(org.requests[1]?.url, 'https://acme.my.salesforce.com/services/data/v67.0/limits')
    }
  })

  it('explains a refusal of login() itself with OAuth as the way out', async () => {
    const said = 'SOAP API login() is disabled by default in this org. Contact the org administrator.'
    const text =
      '<soapenv:Envelope xmlns:soapenv="s"><soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_OPERATION</faultcode>' +
      `<faultstring>INVALID_OPERATION: ${said}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`
    const org = scriptedOrg([{ status: 500, text, headers: { 'content-type': 'text/xml' } }], {
      auth: soapLogin(options),
    })
    await assert.rejects(org.salesforce.limits(), (error) => {
      assert.ok(error instanceof AuthenticationError && error.has('INVALID_OPERATION'))
      assert.equal(error.description, said)
      assert.match(
        error.message,
        /\[INVALID_OPERATION\] SOAP API login\(\) .* administrator; log in by OAuth instead, /,
      )
      return error.request?.attempts === 1
    })
  })

  it('without sessionSecondsValid is kept until Salesforce refuses it', async () => {
    const org = scriptedOrg(({ url }) => (url.includes('/Soap/') ? success(0) : { json: {} }), {
      auth: soapLogin(options),
    })
    await org.salesforce.limits()
    org.clock.advance(86_400_000)
    await org.salesforce.limits()
    assert.equal(org.requests.filter(({ url }) => url.includes('/Soap/')).length, 1)
  })

  it('without a session in the answer is a ProtocolError that points at loginUrl', async () => {
    for (const text of ['<html></html>', 'no xml', '<a']) {
      const org = scriptedOrg([{ text }], { auth: soapLogin(options), retry: false })
      await assert.rejects(org.salesforce.limits(), {
        code: 'ERR_SF_PROTOCOL',
        message: /succeeded without a session that can be sent; check that loginUrl is right/,
      })
    }
  })

  it('says that the password has expired', { skip: recordingsMissing }, async () => {
    const { response } = recordedCase('jsforce-soap-password-expired')
    const org = scriptedOrg([{ text: response.body, headers: { 'content-type': 'text/xml' } }], {
      auth: soapLogin(options),
    })
    await assert.rejects(org.salesforce.limits(), /\[PASSWORD_EXPIRED\] the password has expired/)
  })
})

describe('OAuth answers', () => {
  for (const id of ['vcr-oauth-200-scopes', 'restforce-reauth-success', 'restforce-refresh-success']) {
    it(`${id} gives a token`, { skip: recordingsMissing }, async () => {
      const body = recordedCase(id).response.body.replace('<salesforce_instance_url>', 'https://acme.my.salesforce.com')
      const auth = clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: 'https://acme.my.salesforce.com' })
      const org = scriptedOrg([{ text: body }, { json: {} }], { auth })
      await org.salesforce.limits()
      const { access_token: expected } = JSON.parse(body) as { access_token: string }
      assert.equal(org.requests[1]?.headers.authorization, `Bearer ${expected}`)
    })
  }

  it('are posted as a form with the three fields of client credentials', async () => {
    const auth = clientCredentials({ clientId: 'a&b', clientSecret: 'c=d', loginUrl: 'https://acme.my.salesforce.com' })
    const org = scriptedOrg([token, { json: {} }], { auth })
    await org.salesforce.limits()
    assert.equal(org.requests[0]?.body, 'grant_type=client_credentials&client_id=a%26b&client_secret=c%3Dd')
    assert.equal(org.requests[0]?.headers['content-type'], 'application/x-www-form-urlencoded')
  })

  it('are posted with the password and, where there is one, the security token behind it', async () => {
    const user = { clientId: 'a', clientSecret: 'b', username: 'u', password: 'p+' }
    for (const [securityToken, password] of [
      [undefined, 'p+'],
      ['', 'p+'],
      ['st', 'p+st'],
    ] as const) {
      const org = scriptedOrg([token, { json: {} }], { auth: usernamePassword({ ...user, securityToken }) })
      await org.salesforce.limits()
      assert.equal(org.requests[0]?.url, 'https://login.salesforce.com/services/oauth2/token')
      const form = Object.fromEntries(new URLSearchParams(String(org.requests[0]?.body)))
      assert.deepEqual(form, { grant_type: 'password', client_id: 'a', client_secret: 'b', username: 'u', password })
    }
  })

  it('of client credentials need the address of the org', async () => {
    const org = scriptedOrg([token], { auth: clientCredentials({ clientId: 'a', clientSecret: 'b' }) })
    await assert.rejects(org.salesforce.limits(), {
      code: 'ERR_SF_CONFIG',
      message: 'clientCredentials: give loginUrl, the My Domain address of the org.',
    })
    assert.equal(org.requests.length, 0)
  })

  it('of client credentials are asked for at a My Domain only', async () => {
    for (const loginUrl of ['https://login.salesforce.com', 'https://test.salesforce.com/']) {
      const org = scriptedOrg([token], { auth: clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl }) })
      await assert.rejects(org.salesforce.limits(), {
        code: 'ERR_SF_CONFIG',
        message: /does not offer this flow; give loginUrl, the My Domain address of the org/,
      })
      assert.equal(org.requests.length, 0)
    }
  })

  it('without a token are an error that points at loginUrl', async () => {
    const auth = clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: 'https://acme.my.salesforce.com' })
    const org = scriptedOrg([{ text: '<html>' }], { auth })
    await assert.rejects(
      org.salesforce.limits(),
      /succeeded without an access token that can be sent; check that loginUrl is right/,
    )
  })
})

describe('a ready token', () => {
  it('may be the one of another login, and ends with it', async () => {
    const granted = custom(async () => ({
      accessToken: 'T',
      instanceUrl: 'https://acme.my.salesforce.com',
      lifetime: 60_000,
    }))
    const login = await scriptedOrg([], { auth: granted }).salesforce.login()
    const org = scriptedOrg([{ json: {} }], { auth: accessToken(login) })
    await org.salesforce.limits()
    org.clock.advance(59_000)
    await org.salesforce.limits()
    org.clock.advance(1_000)
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_AUTH', message: /lifetime/ })
    assert.equal(org.requests.length, 2)
  })
})
