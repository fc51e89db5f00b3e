import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { FORM_TYPE, fileForm, multipartForm } from './multipart-form.ts'

const VERSIONS = '/sobjects/ContentVersion'

function upload(emulator: Emulator, fields: object, content = 'hello'): Promise<Answer> {
  const body = { VersionData: Buffer.from(content).toString('base64'), ...fields }
  return send(emulator, 'POST', data(VERSIONS), { body })
}

async function query(emulator: Emulator, soql: string): Promise<Record<string, unknown>[]> {
  const { json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  return json.records.map(({ attributes, ...record }: { attributes: unknown }) => record)
}

function links(emulator: Emulator, documentId: unknown): Promise<Record<string, unknown>[]> {
  const fields = 'LinkedEntityId, ShareType, Visibility'
  return query(emulator, `SELECT ${fields} FROM ContentDocumentLink WHERE ContentDocumentId = '${documentId}'`)
}

async function version(emulator: Emulator, id: string): Promise<Record<string, unknown>> {
  return (await send(emulator, 'GET', data(`${VERSIONS}/${id}`))).json
}

test('a version sent as Base64 gets what its bytes and its path say', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await upload(emulator, { PathOnClient: 'docs/Plan.PDF' })
  assert.equal(status, 201)
  const row = await version(emulator, json.id)
  const { Title, FileExtension, FileType, ContentSize, Checksum, VersionNumber, IsLatest, VersionData } = row
  assert.deepEqual(
    { Title, FileExtension, FileType, ContentSize, Checksum, VersionNumber, IsLatest },
    {
      Title: 'Plan',
      FileExtension: 'PDF',
      FileType: 'PDF',
      ContentSize: 5,
      Checksum: '5d41402abc4b2a76b9719d911017c592',
      VersionNumber: '1',
      IsLatest: true,
    },
  )
  assert.equal(VersionData, data(`${VERSIONS}/${json.id}/VersionData`))
  const soql = `SELECT VersionData, ContentDocument.LatestPublishedVersion.VersionData FROM ContentVersion`
  const [queried] = await query(emulator, soql)
  assert.equal(queried?.VersionData, VersionData)
})

test('a first version makes its document and shares it with its owner', async (t) => {
  const emulator = await startEmulator(t)
  const { id } = (await upload(emulator, { PathOnClient: 'a.txt', Title: 'First', Description: 'why' })).json
  const { ContentDocumentId, OwnerId } = await version(emulator, id)
  const fields = 'Id, Title, Description, FileType, FileExtension, ContentSize, LatestPublishedVersionId'
  assert.deepEqual(await query(emulator, `SELECT ${fields} FROM ContentDocument`), [
    {
      Id: ContentDocumentId,
      Title: 'First',
      Description: 'why',
      FileType: 'TEXT',
      FileExtension: 'txt',
      ContentSize: 5,
      LatestPublishedVersionId: id,
    },
  ])
  assert.deepEqual(await links(emulator, ContentDocumentId), [
    { LinkedEntityId: OwnerId, ShareType: 'I', Visibility: 'AllUsers' },
  ])
})

test('a version of a document takes the place of the one before', async (t) => {
  const emulator = await startEmulator(t)
  const first = (await upload(emulator, { PathOnClient: 'a.txt' })).json.id
  const { ContentDocumentId } = await version(emulator, first)
  const second = (await upload(emulator, { PathOnClient: 'b.csv', ContentDocumentId }, 'longer')).json.id
  const soql = 'SELECT Id, VersionNumber, IsLatest FROM ContentVersion ORDER BY VersionNumber'
  assert.deepEqual(await query(emulator, soql), [
    { Id: first, VersionNumber: '1', IsLatest: false },
    { Id: second, VersionNumber: '2', IsLatest: true },
  ])
  assert.deepEqual(await query(emulator, 'SELECT LatestPublishedVersionId, ContentSize, Title FROM ContentDocument'), [
    { LatestPublishedVersionId: second, ContentSize: 6, Title: 'b' },
  ])
  assert.equal((await links(emulator, ContentDocumentId)).length, 1)
})

test('a version published at a record is linked to it; a second link to the same record is refused', async (t) => {
  const emulator = await startEmulator(t)
  const account = (await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })).json.id
  const { id } = (await upload(emulator, { PathOnClient: 'a.txt', FirstPublishLocationId: account })).json
  const { ContentDocumentId } = await version(emulator, id)
  const soql = `SELECT (SELECT ContentDocumentId FROM ContentDocumentLinks) FROM Account WHERE Id = '${account}'`
  const [{ ContentDocumentLinks }] = (await query(emulator, soql)) as [{ ContentDocumentLinks: { records: object[] } }]
  assert.partialDeepStrictEqual(ContentDocumentLinks.records, [{ ContentDocumentId }])
  const body = { ContentDocumentId, LinkedEntityId: account, ShareType: 'V' }
  const twice = await send(emulator, 'POST', data('/sobjects/ContentDocumentLink'), { body })
  assert.deepEqual([twice.status, twice.json[0].errorCode], [400, 'DUPLICATE_VALUE'])
})

