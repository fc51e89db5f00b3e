import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigurationError, soql } from '@forcewire/core'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'
import { answerTo, compositeRequest, rejection } from './scripted-composite.ts'

/** Answers one composite call with these subresponses. */
function answers(...compositeResponse: readonly object[]): readonly Answer[] {
  return [{ json: { compositeResponse } }]
}

describe('composite: references', () => {
  it('arrive in bodies, keys and queries as Salesforce reads them, whatever the field is called', async () => {
    const { salesforce, requests } = scriptedOrg([])
    const composite = salesforce.composite()
    const account = composite.sobject('Account').create({ Name: 'Acme' })
    const query = composite.query(
      soql`SELECT Id, Title FROM Contact WHERE AccountId = ${account.ref('id')} AND Name = ${'a b'}`,
    )
    composite.sobject('Contact').create({
      AccountId: account.ref('id'),
      Title: query.ref('records', 0, 'title'),
      Count__c: query.ref('count'),
      Json__c: query.ref('toJSON'),
      Owner: { External_Id__c: query.ref('records', 12, 'Owner', 'Name') },
    })
    composite.sobject('Account').get(account.ref('id'))
    composite.sobject('Account').update(account.ref('id'), { Name: 'New' })
    composite.sobject('Account').delete({ External_Id__c: query.ref('records', 0, 'Key__c') })
    composite.sobject('Account').get(account.ref('id'), { fields: ['Name'] })
    composite.request({ url: `sobjects/Account/${account.ref('id')}/Contacts` })
    await composite.send().catch(() => {})
    const [, sentQuery, contact, ...others] = compositeRequest(requests[0])
    assert.match(
      String(sentQuery?.url),
      /%20AccountId%20%3D%20'@\{Account_create_0\.id\}'%20AND%20Name%20%3D%20'a%20b'$/,
    )
    assert.deepEqual(contact?.body, {
      AccountId: '@{Account_create_0.id}',
      Title: '@{Query_0.records[0].title}',
      Count__c: '@{Query_0.count}',
      Json__c: '@{Query_0.toJSON}',
      Owner: { External_Id__c: '@{Query_0.records[12].Owner.Name}' },
    })
    assert.deepEqual(
      others.map(({ url }) => url.replace('/services/data/v67.0/sobjects/Account', '')),
      [
        '/@{Account_create_0.id}',
        '/@{Account_create_0.id}',
        '/External_Id__c/@{Query_0.records[0].Key__c}',
        '/@{Account_create_0.id}?fields=Name',
        '/@{Account_create_0.id}/Contacts',
      ],
    )
  })

  it('do not arise from data: text that looks like one is encoded unless it names a subrequest', async () => {
    const { salesforce, requests } = scriptedOrg([])
    const composite = salesforce.composite()
    composite.sobject('Account').get({ External_Id__c: '@{nobody.id}' })
    composite.query("SELECT Id FROM Account WHERE Name = '@{nobody.id}'")
    await composite.send().catch(() => {})
    assert.ok(compositeRequest(requests[0]).every(({ url }) => !url.includes('@{')))
  })

  it('are not taken from data: a record with text that Salesforce would read as one is refused', () => {
    const composite = scriptedOrg([]).salesforce.composite()
    for (const Name of ['@{nobody.id}', 'a @{} b', '@{Account_create_0.id}']) {
      assert.throws(() => composite.sobject('Account').create({ Name }), {
        code: 'ERR_SF_CONFIG',
        message: /^Account\.Name holds '@\{\.\.\.\}', which Salesforce reads as a reference/,
      })
    }
    assert.throws(() => composite.request({ url: 'sobjects/Account/@{nobody.id}' }), ConfigurationError)
    const account = composite.sobject('Account').create({ Name: 'a @ {b}' })
    for (const text of [String(account.ref('id')), `Hello @{${account.referenceId}.name}!`]) {
      const message = /holds (?:'@\{\.\.\.\}'|the text of a reference).*; give /
      const accounts = composite.sobject('Account')
      for (const LastName of [text, { toJSON: () => text }]) {
        assert.throws(() => composite.sobject('Contact').create({ LastName }), { code: 'ERR_SF_CONFIG', message })
        assert.throws(() => composite.collections('Contact').create([{ LastName }]), { code: 'ERR_SF_CONFIG', message })
      }
      assert.throws(() => accounts.get({ External_Id__c: text }), { code: 'ERR_SF_CONFIG', message })
      assert.throws(() => accounts.upsert({ External_Id__c: text }, { Name: 'x' }), { code: 'ERR_SF_CONFIG', message })
      assert.throws(() => accounts.delete(text), { code: 'ERR_SF_CONFIG' })
    }
    composite.request({ method: 'POST', url: 'sobjects/Contact', body: { AccountId: String(account.ref('id')) } })
    const batch = scriptedOrg([]).salesforce.batch()
    batch.sobject('Account').create({ Name: '@{fine.here}' })
  })

  it('are refused when they belong to another call', () => {
    const { salesforce } = scriptedOrg([])
    const foreign = salesforce.composite().sobject('Account').create({ Name: 'Other' }).ref('id')
    const contacts = salesforce.composite().sobject('Contact')
    const message = /@\{Account_create_0\.id\} refers to a subrequest that is not before this one in the same composite/
    assert.throws(() => contacts.create({ AccountId: foreign }), message)
    assert.throws(() => contacts.create({ Account: { Parent: [foreign] } }), message)
    assert.throws(() => contacts.get(foreign), message)
    assert.throws(() => contacts.delete({ Key__c: foreign }), message)
  })

  it('take names of fields and positions only', () => {
    const account = scriptedOrg([]).salesforce.composite().sobject('Account').create({})
    for (const path of [[], ['a b'], ['a}'], [-1], [0.5], [null], ['']]) {
      assert.throws(() => account.ref(...(path as string[])), ConfigurationError)
    }
    assert.equal(String(account.ref(0, 'id')), '@{Account_create_0[0].id}')
  })
})

