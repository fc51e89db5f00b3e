import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { accessToken, clientCredentials, custom, soapLogin } from '@forcewire/core'
import { accessToken as portableAccessToken } from '@forcewire/core/portable'
import { type Answer, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const bad = ['CANARY\r\nx-evil: 1', 'CANARY\n', 'CANARY\0', 'CANARY\x7f', 'CAN ARY', 'CANARY\u0100', ' CANARY']

function assertHidden(error: unknown): true {
  assert.doesNotMatch(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }), /CAN ?ARY/)
  return true
}

describe('a token that no header can carry', () => {
  it('is refused where it is given, in both entries', () => {
    for (const text of bad) {
      for (const flow of [accessToken, portableAccessToken]) {
        assert.throws(
          () => flow({ accessToken: text }),
          (error: Error) => {
            assert.match(error.message, /^accessToken: accessToken must be a text of printable ASCII characters/)
            return assertHidden(error)
          },
        )
      }
    }
  })

  it('is refused where a function brings it, before anything is sent', async () => {
    for (const text of bad) {
      const org = scriptedOrg([{ json: {} }], { auth: custom(async () => ({ accessToken: text, instanceUrl })) })
      await assert.rejects(org.salesforce.limits(), (error: Error & { code: string }) => {
        assert.equal(error.code, 'ERR_SF_CONFIG')
        assert.match(error.message, /^custom: accessToken must be a text of printable ASCII characters/)
        return assertHidden(error)
      })
      assert.equal(org.requests.length, 0)
    }
  })

  it('is refused where a login server answers it, and sent nowhere', async () => {
    const oauth = clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: instanceUrl })
    const soap = soapLogin({ username: 'a', password: 'b', loginUrl: instanceUrl })
    const session = (text: string): string =>
      `<?xml version="1.0"?><Envelope><Body><loginResponse><result><sessionId>${text}</sessionId></result></loginResponse></Body></Envelope>`
    const answers = (text: string): readonly Answer[] => [{ json: { access_token: text } }, { text: session(text) }]
    for (const text of ['CANARY\r\nx-evil: 1', 'CANARY\u0100']) {
      for (const [index, auth] of [oauth, soap].entries()) {
        const org = scriptedOrg([answers(text)[index] as Answer], { auth })
        await assert.rejects(org.salesforce.limits(), (error: Error) => {
          assert.match(error.message, /succeeded without an? (?:access token|session) that can be sent/)
          return assertHidden(error)
        })
        assert.equal(org.requests.length, 1)
      }
    }
  })
})

describe('a credential that XML cannot carry', () => {
  it('is refused by soapLogin with its name', () => {
    const person = { username: 'ann', password: 'CANARY', securityToken: 'CANARY' }
    for (const name of ['username', 'password', 'securityToken'] as const) {
      for (const text of ['CANARY\0', 'CANARY\x0b', 'CANARY\x1f', 'CANARY\uffff', 'CANARY\ud800']) {
        assert.throws(
          () => soapLogin({ ...person, [name]: text }),
          (error: Error) => {
            assert.ok(error.message.startsWith(`soapLogin: ${name} must be a text `), error.message)
            assert.match(error.message, /that XML can carry, without control characters|of whole characters/)
            return assertHidden(error)
          },
        )
      }
    }
  })

  it('is told from blanks that it can carry, which arrive as they are', async () => {
    const org = scriptedOrg([{ text: '' }], {
      auth: soapLogin({ username: 'ann', password: 'a\tb\nc\rd', loginUrl: instanceUrl }),
    })
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_PROTOCOL' })
    assert.match(String(org.requests[0]?.body), /<p:password>a\tb\nc&#13;d<\/p:password>/)
  })
})
