import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  accessToken,
  clientCredentials,
  custom,
  customTransport,
  hostAuth,
  jwtBearer,
  normalizeApiVersion,
  refreshToken,
  Salesforce,
  salesforceOrigin,
  soapLogin,
  usernamePassword,
} from '@forcewire/core'
import { Salesforce as PortableSalesforce } from '@forcewire/core/portable'
import { instanceUrl, scriptedOrg, scriptedTransport } from './support/scripted-org.ts'

const auth = accessToken({ accessToken: 'T', instanceUrl })

describe('apiVersion', () => {
  it('may be written in every usual way', () => {
    for (const version of ['60', '60.', '60.0', 'v60', 'v60.', 'v60.0', 60])
      assert.equal(normalizeApiVersion(version), '60.0')
    for (const version of ['69.4', 'latest', '', '6', '60.0.0']) {
      assert.throws(() => normalizeApiVersion(version), { code: 'ERR_SF_CONFIG', message: /apiVersion/ })
    }
  })

  it('is part of every path', async () => {
    const org = scriptedOrg([{ json: {} }], { apiVersion: 'v58' })
    await org.salesforce.limits()
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v58.0/limits`)
  })
})

describe('addresses', () => {
  it('are reduced to their origin', () => {
    assert.equal(
      salesforceOrigin(' https://ACME.my.salesforce.com/home?x=1 ', 'instanceUrl'),
      'https://acme.my.salesforce.com',
    )
  })

  const accepted = [
    'https://acme.my.salesforce.com',
    'https://acme--dev.sandbox.my.salesforce.com',
    'https://acme-dev-ed.develop.my.salesforce.com',
    'https://acme.scratch.my.salesforce.com',
    'https://acme-dev-ed.trailblaze.my.salesforce.com',
    'https://acme.demo.my.salesforce.com',
    'https://acme.patch.my.salesforce.com',
    'https://login.salesforce.com',
    'https://test.salesforce.com',
    'https://eu42.salesforce.com',
    'https://acme.my.salesforce.com:8443',
    'https://acme.my.salesforce.mil',
    'https://acme--dev.sandbox.my.salesforce.mil',
    'https://acme.my.site.com',
    'https://acme.force.com',
    'https://localhost:8443',
    'http://127.0.0.1:4080',
    'http://localhost:4080',
    'http://[::1]:4080',
  ]
  for (const address of accepted) {
    it(`may be ${address}`, () => assert.equal(salesforceOrigin(address, 'instanceUrl'), address))
  }

  const refused: readonly [string, RegExp][] = [
    ['http://acme.my.salesforce.com', /must begin with https/],
    ['acme.my.salesforce.com', /must be an address such as/],
    ['https://salesforce.com.evil.example', /is not a host of Salesforce/],
    ['https://evilsalesforce.com', /is not a host of Salesforce/],
    ['https://127.0.0.1.evil.example', /is not a host of Salesforce/],
    ['https://user:secret@acme.my.salesforce.com', /must not hold a user name/],
    ['https://acme.lightning.force.com/lightning', /the API lives at 'https:\/\/acme\.my\.salesforce\.com'/],
    ['http://acme.my.salesforce.mil', /must begin with https/],
    ['http://10.0.0.1:4080', /must begin with https/],
    ['http://localhost.evil.example', /must begin with https/],
    ['https://site.com', /is not a host of Salesforce/],
    ['https://my.site.com.evil.example', /is not a host of Salesforce/],
    ['my secret word', /must be an address such as .* but is a text\.$/],
    ['secret2026', /must be an address such as .* but is a text\.$/],
    ['ftp://acme.my.salesforce.com', /must be an address such as/],
  ]
  for (const [address, reason] of refused) {
    it(`may not be ${address}`, () => {
      assert.throws(
        () => salesforceOrigin(address, 'instanceUrl'),
        (error: Error) => {
          assert.match(error.message, reason)
          return !error.message.includes('secret')
        },
      )
    })
  }

  it('may be other hosts that allowedHosts names', () => {
    const address = 'https://salesforce.proxy.example:8443'
    assert.equal(salesforceOrigin(address, 'instanceUrl', ['salesforce.proxy.example']), address)
  })

  it('that allowedHosts names are hosts, with a port or without, and nothing that would never match', () => {
    for (const host of ['salesforce.proxy.example:443', 'Salesforce.Proxy.Example']) {
      assert.equal(
        salesforceOrigin('https://salesforce.proxy.example/x', 'a', [host]),
        'https://salesforce.proxy.example',
      )
    }
    for (const host of ['https://x.example', '*.example', 'x.example/', 'a b', 'x.example:99999', '.example', '']) {
      const refused = { code: 'ERR_SF_CONFIG', message: /allowedHosts\[0\] must be a host such as 'proxy\.example'/ }
      assert.throws(() => new Salesforce({ auth, allowedHosts: [host] }), refused)
      assert.throws(() => salesforceOrigin(instanceUrl, 'instanceUrl', [host]), refused)
    }
  })

  it('must be known where a ready token is used', async () => {
    const ready = accessToken({ accessToken: 'T' })
    const missing = { code: 'ERR_SF_CONFIG', message: /instanceUrl is missing/ }
    assert.throws(() => new Salesforce({ auth: ready }), missing)
    await new Salesforce({ auth: ready, instanceUrl }).close()
    await using nowhere = new Salesforce({ auth: custom(async () => ({ accessToken: 'T' })) })
    await assert.rejects(nowhere.limits(), missing)
  })

  it('belong to the host application with hostAuth, which the main entry is not', () => {
    const message = /hostAuth needs the transport of the host application/
    assert.throws(() => new Salesforce({ auth: hostAuth() }), { code: 'ERR_SF_CONFIG', message })
    assert.ok(new Salesforce({ auth: hostAuth(), [customTransport]: scriptedTransport([]).transport }))
  })

  it('of the login are checked when the client is made', () => {
    const login = clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: 'http://evil.example' })
    assert.throws(() => new Salesforce({ auth: login }), /loginUrl 'http:\/\/evil\.example' must begin with https/)
  })
})

describe('options', () => {
  const wrong: readonly [string, object][] = [
    ['auth', { auth: undefined }],
    ['concurrency', { concurrency: 0 }],
    ['concurrency', { concurrency: 1.5 }],
    ['timeout', { timeout: -1 }],
    ['timeout', { timeout: Number.NaN }],
    ['apiVersion', { apiVersion: 'x' }],
    ['instanceUrl', { instanceUrl: 'x' }],
    ['retry.maxRetries', { retry: { maxRetries: -1 } }],
    ['retry.factor', { retry: { factor: 'x' } }],
    ['retry', { retry: null }],
    ['retry', { retry: 'often' }],
    ['retry', { retry: { rules: 5 } }],
    ['middleware', { middleware: {} }],
    ['middleware', { middleware: [5] }],
    ['allowedHosts', { allowedHosts: 'proxy.example' }],
    ['dispatcher', { dispatcher: {} }],
    ['dispatcher', { dispatcher: null }],
    ['usageLimit', { usageLimit: 0 }],
    ['usageLimit', { usageLimit: 90 }],
    ['usageLimit', { usageLimit: '0.9' }],
    ['logger', { logger: 'console' }],
    ['logger', { logger: null }],
    ['retry.factor', { retry: { factor: 0.5 } }],
    ['retry.maxRetries', { retry: { maxRetries: Number.NaN } }],
    ['retry.jitter', { retry: { jitter: 'full' } }],
    ['retry has no option', { retry: { maxRetry: 5 } }],
    ['retry.rules[0]', { retry: { rules: [undefined] } }],
    ['retry.rules[0].when', { retry: { rules: [{}] } }],
    ['retry.rules[0].when', { retry: { rules: [{ when: true }] } }],
    ['retry.rules[1].maxRetries', { retry: { rules: [{ when: () => true }, { when: () => true, maxRetries: -1 }] } }],
    ['retry.rules[0] has no option', { retry: { rules: [{ when: () => true, max: 1 }] } }],
    ['new Salesforce has no option', { apiVersoin: '60.0' }],
    ['auth', { auth: null }],
    ['auth', { auth: 'token' }],
    ['allowedHosts[0]', { allowedHosts: [''] }],
    ['apiVersion', { apiVersion: null }],
    ['instanceUrl', { instanceUrl: null }],
    ['instanceUrl', { instanceUrl: 5 }],
    ['timeout', { timeout: null }],
    ['concurrency', { concurrency: null }],
    ['middleware', { middleware: null }],
    ['allowedHosts', { allowedHosts: null }],
  ]
  for (const [option, options] of wrong) {
    it(`name ${option} when it is wrong`, () => {
      assert.throws(
        () => new Salesforce({ auth, ...options } as never),
        (error: Error) => {
          assert.equal((error as Error & { code?: string }).code, 'ERR_SF_CONFIG')
          return error.message.startsWith(option)
        },
      )
    })
  }

  it('of a portable client are checked like the others', () => {
    const good = { auth, transport: async () => ({}), clock: { now: Date.now, sleep: async () => {} }, random: () => 0 }
    assert.ok(new PortableSalesforce(good as never))
    for (const name of ['transport', 'clock', 'random', 'gzip', 'scratch', 'onClose']) {
      assert.throws(() => new PortableSalesforce({ ...good, [name]: {} } as never), {
        code: 'ERR_SF_CONFIG',
        message: new RegExp(`^${name} must be`),
      })
    }
  })

  it('that are no object of options are refused', () => {
    for (const options of [null, 'x', []]) {
      assert.throws(() => new PortableSalesforce(options as never), {
        code: 'ERR_SF_CONFIG',
        message: /^new Salesforce/,
      })
      assert.throws(() => new Salesforce(options as never), { code: 'ERR_SF_CONFIG' })
    }
  })

  it('that are missing altogether are missed', () => {
    assert.throws(() => new (Salesforce as new (options?: unknown) => Salesforce)(), {
      code: 'ERR_SF_CONFIG',
      message: /^auth must be a login flow/,
    })
  })

  it('of a call are checked before anything is sent', async () => {
    const org = scriptedOrg([{ json: {} }])
    const { salesforce } = org
    const accounts = salesforce.sobject('Account')
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => salesforce.request(undefined as never), /^request: path must be a text that is not empty/],
      [() => salesforce.request({ path: 'x', method: 'get' as never }), /^request: method must be one of GET, /],
      [() => salesforce.request({ path: 'x', method: 'POST', body: null as never }), /^request: body must be/],
      [() => salesforce.request({ path: 'x', method: 'POST', body: { Name: 'A' } as never }), /^request: body must be/],
      [() => salesforce.request({ path: 'x', method: 'POST', body: { json: undefined } }), /^request: body must be/],
      [() => salesforce.request({ path: 'x', query: { a: {} as never } }), /^request: query\['a'\] must be a text/],
      [() => salesforce.request({ path: 'x', query: 'a=1' as never }), /^request: query must be an object/],
      [() => salesforce.request({ path: 'x', headers: { a: 5 as never } }), /^request: headers\['a'\] must be a text/],
      [() => salesforce.request({ path: 'x', replay: 'never' as never }), /^request: replay must be one of always, /],
      [
        () => salesforce.request({ path: 'x', verb: 'GET' } as never),
        /^request has no option 'verb'; it takes method,/,
      ],
      [() => salesforce.requestStream(null as never), /^request must be an object of options, but is null/],
      [() => salesforce.limits({ retry: null as never }), /^retry must be/],
      [() => salesforce.limits({ retry: { maxRetry: 1 } as never }), /^retry has no option 'maxRetry'/],
      [() => salesforce.limits(null as never), /^the options of a call must be an object of options, but is null/],
      [
        () => salesforce.limits({ timeuot: 5 } as never),
        /^the options of a call has no option 'timeuot'; it takes signal/,
      ],
      [() => salesforce.limits({ timeout: 0 }), /^timeout must be a positive number of milliseconds, but is 0/],
      [() => salesforce.limits({ timeout: '5s' as never }), /^timeout must be a positive number .* but is a text/],
      [
        () => salesforce.limits({ signal: {} as never }),
        /^signal must be an AbortSignal of the platform, but is an empty object/,
      ],
      [
        () => salesforce.limits({ signal: null as never }),
        /^signal must be an AbortSignal of the platform, but is null/,
      ],
      [() => salesforce.limits({ headers: null as never }), /^headers must be an object of texts by header name/],
      [() => salesforce.limits({ headers: { 'X-A': 1 as never } }), /^headers\['X-A'\] must be a text, but is 1/],
      [() => salesforce.login(null as never), /^the options of a call must be an object of options, but is null/],
      [() => salesforce.login({ timeout: -1 }), /^timeout must be a positive number of milliseconds, but is -1/],
      [() => salesforce.revoke('T', 5 as never), /^the options of a call must be an object of options, but is 5/],
      [() => salesforce.recordCounts('Account' as never), /^recordCounts: objects must be a list of names of objects/],
      [() => salesforce.recordCounts(['']), /^recordCounts: objects\[0\] must be an API name/],
      [() => accounts.get('001000000000001AAA', { fields: 'Id' as never }), /^fields must be a list/],
      [() => accounts.updated('2026-01-01' as never, new Date()), /^start must be a valid Date/],
      [() => accounts.deleted(undefined as never, undefined as never), /^start must be a valid Date/],
    ]
    for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
    assert.equal(org.requests.length, 0)
  })

  it('of a login name the credential that is missing', () => {
    const missing: readonly [() => unknown, RegExp][] = [
      [() => clientCredentials({ clientId: 'a', clientSecret: '' }), /^clientCredentials: clientSecret is missing/],
      [() => soapLogin({ username: '', password: 'x' }), /^soapLogin: username is missing/],
      [() => jwtBearer({ clientId: ' ', username: 'u', privateKey: '' }), /^jwtBearer: clientId is missing/],
      [() => accessToken({} as never), /^accessToken: accessToken is missing/],
      [() => custom(undefined as never), /^custom: login must be a function/],
      [() => clientCredentials(null as never), /^clientCredentials must be given an object of options, but is null/],
      [() => usernamePassword(undefined as never), /^usernamePassword must be given an object .* but is undefined/],
      [
        () => refreshToken({ clientId: 'a', refreshToken: 'r', onTokens: 'x' as never }),
        /^refreshToken: onTokens must be a/,
      ],
      [
        () => refreshToken({ clientId: 'a', refreshToken: 'r', onToken: () => {} } as never),
        /has no option 'onToken'; it/,
      ],
      [
        () => refreshToken({ clientId: 5 as never, refreshToken: 'r' }),
        /^refreshToken: clientId must be a text .* is 5/,
      ],
      [
        () => clientCredentials({ clientId: 'a', clientSecret: 'b', lifetime: 0 }),
        /^clientCredentials: lifetime must be/,
      ],
      [
        () => clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: '' }),
        /^clientCredentials: loginUrl must be/,
      ],
      [
        () => soapLogin({ username: 'u', password: 'p', securityToken: null as never }),
        /^soapLogin: securityToken must be/,
      ],
    ]
    for (const [make, reason] of missing) assert.throws(make, { code: 'ERR_SF_CONFIG', message: reason })
  })

  it('of a login may be credentials of several flows, but hold no name that none has', () => {
    const credentials = { clientId: 'a', clientSecret: 'b', username: 'u', password: 'p', refreshToken: 'r' }
    assert.equal(clientCredentials({ ...credentials, ...{ loginUrl: instanceUrl } }).flow, 'client-credentials')
    assert.equal(soapLogin({ ...credentials, securityToken: '' }).flow, 'soap-login')
    const misspelt = { ...credentials, loginURL: instanceUrl }
    assert.throws(() => clientCredentials(misspelt), {
      code: 'ERR_SF_CONFIG',
      message: "clientCredentials has no option 'loginURL'; it takes clientId, clientSecret, loginUrl, lifetime.",
    })
  })

  it('of a custom login are refused when it answers no token', async () => {
    const answers: readonly [unknown, RegExp][] = [
      [undefined, /^custom: the login function must answer/],
      [null, /^custom: the login function must answer/],
      [{}, /^custom: the login function must answer/],
      [{ accessToken: '' }, /^custom: the login function must answer/],
      [{ accessToken: 'T', lifetime: Number.NaN }, /^custom: lifetime must be a positive number of milliseconds/],
      [{ accessToken: 'T', instanceUrl: 5 }, /^instanceUrl must be an address such as/],
    ]
    for (const [answer, message] of answers) {
      const org = scriptedOrg([{ json: {} }], { auth: custom(async () => answer as never), instanceUrl })
      await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_CONFIG', message })
      assert.equal(org.requests.length, 0)
    }
  })
})
