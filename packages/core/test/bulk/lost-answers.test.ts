import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Answer, errors, networkFailure, type ScriptedOrg, scriptedOrg } from '../support/scripted-org.ts'

const id = '750000000000001AAA'
const lost = networkFailure('ECONNRESET')
const missing: Answer = { status: 404, json: errors('NOT_FOUND') }
const refused: Answer = { status: 400, json: errors('INVALIDJOBSTATE') }
const job = (state: string): Answer => ({ json: { id, state } })

const org = (...answers: Answer[]): ScriptedOrg => scriptedOrg(answers)

describe('a step of a job whose answer is lost', () => {
  it('is done when the job that was to be deleted is not there any more', async () => {
    const { salesforce, requests } = org(lost, missing)
    await salesforce.bulk.ingestJobs.delete(id)
    assert.equal(requests.length, 2)
  })

  it('is no excuse for a job that never was', async () => {
    await assert.rejects(org(missing).salesforce.bulk.queryJobs.delete(id), { code: 'ERR_SF_NOT_FOUND' })
  })

  it('is no excuse for a delete that Salesforce refuses for another reason', async () => {
    await assert.rejects(org(lost, refused).salesforce.bulk.queryJobs.delete(id), { code: 'ERR_SF_API', status: 400 })
  })

  it('is done when the job is aborted by now', async () => {
    const { salesforce, requests } = org(lost, refused, job('Aborted'))
    assert.equal((await salesforce.bulk.ingestJobs.abort(id)).state, 'Aborted')
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['PATCH', 'PATCH', 'GET'],
    )
  })

  it('is refused when the job came to another end before it was aborted', async () => {
    for (const state of ['JobComplete', 'Failed', 'Open']) {
      const { salesforce } = org(lost, refused, job(state))
      await assert.rejects(salesforce.bulk.queryJobs.abort(id), { code: 'ERR_SF_API', status: 400 })
    }
  })

  it('is not asked for where the refusal is the first answer', async () => {
    const { salesforce, requests } = org(refused)
    await assert.rejects(salesforce.bulk.queryJobs.abort(id), { status: 400 })
    assert.equal(requests.length, 1)
  })
})
