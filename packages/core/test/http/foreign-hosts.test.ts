import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessToken, custom, hostAuth, Salesforce, SalesforceError } from '@forcewire/core/portable'
import { instanceUrl, type Script, scriptedTransport } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

/** Links to elsewhere, as an answer or a caller may hold them. */
const links = [
  'https://evil.example/services/data/v67.0/query/01g',
  'http://acme.my.salesforce.com/services/data/v67.0/query/01g',
  'https://acme.my.salesforce.com.evil.example/services/data',
  'https://acme.my.salesforce.com@evil.example/services/data',
  '//evil.example/services/data',
  '/\\evil.example/services/data',
  '/\t/evil.example/services/data',
  '\\\\evil.example\\services',
  '@evil.example/services/data',
  '.evil.example/services/data',
  ':8443@evil.example/',
]

const id = '750000000000001AAA'
const job = {
  id,
  object: 'Account',
  state: 'JobComplete',
  operation: 'query',
  apiVersion: 67,
  columnDelimiter: 'COMMA',
}

/** An org all of whose answers lead to one link. */
function leadingTo(link: string): Script {
  const asked = new Set<string>()
  return ({ url, method }) => {
    // No way may go round in circles.
    if (asked.has(url) && method === 'GET') return { status: 404 }
    asked.add(url)
    if (url.endsWith('/resultPages'))
      return { json: { resultPages: [{ resultUrl: link }], done: false, nextRecordsUrl: link } }
    if (url.includes('/jobs/query?') || url.endsWith('/jobs/query')) {
      return { json: method === 'POST' ? job : { records: [job], done: false, nextRecordsUrl: link } }
    }
    if (url.includes(`/jobs/query/${id}`)) return { json: job }
    if (url.includes('/describe')) return { json: { fields: [] } }
    const children = { totalSize: 2, done: false, records: [], nextRecordsUrl: link }
    return { json: { totalSize: 2, done: false, records: [{ Id: '1', Contacts: children }], nextRecordsUrl: link } }
  }
}

/** Follows whatever link it gets. Where nothing refuses it, it ends at a second answer. */
async function followAll(salesforce: Salesforce, link: string): Promise<void> {
  const ways: readonly (() => Promise<unknown>)[] = [
    () => salesforce.query('SELECT Id FROM Account').all({ limit: 3 }),
    () => salesforce.query('SELECT Id, (SELECT Id FROM Contacts) FROM Account').first(),
    async () => salesforce.queryMore(link).all({ limit: 3 }),
    () => salesforce.bulk.query('SELECT Id FROM Account').all({ limit: 3 }),
    () => salesforce.bulk.queryJobs.list().all({ limit: 3 }),
    () => salesforce.request({ path: link }),
    async () => (await salesforce.requestStream({ path: link })).status,
    () => salesforce.apex.get(link),
  ]
  for (const way of ways) {
    await way().catch((error: unknown) => assert.ok(error instanceof SalesforceError, String(error)))
  }
}

describe('a link to another host', () => {
  for (const link of links) {
    it(`is not followed with the token: ${JSON.stringify(link)}`, async () => {
      const { transport, requests } = scriptedTransport(leadingTo(link))
      const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
      await followAll(new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1 }), link)
      assert.ok(requests.length > 0)
      for (const { url } of requests) assert.equal(new URL(url).origin, instanceUrl, url)
    })

    it(`is not handed to a host that adds the token: ${JSON.stringify(link)}`, async () => {
      const { transport, requests } = scriptedTransport(leadingTo(link))
      await followAll(new Salesforce({ auth: hostAuth(), transport, clock: new TestClock(), random: () => 1 }), link)
      assert.ok(requests.length > 0)
      for (const { url } of requests) assert.equal(new URL(url, instanceUrl).origin, instanceUrl, url)
    })
  }

  it('is no link of Bulk API 2.0, not even to a path of the same name', async () => {
    const elsewhere = 'https://evil.example/services/data/v67.0/jobs/query/750000000000001AAA/results'
    const ways: readonly ((bulk: Salesforce['bulk']) => Promise<unknown>)[] = [
      (bulk) => bulk.query('SELECT Id FROM Account').all(),
      (bulk) => bulk.queryJobs.list().all(),
    ]
    for (const way of ways) {
      const { transport, requests } = scriptedTransport(leadingTo(elsewhere))
      const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
      const { bulk } = new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1 })
      await assert.rejects(way(bulk), { code: 'ERR_SF_PROTOCOL', message: /is no path of the instance/ })
      assert.ok(!requests.some(({ url }) => url.includes('/results')))
    }
  })

  it('is no instance that a login may answer', async () => {
    for (const elsewhere of ['https://evil.example', 'http://acme.my.salesforce.com', 'https://evilsalesforce.com']) {
      const { transport, requests } = scriptedTransport([{ json: {} }])
      const auth = custom(async () => ({ accessToken: 'TOKEN', instanceUrl: elsewhere }))
      const salesforce = new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1 })
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG' })
      assert.equal(requests.length, 0)
    }
  })

  it('is not followed when an answer redirects there', async () => {
    const { transport, requests } = scriptedTransport([{ status: 302, headers: { location: 'https://evil.example/' } }])
    const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
    const salesforce = new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1 })
    await assert.rejects(salesforce.limits(), { code: 'ERR_SF_API', status: 302 })
    assert.equal(requests.length, 1)
  })
})
