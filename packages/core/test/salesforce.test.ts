import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as main from '@forcewire/core'
import * as portable from '@forcewire/core/portable'
import { type Answer, errors, instanceUrl, scriptedOrg, scriptedTransport } from './support/scripted-org.ts'
import { TestClock } from './support/test-clock.ts'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('every call', () => {
  it('carries a token, a user agent and call options, and the headers of the caller', async () => {
    const org = scriptedOrg([{ json: {} }])
    await org.salesforce.limits({ headers: { 'Sforce-Query-Options': 'batchSize=200', Authorization: 'mine' } })
    const headers = org.requests[0]?.headers ?? {}
    assert.equal(headers.authorization, 'Bearer TOKEN')
    assert.match(headers['user-agent'] ?? '', /^forcewire\/\d/)
    assert.match(headers['sforce-call-options'] ?? '', /^client=forcewire\//)
    assert.equal(headers['sforce-line-ending'], 'LF')
    assert.equal(headers['sforce-query-options'], 'batchSize=200')
  })

  it('holds a slot of the concurrency limit until its headers are there', async () => {
    let waiting = 0
    let most = 0
    const org = scriptedOrg(
      async () => {
        waiting += 1
        most = Math.max(most, waiting)
        await settle()
        waiting -= 1
        return { json: {} }
      },
      { concurrency: 3 },
    )
    await Promise.all(Array.from({ length: 12 }, () => org.salesforce.limits()))
    assert.deepEqual([most, org.requests.length], [3, 12])
  })

  it('holds no slot while it waits before a retry', async () => {
    const newest = { label: 'Summer', url: '/services/data/v67.0', version: '67.0' }
    const org = scriptedOrg(
      (request) =>
        request.url.endsWith('/limits') ? { status: 503, headers: { 'retry-after': '50' } } : { json: [newest] },
      { concurrency: 1 },
    )
    const stop = new AbortController()
    const sleeping = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'done')
    await settle()
    assert.deepEqual(await org.salesforce.versions(), [newest])
    stop.abort('done')
    await sleeping
  })
})

describe('events', () => {
  const names = ['request', 'response', 'retry', 'usage', 'login', 'warning'] as const
  const listen = (salesforce: portable.Salesforce): string[] => {
    const seen: string[] = []
    for (const name of names) salesforce.on(name, () => seen.push(name))
    return seen
  }

  it('of a call with a login come in order', async () => {
    const auth = portable.clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: instanceUrl })
    const org = scriptedOrg([{ json: { access_token: 'T' } }, { json: {} }], { auth })
    const seen = listen(org.salesforce)
    await org.salesforce.limits()
    assert.deepEqual(seen, ['request', 'request', 'usage', 'response', 'login', 'usage', 'response'])
  })

  it('count every answer as usage, refusals too, but no broken connection', async () => {
    const org = scriptedOrg([{ status: 503 }, Object.assign(new Error('x'), { code: 'ECONNRESET' }), { json: {} }])
    const seen = listen(org.salesforce)
    await org.salesforce.limits()
    assert.deepEqual(seen, ['request', 'usage', 'retry', 'retry', 'usage', 'response'])
  })

  it('can be stopped', async () => {
    const org = scriptedOrg([{ json: {} }])
    let count = 0
    const off = org.salesforce.on('response', () => {
      count += 1
    })
    await org.salesforce.limits()
    off()
    await org.salesforce.limits()
    assert.equal(count, 1)
  })

  it('do not fail a call when a listener throws or rejects', async () => {
    const org = scriptedOrg([{ json: {} }])
    org.salesforce.on('request', () => {
      throw new Error('a bug')
    })
    org.salesforce.on('response', async () => {
      throw new Error('another bug')
    })
    assert.deepEqual(await org.salesforce.limits(), {})
    await settle()
  })

  it('report a Warning header without failing the call', async () => {
    const org = scriptedOrg([{ json: {}, headers: { warning: '299 - "deprecated"' } }])
    const warnings: string[] = []
    org.salesforce.on('warning', ({ message }) => warnings.push(message))
    assert.deepEqual(await org.salesforce.limits(), {})
    assert.deepEqual(warnings, ['GET /services/data/v67.0/limits: 299 - "deprecated"'])
  })
})

