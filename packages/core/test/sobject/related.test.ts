import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clientCredentials, NotFoundError, Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const account = `${instanceUrl}/services/data/v67.0/sobjects/Account`

describe('records behind a relationship', () => {
  it('are a list to many, page by page', async () => {
    const next = '/services/data/v67.0/query/01gX-1'
    const org = scriptedOrg([
      { json: { done: false, totalSize: 2, nextRecordsUrl: next, records: [{ Id: '1' }] } },
      { json: { done: true, totalSize: 2, records: [{ Id: '2' }] } },
    ])
    const contacts = org.salesforce
      .sobject('Account')
      .related<{ Id: string }>('001000000000000AAA', 'Contacts', { fields: ['Id', 'Name'] })
    assert.equal(org.requests.length, 0)
    assert.deepEqual(await contacts.all(), [{ Id: '1' }, { Id: '2' }])
    assert.deepEqual(
      org.requests.map(({ url }) => url),
      [`${account}/001000000000000AAA/Contacts?fields=Id%2CName`, instanceUrl + next],
    )
  })

  it('are one parent, also several relationships away', async () => {
    const org = scriptedOrg([{ json: { Name: 'Owner' } }])
    assert.deepEqual(await org.salesforce.sobject('Account').parent('001000000000000AAA', 'Owner'), { Name: 'Owner' })
    await org.salesforce.sobject('Account').parent('001000000000000AAA', 'Parent.Owner', { fields: ['Name'] })
    assert.deepEqual(
      org.requests.map(({ url }) => url),
      [`${account}/001000000000000AAA/Owner`, `${account}/001000000000000AAA/Parent/Owner?fields=Name`],
    )
  })

  it('are told from one another by what Salesforce answers', async () => {
    const one = scriptedOrg([{ json: { attributes: {}, Name: 'Owner' } }])
    await assert.rejects(
      one.salesforce.sobject('Account').related('001000000000000AAA', 'Owner').all(),
      /read it with parent\(\)/,
    )
    const many = scriptedOrg([{ json: { done: true, totalSize: 0, records: [] } }])
    await assert.rejects(
      many.salesforce.sobject('Account').parent('001000000000000AAA', 'Contacts'),
      /read them with related\(\)/,
    )
  })

  it('need an Id, a name and options that exist, before any request', async () => {
    const org = scriptedOrg([{ json: {} }])
    const accounts = org.salesforce.sobject('Account')
    for (const [id, name, options] of [
      ['', 'Contacts', undefined],
      [{ Code__c: 'a' }, 'Contacts', undefined],
      ['001000000000000AAA', '', undefined],
      ['001000000000000AAA', undefined, undefined],
      ['001000000000000AAA', '..', undefined],
      ['001000000000000AAA', 'Contacts', null],
      ['001000000000000AAA', 'Contacts', { field: ['Id'] }],
      ['001000000000000AAA', 'Contacts', { fields: 'Id' }],
    ] as const) {
      assert.throws(() => accounts.related(id as string, name as string, options as never), { code: 'ERR_SF_CONFIG' })
      await assert.rejects(accounts.parent(id as string, name as string, options as never), { code: 'ERR_SF_CONFIG' })
    }
    assert.equal(org.requests.length, 0)
  })
})

