import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { Connection } from '@salesforce/core'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const VERSION = '67.0'

/** A user that it does not know from its access token. */
const JWT_USER = 'jwt@forcewire.example'

describe('@salesforce/core against the emulator', () => {
  let home: TemporaryFolder
  let emulator: Emulator
  let core: typeof import('@salesforce/core')
  let connection: Connection
  before(async () => {
    home = await temporaryFolder('salesforce-core')
    // It keeps logins and logs in the user's home, and looks there when it is loaded.
    Object.assign(process.env, {
      HOME: home.path,
      USERPROFILE: home.path,
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    })
    core = await import('@salesforce/core')
    emulator = await createEmulator({ seed: 'demo', users: [{ username: JWT_USER, password: 'not asked' }] })
    const { url, credentials } = emulator
    const accessTokenOptions = { accessToken: credentials.accessToken, instanceUrl: url, loginUrl: url }
    const authInfo = await core.AuthInfo.create({ accessTokenOptions })
    connection = await core.Connection.create({ authInfo, connectionOptions: { version: VERSION } })
  })
  after(async () => {
    await emulator.close()
    await home[Symbol.asyncDispose]()
  })

  test('finds out who an access token belongs to', () => {
    assert.equal(connection.getUsername(), emulator.credentials.username)
    assert.match(connection.getAuthInfoFields().orgId ?? '', /^00D\w{15}$/)
  })

  test('logs in with a JWT signed by the key of the credentials, and renews the session when it has ended', async () => {
    const { clientId, privateKey } = emulator.credentials
    const privateKeyFile = join(home.path, 'server.key')
    await writeFile(privateKeyFile, privateKey)
    const oauth2Options = { clientId, privateKeyFile, loginUrl: emulator.url }
    const authInfo = await core.AuthInfo.create({ username: JWT_USER, oauth2Options })
    const jwt = await core.Connection.create({ authInfo, connectionOptions: { version: VERSION } })
    assert.equal((await jwt.query('SELECT Id FROM Account LIMIT 1')).totalSize, 1)
    const ended = jwt.accessToken
    emulator.expireSessions()
    assert.equal((await jwt.query('SELECT Id FROM Account LIMIT 1')).totalSize, 1)
    assert.notEqual(jwt.accessToken, ended)
    // The others of this file go on with a session that lives.
    connection.accessToken = jwt.accessToken ?? ''
  })

  test('knows the newest API version', async () => {
    assert.equal(await connection.retrieveMaxApiVersion(), VERSION)
  })

  test('fetches all pages of a query', async () => {
    const input = Array.from({ length: 4500 }, (_, index) => ({ LastName: `Core ${index}` }))
    await connection.bulk2.loadAndWaitForResults({ object: 'Contact', operation: 'insert', input, pollInterval: 20 })
    const soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Core %'"
    assert.equal((await connection.query(soql)).records.length, 2000)
    const { records, done } = await connection.autoFetchQuery(soql, { maxFetch: 10_000 })
    assert.deepEqual([records.length, done], [4500, true])
  })

  test('finds the one record of a query, and says when there is none or many', async () => {
    const one = await connection.singleRecordQuery<{ Name: string }>('SELECT Name FROM Organization')
    assert.equal(typeof one.Name, 'string')
    await assert.rejects(
      connection.singleRecordQuery("SELECT Id FROM Account WHERE Name = 'nobody'"),
      /No record found/,
    )
    await assert.rejects(connection.singleRecordQuery('SELECT Id FROM Account'), /more than/i)
  })

  test('creates, updates and deletes records', async () => {
    const created = await connection.sobject('Account').create({ Name: 'By core' })
    assert.ok(created.success)
    await connection.sobject('Account').update({ Id: created.id, Site: 'here' })
    assert.equal((await connection.sobject('Account').retrieve(created.id)).Site, 'here')
    assert.ok((await connection.sobject('Account').destroy(created.id)).success)
  })

  test('describes objects', async () => {
    const { fields } = await connection.describe('Opportunity')
    assert.ok(fields.some(({ name }) => name === 'StageName'))
  })

  test('makes an Org that knows what it is', async () => {
    const org = await core.Org.create({ connection })
    assert.equal(await org.checkScratchOrg().catch(() => 'none'), 'none')
    assert.equal(org.getOrgId(), connection.getAuthInfoFields().orgId)
    await org.refreshAuth()
  })

  test('is told loudly that the emulator covers neither the Metadata API nor the Tooling API', async () => {
    await assert.rejects(connection.metadata.list({ type: 'CustomObject' }), /does not cover/)
    await assert.rejects(async () => await connection.tooling.query('SELECT Id FROM ApexClass'), /does not cover/)
  })
})
