import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError } from '@forcewire/core'
import { instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const root = `${instanceUrl}/services/apexrest`

describe('an Apex REST class', () => {
  it('is called below /services/apexrest, with query, headers and a JSON body', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: { ok: true } }])
    const answer = await salesforce.apex.post<{ ok: boolean }>(
      '/orders/2026',
      { item: 'Pen', at: new Date(0) },
      { query: { dry: true, none: undefined }, headers: { 'X-Trace': '7' } },
    )
    assert.equal(answer.ok, true)
    const [{ method, url, headers, body } = assert.fail()] = requests
    assert.equal(`${method} ${url}`, `POST ${root}/orders/2026?dry=true`)
    assert.equal(body, '{"item":"Pen","at":"1970-01-01T00:00:00.000Z"}')
    assert.equal(headers['content-type'], 'application/json')
    assert.equal(headers['x-trace'], '7')
  })

  it('is found by its path with or without a slash, by its whole path, and by parts that are encoded', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: 1 }])
    await salesforce.apex.get('orders')
    await salesforce.apex.get('/orders')
    await salesforce.apex.get('/services/apexrest/orders')
    await salesforce.apex.delete(['orders', 'a/b?c'])
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${url}`),
      [`GET ${root}/orders`, `GET ${root}/orders`, `GET ${root}/orders`, `DELETE ${root}/orders/a%2Fb%3Fc`],
    )
  })

  it('may answer JSON, text or nothing', async () => {
    const { salesforce } = scriptedOrg([
      { json: ['a'] },
      { text: '<ok/>', headers: { 'content-type': 'application/xml' } },
      { status: 204 },
    ])
    assert.deepEqual(await salesforce.apex.get('x'), ['a'])
    assert.equal(await salesforce.apex.put('x', 'text'), '<ok/>')
    assert.equal(await salesforce.apex.patch('x', {}), undefined)
  })

  it('gets text, bytes and streams as they are, under the content type that the caller names', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: 1 }])
    await salesforce.apex.post('x', '<a/>', { headers: { 'Content-Type': 'application/xml' } })
    await salesforce.apex.post('x', new Uint8Array([1]))
    await salesforce.apex.post('x', async function* () {
      yield new Uint8Array([2])
    })
    await salesforce.apex.post('x', 'text')
    assert.deepEqual(
      requests.map(({ headers }) => headers['content-type']),
      ['application/xml', 'application/octet-stream', 'application/octet-stream', 'text/plain; charset=UTF-8'],
    )
    assert.equal(requests[0]?.body, '<a/>')
    assert.deepEqual(requests[1]?.body, new Uint8Array([1]))
    assert.deepEqual(await Array.fromAsync(requests[2]?.body as AsyncIterable<Uint8Array>), [new Uint8Array([2])])
  })

  it('answers errors in its own shape, which the error keeps', async () => {
    const { salesforce } = scriptedOrg([{ status: 422, json: { problem: 'sold out' } }])
    await assert.rejects(salesforce.apex.post('x', {}), (error) => {
      assert.ok(error instanceof ApiError)
      assert.deepEqual([error.status, error.body], [422, { problem: 'sold out' }])
      return true
    })
  })

  it('is asked again only by get, unless the caller knows that repeating does no harm', async () => {
    const lost = [networkFailure('ECONNRESET'), { json: 'again' }]
    assert.equal(await scriptedOrg(lost).salesforce.apex.get('x'), 'again')
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      await assert.rejects(scriptedOrg(lost).salesforce.apex[method]('x'), { code: 'ERR_SF_TRANSPORT' })
    }
    assert.equal(await scriptedOrg(lost).salesforce.apex.delete('x', { replay: 'always' }), 'again')
    assert.equal(await scriptedOrg(lost).salesforce.apex.put('x', {}, { replay: 'always' }), 'again')
  })

  it('is refused before any request when path or options are wrong', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: 1 }])
    const { apex } = salesforce
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => apex.get(''), /path must be a text that is not empty, but is an empty text/],
      [() => apex.get(undefined as never), /path must be a text/],
      [() => apex.get([] as never), /path must be a text/],
      [() => apex.get(['a', null] as never), /path\[1\] must be a text that is not empty, but is null/],
      [() => apex.get(['..']), /path\[0\] must be a text other than '\.\.'/],
      [() => apex.get('../data/v67.0/limits'), /path must be an address below/],
      [() => apex.get('a b'), /path must be an address below/],
      [() => apex.get('https://evil.example/x'), /path must be an address below/],
      [
        () => apex.get('x', { query: null } as never),
        /query must be an object of values by parameter name, but is null/,
      ],
      [() => apex.get('x', { replay: 'never' } as never), /replay must be one of always, if-unsent, but is 'never'/],
      [() => apex.get('x', { qurey: {} } as never), /apex.get has no option 'qurey'/],
      [() => apex.post('x', {}, null as never), /apex.post must be an object of options, but is null/],
    ]
    for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
    assert.equal(requests.length, 0)
  })
})
