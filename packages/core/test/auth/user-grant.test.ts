import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  AuthenticationError,
  authorizationCode,
  type OAuthTokens,
  refreshToken,
  SessionError,
  type TransportRequest,
} from '@forcewire/core'
import { Salesforce } from '@forcewire/core/portable'
import {
  type Answer,
  errors,
  instanceUrl,
  networkFailure,
  type Script,
  scriptedOrg,
  scriptedTransport,
} from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
const isLogin = ({ url }: TransportRequest): boolean => url.endsWith('/services/oauth2/token')
const form = (request: TransportRequest | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(String(request?.body)))

/** Logins grant A1, A2, ...; a rotating org hands out R1, R2, ... with them. Only the newest access token is valid. */
function grantingOrg(rotates: boolean): { readonly script: Script; readonly forms: Record<string, string>[] } {
  const forms: Record<string, string>[] = []
  const script: Script = (request) => {
    if (!isLogin(request)) {
      return request.headers.authorization === `Bearer A${forms.length}` ? { json: {} } : lost
    }
    forms.push(form(request))
    const rotated = rotates ? { refresh_token: `R${forms.length}` } : {}
    return {
      json: {
        access_token: `A${forms.length}`,
        instance_url: instanceUrl,
        id: `${instanceUrl}/id/00D/005`,
        issued_at: '1795305600000',
        scope: 'api refresh_token',
        ...rotated,
      },
    }
  }
  return { script, forms }
}

