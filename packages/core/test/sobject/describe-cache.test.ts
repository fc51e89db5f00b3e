import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TransportRequest } from '@forcewire/core'
import { type Answer, errors, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const modified = 'Fri, 14 Aug 2020 20:53:02 GMT'
const whole: Answer = {
  headers: { 'last-modified': modified, etag: '"baf7f695"' },
  json: { name: 'Account', fields: [{ name: 'Id' }] },
}
const unchanged: Answer = { status: 304, headers: { 'last-modified': modified } }

const condition = ({ headers }: TransportRequest): unknown => headers['if-modified-since'] ?? headers['if-none-match']

describe('a describe', () => {
  it('is asked for again by its date, and kept while it holds', async () => {
    const org = scriptedOrg([whole, unchanged])
    const accounts = org.salesforce.sobject('Account')
    const first = await accounts.describe()
    assert.equal(first.name, 'Account')
    assert.equal(await accounts.describe(), first)
    // Another handle of the same client shares what was read.
    assert.equal(await org.salesforce.sobject('Account').describe(), first)
    assert.deepEqual(org.requests.map(condition), [undefined, modified, modified])
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v67.0/sobjects/Account/describe`)
  })

  it('is replaced when it has changed', async () => {
    const later = {
      headers: { 'last-modified': 'Sat, 15 Aug 2020 00:00:00 GMT' },
      json: { name: 'Account', fields: [] },
    }
    const org = scriptedOrg([whole, later, unchanged])
    await org.salesforce.sobject('Account').describe()
    const second = await org.salesforce.sobject('Account').describe()
    assert.deepEqual(second.fields, [])
    assert.equal(await org.salesforce.sobject('Account').describe(), second)
    assert.equal(condition(org.requests[2] as TransportRequest), later.headers['last-modified'])
  })

  it('goes by its ETag where it has no date, and is read anew where it has neither', async () => {
    const tagged = scriptedOrg([{ headers: { etag: '"a"' }, json: { sobjects: [] } }, { status: 304 }])
    const kept = await tagged.salesforce.describeGlobal()
    assert.equal(await tagged.salesforce.describeGlobal(), kept)
    assert.deepEqual(tagged.requests.map(condition), [undefined, '"a"'])
    const bare = scriptedOrg([{ json: { sobjects: [] } }])
    assert.notEqual(await bare.salesforce.describeGlobal(), await bare.salesforce.describeGlobal())
    assert.deepEqual(bare.requests.map(condition), [undefined, undefined])
  })

  it('cannot be changed by one of those who share it', async () => {
    const account = await scriptedOrg([whole]).salesforce.sobject('Account').describe()
    assert.throws(() => Object.assign(account, { name: 'x' }), TypeError)
    assert.throws(() => Object.assign(account.fields[0] ?? {}, { name: 'x' }), TypeError)
  })

  it('is one call for all who ask at the same time', async () => {
    const answer = Promise.withResolvers<Answer>()
    const org = scriptedOrg(() => answer.promise)
    const calls = Array.from({ length: 5 }, () => org.salesforce.sobject('Account').describe())
    answer.resolve(whole)
    const [first, ...others] = await Promise.all(calls)
    for (const other of others) assert.equal(other, first)
    assert.equal(org.requests.length, 1)
  })

  it('fails for all who wait, and is tried again by the next one', async () => {
    const org = scriptedOrg([{ status: 400, json: errors('INVALID_TYPE') }, whole])
    const accounts = org.salesforce.sobject('Account')
    const [first, second] = await Promise.allSettled([accounts.describe(), accounts.describe()])
    assert.deepEqual([first?.status, second?.status, org.requests.length], ['rejected', 'rejected', 1])
    assert.equal((await accounts.describe()).name, 'Account')
  })

  it('goes on for the others when one leaves, and ends when all have left', async () => {
    const answer = Promise.withResolvers<Answer>()
    const org = scriptedOrg(() => answer.promise)
    const [one, two] = [new AbortController(), new AbortController()]
    const accounts = org.salesforce.sobject('Account')
    const leaving = accounts.describe({ signal: one.signal })
    const staying = accounts.describe({ signal: two.signal })
    await new Promise((resolve) => setImmediate(resolve))
    one.abort('left')
    await assert.rejects(leaving, (reason) => reason === 'left')
    assert.equal(org.requests[0]?.signal?.aborted, false)
    two.abort('left too')
    await assert.rejects(staying, (reason) => reason === 'left too')
    assert.equal(org.requests[0]?.signal?.aborted, true)
    const fresh = accounts.describe()
    answer.resolve(whole)
    assert.equal((await fresh).name, 'Account')
    assert.equal(org.requests.length, 2)
  })

  it('sends nothing when its caller has left already', async () => {
    const org = scriptedOrg([whole])
    const call = { signal: AbortSignal.abort('left') }
    await assert.rejects(org.salesforce.sobject('Account').describe(call), (reason) => reason === 'left')
    assert.equal(org.requests.length, 0)
  })

  it('is a call of its own with a timeout of its own, and kept all the same', async () => {
    const org = scriptedOrg(({ headers }) => (headers['if-modified-since'] === undefined ? whole : unchanged))
    const accounts = org.salesforce.sobject('Account')
    const call = { timeout: 60_000 }
    const [first] = await Promise.all([
      accounts.describe(call),
      accounts.describe(call),
      accounts.describe({ retry: false }),
    ])
    assert.equal(org.requests.length, 3)
    assert.equal((await accounts.describe({ timeout: 60_000 })).name, first.name)
    assert.equal(condition(org.requests[3] as TransportRequest), modified)
  })

  it('is neither kept nor answered from what is kept when the call has headers of its own', async () => {
    const org = scriptedOrg([whole])
    const call = { headers: { 'Accept-Language': 'de' } }
    await org.salesforce.sobject('Account').describe()
    await org.salesforce.sobject('Account').describe(call)
    await org.salesforce.sobject('Account').describe(call)
    assert.deepEqual(org.requests.map(condition), [undefined, undefined, undefined])
  })

  it('that was not used for the longest time is let go first', async () => {
    const org = scriptedOrg(({ headers }) => (headers['if-modified-since'] === undefined ? whole : unchanged), {
      describeCache: 2,
    })
    for (const name of ['A', 'B', 'A', 'C', 'A', 'B']) await org.salesforce.sobject(name).describe()
    assert.deepEqual(
      org.requests.map((request) => condition(request) !== undefined),
      [false, false, true, false, true, false],
    )
  })

  it('is never kept where the client is told so', async () => {
    for (const describeCache of [false, 0] as const) {
      const org = scriptedOrg([whole], { describeCache })
      const first = await org.salesforce.sobject('Account').describe()
      assert.notEqual(await org.salesforce.sobject('Account').describe(), first)
      assert.deepEqual(org.requests.map(condition), [undefined, undefined])
      assert.equal(Object.isFrozen(first), false)
    }
    for (const describeCache of [true, -1, 1.5, '5', null]) {
      assert.throws(() => scriptedOrg([whole], { describeCache: describeCache as number }), { code: 'ERR_SF_CONFIG' })
    }
  })

  it('is undefined when the caller asks for changes and there are none', async () => {
    const org = scriptedOrg([unchanged])
    const ifModifiedSince = new Date(Date.UTC(2026, 10, 22, 1, 2, 3, 999))
    assert.equal(await org.salesforce.sobject('Account').describe({ ifModifiedSince }), undefined)
    assert.equal(await org.salesforce.describeGlobal({ ifModifiedSince }), undefined)
    assert.deepEqual(org.requests.map(condition), Array(2).fill('Sun, 22 Nov 2026 01:02:03 GMT'))
    for (const date of [new Date('x'), null, '2026-11-22']) {
      const options = { ifModifiedSince: date as Date }
      await assert.rejects(org.salesforce.describeGlobal(options), { code: 'ERR_SF_CONFIG' })
    }
  })

  it('that is none is reported', async () => {
    const { salesforce } = scriptedOrg([{ json: null }], { retry: false })
    await assert.rejects(salesforce.describeGlobal(), { code: 'ERR_SF_PROTOCOL' })
  })
})
