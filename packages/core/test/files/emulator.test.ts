import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PartialFailureError, type UploadedFile } from '@forcewire/core'
import { type EmulatedOrg, emulatedOrg } from '../support/emulated-org.ts'

describe('files, at the emulator', () => {
  let org: EmulatedOrg
  let accountId: string
  before(async () => {
    org = await emulatedOrg()
    accountId = (await org.salesforce.sobject('Account').create({ Name: 'Acme' })).id
  })
  after(() => org[Symbol.asyncDispose]())

  async function textOf(contentDocumentId = ''): Promise<string> {
    const { body, length } = await org.salesforce.files.download({ contentDocumentId })
    const bytes = Buffer.concat(await Array.fromAsync(body))
    assert.equal(length, bytes.length)
    return bytes.toString()
  }

  it('go up, down, and get new versions', async () => {
    const { files } = org.salesforce
    const { id, contentDocumentId = '' } = await files.upload({
      pathOnClient: 'größe.txt',
      data: 'hällo',
      title: 'Größe',
    })
    assert.equal(await textOf(contentDocumentId), 'hällo')
    async function* data(): AsyncGenerator<Uint8Array | string> {
      yield new TextEncoder().encode('second ')
      yield 'version'
    }
    await files.upload({ pathOnClient: 'b.txt', data: data(), contentDocumentId, reasonForChange: 'better' })
    assert.equal(await textOf(contentDocumentId), 'second version')
    const versions = await files.versions(contentDocumentId).all()
    const told = versions.map((each) => [each.IsLatest, each.PathOnClient, each.ContentSize, each.ReasonForChange])
    assert.deepEqual(
      told.toSorted((a, b) => Number(b[0]) - Number(a[0])),
      [
        [true, 'b.txt', 14, 'better'],
        [false, 'größe.txt', 6, null],
      ],
    )
    const first = await files.download(id)
    assert.equal(Buffer.concat(await Array.fromAsync(first.body)).toString(), 'hällo')
  })

  it('are linked to records', async () => {
    const { files } = org.salesforce
    const other = await org.salesforce.sobject('Account').create({ Name: 'Bolt' })
    const { contentDocumentId = '', links } = await files.upload({
      pathOnClient: 'a.txt',
      data: 'x',
      linkTo: [accountId, other.id],
    })
    assert.deepEqual(
      links.map(({ success }) => success),
      [true, true],
    )
    const linked = await files.links({ contentDocumentId }).all()
    assert.ok([accountId, other.id].every((id) => linked.some((link) => link.LinkedEntityId === id)))
    const third = await org.salesforce.sobject('Account').create({ Name: 'Cord' })
    const { id } = await files.link(contentDocumentId, third.id, { shareType: 'V', visibility: 'AllUsers' })
    const [link] = await files.links({ recordId: third.id }).all()
    assert.deepEqual([link?.Id, link?.ContentDocumentId, link?.ShareType], [id, contentDocumentId, 'V'])
  })

  it('stay known when a link to them is refused', async () => {
    const gone = await org.salesforce.sobject('Account').create({ Name: 'Gone' })
    await org.salesforce.sobject('Account').delete(gone.id)
    const upload = { pathOnClient: 'a.txt', data: 'kept', linkTo: gone.id, shareType: 'V' } as const
    const error: unknown = await org.salesforce.files.upload(upload).catch((reason: unknown) => reason)
    assert.ok(error instanceof PartialFailureError)
    const [file] = error.results as readonly UploadedFile[]
    assert.deepEqual(
      file?.links.map(({ success }) => success),
      [false],
    )
    assert.equal(await textOf(file?.contentDocumentId), 'kept')
  })

  it('fill other fields as well', async () => {
    const fields = { Name: 'note.txt', ParentId: accountId }
    const { id } = await org.salesforce.files.insertBlob({ object: 'Attachment', field: 'Body', data: 'note', fields })
    assert.equal((await org.salesforce.sobject('Attachment').get(id, { fields: ['BodyLength'] })).BodyLength, 4)
  })

  it('of 20 MB arrive whole', async () => {
    async function* data(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 320; index += 1) yield new Uint8Array(1 << 16).fill(index % 256)
    }
    const { id } = await org.salesforce.files.upload({ pathOnClient: 'big', data, size: 20 << 20 })
    let position = 0
    for await (const chunk of (await org.salesforce.files.download(id)).body) {
      for (const byte of [0, chunk.length - 1]) assert.equal(chunk[byte], ((position + byte) >> 16) % 256)
      position += chunk.length
    }
    assert.equal(position, 20 << 20)
  })
})
