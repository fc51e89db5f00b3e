import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Salesforce } from '@forcewire/core/portable'
import { type Answer, errors, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const soql = 'SELECT Id FROM Account'
const longQuery = `SELECT Id FROM Account WHERE Name != '${'x'.repeat(9_000)}'`

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: String(from + index) }))
const next = '/services/data/v67.0/query/01gX-'

/** Three pages of ten records. */
const pages: readonly Answer[] = [0, 10, 20].map((from) => ({
  json: {
    totalSize: 30,
    done: from === 20,
    records: records(from, 10),
    ...(from === 20 ? {} : { nextRecordsUrl: `${next}${from + 10}` }),
  },
}))

it('a header of the call says more than batchSize, for short and long queries', async () => {
  const call = { headers: { 'sforce-query-options': 'batchSize=300' } }
  const { salesforce, requests } = scriptedOrg([{ json: { totalSize: 0, done: true, records: [] } }])
  await salesforce.query(soql, { batchSize: 200 }, call).all()
  assert.equal(requests[0]?.headers['sforce-query-options'], 'batchSize=300')
  await salesforce
    .query(longQuery, { batchSize: 200 }, call)
    .all()
    .catch(() => {})
  const { compositeRequest } = JSON.parse(String(requests[1]?.body))
  assert.deepEqual(compositeRequest[0].httpHeaders, { 'Sforce-Query-Options': 'batchSize=300' })
})

describe('a page of a query', () => {
  it('is the last one only when Salesforce says that it is', async () => {
    for (const page of [
      { totalSize: 5, records: records(0, 1) },
      { records: [], nextRecordsUrl: null },
    ]) {
      const { salesforce } = scriptedOrg([{ json: page }])
      await assert.rejects(salesforce.query(soql).all(), { code: 'ERR_SF_PROTOCOL', message: /a part of its records/ })
    }
    const done = { totalSize: 1, done: true, nextRecordsUrl: null, records: records(0, 1) }
    assert.deepEqual(
      await scriptedOrg([{ json: done }])
        .salesforce.query(soql)
        .all(),
      done.records,
    )
  })
})