describe('a binary field', () => {
  it('is a stream with its type and length', async () => {
    const headers = { 'content-type': 'image/png', 'content-length': '3' }
    const org = scriptedOrg([{ headers, text: 'abc' }])
    const { body, contentType, length } = await org.salesforce.sobject('Attachment').blob('00P000000000000AAA', 'Body')
    assert.deepEqual([contentType, length], ['image/png', 3])
    assert.equal(Buffer.concat(await Array.fromAsync(body)).toString(), 'abc')
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v67.0/sobjects/Attachment/00P000000000000AAA/Body`)
    assert.equal(org.requests[0]?.headers.accept, '*/*')
  })

  it('has no length where Salesforce tells none, or that of something compressed', async () => {
    for (const headers of [{}, { 'content-encoding': 'gzip', 'content-length': '3' }]) {
      const content = await scriptedOrg([{ headers, text: 'abc' }])
        .salesforce.sobject('Document')
        .blob('015000000000000AAA', 'Body')
      assert.deepEqual(['length' in content, 'contentType' in content], [false, false])
      assert.equal(Buffer.concat(await Array.fromAsync(content.body)).toString(), 'abc')
    }
  })

  it('needs an Id and a field', async () => {
    const org = scriptedOrg([{ text: '' }])
    const blob = org.salesforce.sobject('Document')
    for (const [id, field] of [
      ['', 'Body'],
      ['015000000000000AAA', ''],
      [null, 'Body'],
      ['015000000000000AAA', 7],
      [{ A__c: '1' }, 'Body'],
    ] as const) {
      await assert.rejects(blob.blob(id as string, field as string), { code: 'ERR_SF_CONFIG' })
    }
    await assert.rejects(blob.blob('015000000000000AAA', 'Body', null as never), { code: 'ERR_SF_CONFIG' })
    assert.equal(org.requests.length, 0)
  })
})

describe('relationships, changes and conditions, at the emulator', () => {
  let emulator: Emulator
  let salesforce: Salesforce
  let accountId: string
  let contactId: string
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    salesforce = new Salesforce({ auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }) })
    accountId = (await salesforce.sobject('Account').create({ Name: 'Acme' })).id
    contactId = (await salesforce.sobject('Contact').create({ LastName: 'Doe', AccountId: accountId })).id
    await salesforce.sobject('Contact').create({ LastName: 'Roe', AccountId: accountId })
  })
  after(async () => {
    await salesforce.close()
    await emulator.close()
  })

  it('lead from a parent to its children and back', async () => {
    const children = salesforce.sobject('Account').related(accountId, 'Contacts', { fields: ['LastName'] })
    assert.deepEqual((await children.all()).map(({ LastName }) => LastName).sort(), ['Doe', 'Roe'])
    const { Name } = await salesforce.sobject('Contact').parent(contactId, 'Account', { fields: ['Name'] })
    assert.equal(Name, 'Acme')
    const { Id } = await salesforce.sobject('Contact').parent(contactId, 'Account.Owner')
    assert.equal(Id, (await salesforce.userInfo()).user_id)
    await assert.rejects(salesforce.sobject('Contact').parent(contactId, 'ReportsTo'), NotFoundError)
  })

  it('show what was created and deleted in a span of time, and what was used last', async () => {
    const contacts = salesforce.sobject('Contact')
    const gone = (await contacts.create({ LastName: 'Gone' })).id
    await contacts.delete(gone)
    const span = [new Date(Date.now() - 600_000), new Date(Date.now() + 120_000)] as const
    assert.ok((await contacts.updated(...span)).ids.includes(contactId))
    const { deletedRecords, latestDateCovered } = await contacts.deleted(...span)
    assert.deepEqual(
      deletedRecords.map(({ id }) => id),
      [gone],
    )
    assert.ok(Date.parse(latestDateCovered) > 0)
    await contacts.get(contactId)
    assert.ok((await contacts.recent()).some(({ Id }) => Id === contactId))
  })

  it('guard a record against changes that its reader has not seen', async () => {
    const accounts = salesforce.sobject('Account')
    const { LastModifiedDate } = await accounts.get(accountId, { fields: ['LastModifiedDate'] })
    const read = new Date(String(LastModifiedDate))
    assert.equal(await accounts.get(accountId, { ifModifiedSince: read }), undefined)
    await accounts.update(accountId, { Phone: '1' }, { ifUnmodifiedSince: new Date(read.getTime() + 60_000) })
    const tooEarly = { ifUnmodifiedSince: new Date(read.getTime() - 60_000) }
    await assert.rejects(accounts.update(accountId, { Phone: '2' }, tooEarly), { status: 412 })
    assert.equal((await accounts.get(accountId)).Phone, '1')
  })

  it('keep describes until they change', async () => {
    const first = await salesforce.sobject('Contact').describe()
    assert.equal(await salesforce.sobject('Contact').describe(), first)
    const all = await salesforce.describeGlobal()
    assert.equal(await salesforce.describeGlobal(), all)
  })
})
