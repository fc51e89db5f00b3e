import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Answer, errors, scriptedOrg } from '../support/scripted-org.ts'

const soql = 'SELECT Id, (SELECT Id FROM Contacts) FROM Account'

/** A page of parents whose lists of children all have a second page. */
function parents(count: number): Answer {
  const records = Array.from({ length: count }, (_, index) => ({
    Id: `P${index}`,
    Contacts: { totalSize: 2, done: false, nextRecordsUrl: `/children/${index}`, records: [{ Id: `${index}-1` }] },
  }))
  return { json: { totalSize: count, done: true, records } }
}

const child = (url: string): Answer => ({
  json: { totalSize: 2, done: true, records: [{ Id: `${url.split('/').at(-1)}-2` }] },
})

describe('lists of child records', () => {
  it('are completed five at a time', async () => {
    const fiveThere = Promise.withResolvers<void>()
    let waiting = 0
    let most = 0
    const org = scriptedOrg(async ({ url }) => {
      if (url.includes('/query?')) return parents(12)
      most = Math.max(most, ++waiting)
      if (waiting === 5) fiveThere.resolve()
      await fiveThere.promise
      await new Promise((resolve) => setImmediate(resolve))
      waiting--
      return child(url)
    })
    const found = await org.salesforce.query(soql).all()
    assert.equal(most, 5)
    assert.deepEqual(
      found.map(({ Contacts }) => (Contacts as { records: unknown[] }).records),
      Array.from({ length: 12 }, (_, index) => [{ Id: `${index}-1` }, { Id: `${index}-2` }]),
    )
    assert.equal(org.requests.length, 13)
  })

  it('fail the page whose list cannot be completed, and end the calls beside it', async () => {
    const others: Promise<Answer> = new Promise(() => {})
    const org = scriptedOrg(({ url }) => {
      if (url.includes('/query?')) return parents(12)
      return url.endsWith('/children/1') ? { status: 400, json: errors('INVALID_QUERY_LOCATOR') } : others
    })
    await assert.rejects(org.salesforce.query(soql).all(), { errorCode: 'INVALID_QUERY_LOCATOR' })
    assert.equal(org.requests.length, 6)
    const beside = org.requests.filter(({ url }) => url.includes('/children/') && !url.endsWith('/1'))
    assert.deepEqual(
      beside.map(({ signal }) => signal?.aborted),
      [true, true, true, true],
    )
  })

  it('are completed also within a list that is itself cut', async () => {
    const cases = { totalSize: 2, done: false, nextRecordsUrl: '/children/9', records: [{ Id: '9-1' }] }
    const contacts = {
      totalSize: 2,
      done: false,
      nextRecordsUrl: '/children/0',
      records: [{ Id: '0-1', Cases: cases }],
    }
    const org = scriptedOrg(({ url }) =>
      url.includes('/children/')
        ? child(url)
        : { json: { totalSize: 1, done: true, records: [{ Contacts: contacts }] } },
    )
    const [parent] = await org.salesforce.query(soql).all()
    assert.deepEqual(parent?.Contacts, {
      totalSize: 2,
      done: true,
      records: [
        { Id: '0-1', Cases: { totalSize: 2, done: true, records: [{ Id: '9-1' }, { Id: '9-2' }] } },
        { Id: '0-2' },
      ],
    })
  })

  it('are completed on pages that queryMore brings', async () => {
    const org = scriptedOrg(({ url }) => (url.includes('/children/') ? child(url) : parents(1)))
    const [parent] = await org.salesforce.queryMore('/services/data/v67.0/query/01gX-1').all()
    assert.deepEqual(parent?.Contacts, { totalSize: 2, done: true, records: [{ Id: '0-1' }, { Id: '0-2' }] })
  })
})
