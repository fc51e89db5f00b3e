import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProtocolError, type Salesforce } from '@forcewire/core'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const id = '001000000000001AAA'
const soql = 'SELECT Id, (SELECT Id FROM Contacts) FROM Account'
const all = (salesforce: Salesforce): Promise<unknown> => salesforce.query(soql).all()
const report = { attributes: {}, reportMetadata: { reportFormat: 'TABULAR' }, hasDetailRows: true, factMap: {} }

const cases: Readonly<Record<string, readonly [answers: readonly Answer[], run: (org: Salesforce) => unknown]>> = {
  'a page of a query that is not the last and leads nowhere': [[{ json: { done: false, records: [] } }], all],
  'a page of a query with a row that is none': [[{ json: { done: true, records: [{ Id: '1' }, null] } }], all],
  'a list of child records with a row that is none': [
    [{ json: { done: true, records: [{ Contacts: { done: true, records: [null] } }] } }],
    all,
  ],
  'a list of child records that is not whole and leads nowhere': [
    [{ json: { done: true, records: [{ Contacts: { done: false, records: [] } }] } }],
    all,
  ],
  'a later page that holds something else': [
    [{ json: { done: false, records: [], nextRecordsUrl: '/services/data/v67.0/query/01g-2' } }, { json: {} }],
    all,
  ],
  'a long query whose part has no status': [
    [{ json: { compositeResponse: [{ body: { records: [] } }] } }],
    (salesforce) => salesforce.query(`${soql} WHERE Name = '${'x'.repeat(8_000)}'`).all(),
  ],
  'an upsert that created a record and says nothing of it': [
    [{ status: 201 }],
    (salesforce) => salesforce.sobject('Account').upsert({ Code__c: 1 }, {}),
  ],
  'a collection with a result that is none': [
    [{ json: [{ id, success: true, errors: [] }, {}] }],
    (salesforce) => salesforce.collections('Account').create([{}, {}]),
  ],
  'a collection whose success names no record': [
    [{ json: [{ success: true, errors: [] }] }],
    (salesforce) => salesforce.collections('Account').create([{}]),
  ],
  'a tree with a record that has no Id': [
    [{ status: 201, json: { hasErrors: false, results: [{ referenceId: 'ref0' }] } }],
    (salesforce) => salesforce.tree('Account').create([{ Name: 'A' }]),
  ],
  'limits that are none': [[{ json: { DailyApiRequests: 5 } }], (salesforce) => salesforce.limits()],
  'approval processes that are none': [
    [{ json: { approvals: { Account: [null] } } }],
    (salesforce) => salesforce.approvals.list(),
  ],
  'a report without groupings, when its rows are read': [
    [{ json: report }],
    async (salesforce) => (await salesforce.reports.run('00O000000000001AAA')).rows(),
  ],
  'a saved file that is not found again': [
    [{ status: 201, json: { id, success: true, errors: [] } }, { json: { attributes: {} } }],
    (salesforce) =>
      salesforce.files.upload({ pathOnClient: 'a.txt', data: 'x' }).catch((error: Error) => {
        assert.match(error.message, new RegExp(`saved as ContentVersion ${id}`))
        throw error.cause
      }),
  ],
}

describe('an answer with a part missing is a ProtocolError, never a TypeError and never silently empty:', () => {
  for (const [name, [answers, run]] of Object.entries(cases)) {
    it(name, async () => {
      const { salesforce } = scriptedOrg(answers, { retry: false })
      await assert.rejects(async () => run(salesforce), ProtocolError)
    })
  }
})

describe('a download that is answered by a page', () => {
  const page = '<!doctype html><title>Sign in</title>'
  const html = { text: page, headers: { 'content-type': 'text/html; charset=utf-8' } }
  const measured = { ...html, headers: { ...html.headers, 'content-length': String(page.length) } }
  const version = (ContentSize: number, FileExtension: string): Answer => ({ json: { ContentSize, FileExtension } })

  it('is a ProtocolError when the file is not a page, or not this one', async () => {
    for (const answers of [
      [html, version(5, 'pdf')],
      [measured, version(5, 'html')],
      [html, html],
    ]) {
      const { salesforce, requests } = scriptedOrg(answers, { retry: false })
      await assert.rejects(salesforce.files.download(id), ProtocolError)
      assert.match(requests[1]?.url ?? '', /ContentVersion\/\w+\?fields=ContentSize%2CFileExtension$/)
    }
  })

  it('is the file when the version says so', async () => {
    for (const answers of [
      [html, version(5, 'html')],
      [measured, version(page.length, 'txt')],
    ]) {
      const { salesforce } = scriptedOrg(answers, { retry: false })
      const { body } = await salesforce.files.download(id)
      assert.equal(Buffer.concat(await Array.fromAsync(body)).toString(), page)
    }
  })
})