describe('usage', () => {
  const after = async (answer: Answer) => {
    const org = scriptedOrg([answer], { retry: false })
    await org.salesforce.limits().catch(() => {})
    return org.salesforce.usage
  }

  it('is used, limit and remaining of the newest answer', async () => {
    const headers = { 'sforce-limit-info': 'api-usage=69/100000' }
    assert.deepEqual(await after({ json: {}, headers }), { used: 69, limit: 100_000, remaining: 99_931 })
    assert.deepEqual(await after({ status: 400, json: errors('X'), headers }), {
      used: 69,
      limit: 100_000,
      remaining: 99_931,
    })
  })

  it('changes with each answer that tells it, and stays with one that does not', async () => {
    const told = (used: number): Answer => ({ json: {}, headers: { 'sforce-limit-info': `api-usage=${used}/100` } })
    const org = scriptedOrg([told(1), told(2), { json: {} }])
    for (const used of [1, 2, 2]) {
      await org.salesforce.limits()
      assert.equal(org.salesforce.usage?.used, used)
    }
  })

  it('leaves nothing, and no debt, of a limit that is used up', async () => {
    const headers = { 'sforce-limit-info': 'api-usage=103/100' }
    assert.deepEqual(await after({ json: {}, headers }), { used: 103, limit: 100, remaining: 0 })
  })

  it("includes the app's own share, whichever comes first", async () => {
    const shares = ['api-usage=25/5000', 'per-app-api-usage=17/250(appName=sample app)']
    for (const info of [shares.join('; '), shares.toReversed().join('; ')]) {
      assert.deepEqual(await after({ json: {}, headers: { 'sforce-limit-info': info } }), {
        used: 25,
        limit: 5_000,
        remaining: 4_975,
        perApp: { appName: 'sample app', used: 17, limit: 250, remaining: 233 },
      })
    }
  })

  it('is undefined without the header', async () => {
    assert.equal(await after({ json: {} }), undefined)
  })
})

describe('request', () => {
  it('takes paths from the root or under the data root', async () => {
    const org = scriptedOrg([{ json: {} }])
    await org.salesforce.request({ path: '/services/apexrest/orders', query: { a: 'b c', none: undefined } })
    await org.salesforce.request({ path: 'limits' })
    assert.deepEqual(
      org.requests.map(({ url }) => url),
      [`${instanceUrl}/services/apexrest/orders?a=b%20c`, `${instanceUrl}/services/data/v67.0/limits`],
    )
  })

  it('answers parsed JSON, text, or nothing, with status and headers', async () => {
    const answer = async (given: Answer) => scriptedOrg([given]).salesforce.request({ path: 'x' })
    assert.deepEqual((await answer({ json: [1] })).body, [1])
    assert.deepEqual((await answer({ text: 'a,b', headers: { 'content-type': 'text/csv' } })).body, 'a,b')
    assert.deepEqual(await answer({ status: 204 }), { status: 204, headers: {}, body: undefined })
  })

  it('sends JSON, text and bytes', async () => {
    const org = scriptedOrg([{ json: {} }])
    await org.salesforce.request({ method: 'POST', path: 'x', body: { json: { a: 1 } } })
    await org.salesforce.request({ method: 'PUT', path: 'x', body: 'a,b', headers: { 'Content-Type': 'text/csv' } })
    assert.deepEqual([org.requests[0]?.body, org.requests[0]?.headers['content-type']], ['{"a":1}', 'application/json'])
    assert.deepEqual([org.requests[1]?.body, org.requests[1]?.headers['content-type']], ['a,b', 'text/csv'])
    await assert.rejects(
      org.salesforce.request({ method: 'POST', path: 'x', body: { json: { a: 1n } } }),
      /^ConfigurationError: request: body\.a is the bigint 1, which cannot be sent/,
    )
  })

  it('repeats writes only when told that it is safe', async () => {
    const once = scriptedOrg([{ status: 503 }, { json: {} }])
    await assert.rejects(once.salesforce.request({ method: 'POST', path: 'x' }), { status: 503 })
    const repeated = scriptedOrg([{ status: 503 }, { json: {} }])
    assert.equal((await repeated.salesforce.request({ method: 'POST', path: 'x', replay: 'always' })).status, 200)
  })

  it('makes a fresh body stream for each attempt', async () => {
    const seen: string[] = []
    const org = scriptedOrg(async ({ body }, index) => {
      const chunks = await Array.fromAsync(body as AsyncIterable<Uint8Array>)
      seen.push(chunks.map((chunk) => new TextDecoder().decode(chunk)).join(''))
      return index === 0 ? { status: 503 } : { json: {} }
    })
    const body = async function* () {
      yield new TextEncoder().encode('all of it')
    }
    await org.salesforce.request({ method: 'PUT', path: 'x', body, replay: 'always' })
    assert.deepEqual(seen, ['all of it', 'all of it'])
  })
})

