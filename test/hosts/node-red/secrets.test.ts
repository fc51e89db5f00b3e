import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startSession } from './node-red-session.ts'

/** Any bcrypt hash: nobody signs in, the point is what happens without a token. */
const nobody = '$2b$08$wuAqPiKJlVN27eF5qJp.RuQYuy6ZYONW7a/UWYxDTtwKFCdB8F19y'

describe('in Node-RED, secrets', () => {
  test('are kept encrypted and apart from the flows', async () => {
    await using session = await startSession()
    await session.deployNode({ type: 'forcewire-org', operation: 'org.limits' })
    assert.equal((await session.send('')).error, undefined)

    const { clientSecret } = session.emulator.credentials
    const files = (await readdir(session.userDir)).filter((file) => file.startsWith('flows'))
    assert.ok(files.includes('flows_cred.json'))
    for (const file of files) {
      assert.ok(
        !(await readFile(join(session.userDir, file), 'utf8')).includes(clientSecret),
        `${file} holds the secret`,
      )
    }
    const flows = await (await fetch(`${session.url}/flows`)).text()
    assert.ok(!flows.includes(clientSecret))
    const shown = await (await fetch(`${session.url}/credentials/forcewire-connection/connection-0`)).json()
    assert.deepEqual(shown, {
      clientId: session.emulator.credentials.clientId,
      has_clientSecret: true,
      username: '',
      has_password: false,
      has_securityToken: false,
      has_privateKey: false,
      has_accessToken: false,
    })
  })

  test('cannot be reached over the roads of the dialogs without a token', async () => {
    const adminAuth = { type: 'credentials', users: [{ username: 'admin', password: nobody, permissions: '*' }] }
    await using session = await startSession({ settings: { adminAuth } })
    const roads = [
      ['POST', 'forcewire/connections/test'],
      ['GET', 'forcewire/connections/any/objects'],
      ['GET', 'forcewire/connections/any/objects/Account/fields'],
    ] as const
    for (const [method, road] of roads) {
      const { status } = await fetch(`${session.url}/${road}`, { method })
      assert.equal(status, 401, `${method} /${road}`)
    }
  })
})
