import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scriptedOrg } from '../support/scripted-org.ts'

describe('the headers of a call', () => {
  const transportHeaders = [
    'host',
    'Connection',
    'content-length',
    'Expect',
    'TRANSFER-ENCODING',
    'upgrade',
    'te',
    'trailer',
    'keep-alive',
    'proxy-authorization',
    'Proxy-Connection',
  ]
  for (const name of transportHeaders) {
    it(`cannot be ${name}, which belongs to the transport`, async () => {
      const { salesforce, requests } = scriptedOrg([{ json: {} }])
      const headers = { [name]: 'x' }
      const refused = { code: 'ERR_SF_CONFIG', message: new RegExp(`headers must not hold '${name}'`) }
      await assert.rejects(salesforce.limits({ headers }), refused)
      await assert.rejects(salesforce.request({ path: 'limits', headers }), refused)
      const subrequest = { url: 'limits', headers }
      assert.throws(() => salesforce.composite().request(subrequest), refused)
      assert.equal(requests.length, 0)
    })
  }

  it('may be others whose names hold such a word', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: {} }])
    await salesforce.request({ path: 'limits', headers: { 'x-proxy-hint': 'a', 'expect-ct': 'b', 'x-te': 'c' } })
    assert.equal(requests[0]?.headers['x-proxy-hint'], 'a')
    assert.equal(requests[0]?.headers['expect-ct'], 'b')
  })

  it('do not replace the token of the session', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: {} }])
    for (const name of ['authorization', 'Authorization']) {
      await salesforce.request({ path: 'limits', headers: { [name]: 'Bearer OTHER' } })
    }
    assert.deepEqual(
      requests.map(({ headers }) => headers.authorization),
      ['Bearer TOKEN', 'Bearer TOKEN'],
    )
    assert.ok(requests.every(({ headers }) => !('Authorization' in headers)))
  })
})

it('a signal that is none of the platform is refused by every call, since no other can be combined with the end of the client', async () => {
  const { salesforce, requests } = scriptedOrg([{ json: {} }])
  const imitation = { aborted: false, addEventListener() {}, removeEventListener() {}, throwIfAborted() {} }
  const call = { signal: imitation as unknown as AbortSignal }
  const refused = { code: 'ERR_SF_CONFIG', message: 'signal must be an AbortSignal of the platform, but is an object.' }
  await assert.rejects(salesforce.limits(call), refused)
  await assert.rejects(salesforce.login(call), refused)
  await assert.rejects(async () => salesforce.query('SELECT Id FROM Account', {}, call).all(), refused)
  assert.equal(requests.length, 0)
})
