import assert from 'node:assert/strict'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

/** Core speaks no SOAP but login: a raw request sends the envelope and hands out the answer as text. */
function envelope(holds: string, part: RegExp): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      const path = org.recorded.request.path ?? ''
      const headers = { 'content-type': 'text/xml; charset=UTF-8', accept: 'text/xml', soapaction: '""' }
      const { status, body } = await org.salesforce.request<string>({
        method: 'POST',
        path,
        headers,
        body: '<Envelope/>',
      })
      assert.equal(status, 200)
      assert.equal(body, org.recorded.response.body)
      assert.match(body, part)
      assert.equal(org.sent[0]?.headers['content-type'], 'text/xml; charset=UTF-8')
      assert.equal(org.sent[0]?.body, '<Envelope/>')
      org.assertAsRecorded()
    },
  }
}

export const soapCases: CaseTests = {
  'soap-delete-response-failure': envelope('an error inside a success is text to read', /MALFORMED_ID/),
  'soap-merge-response-failure': envelope('an error inside a success is text to read', /MALFORMED_ID/),
  'soap-metadata-describe': envelope('metadata comes as text', /<directoryName>labels</),
  'soap-query-all-response': envelope('rows come as text', /<done>true</),
  'soap-query-more-response': envelope('rows come as text', /<done>true</),
  'soap-query-response': envelope('rows come as text', /<done>true</),
  'soap-rforce-query-big': envelope('a quarter of a megabyte comes whole', /<\/soapenv:Envelope>\s*$/),
  'soap-upsert-response': envelope('results come as text', /<created>true</),
}