describe('composite: bad input', () => {
  const { salesforce, requests } = scriptedOrg([])
  const composite = salesforce.composite()
  const accounts = composite.sobject('Account')
  const cases: Readonly<Record<string, readonly [() => unknown, RegExp]>> = {
    'a misspelt option': [() => salesforce.composite({ alOrNone: true } as never), /no option 'alOrNone'/],
    'a flag of another kind': [() => salesforce.composite({ allOrNone: 'yes' as never }), /allOrNone.*but is a text/],
    'null as options': [() => salesforce.composite(null as never), /but is null/],
    'an id of other letters': [() => accounts.create({}, { referenceId: 'a-b' }), /referenceId must be letters/],
    'an id that begins with an underscore': [() => accounts.create({}, { referenceId: '_a' }), /referenceId must be/],
    'an id twice': [
      () => [1, 2].map(() => accounts.create({}, { referenceId: 'twice' })),
      /referenceId 'twice' is taken already/,
    ],
    'a header that belongs to the call': [
      () => accounts.create({}, { headers: { Authorization: 'x' } }),
      /takes the header Authorization from the call/,
    ],
    'a header that is no text': [
      () => accounts.create({}, { headers: { a: 1 as never } }),
      /headers\['a'\] must be a text/,
    ],
    'no record': [() => accounts.create(null as never), /A record of Account must be an object/],
    'a value that JSON loses': [() => accounts.create({ When__c: new Date(Number.NaN) }), /Account\.When__c/],
    'no key': [() => accounts.get(undefined as never), /Id of the record/],
    'an empty key': [() => accounts.delete(' '), /Id of the record/],
    'a key that contradicts its record': [() => accounts.upsert({ K__c: 1 }, { K__c: 2 }), /make them agree/],
    'no query': [() => composite.query(''), /The SOQL query must be a text/],
    'a wrong page size': [() => composite.query('SELECT Id FROM Account', { batchSize: 5 }), /batchSize.*but is 5/],
    'no request': [() => composite.request(undefined as never), /url must be a text/],
    'null as request': [() => composite.request(null as never), /must be an object of options, but is null/],
    'another method': [() => composite.request({ method: 'TRACE' as never, url: 'x' }), /method must be one of/],
    'an address': [() => composite.request({ url: 'https://evil.example/' }), /url must be a path/],
    'a body that JSON loses': [() => composite.request({ url: 'x', body: { a: () => {} } }), /^body\.a is a function/],
    'an object without a name': [() => composite.sobject('' as never), /name of the object/],
  }
  for (const [name, [run, message]] of Object.entries(cases)) {
    it(`refuses ${name} at once`, () => {
      assert.throws(run, (error) => error instanceof ConfigurationError && message.test(error.message))
      assert.equal(requests.length, 0)
    })
  }

  it('refuses more than 25 subrequests and more than five lists, before sending', async () => {
    const many = salesforce.composite()
    for (let count = 0; count < 26; count += 1) many.sobject('Account').create({})
    assert.match(String(await rejection(many.send())), /takes 25 subrequests, but there are 26/)
    const lists = salesforce.composite()
    for (let count = 0; count < 3; count += 1) lists.query('SELECT Id FROM Account')
    for (let count = 0; count < 2; count += 1) lists.request({ url: 'query/01g-2000' })
    lists.request({ method: 'POST', url: 'composite/sobjects', body: {} })
    assert.match(String(await rejection(lists.send())), /takes 5 queries and collections, but there are 6/)
    assert.equal(requests.length, 0)
  })

  it('refuses wrong call options without counting as sent', async () => {
    const org = scriptedOrg(answers(answerTo('Account_create_0')))
    const once = org.salesforce.composite()
    once.sobject('Account').create({})
    for (const options of [null, { timeout: 0 }, { headers: { a: 1 } }, { singal: undefined }]) {
      assert.ok((await rejection(once.send(options as never))) instanceof ConfigurationError)
    }
    await once.send()
    assert.equal(org.requests.length, 1)
  })

  it('refuses to be read before it was sent, and to be sent or filled twice', async () => {
    const once = scriptedOrg(answers(answerTo('Account_create_0'))).salesforce.composite()
    const account = once.sobject('Account').create({})
    assert.throws(() => account.value, /Account_create_0 has no result yet; await send\(\) first/)
    await once.send()
    assert.match(String(await rejection(once.send())), /was sent already/)
    assert.throws(() => once.sobject('Account').create({}), /was sent/)
  })

  it('asks for an update only where the key is an external ID', async () => {
    const org = scriptedOrg([])
    const newer = org.salesforce.composite()
    newer.sobject('Account').update({ K__c: 1 }, { K__c: 1, Name: 'A' })
    await newer.send().catch(() => {})
    const [update] = compositeRequest(org.requests[0])
    assert.equal(update?.url, '/services/data/v67.0/sobjects/Account/K__c/1?updateOnly=true')
    assert.deepEqual(update.body, { Name: 'A' })
  })

  it('refuses an update by external ID where the API version has none', () => {
    const old = scriptedOrg([], { apiVersion: '60.0' }).salesforce.composite()
    assert.throws(() => old.sobject('Account').update({ K__c: 1 }, {}), /needs API version 61\.0/)
  })
})
