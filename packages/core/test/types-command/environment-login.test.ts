import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ConfigurationError } from '@forcewire/core'
import { type Environment, environmentLogin } from '../../src/types-command/environment-login.ts'

const instance = 'https://acme.my.salesforce.com'
const app: Environment = { SF_CLIENT_ID: 'ID', SF_CLIENT_SECRET: 'APP-SECRET' }
const user: Environment = { SF_USERNAME: 'ada@example.com', SF_PASSWORD: 'USER-SECRET' }

async function flow(environment: Environment, instanceUrl?: string): Promise<string> {
  return (await environmentLogin(environment, instanceUrl)).flow
}

describe('the login of the environment', () => {
  test('is the first flow that is complete', async () => {
    assert.equal(await flow({ ...app, ...user, SF_ACCESS_TOKEN: 'TOKEN' }, instance), 'access-token')
    assert.equal(await flow({ ...app, ...user }), 'username-password')
    assert.equal(await flow({ ...app, SF_LOGIN_URL: instance }), 'client-credentials')
    assert.equal(await flow(app, instance), 'client-credentials')
    assert.equal(await flow({ ...user, SF_ACCESS_TOKEN: '' }), 'soap-login')
  })

  test('is a JWT signed by the key of a file, where one is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forcewire-key-'))
    try {
      const file = join(folder, 'server.key')
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
      assert.equal(await flow({ ...app, ...user, SF_PRIVATE_KEY_FILE: file }), 'jwt-bearer')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  const wrong: readonly (readonly [string, Environment, RegExp])[] = [
    ['nothing at all', {}, /holds no complete login/],
    ['blank variables', { SF_USERNAME: '', SF_PASSWORD: '' }, /holds no complete login/],
    ['a token without its instance', { SF_ACCESS_TOKEN: 'TOKEN' }, /needs SF_INSTANCE_URL/],
    ['an app without an address', app, /need SF_LOGIN_URL/],
    [
      'a key file that is not there',
      { ...app, ...user, SF_PRIVATE_KEY_FILE: 'no-such.key' },
      /names no-such\.key, which cannot be read \(ENOENT\)/,
    ],
  ]
  for (const [what, environment, message] of wrong) {
    test(`is refused for ${what}, without a secret in the sentence`, async () => {
      await assert.rejects(environmentLogin(environment, undefined), (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.match(error.message, message)
        assert.doesNotMatch(error.message, /TOKEN\b(?<!SF_ACCESS_TOKEN)|SECRET\b(?<!SF_CLIENT_SECRET)/)
        return true
      })
    })
  }
})