test('title and description follow each other between a document and its newest version', async (t) => {
  const emulator = await startEmulator(t)
  const { id } = (await upload(emulator, { PathOnClient: 'a.txt' })).json
  const { ContentDocumentId } = await version(emulator, id)
  const document = data(`/sobjects/ContentDocument/${ContentDocumentId}`)
  await send(emulator, 'PATCH', document, { body: { Title: 'By document' } })
  assert.equal((await version(emulator, id)).Title, 'By document')
  await send(emulator, 'PATCH', data(`${VERSIONS}/${id}`), { body: { Title: 'By version' } })
  assert.equal((await send(emulator, 'GET', document)).json.Title, 'By version')
})

test('a deleted document takes its versions and links along', async (t) => {
  const emulator = await startEmulator(t)
  const { id } = (await upload(emulator, { PathOnClient: 'a.txt' })).json
  const { ContentDocumentId } = await version(emulator, id)
  const gone = await send(emulator, 'DELETE', data(`/sobjects/ContentDocument/${ContentDocumentId}`))
  assert.equal(gone.status, 204)
  assert.equal((await send(emulator, 'GET', data(`${VERSIONS}/${id}`))).status, 404)
  assert.equal((await send(emulator, 'GET', data(`${VERSIONS}/${id}/VersionData`))).status, 404)
  assert.deepEqual(await links(emulator, ContentDocumentId), [])
})

test('a version without path or bytes, or with text that is no Base64, is refused and leaves nothing behind', async (t) => {
  const emulator = await startEmulator(t)
  const without = await send(emulator, 'POST', data(VERSIONS), { body: { Title: 'x' } })
  const message = 'Required fields are missing: [PathOnClient, VersionData]'
  const fields = ['PathOnClient', 'VersionData']
  assert.deepEqual(without.json, [{ message, errorCode: 'REQUIRED_FIELD_MISSING', fields }])
  const broken = await upload(emulator, { PathOnClient: 'a.txt', VersionData: 'not*base64' })
  assert.deepEqual([broken.status, broken.json[0].errorCode], [400, 'JSON_PARSER_ERROR'])
  assert.deepEqual(await query(emulator, 'SELECT Id FROM ContentDocument'), [])
})

test('a multipart version streams in and out byte for byte', async (t) => {
  const emulator = await startEmulator(t)
  const content = 'line\r\n--part\r\nnot the boundary\r\n'.replace('--part', '--par')
  const { status, json } = await send(emulator, 'POST', data(VERSIONS), {
    headers: { 'content-type': FORM_TYPE },
    body: fileForm({ PathOnClient: 'a.bin', Title: 'Binary' }, content),
  })
  assert.deepEqual([status, json.success], [201, true])
  const bytes = await send(emulator, 'GET', data(`${VERSIONS}/${json.id}/VersionData`))
  assert.equal(bytes.text, content)
  assert.equal(bytes.headers.get('content-type'), 'application/octetstream')
  assert.equal(bytes.headers.get('content-length'), String(content.length))
  assert.equal((await version(emulator, json.id)).ContentSize, content.length)
})

test('a multipart body without one of its parts, or broken, says so', async (t) => {
  const emulator = await startEmulator(t)
  const json = { name: 'entity_content', type: 'application/json', content: '{"PathOnClient":"a.txt"}' }
  const binary = { name: 'VersionData', type: 'application/octet-stream', fileName: 'a.txt', content: 'x' }
  const cases: [string, RegExp][] = [
    [multipartForm(binary), /^Multipart message must include a non-binary part$/],
    [multipartForm(json), /^Multipart message must include a binary part$/],
    [multipartForm({ ...json, content: '{' }, binary), /^The non-binary part is no JSON: /],
    [multipartForm({ ...json, content: '[]' }, binary), /^The non-binary part must be a JSON object$/],
    [multipartForm(json, binary).slice(0, -12), /^The multipart body could not be read: /],
  ]
  for (const [body, message] of cases) {
    const answer = await send(emulator, 'POST', data(VERSIONS), { headers: { 'content-type': FORM_TYPE }, body })
    assert.equal(answer.status, 400)
    assert.equal(answer.json[0].errorCode, 'INVALID_MULTIPART_REQUEST')
    assert.match(answer.json[0].message, message)
  }
})
