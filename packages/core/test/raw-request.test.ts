import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loopbackOrg } from './support/loopback-org.ts'
import { scriptedOrg } from './support/scripted-org.ts'

describe('a stream that a raw request sends', () => {
  it('may give bytes and texts', async () => {
    await using org = await loopbackOrg([{ json: 1 }])
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(97, 98)
      yield 'cö' as never
    }
    await org.salesforce.request({ method: 'POST', path: 'x', body, headers: { 'content-type': 'text/plain' } })
    assert.equal(org.requests[0]?.body, 'abcö')
  })

  it('is refused with the body named where it gives anything else', async () => {
    await using org = await loopbackOrg([{ json: 1 }])
    for (const [chunk, kind] of [
      [7, /but is 7/],
      [null, /but is null/],
      [{ a: 1 }, /but is an object/],
      ['\ud800', /half a character/],
    ] as const) {
      const body = async function* (): AsyncGenerator<Uint8Array> {
        yield chunk as never
      }
      for (const name of ['request', 'requestStream'] as const) {
        await assert.rejects(org.salesforce[name]({ method: 'POST', path: 'x', body }), (error: Error) => {
          assert.equal(error.name, 'ConfigurationError')
          assert.match(error.message, /^A chunk of the body must be /)
          assert.match(error.message, kind)
          return true
        })
      }
    }
    assert.equal(org.requests.length, 0)
  })
})

it('a raw request is refused when its text has half a character or its path leads elsewhere', async () => {
  const { salesforce, requests } = scriptedOrg([{ json: 1 }])
  for (const [request, message] of [
    [{ path: 'x', method: 'POST', body: 'a\ud800' }, /^request: body must be a text of whole characters/],
    [{ path: 'x', method: 'POST', body: { json: { a: ['\udfff'] } } }, /^request: body\.a\[0\] is a text with half a/],
    [{ path: 'x', method: 'POST', body: { json: { 'a\ud800': 1 } } }, /^request: body has a member 'a.'; the name/],
    [{ path: 'x', query: { q: '\ud800' } }, /^request: query\['q'\] must be a text of whole characters/],
    [{ path: '../../oauth2/revoke' }, /^request: path must be without the parts/],
    [{ path: '/services/data/%2e%2e/x' }, /^request: path must be without the parts/],
    [{ path: 'a\ud800' }, /^request: path must be /],
  ] as const) {
    await assert.rejects(salesforce.request(request), { code: 'ERR_SF_CONFIG', message })
  }
  assert.equal(requests.length, 0)
})
