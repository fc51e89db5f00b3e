import assert from 'node:assert/strict'
import { it } from 'node:test'
import { scriptedOrg } from '../support/scripted-org.ts'
import { documentId, versionId } from './sink.ts'

it('a file is refused before any request when something about it is wrong', async () => {
  const { salesforce, requests } = scriptedOrg([{ json: {} }])
  const { files } = salesforce
  const upload = (options: object) => () => files.upload({ pathOnClient: 'a.pdf', data: 'x', ...options } as never)
  const blob = (options: object) => () =>
    files.insertBlob({ object: 'Attachment', field: 'Body', data: 'x', fields: {}, ...options } as never)
  const wrong: readonly [() => Promise<unknown>, RegExp][] = [
    [() => files.upload(undefined as never), /pathOnClient must be a text/],
    [() => files.upload(null as never), /upload must be an object of options, but is null/],
    [upload({ pathOnClient: 7 }), /pathOnClient must be a text that is not empty, but is 7/],
    [upload({ tilte: 'x' }), /upload has no option 'tilte'; it takes pathOnClient, data/],
    [upload({ data: undefined }), /data must be bytes, a text, a Blob, a stream of bytes or a function that makes one/],
    [upload({ data: null }), /data must be .* but is null/],
    [upload({ data: 5 }), /data must be .* but is 5/],
    [upload({ data: [1, 2] }), /data must be .* but is a list/],
    [upload({ data: Promise.resolve('x') }), /data must be .* but is a promise \(await it first\)/],
    [upload({ data: () => 'x' }), /data must be .* but is a text/],
    [upload({ data: 'a\ud800b' }), /data must be a text of whole characters, but is a text with half a character/],
    [upload({ size: 2 }), /size must be the size of data, which is 1 bytes, or left out, but is 2/],
    [upload({ data: async function* () {}, size: -1 }), /size must be a whole number of 0 or more, but is -1/],
    [upload({ data: async function* () {}, size: 2 ** 31 + 1 }), /ContentVersion takes at most 2,147,483,648/],
    [upload({ title: '' }), /title must be a text/],
    [upload({ description: 1 }), /description must be a text/],
    [upload({ contentType: 'a\r\nb: c' }), /contentType must be a type of content/],
    [upload({ contentDocumentId: 'x' }), /contentDocumentId must be an Id/],
    [upload({ reasonForChange: null }), /reasonForChange must be a text/],
    [upload({ linkTo: 'x' }), /linkTo must be an Id/],
    [upload({ linkTo: {} }), /linkTo must be a list of Ids/],
    [upload({ linkTo: [versionId, 3] }), /linkTo\[1\] must be an Id/],
    [upload({ linkTo: versionId, shareType: 'X' }), /shareType must be one of V, C, I/],
    [upload({ linkTo: versionId, visibility: 'All' }), /visibility must be one of AllUsers/],
    [upload({ fields: [] }), /fields must be an object of field values, but is an empty list/],
    [upload({ fields: { A: Number.NaN } }), /^fields\.A is/],
    [upload({ fields: { versiondata: 'eA==' } }), /fields must not hold versiondata, .* give its content as data/],
    [blob({ fields: { Body: 'eA==' } }), /fields must not hold Body, .* give its content as data/],
    [blob({ object: '' }), /object must be an API name/],
    [blob({ field: 'Body"; x' }), /field must be an API name/],
    [blob({ fileName: 1 }), /fileName must be a text/],
    [blob({ data: async function* () {}, size: 600_000_000 }), /Attachment takes at most 524,288,000/],
    [blob({ more: 1 }), /record has no option 'more'/],
    [() => files.updateBlob('', { object: 'Document', field: 'Body', data: 'x', fields: {} }), /id must be an Id/],
    [() => files.download(''), /The Id of the version must be an Id/],
    [() => files.download(null as never), /download must be an object of options, but is null/],
    [() => files.download({} as never), /contentDocumentId must be an Id/],
    [() => files.link(documentId, 'x'), /recordId must be an Id/],
    [() => files.link('x', versionId), /contentDocumentId must be an Id/],
    [() => files.link(documentId, versionId, { share: 'V' } as never), /link has no option 'share'/],
    [async () => files.versions("' OR Id != '"), /contentDocumentId must be an Id/],
    [async () => files.links({} as never), /links needs either a contentDocumentId or a recordId/],
    [async () => files.links({ recordId: 'x' }), /recordId must be an Id/],
    [async () => files.links({ contentDocumentId: documentId, recordId: versionId }), /links needs either/],
  ]
  for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
  assert.equal(requests.length, 0)
})
