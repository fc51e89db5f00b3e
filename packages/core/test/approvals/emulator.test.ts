import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiError } from '@forcewire/core'
import { type EmulatedOrg, emulatedOrg } from '../support/emulated-org.ts'

describe('approvals, at the emulator', () => {
  let org: EmulatedOrg
  let userId: string
  before(async () => {
    org = await emulatedOrg()
    userId = (await org.salesforce.userInfo()).user_id
  })
  after(() => org[Symbol.asyncDispose]())

  it('go from submission to the last approval', async () => {
    const { approvals } = org.salesforce
    assert.ok((await approvals.list()).some(({ object }) => object === 'Account'))
    const { id: recordId } = await org.salesforce.sobject('Account').create({ Name: 'Acme' })
    const nextApproverIds = [userId]
    const submitted = await approvals.submit({ recordId, nextApproverIds, comments: 'please' })
    assert.deepEqual([submitted.entityId, submitted.instanceStatus], [recordId, 'Pending'])
    await assert.rejects(approvals.submit({ recordId, nextApproverIds }), (error) => {
      return error instanceof ApiError && error.has('ALREADY_IN_PROCESS')
    })
    const [first = ''] = submitted.newWorkitemIds
    const approved = await approvals.approve({ workItemId: first, nextApproverIds })
    const [second = ''] = approved.newWorkitemIds
    assert.equal((await approvals.approve({ workItemId: second })).instanceStatus, 'Approved')
  })

  it('may end in a rejection', async () => {
    const { approvals } = org.salesforce
    const { id: recordId } = await org.salesforce.sobject('Account').create({ Name: 'Bolt' })
    const { newWorkitemIds } = await approvals.submit({ recordId, nextApproverIds: [userId] })
    const rejected = await approvals.reject({ workItemId: newWorkitemIds[0] ?? '', comments: 'no' })
    assert.equal(rejected.instanceStatus, 'Rejected')
  })
})
