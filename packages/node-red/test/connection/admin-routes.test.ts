import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { register } from '../../src/connection.ts'
import { type FakeNode, FakeNodeRed } from '../support/fake-node-red.ts'

const testRoad = 'POST /forcewire/connections/test'
const objects = 'GET /forcewire/connections/:id/objects'
const fields = 'GET /forcewire/connections/:id/objects/:object/fields'

describe('the roads of the dialogs', () => {
  let emulator: Emulator
  let RED: FakeNodeRed
  let connection: FakeNode
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    RED = new FakeNodeRed()
    register(RED)
    const { clientId, clientSecret } = emulator.credentials
    const config = { id: 'c', type: 'forcewire-connection', url: emulator.url, authentication: 'client-credentials' }
    connection = RED.create(config, { clientId, clientSecret })
  })
  after(async () => {
    await connection?.close()
    await emulator?.close()
  })

  function testBody(changes: object = {}): object {
    const { clientId } = emulator.credentials
    const credentials = { clientId, clientSecret: '__PWRD__' }
    return { id: 'c', url: emulator.url, authentication: 'client-credentials', apiVersion: '', credentials, ...changes }
  }

  test('refuse users without the permission', async () => {
    RED.refused.add('forcewire-connection.write').add('forcewire-connection.read')
    assert.equal((await RED.request(testRoad, { body: testBody() })).status, 401)
    assert.equal((await RED.request(objects, { params: { id: 'c' } })).status, 401)
    assert.equal((await RED.request(fields, { params: { id: 'c', object: 'Account' } })).status, 401)
    RED.refused.clear()
  })

  test('ask for the right to write where a login is tried, and to read where names are listed', async () => {
    RED.refused.add('forcewire-connection.write')
    assert.equal((await RED.request(testRoad, { body: testBody() })).status, 401)
    assert.equal((await RED.request(objects, { params: { id: 'c' } })).status, 200)
    assert.equal((await RED.request(fields, { params: { id: 'c', object: 'Account' } })).status, 200)
    RED.refused.clear()
  })

  test('test a connection with the stored secret where the dialog has only its placeholder', async () => {
    const { status, body } = await RED.request(testRoad, { body: testBody() })
    assert.equal(status, 200)
    const { user, apiRequests } = body as { user: string; apiRequests: { used: number; limit: number } }
    assert.equal(user, emulator.credentials.username)
    assert.ok(apiRequests.limit > apiRequests.used)
    assert.doesNotMatch(JSON.stringify(body), new RegExp(emulator.credentials.clientSecret))
  })

  for (const authentication of ['jwt', 'soap-login', 'access-token']) {
    test(`sign in by ${authentication}`, async () => {
      const body = testBody({ authentication, credentials: { ...emulator.credentials } })
      assert.equal((await RED.request(testRoad, { body })).status, 200)
    })
  }

  test('take a value from the environment where the dialog names a variable', async () => {
    RED.env.SECRET = emulator.credentials.clientSecret
    const { clientId } = emulator.credentials
    const body = testBody({ credentials: { clientId, clientSecret: `\${SECRET}` } })
    assert.equal((await RED.request(testRoad, { body })).status, 200)
  })

  test('explain a refused login without repeating a secret', async () => {
    const { clientId } = emulator.credentials
    const { status, body } = await RED.request(testRoad, {
      body: testBody({ credentials: { clientId, clientSecret: 'hunter2' } }),
    })
    assert.equal(status, 502)
    const { code, description } = body as { code: string; description: string }
    assert.equal(code, 'invalid_client')
    assert.match(description, /Check the consumer secret/)
    assert.doesNotMatch(JSON.stringify(body), /hunter2/)
  })

  test('list objects, and fields with the mark of external IDs', async () => {
    const { body: names } = await RED.request(objects, { params: { id: 'c' } })
    assert.ok((names as { name: string }[]).some(({ name }) => name === 'Account'))
    const { body } = await RED.request(fields, { params: { id: 'c', object: 'Account' } })
    const externalIds = (body as { name: string; externalId: boolean }[]).filter(({ externalId }) => externalId)
    assert.deepEqual(
      externalIds.map(({ name }) => name),
      ['External_Id__c', 'Id', 'Legacy_Id__c'],
    )
  })

  test('ask for a deploy where the connection is not there yet', async () => {
    const { status, body } = await RED.request(objects, { params: { id: 'new' } })
    assert.equal(status, 404)
    assert.deepEqual(body, { message: 'Deploy this connection first; until then, type the name.' })
  })
})
