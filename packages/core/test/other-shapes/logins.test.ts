import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type Auth,
  clientCredentials,
  deviceFlow,
  ProtocolError,
  refreshToken,
  soapLogin,
  usernamePassword,
} from '@forcewire/core'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const app = { clientId: 'app', clientSecret: 'secret', loginUrl: 'https://acme.my.salesforce.com' }
const user = { username: 'me@acme.com', password: 'secret', loginUrl: app.loginUrl }
const flows: Readonly<Record<string, () => Auth>> = {
  clientCredentials: () => clientCredentials(app),
  usernamePassword: () => usernamePassword({ ...app, ...user }),
  refreshToken: () => refreshToken({ ...app, refreshToken: 'R' }),
  deviceFlow: () => deviceFlow({ clientId: 'app', loginUrl: app.loginUrl, onCode: () => {} }),
  soapLogin: () => soapLogin(user),
}
const shapes: readonly Answer[] = [
  { json: {} },
  { json: [] },
  { json: null },
  { json: 'text' },
  { json: [null] },
  { text: '<!doctype html><title>Sign in to the network</title>' },
  {},
  { status: 204 },
  { status: 304 },
]

describe('a login that succeeds with an answer of another shape is a ProtocolError of', () => {
  for (const [name, auth] of Object.entries(flows)) {
    it(name, async () => {
      for (const shape of shapes) {
        const { salesforce } = scriptedOrg([shape], { auth: auth(), retry: false })
        for (const call of [salesforce.login(), salesforce.limits()]) {
          await assert.rejects(call, (error) => {
            assert.ok(error instanceof ProtocolError, `${JSON.stringify(shape)}: ${error}`)
            return true
          })
        }
      }
    })
  }

  it('an OAuth flow whose other words are no text', async () => {
    const token = { access_token: 'T', instance_url: app.loginUrl }
    for (const wrong of [{ instance_url: 5 }, { instance_url: {} }, { scope: 5 }, { refresh_token: {} }]) {
      const auth = refreshToken({ ...app, refreshToken: 'R', onTokens: () => {} })
      const { salesforce } = scriptedOrg([{ json: { ...token, ...wrong } }], { auth, retry: false })
      await assert.rejects(salesforce.login(), ProtocolError, JSON.stringify(wrong))
    }
  })
})

it('a revocation that is answered by a page is a ProtocolError, and nothing counts as revoked', async () => {
  const { salesforce } = scriptedOrg([{ text: '<html><title>Sign in to the network</title></html>' }], { retry: false })
  await assert.rejects(salesforce.revoke('T'), ProtocolError)
})