describe('refreshToken', () => {
  const options = { clientId: 'APP', refreshToken: 'R0', loginUrl: instanceUrl }

  it('posts the refresh token, and the secret only where there is one', async () => {
    const { script, forms } = grantingOrg(false)
    await scriptedOrg(script, { auth: refreshToken(options) }).salesforce.limits()
    assert.deepEqual(forms, [{ grant_type: 'refresh_token', client_id: 'APP', refresh_token: 'R0' }])
    const secret = grantingOrg(false)
    await scriptedOrg(secret.script, { auth: refreshToken({ ...options, clientSecret: 'S' }) }).salesforce.limits()
    assert.equal(secret.forms[0]?.client_secret, 'S')
  })

  it('renews with the same token as long as no answer replaces it', async () => {
    const { script, forms } = grantingOrg(false)
    const auth = refreshToken({ ...options, lifetime: 60_000 })
    const org = scriptedOrg(script, { auth })
    await org.salesforce.limits()
    org.clock.advance(60_000)
    await org.salesforce.limits()
    assert.deepEqual(
      forms.map((sent) => sent.refresh_token),
      ['R0', 'R0'],
    )
  })

  it('renews with the newest token when Salesforce rotates it', async () => {
    const { script, forms } = grantingOrg(true)
    const org = scriptedOrg(script, { auth: refreshToken({ ...options, lifetime: 60_000 }) })
    for (let round = 0; round < 3; round += 1) {
      await org.salesforce.limits()
      org.clock.advance(60_000)
    }
    assert.deepEqual(
      forms.map((sent) => sent.refresh_token),
      ['R0', 'R1', 'R2'],
    )
  })

  it('hands over the tokens of each login before the session is used', async () => {
    const { script } = grantingOrg(true)
    const seen: OAuthTokens[] = []
    const stored = Promise.withResolvers<void>()
    const onTokens = async (tokens: OAuthTokens): Promise<void> => {
      seen.push(tokens)
      await stored.promise
    }
    const org = scriptedOrg(script, { auth: refreshToken({ ...options, onTokens }) })
    const call = org.salesforce.limits()
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(org.requests.length, 1)
    stored.resolve()
    await call
    assert.deepEqual(seen, [
      {
        accessToken: 'A1',
        refreshToken: 'R1',
        instanceUrl,
        issuedAt: new Date(1_795_305_600_000),
        scopes: ['api', 'refresh_token'],
        identityUrl: `${instanceUrl}/id/00D/005`,
      },
    ])
  })

  it('hands over what the answer holds, and no more', async () => {
    const seen: OAuthTokens[] = []
    const auth = refreshToken({ ...options, onTokens: (tokens) => seen.push(tokens) })
    const org = scriptedOrg([{ json: { access_token: 'A', issued_at: 'soon' } }, { json: {} }], { auth })
    await org.salesforce.limits()
    assert.deepEqual(seen, [{ accessToken: 'A', refreshToken: 'R0', scopes: [] }])
  })

  it('hands over the refresh token in use where the answer holds none', async () => {
    const { script } = grantingOrg(false)
    const seen: (string | undefined)[] = []
    const onTokens = (tokens: OAuthTokens): void => void seen.push(tokens.refreshToken)
    await scriptedOrg(script, { auth: refreshToken({ ...options, onTokens }) }).salesforce.limits()
    assert.deepEqual(seen, ['R0'])
  })

  it('hands over a token that arrives while the client is closed, before close() ends', async () => {
    const { script } = grantingOrg(true)
    let arrive = (): void => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const told: unknown[] = []
    const onTokens = async ({ refreshToken }: OAuthTokens): Promise<void> => {
      await settle()
      told.push(refreshToken)
    }
    const { transport, requests } = scriptedTransport(async (request, index) => {
      if (isLogin(request)) await arrived
      return script(request, index)
    })
    // A clock whose sleeps end when the test says so.
    const clock = new TestClock(0)
    const auth = refreshToken({ ...options, onTokens })
    const salesforce = new Salesforce({ auth, instanceUrl, transport, clock, random: () => 1 })
    const call = assert.rejects(salesforce.limits(), /This Salesforce client was closed/)
    while (requests.length === 0) await settle()
    const closed = salesforce.close()
    await call
    arrive()
    await closed
    assert.deepEqual(told, ['R1'])
  })

  it('gives a login ten seconds when the client is closed', async () => {
    const { transport, requests } = scriptedTransport(() => new Promise(() => {}))
    const clock = new TestClock(0)
    const auth = refreshToken(options)
    const salesforce = new Salesforce({ auth, instanceUrl, transport, clock, random: () => 1 })
    const call = assert.rejects(salesforce.limits(), /This Salesforce client was closed/)
    while (requests.length === 0) await settle()
    let ended = false
    const closed = salesforce.close().then(() => {
      ended = true
    })
    await call
    clock.advance(9_999)
    await settle()
    assert.deepEqual([ended, requests[0]?.signal?.aborted], [false, false])
    clock.advance(1)
    await closed
    assert.equal(requests[0]?.signal?.aborted, true)
  })

  it('hands over a token that arrives after the timeout of the client', async () => {
    const { script } = grantingOrg(true)
    let arrive = (): void => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const told: unknown[] = []
    const onTokens = ({ refreshToken }: OAuthTokens): void => void told.push(refreshToken)
    const late: Script = async (request, index) => {
      if (isLogin(request)) await arrived
      return script(request, index)
    }
    const org = scriptedOrg(late, { auth: refreshToken({ ...options, onTokens }), timeout: 20_000 })
    const call = assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_TIMEOUT' })
    while (org.requests.length === 0) await settle()
    org.clock.advance(20_000)
    await call
    arrive()
    await settle()
    assert.deepEqual(told, ['R1'])
  })

  it('fails the login when onTokens is not done after a minute, and hands the tokens over again', async () => {
    const { script, forms } = grantingOrg(true)
    const told: unknown[] = []
    const onTokens = ({ refreshToken }: OAuthTokens): unknown => {
      told.push(refreshToken)
      return told.length === 1 ? new Promise(() => {}) : undefined
    }
    const org = scriptedOrg(script, { auth: refreshToken({ ...options, onTokens }) })
    const call = assert.rejects(org.salesforce.limits(), (error: AuthenticationError) => {
      assert.match(error.message, /onTokens failed to take its tokens; the next call hands them over again$/)
      assert.match(String(error.cause), /not done after 60000 ms/)
      return true
    })
    while (told.length === 0) await settle()
    org.clock.advance(60_000)
    await call
    await org.salesforce.limits()
    assert.deepEqual([told, forms.length], [['R1', 'R1'], 1])
  })

  it('fails the login when onTokens fails, and hands the same tokens over again with the next call', async () => {
    const { script, forms } = grantingOrg(true)
    const seen: (string | undefined)[] = []
    const onTokens = (tokens: OAuthTokens): void => {
      seen.push(tokens.refreshToken)
      if (seen.length === 1) throw new Error('the disk is full')
    }
    const org = scriptedOrg(script, { auth: refreshToken({ ...options, onTokens }) })
    await assert.rejects(org.salesforce.limits(), (error) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, /^refreshToken: .* onTokens failed .* the next call hands them over again$/)
      return (error.cause as Error).message === 'the disk is full'
    })
    assert.deepEqual(await org.salesforce.limits(), {})
    assert.deepEqual([seen, forms.length], [['R1', 'R1'], 1])
  })

  it('never uses a token twice at the same time, since reuse ends the whole grant', async () => {
    const { script, forms } = grantingOrg(true)
    const { transport } = scriptedTransport(script)
    const auth = refreshToken({ clientId: 'APP', refreshToken: 'R0' })
    const client = (address: string): Salesforce =>
      new Salesforce({ auth, instanceUrl: address, transport, clock: new TestClock(), random: () => 1 })
    const first = client(instanceUrl)
    const second = client('https://acme--dev.sandbox.my.salesforce.com')
    await Promise.all([first.login(), second.login(), first.login()])
    assert.deepEqual(
      forms.map((sent) => sent.refresh_token),
      ['R0', 'R1', 'R2'],
    )
  })
})

