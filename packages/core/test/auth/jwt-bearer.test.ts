import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { type Auth, ConfigurationError, jwtBearer } from '@forcewire/core'
import { jwtVerify } from 'jose'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const token: Answer = { json: { access_token: 'T', instance_url: 'https://acme.my.salesforce.com' } }
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const cipher = 'aes-256-cbc'
const pem = (type: 'pkcs1' | 'pkcs8', passphrase?: string): string =>
  privateKey.export({ type, format: 'pem', ...(passphrase === undefined ? {} : { cipher, passphrase }) }) as string
const now = Date.UTC(2026, 10, 22)

/** The assertion of a login, verified with the public key. */
async function assertionOf(auth: Auth) {
  const org = scriptedOrg([token, { json: {} }], { auth })
  await org.salesforce.limits()
  const form = new URLSearchParams(String(org.requests[0]?.body))
  assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer')
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }) as string)
  const verified = await jwtVerify(form.get('assertion') ?? '', key, { currentDate: new Date(now) })
  return { ...verified, url: org.requests[0]?.url }
}

describe('the private key of jwtBearer', () => {
  const oneLine = (text: string): string => text.replaceAll('\n', ' ')
  const keys = {
    'PKCS#8 PEM': { privateKey: pem('pkcs8') },
    'PKCS#1 PEM': { privateKey: pem('pkcs1') },
    'encrypted PKCS#8 PEM': { privateKey: pem('pkcs8', 'phrase'), passphrase: 'phrase' },
    'encrypted PKCS#1 PEM': { privateKey: pem('pkcs1', 'phrase'), passphrase: 'phrase' },
    'a KeyObject': { privateKey },
    'a PEM with escaped line breaks': { privateKey: pem('pkcs8').replaceAll('\n', '\\n') },
    'a PEM with Windows line breaks': { privateKey: pem('pkcs1').replaceAll('\n', '\r\n') },
    'a PEM pasted into one line': { privateKey: oneLine(pem('pkcs8')) },
    'an encrypted PKCS#8 PEM pasted into one line': { privateKey: oneLine(pem('pkcs8', 'x')), passphrase: 'x' },
    'an encrypted PKCS#1 PEM pasted into one line': { privateKey: oneLine(pem('pkcs1', 'x')), passphrase: 'x' },
  }
  for (const [what, key] of Object.entries(keys)) {
    it(`may be ${what}`, async () => {
      const { payload, protectedHeader } = await assertionOf(jwtBearer({ clientId: 'APP', username: 'me', ...key }))
      assert.deepEqual([protectedHeader.alg, payload.iss, payload.sub], ['RS256', 'APP', 'me'])
      const seconds = (payload.exp ?? 0) - now / 1_000
      assert.ok(seconds > 0 && seconds <= 300)
    })
  }

  it('is refused when it cannot work, without being quoted', () => {
    const refused = (key: unknown, passphrase?: string) => {
      try {
        jwtBearer({ clientId: 'APP', username: 'me', privateKey: key as string, passphrase })
      } catch (error) {
        assert.ok(error instanceof ConfigurationError)
        return error.message
      }
      return assert.fail('was accepted')
    }
    assert.match(refused('hello'), /must be PEM text/)
    assert.match(refused(undefined), /^jwtBearer: privateKey is missing/)
    assert.match(refused(5), /^jwtBearer: privateKey must be PEM text or a KeyObject, but is 5/)
    const alike = { type: 'private', asymmetricKeyType: 'rsa' }
    assert.match(refused(alike), /^jwtBearer: privateKey must be PEM text or a KeyObject, but is an object/)
    assert.match(refused(publicKey), /^jwtBearer: privateKey must be an RSA private key/)
    assert.match(refused(pem('pkcs8', 'phrase')), /is encrypted; give its passphrase/)
    assert.match(refused(pem('pkcs1', 'phrase')), /is encrypted; give its passphrase/)
    assert.match(refused(pem('pkcs8', 'phrase'), 'wrong'), /check its passphrase/)
    assert.match(refused(pem('pkcs1', 'phrase'), 'wrong'), /check its passphrase/)
    assert.match(refused(publicKey.export({ type: 'spki', format: 'pem' })), /certificate or a public key/)
    assert.match(refused(pem('pkcs8').slice(0, 400)), /must be|cannot be read/)
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    assert.match(refused(elliptic.export({ type: 'pkcs8', format: 'pem' })), /must be an RSA private key/)
  })
})

describe('the audience of jwtBearer', () => {
  const production = 'https://login.salesforce.com'
  const sandbox = 'https://test.salesforce.com'
  const audiences: Readonly<Record<string, string>> = {
    'https://login.salesforce.com': production,
    'https://acme.my.salesforce.com': production,
    'https://acme-dev-ed.develop.my.salesforce.com': production,
    'https://acme-dev-ed.trailblaze.my.salesforce.com': production,
    'https://acme.my.salesforce.mil': production,
    'http://127.0.0.1:4080': production,
    'https://test.salesforce.com': sandbox,
    'https://acme--dev.sandbox.my.salesforce.com': sandbox,
    'https://acme--dev.sandbox.my.salesforce.mil': sandbox,
    'https://acme--dev.cs42.my.salesforce.com': sandbox,
    'https://acme-ed.scratch.my.salesforce.com': sandbox,
    'https://sandbox.my.salesforce.com': production,
    'https://acme.my.site.com/customers/': 'https://acme.my.site.com/customers',
    'https://acme.my.site.com': 'https://acme.my.site.com',
    'https://acme.force.com/partners': 'https://acme.force.com/partners',
  }
  for (const [loginUrl, audience] of Object.entries(audiences)) {
    it(`is ${audience} for ${loginUrl}`, async () => {
      const auth = jwtBearer({ clientId: 'APP', username: 'me', privateKey, loginUrl })
      assert.equal((await assertionOf(auth)).payload.aud, audience)
    })
  }

  it('may be given', async () => {
    const loginUrl = 'https://acme--dev.sandbox.my.salesforce.com'
    const auth = jwtBearer({ clientId: 'APP', username: 'me', privateKey, loginUrl, audience: 'https://x.example' })
    assert.equal((await assertionOf(auth)).payload.aud, 'https://x.example')
  })

  it('does not change where the assertion is sent, the path of a site included', async () => {
    const sentTo = async (loginUrl?: string) =>
      (await assertionOf(jwtBearer({ clientId: 'APP', username: 'me', privateKey, loginUrl }))).url
    assert.equal(await sentTo(), `${production}/services/oauth2/token`)
    assert.equal(
      await sentTo('https://acme.my.salesforce.com/'),
      'https://acme.my.salesforce.com/services/oauth2/token',
    )
    assert.equal(
      await sentTo('https://acme.my.site.com/customers'),
      'https://acme.my.site.com/customers/services/oauth2/token',
    )
  })
})

describe('a key that is too short', () => {
  it('is refused before anything is sent, with its length', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const refused = { code: 'ERR_SF_CONFIG', message: /2048 bits or more, but has 1024/ }
    await assert.rejects(async () => {
      const auth = jwtBearer({ clientId: 'ID', username: 'user@example.com', privateKey: short })
      await scriptedOrg([token], { auth }).salesforce.limits()
    }, refused)
  })
})
