import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'
import { ApiError, accessToken, ConfigurationError, custom } from '@forcewire/core'
import { Salesforce as Portable, type Transport } from '@forcewire/core/portable'
import { loopbackOrg } from './support/loopback-org.ts'
import { errors, instanceUrl, networkFailure, scriptedOrg } from './support/scripted-org.ts'
import { TestClock } from './support/test-clock.ts'

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

  async function* parts(): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(97)
    yield Uint8Array.of(98)
  }
  const streams = {
    'a generator': parts,
    'a Node stream': () => Readable.from([Uint8Array.of(97), Uint8Array.of(98)]),
    'a web stream': () => new Blob(['ab']).stream(),
  } as const

  for (const [kind, make] of Object.entries(streams)) {
    it(`is made anew for each attempt: ${kind} that was read before is never sent again`, async () => {
      const stream = make() as AsyncIterable<Uint8Array>
      const again = [
        { status: 401, json: errors('INVALID_SESSION_ID') },
        { status: 503, json: errors('SERVER_UNAVAILABLE') },
      ]
      for (const refused of again) {
        const same = make() as AsyncIterable<Uint8Array>
        const auth = custom(async () => ({ accessToken: 'T', instanceUrl }))
        await using org = await loopbackOrg([refused, { json: 1 }], { auth })
        const request = { method: 'POST', path: 'x', body: () => same } as const
        await assert.rejects(org.salesforce.request(request), (error) => {
          assert.ok(error instanceof ConfigurationError)
          assert.match(error.message, /^What the function body makes is a stream that was read before/)
          assert.ok(error.cause instanceof ApiError)
          return true
        })
        await assert.rejects(
          org.salesforce.apex.post('x', () => same),
          { code: 'ERR_SF_CONFIG' },
        )
        assert.deepEqual(
          org.requests.map(({ body }) => body),
          ['ab'],
        )
      }
      await Array.fromAsync(stream)
      await using org = await loopbackOrg([{ json: 1 }])
      const used = { method: 'POST', path: 'x', body: () => stream } as const
      await assert.rejects(org.salesforce.request(used), {
        code: 'ERR_SF_CONFIG',
        message: /^The stream of the body has no bytes, and may have been read before/,
      })
      assert.equal(org.requests.length, 0)
    })
  }

  it('is refused when somebody else is reading it', async () => {
    await using org = await loopbackOrg([{ json: 1 }])
    const stream = new Blob(['ab']).stream()
    stream.getReader()
    await assert.rejects(org.salesforce.request({ method: 'POST', path: 'x', body: () => stream as never }), {
      code: 'ERR_SF_CONFIG',
    })
  })

  it('may be given again when nothing of it was read', async () => {
    const stream = parts()
    let reads = 0
    const transport: Transport = async ({ body }) => {
      if (typeof body === 'object' && reads > 0) assert.equal((await Array.fromAsync(body as never)).length, 2)
      reads += 1
      if (reads === 1) throw networkFailure('ECONNREFUSED')
      return { status: 204, headers: {}, body: new Blob([]).stream() as never }
    }
    const auth = accessToken({ accessToken: 'T', instanceUrl })
    const salesforce = new Portable({ auth, transport, clock: new TestClock(), random: () => 1 })
    await salesforce.request({ method: 'POST', path: 'x', body: () => stream })
    assert.equal(reads, 2)
  })
})

it('a raw request sends bytes of another realm as they are', async () => {
  const { salesforce, requests } = scriptedOrg([{ json: 1 }])
  const body = runInNewContext('new Uint8Array([1, 2])') as Uint8Array
  await salesforce.request({ method: 'POST', path: 'x', body })
  assert.deepEqual([requests[0]?.body, requests[0]?.headers['content-type']], [body, undefined])
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