describe('authorizationCode', () => {
  const options = { clientId: 'APP', redirectUri: 'https://app.example/done', code: 'CODE', loginUrl: instanceUrl }

  it('exchanges the code with its verifier, and renews by the refresh token', async () => {
    const { script, forms } = grantingOrg(true)
    const auth = authorizationCode({ ...options, clientSecret: 'S', codeVerifier: 'V', lifetime: 60_000 })
    const org = scriptedOrg(script, { auth })
    await org.salesforce.limits()
    org.clock.advance(60_000)
    await org.salesforce.limits()
    const [exchange, renewal] = forms
    assert.deepEqual(exchange, {
      grant_type: 'authorization_code',
      client_id: 'APP',
      client_secret: 'S',
      redirect_uri: 'https://app.example/done',
      code: 'CODE',
      code_verifier: 'V',
    })
    assert.equal(renewal?.refresh_token, 'R1')
  })

  it('sends the code once, however many clients and logins ask for it', async () => {
    const { script, forms } = grantingOrg(true)
    const org = scriptedOrg(script, { auth: authorizationCode(options) })
    await Promise.all([org.salesforce.limits(), org.salesforce.limits(), org.salesforce.login()])
    assert.equal(forms.filter((sent) => sent.code === 'CODE').length, 1)
  })

  it('never repeats the code when nobody knows what became of it, and says so from then on', async () => {
    for (const answer of [networkFailure('ECONNRESET'), { status: 500 }, { status: 400, json: { error: 'x' } }]) {
      const org = scriptedOrg([answer], { auth: authorizationCode(options) })
      await assert.rejects(org.salesforce.limits())
      await assert.rejects(org.salesforce.limits(), {
        code: 'ERR_SF_AUTH',
        message: /the code was sent once and works only once; send the user through authorizationUrl again/,
      })
      assert.equal(org.requests.length, 1)
    }
  })

  it('keeps a code that surely never arrived', async () => {
    const { script, forms } = grantingOrg(true)
    const org = scriptedOrg((request, index) => (index < 4 ? networkFailure('ECONNREFUSED') : script(request, index)), {
      auth: authorizationCode(options),
    })
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_TRANSPORT' })
    assert.deepEqual(await org.salesforce.limits(), {})
    assert.equal(forms[0]?.code, 'CODE')
  })

  it('asks for the scope refresh_token when a session without one is lost', async () => {
    const { script } = grantingOrg(false)
    let alive = true
    const org = scriptedOrg((request, index) => (alive || isLogin(request) ? script(request, index) : lost), {
      auth: authorizationCode(options),
    })
    await org.salesforce.limits()
    alive = false
    await assert.rejects(org.salesforce.limits(), (error) => {
      assert.ok(error instanceof AuthenticationError && !(error instanceof SessionError))
      return /no refresh token; ask for the scope refresh_token in authorizationUrl/.test(error.message)
    })
  })
})

describe('what a user granted', () => {
  it('stays out of inspection, of errors too', async () => {
    const { script } = grantingOrg(true)
    const secrets = { clientId: 'APP', clientSecret: 'SECRET1', loginUrl: instanceUrl }
    const auths = [
      refreshToken({ ...secrets, refreshToken: 'SECRET2' }),
      authorizationCode({ ...secrets, redirectUri: 'app:/', code: 'SECRET3', codeVerifier: 'SECRET4' }),
    ]
    const seen: unknown[] = [auths]
    for (const auth of auths) {
      const org = scriptedOrg(script, { auth })
      await org.salesforce.login()
      seen.push(org.salesforce)
      const refused = scriptedOrg([{ status: 400, json: { error: 'invalid_grant' } }], { auth })
      seen.push(await refused.salesforce.login().catch((error: unknown) => error))
    }
    assert.doesNotMatch(inspect(seen, { depth: 12, showHidden: true }), /SECRET\d|\b[AR]\d\b/)
  })
})

it('a renewal whose answer holds an empty refresh token keeps the one in hand', async () => {
  for (const nothing of [null, '']) {
    const told: OAuthTokens[] = []
    const auth = refreshToken({ clientId: 'app', refreshToken: 'R0', onTokens: (tokens) => told.push(tokens) })
    let logins = 0
    const sent: (string | undefined)[] = []
    const { transport } = scriptedTransport((request) => {
      if (!isLogin(request)) return request.headers.authorization === 'Bearer A2' ? { json: {} } : lost
      sent.push(form(request).refresh_token)
      logins += 1
      const empty = { refresh_token: nothing, id: nothing, scope: nothing }
      return { json: { access_token: `A${logins}`, instance_url: instanceUrl, issued_at: { toString: 1 }, ...empty } }
    })
    const salesforce = new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1 })
    await salesforce.limits()
    assert.deepEqual(sent, ['R0', 'R0'])
    assert.deepEqual(told[1], { accessToken: 'A2', refreshToken: 'R0', instanceUrl, scopes: [] })
  }
})
