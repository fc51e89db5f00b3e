import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  authorizationCode,
  authorizationUrl,
  customClock,
  deviceFlow,
  type OAuthTokens,
  proofKey,
  refreshToken,
  Salesforce,
} from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { Person } from '../support/person.ts'
import { TestClock } from '../support/test-clock.ts'

/** An app whose refresh tokens work once. */
async function rotatingOrg() {
  const clock = new TestClock()
  const emulator = await createEmulator({ seed: 'empty', clock, app: { rotateRefreshTokens: true } })
  const { clientId, clientSecret, redirectUri, username } = emulator.credentials
  return { emulator, clock, app: { clientId, clientSecret, loginUrl: emulator.url }, clientId, redirectUri, username }
}

describe('the web server flow at the emulator', () => {
  it('leads from the page over the code to a session that outlives its tokens', async () => {
    const { emulator, clock, app, clientId, redirectUri, username } = await rotatingOrg()
    try {
      const { verifier, challenge } = await proofKey()
      const person = new Person(emulator)
      await person.open(
        authorizationUrl({
          clientId,
          redirectUri,
          loginUrl: emulator.url,
          scopes: ['api', 'refresh_token'],
          state: 'S/1',
          proofKey: { verifier, challenge },
        }),
      )
      await person.agree()
      assert.equal(person.redirectedTo?.searchParams.get('state'), 'S/1')
      const code = person.redirectedTo?.searchParams.get('code') ?? ''

      const stored: OAuthTokens[] = []
      const onTokens = (tokens: OAuthTokens): void => void stored.push(tokens)
      const auth = authorizationCode({ ...app, redirectUri, code, codeVerifier: verifier, onTokens })
      await using salesforce = new Salesforce({ auth, [customClock]: clock })
      assert.equal((await salesforce.userInfo()).preferred_username, username)
      clock.advance(7_200_001)
      assert.equal((await salesforce.userInfo()).preferred_username, username)
      assert.equal(stored.length, 2)
      assert.notEqual(stored[0]?.refreshToken, stored[1]?.refreshToken)

      // Another process goes on with what was stored last.
      const stale = stored[0]?.refreshToken ?? ''
      const newest = stored[1]?.refreshToken ?? ''
      await using next = new Salesforce({ auth: refreshToken({ ...app, refreshToken: newest }), [customClock]: clock })
      assert.equal((await next.userInfo()).preferred_username, username)
      await using late = new Salesforce({ auth: refreshToken({ ...app, refreshToken: stale }), [customClock]: clock })
      await assert.rejects(late.userInfo(), { code: 'ERR_SF_AUTH', errorCode: 'invalid_grant' })
    } finally {
      await emulator.close()
    }
  })

  it('takes no code without the verifier of its challenge', async () => {
    const { emulator, clock, app, clientId, redirectUri } = await rotatingOrg()
    try {
      const person = new Person(emulator)
      const page = { clientId, redirectUri, loginUrl: emulator.url }
      await person.open(authorizationUrl({ ...page, proofKey: await proofKey() }))
      await person.agree()
      const code = person.redirectedTo?.searchParams.get('code') ?? ''
      const { verifier } = await proofKey()
      const auth = authorizationCode({ ...app, redirectUri, code, codeVerifier: verifier })
      await using salesforce = new Salesforce({ auth, [customClock]: clock })
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_AUTH' })
    } finally {
      await emulator.close()
    }
  })
})

describe('the device flow at the emulator', () => {
  it('waits until a person has entered the code, and renews without them', async () => {
    const { emulator, clock, app, username } = await rotatingOrg()
    try {
      const person = new Person(emulator)
      let codes = 0
      const auth = deviceFlow({
        ...app,
        scopes: ['api', 'refresh_token'],
        onCode: async ({ userCode, verificationUrl }) => {
          codes += 1
          await person.open(verificationUrl)
          await person.submit({ user_code: userCode })
          await person.agree()
        },
      })
      await using salesforce = new Salesforce({ auth, [customClock]: clock })
      assert.equal((await salesforce.userInfo()).preferred_username, username)
      clock.advance(7_200_001)
      assert.equal((await salesforce.userInfo()).preferred_username, username)
      assert.equal(codes, 1)
    } finally {
      await emulator.close()
    }
  })
})
