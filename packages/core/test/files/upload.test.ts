import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, PartialFailureError, type UploadedFile } from '@forcewire/core'
import { errors, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { documentId, type Reply, sink, versionId } from './sink.ts'

const accountId = '001000000000001AAA'
const contactId = '003000000000001AAA'

describe('an upload', () => {
  it('is a record in JSON and its bytes, exactly as the REST guide writes them', async () => {
    await using org = await sink()
    const file = await org.salesforce.files.upload({
      pathOnClient: 'Größe "1".pdf',
      data: new Uint8Array([0, 13, 10, 45, 45, 255]),
      title: 'Größe 😀',
      description: 'x',
      contentType: 'application/pdf',
      fields: { Region__c: 'EU', Due__c: new Date(0) },
    })
    assert.deepEqual(file, { id: versionId, contentDocumentId: documentId, links: [] })
    const [upload, lookup] = org.arrived
    assert.equal(upload?.line, 'POST /services/data/v67.0/sobjects/ContentVersion')
    const boundary = /^multipart\/form-data; boundary=([\w-]+)$/.exec(upload?.headers['content-type'] ?? '')?.[1]
    const json =
      '{"Region__c":"EU","Due__c":"1970-01-01T00:00:00.000Z","PathOnClient":"Gr\\u00f6\\u00dfe \\"1\\".pdf",' +
      '"Title":"Gr\\u00f6\\u00dfe \\ud83d\\ude00","Description":"x"}'
    const expected = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n` +
          `${json}\r\n--${boundary}\r\nContent-Disposition: form-data; name="VersionData"; filename="Gr__e _1_.pdf"\r\n` +
          'Content-Type: application/pdf\r\n\r\n',
      ),
      Buffer.from([0, 13, 10, 45, 45, 255]),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    assert.equal(upload?.body.toString('latin1'), expected.toString('latin1'))
    assert.equal(upload?.headers['content-length'], String(expected.length))
    assert.equal(lookup?.line, `GET /services/data/v67.0/sobjects/ContentVersion/${versionId}?fields=ContentDocumentId`)
  })

  it('of a stream is chunked, or has the length that the caller knows', async () => {
    await using org = await sink()
    async function* data(): AsyncGenerator<Uint8Array | string> {
      yield 'häl'
      yield new TextEncoder().encode('lo')
    }
    await org.salesforce.files.upload({ pathOnClient: 'a.txt', data: data() })
    await org.salesforce.files.upload({ pathOnClient: 'a.txt', data, size: 6 })
    const [chunked, , measured] = org.arrived
    assert.equal(chunked?.headers['transfer-encoding'], 'chunked')
    assert.equal(measured?.headers['content-length'], String(measured?.body.length))
    for (const upload of [chunked, measured]) assert.match(upload?.body.toString() ?? '', /\r\n\r\nhällo\r\n--/)
  })

  it('takes a text, a Blob and a web stream as well', async () => {
    await using org = await sink()
    const blob = new Blob(['blob'])
    for (const data of ['text', blob, new Blob(['stream']).stream()]) {
      await org.salesforce.files.upload({ pathOnClient: 'a', data })
    }
    const bodies = org.arrived.filter(({ line }) => line.startsWith('POST')).map(({ body }) => body.toString())
    assert.deepEqual(
      bodies.map((body) => /octet-stream\r\n\r\n(.*)\r\n--/.exec(body)?.[1]),
      ['text', 'blob', 'stream'],
    )
  })

  it('links the new file to its first record without a further call, and to the others by one', async () => {
    await using org = await sink()
    const data = 'x'
    const file = await org.salesforce.files.upload({ pathOnClient: 'a', data, linkTo: [accountId, contactId] })
    assert.deepEqual(
      file.links.map(({ success }) => success),
      [true, true],
    )
    assert.match(org.arrived[0]?.body.toString() ?? '', new RegExp(`"FirstPublishLocationId":"${accountId}"`))
    assert.deepEqual(JSON.parse(org.arrived[2]?.body.toString() ?? ''), {
      allOrNone: false,
      records: [
        {
          attributes: { type: 'ContentDocumentLink' },
          ContentDocumentId: documentId,
          LinkedEntityId: contactId,
          ShareType: 'V',
        },
      ],
    })
  })

  it('of a new version names the file, asks for nothing, and links by further calls only', async () => {
    await using org = await sink()
    const file = await org.salesforce.files.upload({
      pathOnClient: 'a',
      data: 'x',
      contentDocumentId: documentId,
      reasonForChange: 'typing error',
      linkTo: accountId,
      shareType: 'C',
      visibility: 'InternalUsers',
    })
    assert.deepEqual([file.contentDocumentId, file.links.length], [documentId, 1])
    const [upload, links] = org.arrived
    assert.match(upload?.body.toString() ?? '', new RegExp(`"ContentDocumentId":"${documentId}","ReasonForChange"`))
    assert.doesNotMatch(upload?.body.toString() ?? '', /FirstPublishLocationId/)
    const [record] = JSON.parse(links?.body.toString() ?? '').records
    assert.deepEqual([record.LinkedEntityId, record.ShareType, record.Visibility], [accountId, 'C', 'InternalUsers'])
  })

  it('of a new version is linked by a call of its own also when nothing else is said about the link', async () => {
    await using org = await sink()
    await org.salesforce.files.upload({
      pathOnClient: 'a',
      data: 'x',
      contentDocumentId: documentId,
      linkTo: [accountId],
    })
    const [upload, links] = org.arrived
    assert.doesNotMatch(upload?.body.toString() ?? '', /FirstPublishLocationId/)
    assert.equal(JSON.parse(links?.body.toString() ?? '').records[0].LinkedEntityId, accountId)
  })

  it('that Salesforce refuses is a plain error', async () => {
    await using org = await sink(() => [400, errors('STORAGE_LIMIT_EXCEEDED')])
    await assert.rejects(org.salesforce.files.upload({ pathOnClient: 'a', data: 'x' }), {
      code: 'ERR_SF_API',
      errorCode: 'STORAGE_LIMIT_EXCEEDED',
    })
    assert.equal(org.arrived.length, 1)
  })

  it('whose link is refused tells the Ids of the file in its error', async () => {
    const row = { success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS', message: 'not yours', fields: [] }] }
    await using org = await sink((index): Reply | undefined => (index === 2 ? [200, [row]] : undefined))
    const upload = org.salesforce.files.upload({ pathOnClient: 'a', data: 'x', linkTo: accountId, shareType: 'V' })
    await assert.rejects(upload, (error) => {
      assert.ok(error instanceof PartialFailureError)
      const [file] = error.results as readonly UploadedFile[]
      assert.deepEqual([file?.id, file?.contentDocumentId, file?.links[0]?.success], [versionId, documentId, false])
      assert.ok(error.has('INSUFFICIENT_ACCESS'))
      return new RegExp(`saved as ContentVersion ${versionId}.*1 of 1 links were refused: not yours`).test(
        error.message,
      )
    })
  })

  it('whose file cannot be read back tells the Id of the version in its error', async () => {
    await using org = await sink((index): Reply | undefined => (index === 1 ? [404, errors('NOT_FOUND')] : undefined))
    await assert.rejects(org.salesforce.files.upload({ pathOnClient: 'a', data: 'x' }), (error) => {
      assert.ok(error instanceof PartialFailureError)
      const [file] = error.results as readonly UploadedFile[]
      assert.deepEqual([file?.id, file?.contentDocumentId], [versionId, undefined])
      assert.ok(error.cause instanceof ApiError && error.has('NOT_FOUND'))
      return true
    })
  })

  it('that is aborted after the file was saved says so in a warning', async () => {
    const stop = new AbortController()
    const warnings: string[] = []
    await using org = await sink((index) => {
      if (index === 1) stop.abort(new Error('enough'))
      return undefined
    })
    org.salesforce.on('warning', ({ message }) => warnings.push(message))
    const upload = org.salesforce.files.upload({ pathOnClient: 'a', data: 'x' }, { signal: stop.signal })
    await assert.rejects(upload, /enough/)
    await new Promise((resolve) => setImmediate(resolve))
    assert.match(warnings.join(), new RegExp(`saved as ContentVersion ${versionId}`))
  })

  it('is not repeated when nobody knows whether it was saved', async () => {
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET')])
    await assert.rejects(salesforce.files.upload({ pathOnClient: 'a', data: 'x' }), { code: 'ERR_SF_TRANSPORT' })
    assert.equal(requests.length, 1)
  })

  it('has time for its size', async () => {
    // 120 s for the answer and a second for each 50,000 bytes; the clock is moved past the client's usual 120 s.
    const { salesforce, clock } = scriptedOrg(({ method }) => {
      if (method === 'POST') clock.advance(124_000)
      return { status: 201, json: { id: versionId, ContentDocumentId: documentId } }
    })
    await salesforce.files.upload({ pathOnClient: 'a', data: new Uint8Array(1_000_000) })
    await assert.rejects(salesforce.files.upload({ pathOnClient: 'a', data: 'x' }), { code: 'ERR_SF_TIMEOUT' })
    await assert.rejects(
      salesforce.files.upload({ pathOnClient: 'a', data: new Uint8Array(1_000_000) }, { timeout: 10_000 }),
      { code: 'ERR_SF_TIMEOUT' },
    )
  })

  it('has that time on top of the timeout of its client', async () => {
    const { salesforce, clock } = scriptedOrg(
      ({ method }) => {
        if (method === 'POST') clock.advance(21_000)
        return { status: 201, json: { id: versionId, ContentDocumentId: documentId } }
      },
      { timeout: 20_000 },
    )
    await salesforce.files.upload({ pathOnClient: 'a', data: new Uint8Array(1_000_000) })
    await assert.rejects(salesforce.files.upload({ pathOnClient: 'a', data: 'x' }), { code: 'ERR_SF_TIMEOUT' })
  })
})

describe('a field that holds a file', () => {
  it('is filled with its record', async () => {
    await using org = await sink()
    const record = { object: 'Document', field: 'Body', data: 'x', fields: { Name: 'Brochure' } }
    const { id } = await org.salesforce.files.insertBlob(record)
    assert.equal(id, versionId)
    const [insert] = org.arrived
    assert.equal(insert?.line, 'POST /services/data/v67.0/sobjects/Document')
    assert.match(
      insert?.body.toString() ?? '',
      /name="entity_document".*\{"Name":"Brochure"\}.*name="Body"; filename="file"/s,
    )
  })

  it('is replaced by PATCH', async () => {
    const { salesforce, requests } = scriptedOrg([{ status: 204 }])
    const record = { object: 'Document', field: 'Body', data: 'x', fields: {} }
    await salesforce.files.updateBlob('015000000000001AAA', record)
    assert.match(`${requests[0]?.method} ${requests[0]?.url}`, /^PATCH .*\/sobjects\/Document\/015000000000001AAA$/)
  })
})
