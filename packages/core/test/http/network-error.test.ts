import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { accessToken, Salesforce, TransportError } from '@forcewire/core'
import { networkFailure, scriptedOrg } from '../support/scripted-org.ts'

describe('a host that cannot be reached', () => {
  it('is named with its port and the cause', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    const auth = accessToken({ accessToken: 'T', instanceUrl: `http://127.0.0.1:${port}` })
    await using salesforce = new Salesforce({ auth, retry: false })
    await assert.rejects(salesforce.limits(), (error) => {
      assert.ok(error instanceof TransportError)
      assert.equal(
        error.message,
        `Could not reach Salesforce at 127.0.0.1:${port}: nothing listens there (ECONNREFUSED)`,
      )
      assert.deepEqual([error.networkCode, error.sent], ['ECONNREFUSED', false])
      return true
    })
  })

  it('is told from a host that broke the connection', async () => {
    const org = scriptedOrg([networkFailure('ECONNRESET')], { retry: false })
    await assert.rejects(org.salesforce.limits(), { networkCode: 'ECONNRESET', sent: true })
  })

  it('keeps nothing of what an HTTP library hangs on its errors', async () => {
    const failure = Object.assign(networkFailure('ECONNRESET'), {
      config: { headers: { authorization: 'Bearer SECRET' } },
    })
    const org = scriptedOrg([new Error('outer', { cause: failure })], { retry: false })
    await assert.rejects(org.salesforce.limits(), (error) => {
      assert.ok(error instanceof TransportError)
      assert.equal(error.networkCode, 'ECONNRESET')
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /SECRET/)
      return true
    })
  })
})
