import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LoopbackOrg, type LoopbackScript, loopbackOrg } from '../support/loopback-org.ts'

const job = { id: '750000000000001', object: 'Account', operation: 'insert', apiVersion: 67 }

/** Half a megabyte, so that an upload has several pieces. */
const rows = Array.from({ length: 500 }, (_, index) => ({ Name: String(index).padEnd(999, 'é') }))
const csv = `Name\n${rows.map(({ Name }) => `${Name}\n`).join('')}`

/** An org of one job; what the upload is answered comes from the test. */
function orgOf(answerUpload: LoopbackScript): Promise<LoopbackOrg> {
  return loopbackOrg((request, index) => {
    if (request.method === 'PUT') return answerUpload(request, index)
    if (request.method === 'GET') return { json: { ...job, state: 'JobComplete', numberRecordsProcessed: 500 } }
    return { json: { ...job, state: request.method === 'POST' ? 'Open' : 'UploadComplete' } }
  })
}

describe('the upload of a part', () => {
  it('is compressed as it goes', async () => {
    await using org = await orgOf(() => ({ status: 201 }))
    await org.salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, rows).run()
    const [upload] = org.requests.filter(({ method }) => method === 'PUT')
    assert.equal(upload?.body, csv)
    assert.equal(upload?.headers['content-encoding'], 'gzip')
    assert.equal(upload?.headers['content-type'], 'text/csv')
  })

  it('is sent as it is, with its length, where compress is false', async () => {
    await using org = await orgOf(() => ({ status: 201 }))
    await org.salesforce.bulk.ingest({ object: 'Account', operation: 'insert', compress: false }, rows).run()
    const [upload] = org.requests.filter(({ method }) => method === 'PUT')
    assert.equal(upload?.body, csv)
    assert.equal(upload?.headers['content-encoding'], undefined)
    assert.equal(upload?.headers['content-length'], String(Buffer.byteLength(csv)))
  })

  for (const compress of [true, false]) {
    it(`is repeated from its start when it breaks off, ${compress ? 'compressed' : 'plain'}`, async () => {
      let uploads = 0
      await using org = await orgOf(() => {
        uploads += 1
        if (uploads === 1) return 'broken'
        return uploads === 2 ? { status: 503, text: 'busy' } : { status: 201 }
      })
      const load = org.salesforce.bulk.ingest({ object: 'Account', operation: 'insert', compress }, rows)
      assert.equal((await load.run()).processed, 500)
      const bodies = org.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)
      assert.deepEqual(bodies, [csv, csv, csv])
    })
  }
})
