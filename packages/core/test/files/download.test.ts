import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errors, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'
import { documentId, versionId } from './sink.ts'

const sobjects = `${instanceUrl}/services/data/v67.0/sobjects`
const bytes = { text: 'bytes', headers: { 'content-type': 'application/pdf', 'content-length': '5' } }

describe('a file', () => {
  it('is downloaded by its version, uncompressed, as a stream with type and length', async () => {
    const { salesforce, requests } = scriptedOrg([bytes])
    const file = await salesforce.files.download(versionId)
    assert.deepEqual([file.versionId, file.contentType, file.length], [versionId, 'application/pdf', 5])
    assert.equal(Buffer.concat(await Array.fromAsync(file.body)).toString(), 'bytes')
    assert.equal(requests[0]?.url, `${sobjects}/ContentVersion/${versionId}/VersionData`)
    assert.equal(requests[0]?.headers['accept-encoding'], 'identity')
  })

  it('is downloaded in its newest version by its document', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: { LatestPublishedVersionId: versionId } }, { text: 'new' }])
    const file = await salesforce.files.download({ contentDocumentId: documentId })
    assert.deepEqual([file.versionId, file.contentType, file.length], [versionId, undefined, undefined])
    assert.equal(requests[0]?.url, `${sobjects}/ContentDocument/${documentId}?fields=LatestPublishedVersionId`)
  })

  it('that does not exist, or has no version, is an error', async () => {
    const missing = scriptedOrg([{ status: 404, json: errors('NOT_FOUND') }])
    await assert.rejects(missing.salesforce.files.download(versionId), { code: 'ERR_SF_NOT_FOUND' })
    const empty = scriptedOrg([{ json: { LatestPublishedVersionId: null } }])
    await assert.rejects(empty.salesforce.files.download({ contentDocumentId: documentId }), {
      message: `The file ${documentId} has no published version.`,
    })
  })

  it('lists its versions and its links, lazily', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: { done: true, totalSize: 0, records: [] } }])
    const { files } = salesforce
    const lists = [
      files.versions(documentId),
      files.links({ contentDocumentId: documentId }),
      files.links({ recordId: '001000000000001AAA' }),
    ]
    assert.equal(requests.length, 0)
    for (const list of lists) await list.all()
    const queries = requests.map(({ url }) => new URL(url).searchParams.get('q') ?? '')
    assert.match(queries[0] ?? '', /FROM ContentVersion WHERE ContentDocumentId = '069.*' ORDER BY CreatedDate DESC$/)
    assert.match(queries[1] ?? '', /FROM ContentDocumentLink WHERE ContentDocumentId = '069000000000001AAA'$/)
    assert.match(queries[2] ?? '', /FROM ContentDocumentLink WHERE LinkedEntityId = '001000000000001AAA'$/)
  })

  it('is linked to a record', async () => {
    const { salesforce, requests } = scriptedOrg([{ status: 201, json: { id: '06A', success: true, errors: [] } }])
    const link = await salesforce.files.link(documentId, '001000000000001AAA', { visibility: 'AllUsers' })
    assert.equal(link.id, '06A')
    assert.deepEqual(JSON.parse(String(requests[0]?.body)), {
      ContentDocumentId: documentId,
      LinkedEntityId: '001000000000001AAA',
      ShareType: 'V',
      Visibility: 'AllUsers',
    })
  })
})
