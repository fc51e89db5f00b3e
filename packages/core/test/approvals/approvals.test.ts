import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const address = `${instanceUrl}/services/data/v67.0/process/approvals`
const recordId = '001000000000001AAA'
const userId = '005000000000001AAA'
const workItemId = '04i000000000001AAA'
const pending = {
  actorIds: [userId],
  entityId: recordId,
  errors: null,
  instanceId: '04g000000000001AAA',
  instanceStatus: 'Pending',
  newWorkitemIds: [workItemId],
  success: true,
}

describe('an approval', () => {
  it('is submitted with all that the process may ask for', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [pending] }])
    const result = await salesforce.approvals.submit({
      recordId,
      comments: 'please',
      nextApproverIds: [userId],
      processDefinitionNameOrId: 'PTO_Request',
      skipEntryCriteria: true,
      submitterId: userId,
    })
    assert.deepEqual([result.instanceStatus, result.newWorkitemIds], ['Pending', [workItemId]])
    const [{ method, url, body } = assert.fail()] = requests
    assert.equal(`${method} ${url}`, `POST ${address}`)
    assert.deepEqual(JSON.parse(String(body)), {
      requests: [
        {
          actionType: 'Submit',
          contextId: recordId,
          comments: 'please',
          nextApproverIds: [userId],
          processDefinitionNameOrId: 'PTO_Request',
          skipEntryCriteria: true,
          contextActorId: userId,
        },
      ],
    })
  })

  it('is approved and rejected by its work item', async () => {
    const done = { ...pending, actorIds: null, newWorkitemIds: [], instanceStatus: 'Approved' }
    const { salesforce, requests } = scriptedOrg([{ json: [done] }])
    assert.deepEqual((await salesforce.approvals.approve({ workItemId })).actorIds, [])
    await salesforce.approvals.reject({ workItemId, comments: 'no' })
    assert.deepEqual(
      requests.map(({ body }) => JSON.parse(String(body)).requests),
      [
        [{ actionType: 'Approve', contextId: workItemId }],
        [{ actionType: 'Reject', contextId: workItemId, comments: 'no' }],
      ],
    )
  })

  it('that is refused is an error with the code of Salesforce, in whichever shape it comes', async () => {
    const row = { ...pending, success: false, errors: [{ statusCode: 'NO_APPLICABLE_PROCESS', message: 'none' }] }
    for (const answer of [
      { status: 200, json: [row] },
      { status: 400, json: [row] },
      { status: 400, json: errors('NO_APPLICABLE_PROCESS', 'none') },
    ]) {
      await assert.rejects(scriptedOrg([answer]).salesforce.approvals.submit({ recordId }), {
        code: 'ERR_SF_API',
        errorCode: 'NO_APPLICABLE_PROCESS',
        message: 'NO_APPLICABLE_PROCESS: none',
      })
    }
  })

  it('is not sent twice when the answer is lost', async () => {
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET')])
    await assert.rejects(salesforce.approvals.approve({ workItemId }), { code: 'ERR_SF_TRANSPORT' })
    assert.equal(requests.length, 1)
  })

  it('follows one of the processes of the org, listed over all objects', async () => {
    const process = { description: null, id: '04a000000000001', name: 'P', object: 'Account', sortOrder: 1 }
    const { salesforce } = scriptedOrg([
      { json: { approvals: { Account: [process], Lead: [{ ...process, object: 'Lead' }] } } },
    ])
    assert.deepEqual(
      (await salesforce.approvals.list()).map(({ object }) => object),
      ['Account', 'Lead'],
    )
  })

  it('is refused before any request when it is not one', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [pending] }])
    const { approvals } = salesforce
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => approvals.submit(undefined as never), /recordId must be an Id of 15 or 18 letters and digits/],
      [() => approvals.submit(null as never), /submit must be an object of options, but is null/],
      [() => approvals.submit({ recordId: 'x' }), /recordId must be an Id/],
      [() => approvals.submit({ recordId, comment: 'x' } as never), /submit has no option 'comment'/],
      [() => approvals.submit({ recordId, nextApproverIds: userId } as never), /nextApproverIds must be a list of Ids/],
      [() => approvals.submit({ recordId, nextApproverIds: ['x'] }), /nextApproverIds\[0\] must be an Id/],
      [() => approvals.submit({ recordId, skipEntryCriteria: true }), /needs processDefinitionNameOrId/],
      [
        () => approvals.submit({ recordId, skipEntryCriteria: 'true', processDefinitionNameOrId: 'x' } as never),
        /skipEntryCriteria must be true or false, but is a text/,
      ],
      [() => approvals.approve({} as never), /workItemId must be an Id/],
      [() => approvals.reject({ workItemId, comments: '' }), /comments must be a text that is not empty/],
    ]
    for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
    assert.equal(requests.length, 0)
  })
})
