import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  accessToken,
  clientCredentials,
  custom,
  jwtBearer,
  normalizeApiVersion,
  Salesforce,
  salesforceOrigin,
  soapLogin,
} from '@forcewire/core'
import { instanceUrl, scriptedOrg } from './support/scripted-org.ts'

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
    'https://login.salesforce.com',
    'https://acme.my.salesforce.mil',
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
    ['ftp://acme.my.salesforce.com', /must be an address such as/],
  ]
  for (const [address, reason] of refused) {
    it(`may not be ${address}`, () => {
      assert.throws(
        () => salesforceOrigin(address, 'instanceUrl'),
        (error: Error) => reason.test(error.message) && !error.message.includes('secret'),
      )
    })
  }

  it('may be other hosts that allowedHosts names', () => {
    const address = 'https://salesforce.proxy.example:8443'
    assert.equal(salesforceOrigin(address, 'instanceUrl', ['salesforce.proxy.example']), address)
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

  it('that are missing altogether are missed', () => {
    assert.throws(() => new (Salesforce as new (options?: unknown) => Salesforce)(), {
      code: 'ERR_SF_CONFIG',
      message: /^auth is missing/,
    })
  })

  it('of a call are checked before anything is sent', async () => {
    const org = scriptedOrg([{ json: {} }])
    const { salesforce } = org
    const accounts = salesforce.sobject('Account')
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => salesforce.request(undefined as never), /^request: path is empty/],
      [() => salesforce.request({ path: 'x', method: 'get' as never }), /^request: method must be one of GET, /],
      [() => salesforce.request({ path: 'x', method: 'POST', body: null as never }), /^request: body must be/],
      [() => salesforce.request({ path: 'x', method: 'POST', body: { Name: 'A' } as never }), /^request: body must be/],
      [() => salesforce.limits({ retry: null as never }), /^retry must be/],
      [() => accounts.get('001000000000001AAA', { fields: 'Id' as never }), /^get: fields must be a list/],
      [() => accounts.updated('2026-01-01' as never, new Date()), /^updated: start and end must be valid dates/],
      [() => accounts.deleted(undefined as never, undefined as never), /^deleted: start and end/],
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
      [() => custom(undefined as never), /^custom: give the function/],
    ]
    for (const [make, reason] of missing) assert.throws(make, { code: 'ERR_SF_CONFIG', message: reason })
  })

  it('of a custom login are refused when it answers no token', async () => {
    for (const answer of [undefined, {}, { accessToken: '' }]) {
      const org = scriptedOrg([{ json: {} }], { auth: custom(async () => answer as never), instanceUrl })
      await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_CONFIG', message: /^custom: the login function/ })
      assert.equal(org.requests.length, 0)
    }
  })
})