describe('query', () => {
  it('requests nothing before the first pull', async () => {
    const org = scriptedOrg(pages)
    org.salesforce.query('SELECT Id FROM Account')
    await Promise.resolve()
    assert.equal(org.requests.length, 0)
  })

  it('gives the records of all pages in order, one call a page', async () => {
    const org = scriptedOrg(pages)
    const ids: string[] = []
    for await (const { Id } of org.salesforce.query<{ Id: string }>('SELECT Id FROM Account')) ids.push(Id)
    assert.deepEqual(
      ids,
      records(0, 30).map(({ Id }) => Id),
    )
    assert.deepEqual(
      org.requests.map(({ url }) => url),
      [
        `${instanceUrl}/services/data/v67.0/query?q=SELECT%20Id%20FROM%20Account`,
        `${instanceUrl}${next}10`,
        `${instanceUrl}${next}20`,
      ],
    )
  })

  it('gives pages with the size of the whole list', async () => {
    const org = scriptedOrg(pages)
    const seen: unknown[] = []
    for await (const page of org.salesforce.query('SELECT Id FROM Account').pages()) {
      seen.push([page.records.length, page.totalSize, page.done])
    }
    assert.deepEqual(seen, [
      [10, 30, false],
      [10, 30, false],
      [10, 30, true],
    ])
  })

  it('has no next page for zero or one record', async () => {
    for (const count of [0, 1]) {
      const org = scriptedOrg([{ json: { totalSize: count, done: true, records: records(0, count) } }])
      assert.equal((await org.salesforce.query('SELECT Id FROM Account').all()).length, count)
      assert.equal(org.requests.length, 1)
    }
    const empty = scriptedOrg([{ json: { totalSize: 0, done: true, records: [] } }])
    assert.equal(await empty.salesforce.query('SELECT Id FROM Account').first(), undefined)
  })

  it('causes no further call when the loop is left early', async () => {
    const org = scriptedOrg(pages)
    for await (const record of org.salesforce.query('SELECT Id FROM Account')) {
      assert.ok(record)
      break
    }
    assert.equal(org.requests.length, 1)
    await org.salesforce.query('SELECT Id FROM Account').first()
    assert.equal((await scriptedOrg(pages).salesforce.query('SELECT Id FROM Account').all({ limit: 7 })).length, 7)
    assert.equal(org.requests.length, 2)
  })

  it('reads one page ahead and no more', async () => {
    const org = scriptedOrg(pages)
    const list = org.salesforce.query('SELECT Id FROM Account').pages()[Symbol.asyncIterator]()
    await list.next()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(org.requests.length, 2)
    await list.return?.()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(org.requests.length, 2)
  })

  it('ends the call in flight when the loop is left', async () => {
    const never = new Promise<Answer>(() => {})
    const org = scriptedOrg((_, index) => (index === 0 ? (pages[0] as Answer) : never))
    for await (const page of org.salesforce.query('SELECT Id FROM Account').pages()) {
      assert.equal(page.records.length, 10)
      break
    }
    assert.ok(org.requests[1]?.signal?.aborted)
  })

  it('reports a failing page when that page is asked for, after the records before it', async () => {
    const org = scriptedOrg([pages[0] as Answer, { status: 400, json: errors('INVALID_QUERY_LOCATOR') }])
    const seen: unknown[] = []
    await assert.rejects(
      async () => {
        for await (const record of org.salesforce.query('SELECT Id FROM Account')) seen.push(record)
      },
      { errorCode: 'INVALID_QUERY_LOCATOR' },
    )
    assert.equal(seen.length, 10)
  })

  it("stops with the signal's reason", async () => {
    const org = scriptedOrg(pages)
    const stop = new AbortController()
    const run = async (): Promise<void> => {
      for await (const _ of org.salesforce.query('SELECT Id FROM Account', {}, { signal: stop.signal }).pages()) {
        stop.abort('enough')
      }
    }
    await assert.rejects(run(), (error) => error === 'enough')
  })

  it('hands out no page that was read ahead once the signal is aborted', async () => {
    const org = scriptedOrg(pages)
    const stop = new AbortController()
    const loop = org.salesforce.query(soql, {}, { signal: stop.signal }).pages()[Symbol.asyncIterator]()
    await loop.next()
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(org.requests.length, 2)
    stop.abort('enough')
    await assert.rejects(loop.next(), (reason) => reason === 'enough')
  })

  it('includes deleted records by queryAll and asks for a batch size', async () => {
    const org = scriptedOrg([{ json: { totalSize: 0, done: true, records: [] } }])
    await org.salesforce.query('SELECT Id FROM Account', { includeDeleted: true, batchSize: 500 }).all()
    assert.match(org.requests[0]?.url ?? '', /\/queryAll\?q=/)
    assert.equal(org.requests[0]?.headers['sforce-query-options'], 'batchSize=500')
    const long = scriptedOrg(pages)
    await long.salesforce.query('SELECT Id FROM Account', { batchSize: 200 }).all()
    assert.deepEqual(
      long.requests.map(({ headers }) => headers['sforce-query-options']),
      Array(3).fill('batchSize=200'),
    )
  })

  it('completes lists of child records, also of grandchildren', async () => {
    const list = (from: number, more?: string) => ({
      totalSize: 2,
      done: more === undefined,
      records: records(from, 1) as Record<string, unknown>[],
      ...(more === undefined ? {} : { nextRecordsUrl: more }),
    })
    const parent = { Id: 'P', Owner: null, Contacts: list(1, '/children') }
    const child = list(2)
    child.records = [{ Id: '2', Cases: list(3, '/grandchildren') }]
    const org = scriptedOrg(({ url }) => {
      if (url.endsWith('/children')) return { json: child }
      if (url.endsWith('/grandchildren')) return { json: list(4) }
      return { json: { totalSize: 1, done: true, records: [parent] } }
    })
    const [found] = await org.salesforce
      .query('SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts) FROM Account')
      .all()
    assert.deepEqual(found, {
      Id: 'P',
      Owner: null,
      Contacts: {
        totalSize: 2,
        done: true,
        records: [{ Id: '1' }, { Id: '2', Cases: { totalSize: 2, done: true, records: [{ Id: '3' }, { Id: '4' }] } }],
      },
    })
  })

  it('measures a query as it stands in the URL, where a letter may take nine characters', async () => {
    const org = scriptedOrg([
      { json: { compositeResponse: [{ httpStatusCode: 200, body: { totalSize: 0, done: true, records: [] } }] } },
    ])
    await org.salesforce.query(`SELECT Id FROM Account WHERE Name = '${'\u20ac'.repeat(1_000)}'`).all()
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v67.0/composite`)
  })

  it('sends a query that is too long for a URL in a composite call', async () => {
    const long = `SELECT Id FROM Account WHERE Name != '${'x'.repeat(9_000)}'`
    const result = { totalSize: 1, done: true, records: [{ Id: '1' }] }
    const org = scriptedOrg([{ json: { compositeResponse: [{ body: result, httpStatusCode: 200 }] } }])
    assert.deepEqual(await org.salesforce.query(long, { batchSize: 200 }).all(), [{ Id: '1' }])
    const [sent] = org.requests
    assert.equal(sent?.url, `${instanceUrl}/services/data/v67.0/composite`)
    const [subrequest] = (
      JSON.parse(String(sent?.body)) as { compositeRequest: { url: string; httpHeaders: unknown }[] }
    ).compositeRequest
    assert.equal(subrequest?.url, `/services/data/v67.0/query?q=${encodeURIComponent(long)}`)
    assert.deepEqual(subrequest?.httpHeaders, { 'Sforce-Query-Options': 'batchSize=200' })
    const failed = { compositeResponse: [{ body: errors('MALFORMED_QUERY'), httpStatusCode: 400 }] }
    await assert.rejects(
      scriptedOrg([{ json: failed }])
        .salesforce.query(long)
        .all(),
      { errorCode: 'MALFORMED_QUERY', status: 400 },
    )
  })

  it('sends options given as a header of the call along with a long query, however they are spelt', async () => {
    const found = { body: { totalSize: 0, done: true, records: [] }, httpStatusCode: 200 }
    const org = scriptedOrg([{ json: { compositeResponse: [found] } }])
    const call = { headers: { 'SFORCE-query-options': 'batchSize=300' } }
    await org.salesforce.query(longQuery, {}, call).all()
    const { compositeRequest } = JSON.parse(String(org.requests[0]?.body))
    assert.deepEqual(compositeRequest[0].httpHeaders, { 'Sforce-Query-Options': 'batchSize=300' })
  })

  it('tries a page again that failed for a moment, and goes on behind it', async () => {
    const org = scriptedOrg([pages[0] as Answer, { status: 503, text: 'busy' }, pages[1] as Answer, pages[2] as Answer])
    assert.equal((await org.salesforce.query('SELECT Id FROM Account').all()).length, 30)
    assert.equal(org.requests.length, 4)
  })

  it('runs again for each loop', async () => {
    const org = scriptedOrg([{ json: { totalSize: 1, done: true, records: records(0, 1) } }])
    const list = org.salesforce.query('SELECT Id FROM Account')
    assert.deepEqual([await list.all(), await list.all()], [records(0, 1), records(0, 1)])
    assert.equal(org.requests.length, 2)
  })

  it('reports an answer that is no list of records', async () => {
    for (const json of [{ totalSize: 1 }, null, [], 'OK']) {
      const { salesforce } = scriptedOrg([{ json }], { retry: false })
      await assert.rejects(salesforce.query('SELECT Id FROM Account').all(), { code: 'ERR_SF_PROTOCOL' })
    }
    const { salesforce } = scriptedOrg([{ json: {} }], { retry: false })
    await assert.rejects(salesforce.query(longQuery).all(), { code: 'ERR_SF_PROTOCOL' })
  })

  const wrongPlaces = ['sobjects/Account', 'query', 'query/', 'query/../limits', 'tooling/query/01g-1', 'query/01g-1?a']
  const wrong: readonly [string, (salesforce: Salesforce) => unknown, RegExp][] = [
    ['an empty query', (salesforce) => salesforce.query(' '), /The SOQL query must be a text that is not empty/],
    ['a query that is no text', (salesforce) => salesforce.query(null as never), /but is null/],
    ['half a character', (salesforce) => salesforce.query("SELECT Id FROM A WHERE B = '\ud800'"), /lone surrogate/],
    [
      'more than 100,000 characters',
      (salesforce) => salesforce.query(`SELECT Id FROM A WHERE B = '${'x'.repeat(100_000)}'`),
      /has 100,029 characters, but Salesforce takes 100,000/,
    ],
    [
      'as many in a bulk query',
      (salesforce) => salesforce.bulk.query(`SELECT Id FROM A WHERE B = '${'x'.repeat(100_000)}'`),
      /has 100,029 characters/,
    ],
    [
      'as many in a composite',
      (salesforce) => salesforce.composite().query(`SELECT Id FROM A WHERE B = '${'x'.repeat(100_000)}'`),
      /has 100,029 characters/,
    ],
    ...wrongPlaces.map((path): [string, (salesforce: Salesforce) => unknown, RegExp] => [
      `to go on at ${path}`,
      (salesforce) => salesforce.queryMore(`/services/data/v67.0/${path}`),
      /^nextRecordsUrl must be/,
    ]),
    ['a batch size below 200', (salesforce) => salesforce.query(soql, { batchSize: 199 }), /from 200 to 2,000/],
    ['a batch size above 2,000', (salesforce) => salesforce.query(soql, { batchSize: 2_001 }), /from 200 to 2,000/],
    ['a batch size with a fraction', (salesforce) => salesforce.query(soql, { batchSize: 200.5 }), /from 200 to 2,000/],
    ['no options', (salesforce) => salesforce.query(soql, null as never), /object of options, but is null/],
    ['unknown options', (salesforce) => salesforce.query(soql, { all: true } as never), /has no option 'all'/],
    ['a flag that is none', (salesforce) => salesforce.query(soql, { includeDeleted: 1 as never }), /includeDeleted/],
    [
      'unknown options of the call',
      (salesforce) => salesforce.query(soql, {}, { abort: 1 } as never),
      /option 'abort'/,
    ],
  ]
  for (const [what, run, message] of wrong) {
    it(`refuses ${what} at once`, () => {
      const org = scriptedOrg(pages)
      assert.throws(() => run(org.salesforce), { code: 'ERR_SF_CONFIG', message })
      assert.equal(org.requests.length, 0)
    })
  }
})

describe('queryMore', () => {
  it('goes on where a page says', async () => {
    const org = scriptedOrg(pages)
    let link: string | undefined
    for await (const page of org.salesforce.query(soql).pages()) {
      link = page.nextRecordsUrl
      break
    }
    assert.equal(link, `${next}10`)
    const later = scriptedOrg(pages.slice(1))
    const ids = (await later.salesforce.queryMore(link ?? '').all()).map(({ Id }) => Id)
    assert.deepEqual(
      ids,
      records(10, 20).map(({ Id }) => Id),
    )
    assert.equal(later.requests[0]?.url, `${instanceUrl}${next}10`)
  })

  it('ends with a page that has no link', async () => {
    const { salesforce } = scriptedOrg([pages[2] as Answer])
    for await (const page of salesforce.queryMore(`${next}20`).pages()) {
      assert.deepEqual([page.done, 'nextRecordsUrl' in page], [true, false])
    }
  })

  it('refuses what is no such link at once', () => {
    const org = scriptedOrg(pages)
    for (const link of [
      '',
      '01gX-10',
      'https://elsewhere.example/services/data/v67.0/query/01gX',
      '/services/oauth2',
      7,
    ]) {
      assert.throws(() => org.salesforce.queryMore(link as string), {
        code: 'ERR_SF_CONFIG',
        message: /^nextRecordsUrl must be the nextRecordsUrl of a page/,
      })
    }
    assert.throws(() => org.salesforce.queryMore(`${next}10`, null as never), { code: 'ERR_SF_CONFIG' })
  })
})