describe('login', () => {
  it('answers a fresh token beside the session of the client', async () => {
    let logins = 0
    const auth = portable.custom(async () => ({ accessToken: `C${++logins}`, instanceUrl }))
    const org = scriptedOrg([{ json: {} }], { auth })
    await org.salesforce.limits()
    assert.deepEqual(await org.salesforce.login(), { accessToken: 'C2', instanceUrl })
    await org.salesforce.limits()
    assert.equal(org.requests[1]?.headers.authorization, 'Bearer C1')
  })
})

describe('middleware', () => {
  it('runs once per attempt, sees no token, and may change headers', async () => {
    const seen: unknown[] = []
    const middleware: portable.Middleware = (request, next) => {
      seen.push(request.headers.authorization)
      return next({ ...request, headers: { ...request.headers, 'x-trace': '1' } })
    }
    const org = scriptedOrg([{ status: 503 }, { json: {} }], { middleware: [middleware] })
    await org.salesforce.limits()
    assert.deepEqual(seen, [undefined, undefined])
    assert.equal(org.requests[1]?.headers['x-trace'], '1')
  })

  it('sees nothing of a login, whose body is a secret', async () => {
    const paths: string[] = []
    const middleware: portable.Middleware = (request, next) => {
      paths.push(request.path)
      return next(request)
    }
    const auth = main.clientCredentials({ clientId: 'C', clientSecret: 'S', loginUrl: instanceUrl })
    const org = scriptedOrg([{ json: { access_token: 'T', instance_url: instanceUrl } }, { json: {} }], {
      auth,
      middleware: [middleware],
    })
    await org.salesforce.limits()
    await org.salesforce.revoke()
    assert.equal(org.requests.length, 3)
    assert.deepEqual(paths, ['/services/data/v67.0/limits'])
  })
})

describe('a client that is closed twice', () => {
  it('lets go of its sockets once', async () => {
    let closed = 0
    const onClose = async (): Promise<void> => {
      closed += 1
    }
    const auth = portable.accessToken({ accessToken: 'T', instanceUrl })
    const { transport } = scriptedTransport([{ json: {} }])
    const salesforce = new portable.Salesforce({ auth, transport, clock: new TestClock(), random: () => 1, onClose })
    await Promise.all([salesforce.close(), salesforce.close()])
    assert.equal(closed, 1)
  })
})

describe('the two entries', () => {
  it('export the same names, beside what belongs to one of them', () => {
    const own = ['customClock', 'customRandom', 'customTransport']
    assert.deepEqual(
      Object.keys(main).filter((name) => !own.includes(name)),
      Object.keys(portable),
    )
  })
})
