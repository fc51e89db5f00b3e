import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProtocolError } from '@forcewire/core'
import { scriptedOrg } from '../support/scripted-org.ts'

const id = '001000000000001AAA'

describe('an answer "not modified"', () => {
  it('that nobody asked for is a ProtocolError which says so', async () => {
    const { salesforce } = scriptedOrg([{ status: 304 }], { retry: false })
    await assert.rejects(salesforce.sobject('Account').get(id), (error) => {
      assert.ok(error instanceof ProtocolError)
      assert.match(error.message, /GET .*\/Account\/001\w+ was answered with "not modified" \(304\) unasked/)
      return true
    })
    await assert.rejects(salesforce.requestStream({ path: 'limits' }), ProtocolError)
  })

  it('to a change is a ProtocolError, whatever its conditions: the change was not carried out', async () => {
    const { salesforce } = scriptedOrg([{ status: 304 }], { retry: false })
    const account = salesforce.sobject('Account')
    await assert.rejects(account.update(id, { Name: 'A' }, { ifNoneMatch: '"a"' }), ProtocolError)
    await assert.rejects(account.delete(id, { headers: { 'If-Modified-Since': 'now' } }), ProtocolError)
  })
})
