import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { accessToken, ConfigurationError, clientCredentials, Salesforce, TransportError } from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'
import { instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

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

  it('says so of a write that may have been carried out, and of no login', async () => {
    const { salesforce } = scriptedOrg([networkFailure('ECONNRESET')])
    const lost =
      'Salesforce at acme.my.salesforce.com:443 did not answer: the connection was reset (ECONNRESET); it may have ' +
      'carried out the POST all the same, so look before you send it again'
    await assert.rejects(salesforce.sobject('Account').create({ Name: 'A' }), { message: lost })
    const auth = clientCredentials({ clientId: 'i', clientSecret: 's', loginUrl: instanceUrl })
    const login = scriptedOrg([networkFailure('ECONNRESET')], { auth, retry: false })
    await assert.rejects(login.salesforce.limits(), {
      message: /did not answer: the connection was reset \(ECONNRESET\)$/,
    })
  })

  it('is told from a connection that was lost later with the same code', async () => {
    const lost = networkFailure('EHOSTUNREACH')
    for (const [failure, requests] of [
      [Object.assign(lost, { syscall: 'read' }), 1],
      [Object.assign(networkFailure('EHOSTUNREACH'), { syscall: 'connect' }), 2],
    ] as const) {
      const org = scriptedOrg([failure, { status: 201, json: { id: '001', success: true } }])
      const created = org.salesforce.sobject('Account').create({ Name: 'once' })
      await created.catch((error) => assert.equal(error.sent, true))
      assert.equal(org.requests.length, requests)
    }
  })

  it('is told from an answer that broke off', async () => {
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100', 'content-type': 'application/json' })
      response.write('{"a"', () => response.destroy())
    })
    const auth = accessToken({ accessToken: 'T', instanceUrl: server.url })
    await using salesforce = new Salesforce({ auth, retry: false })
    const broken = { code: 'ERR_SF_TRANSPORT', message: /^The answer from 127\.0\.0\.1:\d+ broke off: / }
    await assert.rejects(salesforce.limits(), broken)
  })

  it('is not the reason why a request cannot be written, which was never sent', async () => {
    for (const code of ['UND_ERR_INVALID_ARG', 'ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN']) {
      const failure = Object.assign(new Error('invalid header TOKEN'), { code })
      const { salesforce } = scriptedOrg([failure])
      await assert.rejects(salesforce.limits(), (error) => {
        assert.ok(error instanceof ConfigurationError)
        const call = 'GET /services/data/v67.0/limits'
        const advice = 'correct the path, the headers or the token.'
        assert.equal(error.message, `${call} cannot be sent: invalid header ...; ${advice}`)
        assert.equal(error.request?.attempts, 0)
        assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /TOKEN/)
        return true
      })
    }
  })

  it('is named by the first address of several, by words without a code, and by a fallback without words', async () => {
    const several = new AggregateError([networkFailure('ECONNREFUSED'), networkFailure('ENETUNREACH')])
    for (const [failure, message, networkCode] of [
      [several, /:443: nothing listens there \(ECONNREFUSED\)$/, 'ECONNREFUSED'],
      [networkFailure('ENEW'), /:443 did not answer: ENEW happened \(ENEW\)$/, 'ENEW'],
      [new Error('the cable is cut'), /:443 did not answer: the cable is cut$/, undefined],
      [new Error(''), /:443 did not answer: the connection failed$/, undefined],
    ] as const) {
      const org = scriptedOrg([failure], { retry: false })
      await assert.rejects(org.salesforce.limits(), (error) => {
        assert.ok(error instanceof TransportError)
        assert.match(error.message, message)
        return error.networkCode === networkCode
      })
    }
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
