import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { authorizationUrl, proofKey } from '@forcewire/core'

const required = { clientId: 'APP', redirectUri: 'https://app.example/done?x=1' }

describe('authorizationUrl', () => {
  it('is the page of the production login with what the app asks for', () => {
    const url = new URL(
      authorizationUrl({
        ...required,
        scopes: ['api', 'refresh_token'],
        state: 'a b&c',
        prompt: 'login consent',
        loginHint: 'me@acme.example',
        proofKey: { verifier: 'SECRET', challenge: 'C' },
      }),
    )
    assert.equal(`${url.origin}${url.pathname}`, 'https://login.salesforce.com/services/oauth2/authorize')
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      response_type: 'code',
      client_id: 'APP',
      redirect_uri: 'https://app.example/done?x=1',
      scope: 'api refresh_token',
      state: 'a b&c',
      prompt: 'login consent',
      login_hint: 'me@acme.example',
      code_challenge: 'C',
      code_challenge_method: 'S256',
    })
  })

  it('leaves out what was not given', () => {
    const url = new URL(authorizationUrl({ ...required, state: undefined }))
    assert.deepEqual([...url.searchParams.keys()], ['response_type', 'client_id', 'redirect_uri'])
  })

  it('keeps the path of a site and drops that of every other address', () => {
    const pathAt = (loginUrl: string): string => new URL(authorizationUrl({ ...required, loginUrl })).pathname
    assert.equal(pathAt('https://acme.my.site.com/customers/'), '/customers/services/oauth2/authorize')
    assert.equal(pathAt('https://acme.my.salesforce.com/home'), '/services/oauth2/authorize')
  })

  it('may lead to a host that allowedHosts names', () => {
    const loginUrl = 'https://portal.acme.example'
    assert.throws(() => authorizationUrl({ ...required, loginUrl }), /loginUrl .* is not a host of Salesforce/)
    assert.match(
      authorizationUrl({ ...required, loginUrl, allowedHosts: ['portal.acme.example'] }),
      /^https:\/\/portal/,
    )
  })

  const wrong: readonly [object, RegExp][] = [
    [{ clientId: '' }, /^authorizationUrl: clientId is missing/],
    [{ redirectUri: undefined }, /^authorizationUrl: redirectUri is missing/],
    [{ redirectUri: '/done' }, /^authorizationUrl: redirectUri must be a whole address/],
    [
      { redirectUri: 'https://app.example/#done' },
      /^authorizationUrl: redirectUri must be a whole address without '#'/,
    ],
    [{ loginUrl: 'http://acme.my.salesforce.com' }, /^authorizationUrl: loginUrl .* must begin with https/],
    [{ scopes: 'api' }, /^authorizationUrl: scopes must be a list of names of scopes, but is a text/],
    [{ proofKey: proofKey() }, /^authorizationUrl: proofKey must be what proofKey\(\) resolves to, but is a promise/],
    [{ proofKey: null }, /^authorizationUrl: proofKey must be .* but is null/],
    [{ sate: 'x' }, /^authorizationUrl has no option 'sate'; it takes clientId, redirectUri, loginUrl, /],
  ]
  for (const [options, message] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      assert.throws(() => authorizationUrl({ ...required, ...options } as never), { code: 'ERR_SF_CONFIG', message })
    })
  }
})

describe('proofKey', () => {
  it('is a verifier of 128 characters and its SHA-256, new each time', async () => {
    const [first, second] = [await proofKey(), await proofKey()]
    assert.match(first.verifier, /^[\w-]{128}$/)
    assert.equal(first.challenge, createHash('sha256').update(first.verifier).digest('base64url'))
    assert.notEqual(first.verifier, second.verifier)
  })
})
