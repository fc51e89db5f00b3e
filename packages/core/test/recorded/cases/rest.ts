import assert from 'node:assert/strict'
import type { Salesforce } from '@forcewire/core'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

type Fields = Readonly<Record<string, string>>

/** A call with the fields that were recorded, and what comes of it. */
function gives(
  holds: string,
  call: (salesforce: Salesforce, fields: Fields) => Promise<unknown>,
  expected?: unknown,
): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      assert.deepEqual(
        await call(org.salesforce, (org.sentJson ?? {}) as Fields),
        expected === undefined ? org.json : expected,
      )
      org.assertAsRecorded()
    },
  }
}

/** A record that comes back field by field as it was sent. */
function record(object: string, key: string): CaseTest {
  return gives('the record comes back as sent', (salesforce) => salesforce.sobject(object).get(key))
}

function asked(path: string): CaseTest {
  return gives('the answer comes back as sent by a raw request', async (salesforce) => {
    const { body } = await salesforce.request({ path })
    return body
  })
}

const saved = { success: true, errors: [] } as const

export const restCases: CaseTests = {
  'cci-limits-021': gives('counts come by object', (salesforce) => salesforce.recordCounts(['Account']), {
    Account: 3,
  }),
  'nango-limits-v60': gives('limits come by name', (salesforce) => salesforce.limits()),
  'swiftly-limits': gives('limits come by name', (salesforce) => salesforce.limits()),
  'doc-upsert-post-id': gives(
    'a raw request can upsert by Id without one',
    async (salesforce, fields) =>
      (await salesforce.request({ method: 'POST', path: 'sobjects/Account/Id', body: { json: fields } })).body,
  ),
  'nango-create-201': gives(
    'a created record has its Id',
    (salesforce, fields) => salesforce.sobject('Account').create(fields),
    { id: '001dM00003kRs59QAC', ...saved, created: true },
  ),
  'nango-delete-204': gives(
    'an empty answer without a content type is a success',
    async (salesforce) => (await salesforce.sobject('Account').delete('001dM00003kS5tZQAS')) ?? 'nothing',
    'nothing',
  ),
  'nango-get-record-account': {
    holds: 'date-times stay as sent, and a malformed ETag disturbs nobody',
    async play(id) {
      await using org = await replay(id)
      const account = await org.salesforce.sobject('Account').get('001dM00003jU9GxQAK')
      assert.deepEqual(account, org.json)
      assert.equal(account.SystemModstamp, '2026-05-01T07:25:37.000+0000')
      assert.deepEqual(org.salesforce.usage, { used: 123, limit: 15_000, remaining: 14_877 })
      org.assertAsRecorded()
    },
  },
  'nango-quickaction-defaults': asked('quickActions/NewTask/defaultValues'),
  'nango-quickactions-list': asked('quickActions'),
  'nango-sosl-empty': gives(
    'a search that finds nothing is an empty list',
    (salesforce) => salesforce.search('FIND {Acme}'),
    [],
  ),
  'nango-upsert-created-201': gives(
    'an upsert says that it created, and the key is percent-encoded',
    (salesforce, fields) => salesforce.sobject('Contact').upsert({ Email: 'test_upsert_004@example.com' }, fields),
    { id: '003dM00001wBXYDQA4', ...saved, created: true },
  ),
  'ncf-account': record('Account', '001000000000001'),
  'ncf-contact': record('Contact', '003000000000001'),
  'ncf-user': record('User', '005000000000001'),
  'restforce-create-ok': gives(
    'a created record has its Id',
    (salesforce, fields) => salesforce.sobject('Whizbang').create(fields),
    { id: 'some_id', ...saved, created: true },
  ),
  'restforce-listview-results': asked('sobjects/Case/listviews/00B/results'),
  'restforce-search': gives('the bare list of old versions is read', (salesforce) => salesforce.search('FIND {bar}')),
  'restforce-upsert-created': gives(
    'an insert before API 46.0 says nothing of created and is one',
    (salesforce, fields) => salesforce.sobject('Whizbang').upsert({ External__c: 1234 }, fields),
    { id: 'foo', ...saved, created: true },
  ),
  'sss-search': gives('the bare list of old versions is read', (salesforce) => salesforce.search('FIND {bar}')),
  'vcr-create-lead-201': gives(
    'a created record has its Id',
    (salesforce, fields) => salesforce.sobject('Lead').create(fields),
    { id: '00Q4C00000B5BugUAF', ...saved, created: true },
  ),
  'vcr-patch-204': {
    holds: 'an update answers nothing, and its usage is known',
    async play(id) {
      await using org = await replay(id)
      assert.equal(
        await org.salesforce.sobject('CustomObject__c').update('a001a000002zhZFAAY', org.sentJson as Fields),
        undefined,
      )
      assert.equal(org.salesforce.usage?.used, 123)
      org.assertAsRecorded()
    },
  },
  'vcr-service-root': asked('/services/data/v67.0'),
  'vcr-upsert-201-no-created': gives(
    'an insert before API 46.0 says nothing of created and is one',
    (salesforce, fields) =>
      salesforce.sobject('CustomObject__c').upsert({ SynchronizationId__c: 'CustomObject::1' }, fields),
    { id: 'a001a000002zl6hAAA', ...saved, created: true },
  ),
  'vcr-upsert-204': gives(
    'an update before API 46.0 has no body and is no insert',
    (salesforce, fields) =>
      salesforce.sobject('CustomObject__c').upsert({ SynchronizationId__c: 'CustomObject::1' }, fields),
    { ...saved, created: false },
  ),
}
