import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const shown = (value: unknown): string => inspect(value, { showHidden: true, depth: 9 })
const said = 'Bearer TOKEN is not welcome'
const detail = { statusCode: 'A', errorCode: 'A', message: said, fields: [said] }

describe('a token that a success repeats is not shown by', () => {
  const answered = (json: unknown, options: object = {}) => scriptedOrg([{ json }], options).salesforce

  it('the error of a subrequest', async () => {
    const httpHeaders = { 'x-echo': said }
    const composite = answered({
      compositeResponse: [{ body: [detail], httpStatusCode: 400, referenceId: 'a', httpHeaders }],
    }).composite()
    const handle = composite.request({ url: 'limits', referenceId: 'a' })
    await composite.send()
    assert.match(shown(handle.result), /Bearer \.\.\. is not welcome/)
    assert.doesNotMatch(shown(handle.result), /TOKEN/)
    const batch = answered({ hasErrors: true, results: [{ statusCode: 400, result: { note: said } }] }).batch()
    const part = batch.request({ url: 'limits' })
    await batch.send()
    assert.doesNotMatch(shown(part.result), /TOKEN/)
  })

  it('the result of a row', async () => {
    const results = await answered([{ success: false, errors: [detail] }])
      .collections('Account')
      .create([{ Name: 'a' }])
    assert.equal(results[0]?.errors[0]?.message, 'Bearer ... is not welcome')
  })

  it('a job that failed', async () => {
    const job = { id: '750000000000001AAA', state: 'Failed', errorMessage: said, object: 'Account', operation: 'query' }
    const query = answered(job).bulk.query('SELECT Id FROM Account')
    await assert.rejects(query.all(), (error) => {
      assert.match(String(error), /Bearer \.\.\. is not welcome/)
      return !shown(error).includes('TOKEN')
    })
  })

  it('anything but errors: what a record holds is what it holds', async () => {
    const records = [{ Id: '001000000000001AAA', Note__c: said, Errors: [said], Rows__r: { statusCode: 200, a: said } }]
    const page: Answer = { json: { totalSize: 1, done: true, records } }
    assert.deepEqual(await scriptedOrg([page]).salesforce.query('SELECT Id FROM Account').all(), records)
  })
})
