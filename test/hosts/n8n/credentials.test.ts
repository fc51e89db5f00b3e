import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, INode } from 'n8n-workflow'
import { FakeHttp, type StoredCredential } from './fake-http.ts'
import { clientCredentials, jwt } from './setup.ts'

let emulator: Emulator
before(async () => {
  emulator = await createEmulator()
})
after(() => emulator.close())

async function login({ type, data }: StoredCredential, changes: IDataObject = {}): Promise<IDataObject> {
  const helper = { helpers: new FakeHttp({ name: 'Test' } as INode, []) } as never
  const fields = { ...data, ...changes } as ICredentialDataDecryptedObject
  return (await type.preAuthentication?.call(helper, fields)) ?? {}
}

describe('a credential', () => {
  it('gets a token and the instance by client credentials', async () => {
    const { accessToken, instanceUrl } = await login(clientCredentials(emulator))
    assert.match(String(accessToken), /\S{10,}/)
    assert.equal(instanceUrl, emulator.url)
  })

  it('gets a token by a private key in PKCS#8 and in PKCS#1, line breaks lost or not', async () => {
    const pkcs8 = emulator.credentials.privateKey
    const pkcs1 = String(createPrivateKey(pkcs8).export({ type: 'pkcs1', format: 'pem' }))
    for (const privateKey of [pkcs8, pkcs1, pkcs8.replaceAll('\n', '\\n'), pkcs1.replaceAll('\n', ' ')]) {
      assert.match(String((await login(jwt(emulator), { privateKey })).accessToken), /\S{10,}/)
    }
  })

  it('says what is refused and what to do, without the secret', async () => {
    const clientSecret = 'very-secret-but-wrong'
    await assert.rejects(login(clientCredentials(emulator), { clientSecret }), (error) => {
      assert.ok(error instanceof Error)
      assert.match(error.message, /invalid client credentials.* Check the consumer secret/i)
      assert.doesNotMatch(inspect(error, { depth: 9 }), /very-secret/)
      // n8n's test of a credential shows a code instead of the message, where the error has one.
      assert.equal('code' in error, false)
      return true
    })
  })

  it('never shows a private key that cannot be read', async () => {
    const privateKey = '-----BEGIN PRIVATE KEY-----\nTOPSECRET\n-----END PRIVATE KEY-----'
    await assert.rejects(login(jwt(emulator), { privateKey }), (error) => {
      assert.match((error as Error).message, /private key cannot be read/)
      assert.doesNotMatch(inspect(error, { depth: 9 }), /TOPSECRET/)
      return true
    })
  })

  it('names the field that was left empty', async () => {
    const empty = { myDomainUrl: 'My Domain URL', clientId: 'Consumer Key', clientSecret: 'Consumer Secret' }
    for (const [name, label] of Object.entries(empty)) {
      const refusal = new RegExp(`The credential has no ${label}\\. Nothing was sent to Salesforce`)
      await assert.rejects(login(clientCredentials(emulator), { [name]: ' ' }), refusal)
    }
  })

  it('takes plain http for an address on this machine only', async () => {
    const myDomainUrl = 'http://acme.my.salesforce.com'
    await assert.rejects(login(clientCredentials(emulator), { myDomainUrl }), /must begin with https:\/\//)
  })

  it('explains that the address of Lightning pages is not that of the API', async () => {
    const myDomainUrl = 'https://acme.lightning.force.com'
    const expected = /the API lives at 'https:\/\/acme\.my\.salesforce\.com'/
    await assert.rejects(login(clientCredentials(emulator), { myDomainUrl }), expected)
  })

  it('puts instance and token on a request, also on one that carries older ones', async () => {
    const { type } = clientCredentials(emulator)
    const authenticate = type.authenticate as (
      credentials: ICredentialDataDecryptedObject,
      request: IHttpRequestOptions,
    ) => Promise<IHttpRequestOptions>
    const older = { url: '/x', baseURL: 'https://old', headers: { authorization: 'Bearer old', accept: 'a/b' } }
    assert.deepEqual(await authenticate({ instanceUrl: 'https://new', accessToken: 'new' }, older), {
      url: '/x',
      baseURL: 'https://new',
      headers: { authorization: 'Bearer new', accept: 'a/b' },
    })
  })

  it('hides its secrets in the panel and keeps what a login brings out of it', () => {
    for (const { type } of [clientCredentials(emulator), jwt(emulator)]) {
      for (const name of ['clientSecret', 'privateKey', 'accessToken']) {
        const property = type.properties.find((candidate) => candidate.name === name)
        if (property !== undefined) assert.equal(property.typeOptions?.password, true, name)
      }
      const expirable = type.properties.find(({ typeOptions }) => typeOptions?.expirable === true)
      assert.deepEqual([expirable?.name, expirable?.type, expirable?.default], ['accessToken', 'hidden', ''])
    }
  })
})
