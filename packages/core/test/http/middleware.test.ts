import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { ApiResponse, Middleware, MiddlewareRequest } from '@forcewire/core'
import { scriptedOrg } from '../support/scripted-org.ts'

describe('a middleware that does what it must not is told so, and its request is not sent', () => {
  const gives = (answer: unknown) => async () => answer
  const hands = (changes: object) => (request: MiddlewareRequest, next: (changed: unknown) => unknown) =>
    next({ ...request, ...changes })
  const cases: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    'nothing given back': [
      gives(undefined),
      /gives back must be the answer of next\(request\), or \{ status.*, but is undefined/,
    ],
    'something else given back': [
      gives({}),
      /gives back must be the answer of next\(request\), or \{ status.*, but is an empty object/,
    ],
    'a text as the body': [
      gives({ status: 200, headers: {}, body: '{}' }),
      /with a stream of bytes as the body, but is/,
    ],
    'texts in the body': [
      gives({ status: 200, headers: {}, body: Readable.from(['{}']) }),
      /The body of a middleware must be bytes, but is a text/,
    ],
    'nothing handed on': [(_: unknown, next: () => unknown) => next(), /method must be one of GET.*but is undefined/],
    'a wrong method': [hands({ method: 'TRACE' }), /method must be one of GET.*but is 'TRACE'/],
    'a wrong path': [hands({ path: 5 }), /path must be a text that is not empty, but is 5/],
    'wrong headers': [hands({ headers: { a: 'b\r\nc: d' } }), /headers\['a'\] must be a text of one line/],
    'a part that it has not': [hands({ body: 'x' }), /has no option 'body'; it takes method, path, headers/],
  }
  for (const [name, [middleware, message]] of Object.entries(cases)) {
    it(name, async () => {
      const { salesforce, requests } = scriptedOrg([{ json: {} }], { middleware: [middleware as Middleware] })
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG', message })
      assert.equal(requests.length, 0)
    })
  }
})

describe('a middleware that answers by itself', () => {
  const own = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) => ({
    status,
    headers,
    body: new Blob([JSON.stringify(value)]).stream(),
  })

  it('is read as if Salesforce had answered', async () => {
    const usage = { DailyApiRequests: { Max: 5, Remaining: 4 } }
    const { salesforce, requests } = scriptedOrg([], { middleware: [async () => own(200, usage)] })
    assert.deepEqual(await salesforce.limits(), usage)
    const raw = await salesforce.request({ path: 'x' })
    assert.equal(raw.body, JSON.stringify(usage))
    const { body } = await salesforce.requestStream({ path: 'x' })
    assert.equal(Buffer.concat(await Array.fromAsync(body)).toString(), JSON.stringify(usage))
    assert.equal(requests.length, 0)
  })

  it('is judged by its status, and repeated where that says so', async () => {
    const answers = [own(503, []), own(404, [{ errorCode: 'NOT_FOUND', message: 'no such thing' }])]
    const middleware: Middleware = async () => answers.shift() as never
    const { salesforce, clock } = scriptedOrg([], { middleware: [middleware] })
    await assert.rejects(salesforce.limits(), { code: 'ERR_SF_NOT_FOUND', errorCode: 'NOT_FOUND' })
    assert.equal(clock.sleeps.length, 1)
  })

  it('may give an answer of before again, or that of next() in a new shape', async () => {
    let cached: ApiResponse | undefined
    const cache: Middleware = async (request, next) => {
      cached ??= await next(request)
      return cached
    }
    const reshape: Middleware = async (request, next) => {
      const { status, headers, body } = await next(request)
      return { status, headers: { ...headers, 'x-seen': 'yes' }, body }
    }
    const { salesforce, requests } = scriptedOrg([{ json: { a: 1 } }], { middleware: [reshape, cache] })
    for (let call = 0; call < 2; call += 1) {
      const { body, headers } = await salesforce.request({ path: 'x' })
      assert.deepEqual([body, headers['x-seen']], [{ a: 1 }, 'yes'])
    }
    assert.equal(requests.length, 1)
  })

  it("may answer with a Response of fetch, and has the answer's body replaced by one of its own", async () => {
    const type = { 'Content-Type': 'application/json' }
    const ways: readonly Middleware[] = [
      async () => new Response('{"own":1}', { headers: type }) as unknown as ApiResponse,
      async (request, next) => ({ ...(await next(request)), body: new Blob(['{"own":1}']).stream() }),
    ]
    for (const middleware of ways) {
      const { salesforce } = scriptedOrg([{ json: { theirs: 1 } }], { middleware: [middleware] })
      assert.deepEqual((await salesforce.request({ path: 'x' })).body, { own: 1 })
    }
    const refusal = async () => Response.json([{ errorCode: 'OWN' }], { status: 400 }) as unknown as ApiResponse
    await assert.rejects(scriptedOrg([], { middleware: [refusal] }).salesforce.limits(), { errorCode: 'OWN' })
  })

  it('is judged by the status that it gives to the answer of next()', async () => {
    const middleware: Middleware = async (request, next) => ({ ...(await next(request)), status: 404 })
    const { salesforce } = scriptedOrg([{ json: {} }], { middleware: [middleware] })
    await assert.rejects(salesforce.limits(), { code: 'ERR_SF_NOT_FOUND', status: 404 })
    await assert.rejects(salesforce.requestStream({ path: 'x' }), { code: 'ERR_SF_NOT_FOUND', status: 404 })
  })

  it('is refused where a header is no text', async () => {
    for (const headers of [{ 'Retry-After': 7 }, { warning: null }, ['a'] as unknown as object]) {
      const middleware = async () => ({ status: 503, headers, body: new Blob([]).stream() })
      const { salesforce } = scriptedOrg([], { middleware: [middleware as unknown as Middleware] })
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG', message: /middleware/ })
    }
  })
})

it('headers that a middleware hands on go out once, whatever their case, and never instead of the token', async () => {
  const own = { 'Content-Type': 'application/xml', Accept: 'text/csv', Authorization: 'Bearer mine' }
  const middleware: Middleware = (request, next) => next({ ...request, headers: { ...request.headers, ...own } })
  const { salesforce, requests } = scriptedOrg([{ json: {} }], { middleware: [middleware] })
  await salesforce.request({ method: 'POST', path: 'x', body: { json: {} } })
  const { headers } = requests[0] as { headers: Record<string, string> }
  assert.deepEqual(
    [headers['content-type'], headers.accept, headers.authorization],
    ['application/xml', 'text/csv', 'Bearer TOKEN'],
  )
  assert.ok(Object.keys(headers).every((name) => name === name.toLowerCase()))
})
