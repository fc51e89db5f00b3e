import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  AuthenticationError,
  accessToken,
  clientCredentials,
  hostAuth,
  refreshToken,
  Salesforce,
  SessionError,
} from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const token = { json: { access_token: 'T', instance_url: instanceUrl } }
const gone = { status: 400, json: { error: 'unsupported_token_type', error_description: 'not supported' } }
const credentials = () => clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: instanceUrl })

describe('revoke at the emulator', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
  })
  after(() => emulator.close())

  it('ends the session; the next call logs in again', async () => {
    const auth = clientCredentials({ ...emulator.credentials, loginUrl: emulator.url })
    await using salesforce = new Salesforce({ auth })
    const logins: string[] = []
    salesforce.on('login', ({ flow }) => logins.push(flow))
    const { accessToken: beside } = await salesforce.login()
    await salesforce.limits()
    await salesforce.revoke()
    await salesforce.limits()
    assert.equal(logins.length, 2)
    await salesforce.revoke(beside)
    await using dead = new Salesforce({ auth: accessToken({ accessToken: beside, instanceUrl: emulator.url }) })
    await assert.rejects(dead.limits(), SessionError)
  })
})

describe('revoke', () => {
  it('posts the token of the session to its instance, and nothing before there is one', async () => {
    const org = scriptedOrg([token, { json: {} }, { text: '' }], { auth: credentials() })
    await org.salesforce.revoke()
    assert.equal(org.requests.length, 0)
    await org.salesforce.limits()
    await org.salesforce.revoke()
    const request = org.requests[2]
    assert.equal(request?.url, `${instanceUrl}/services/oauth2/revoke`)
    assert.equal(request?.body, 'token=T')
    assert.equal(request?.headers.authorization, undefined)
    await org.salesforce.revoke()
    assert.equal(org.requests.length, 3)
  })

  it('ends a ready token, which is a session from the start', async () => {
    const org = scriptedOrg([{ text: '' }])
    await org.salesforce.revoke()
    assert.equal(org.requests[0]?.body, 'token=TOKEN')
  })

  it('takes any token, a refresh token too, without a session', async () => {
    const auth = refreshToken({ clientId: 'a', refreshToken: 'R', loginUrl: 'https://test.salesforce.com' })
    const org = scriptedOrg([{ text: '' }], { auth })
    await org.salesforce.revoke('R/+=')
    assert.equal(org.requests[0]?.url, 'https://test.salesforce.com/services/oauth2/revoke')
    assert.equal(org.requests[0]?.body, 'token=R%2F%2B%3D')
  })

  it('counts a session that has ended by itself as revoked, but not a token that was named', async () => {
    const org = scriptedOrg([token, { json: {} }, gone, gone], { auth: credentials() })
    await org.salesforce.limits()
    await org.salesforce.revoke()
    await assert.rejects(org.salesforce.revoke('X'), (error) => {
      assert.ok(error instanceof AuthenticationError)
      return /^Salesforce refused the revocation: \[unsupported_token_type\]/.test(error.message)
    })
  })

  it('keeps a session that could not be revoked', async () => {
    const org = scriptedOrg([token, { json: {} }, networkFailure('CERT_HAS_EXPIRED'), { json: {} }], {
      auth: credentials(),
    })
    await org.salesforce.limits()
    await assert.rejects(org.salesforce.revoke(), { code: 'ERR_SF_TRANSPORT' })
    await org.salesforce.limits()
    assert.equal(org.requests.length, 4)
  })

  it('takes the options of a call', async () => {
    const org = scriptedOrg([{ text: '' }])
    const signal = AbortSignal.abort('too late')
    await assert.rejects(org.salesforce.revoke('T', { signal }), (error) => error === 'too late')
    assert.equal(org.requests.length, 0)
  })

  it('refuses what is no token, and a session that the host owns', async () => {
    const org = scriptedOrg([{ text: '' }])
    await assert.rejects(org.salesforce.revoke(''), { code: 'ERR_SF_CONFIG', message: /^revoke: token must be a text/ })
    const host = scriptedOrg([{ text: '' }], { auth: hostAuth() })
    await assert.rejects(host.salesforce.revoke('T'), { code: 'ERR_SF_CONFIG', message: /^hostAuth: / })
    assert.equal(org.requests.length + host.requests.length, 0)
  })
})
