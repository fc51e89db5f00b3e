import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Answer, errors, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

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

  it('includes deleted records by queryAll and asks for a batch size', async () => {
    const org = scriptedOrg([{ json: { totalSize: 0, done: true, records: [] } }])
    await org.salesforce.query('SELECT Id FROM Account', { includeDeleted: true, batchSize: 500 }).all()
    assert.match(org.requests[0]?.url ?? '', /\/queryAll\?q=/)
    assert.equal(org.requests[0]?.headers['sforce-query-options'], 'batchSize=500')
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

  it('refuses an empty query and an impossible batch size before any request', async () => {
    const org = scriptedOrg(pages)
    assert.throws(() => org.salesforce.query(' '), { code: 'ERR_SF_CONFIG' })
    for (const batchSize of [199, 2_001, 200.5]) {
      assert.throws(() => org.salesforce.query('SELECT Id FROM Account', { batchSize }), /from 200 to 2,000/)
    }
    assert.equal(org.requests.length, 0)
  })
})
