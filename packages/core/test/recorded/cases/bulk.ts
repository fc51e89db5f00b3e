import assert from 'node:assert/strict'
import type { Salesforce } from '@forcewire/core'
import { loopbackOrg } from '../../support/loopback-org.ts'
import { recordedCase } from '../../support/recorded-case.ts'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

/** Core has no Bulk API 1.0: a raw request sends and hands out its XML and CSV as text, its JSON parsed. */
function bulk1(holds: string, part: RegExp): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      const { method = 'GET', path = '/services/async/36.0/job/750' } = org.recorded.request
      const { status, body } = await org.salesforce.request<unknown>({
        method: method as 'GET',
        path: path.replace('vxx.0', '67.0'),
        headers: { 'x-sfdc-session': 'TOKEN' },
        ...(method === 'POST' ? { body: String(org.recorded.request.body) } : {}),
      })
      assert.equal(status, org.recorded.response.status)
      if (typeof body === 'string') assert.equal(body, org.recorded.response.body)
      else assert.deepEqual(body, org.json)
      assert.match(org.recorded.response.body, part)
      assert.equal(org.sent[0]?.headers['x-sfdc-session'], 'TOKEN')
      org.assertAsRecorded()
    },
  }
}

function job(holds: string, call: (salesforce: Salesforce) => Promise<unknown>): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      assert.deepEqual(await call(org.salesforce), org.json)
      org.assertAsRecorded()
    },
  }
}

const ingestId = '7505fEXAMPLE4C2AAM'

export const bulkCases: CaseTests = {
  'cci-bulk1-070': bulk1('a created job', /<state>Open</),
  'cci-bulk1-071': bulk1('a closed job', /<state>Closed</),
  'cci-bulk1-072': bulk1('a job that is done', /<state>Closed</),
  'cci-bulk1-073': bulk1('the CSV of one result', /^"Id","Success","Created","Error"\n/),
  'cci-bulk1-074': bulk1('a created upsert job', /<externalIdFieldName>Email</),
  'cci-bulk1-075': bulk1('a closed upsert job', /<state>Closed</),
  'cci-bulk1-076': bulk1('an upsert job that is done', /<state>Closed</),
  'cci-bulk1-077': bulk1('a list of batches', /<batchInfoList/),
  'cci-bulk1-078': bulk1('a created job', /<object>Opportunity</),
  'cci-bulk1-079': bulk1('a closed job', /<state>Closed</),
  'cci-bulk1-080': bulk1('a job that is done', /<state>Closed</),
  'cci-bulk1-081': bulk1('the CSV of four results', /"false",""\n"003P000001avB4lIAE","true","true",""/),
  'doc-bulk1-aborted': bulk1('an aborted job in JSON', /"state": "Aborted"/),
  'doc-bulk2-jobcomplete': job('counters come with the job', (salesforce) => salesforce.bulk.ingestJobs.get(ingestId)),
  'doc-bulk2-open': {
    holds: 'data go to the job of the client, since contentUrl has no leading slash and no v',
    async play(id) {
      await using org = await replay(id, { next: ['nango-delete-204', 'doc-bulk2-uploadcomplete'] })
      const load = org.salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'A' }])
      const [started] = await load.upload()
      assert.equal(started?.id, ingestId)
      org.assertAsRecorded()
      assert.deepEqual(
        org.sent.map(({ method, path }) => `${method} ${path}`),
        [
          'POST /services/data/v66.0/jobs/ingest',
          `PUT /services/data/v66.0/jobs/ingest/${ingestId}/batches`,
          `PATCH /services/data/v66.0/jobs/ingest/${ingestId}`,
        ],
      )
    },
  },
  'doc-bulk2-uploadcomplete': {
    holds: 'the answer to a change of state lacks the counters and is a job all the same',
    async play(id) {
      await using org = await replay('doc-bulk2-open', { next: ['nango-delete-204', id] })
      const load = org.salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'A' }])
      const [job] = await load.upload()
      assert.partialDeepStrictEqual(job, { id: ingestId, state: 'UploadComplete' })
      assert.equal(job?.numberRecordsProcessed, undefined)
      org.assertAsRecorded(2)
    },
  },
  'airbyte-bulk2-queryall-created': {
    holds: 'a query job begins as UploadComplete',
    async play(id) {
      await using org = await replay(id)
      const job = await org.salesforce.bulk.query('SELECT Id FROM Account', { includeDeleted: true }).job()
      assert.deepEqual(job, org.json)
      assert.deepEqual(JSON.parse(org.sent[0]?.body ?? ''), {
        operation: 'queryAll',
        query: 'SELECT Id FROM Account',
        contentType: 'CSV',
      })
      org.assertAsRecorded()
    },
  },
  'doc-bulk2-delete': {
    holds: 'an empty answer is a deleted job',
    async play(id) {
      await using org = await replay(id)
      assert.equal(await org.salesforce.bulk.queryJobs.delete('750R0000000zxnaIAA'), undefined)
      org.assertAsRecorded()
    },
  },
  'doc-bulk2-query-aborted': job('an aborted query job', (salesforce) =>
    salesforce.bulk.queryJobs.abort('750R000000146UvIAI'),
  ),
  'doc-bulk2-resultpages': {
    holds: 'its two pages and its next link, whatever case they are written in, are followed by bulk.query',
    async play(id) {
      const { request, response } = recordedCase(id)
      const jobId = '750R0000000zxr8IAA'
      const info = { id: jobId, object: 'Account', operation: 'query', state: 'JobComplete', apiVersion: 58 }
      await using org = await loopbackOrg(({ method, url }) => {
        if (method === 'POST') return { json: { ...info, state: 'UploadComplete' } }
        if (url.endsWith(jobId)) return { json: info }
        if (url.endsWith('/resultPages')) return { text: response.body }
        const locator = new URL(url).searchParams.get('locator')
        if (url.includes('/resultpages?')) return { json: { resultPages: [], done: locator === 'YcApWm4N' } }
        return { text: `Id\n${locator}\n`, headers: { 'sforce-numberofrecords': '1' } }
      })
      const chunks = await Array.fromAsync(org.salesforce.bulk.query('SELECT Id FROM Account').csv())
      assert.equal(Buffer.concat(chunks).toString(), 'Id\naBcDeFg4N\nHiJkLmN4N\n')
      assert.ok(org.requests.some(({ method, url }) => method === request.method && url.endsWith(String(request.path))))
    },
  },
}
