import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

const ROAD = data('/process/approvals')

function process(emulator: Emulator, ...requests: object[]): Promise<Answer> {
  return send(emulator, 'POST', ROAD, { body: { requests } })
}

async function create(emulator: Emulator, object: string, body: object): Promise<string> {
  return (await send(emulator, 'POST', data(`/sobjects/${object}`), { body })).json.id
}

function opportunity(emulator: Emulator, Amount: number): Promise<string> {
  return create(emulator, 'Opportunity', { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-01', Amount })
}

async function userId(emulator: Emulator): Promise<string> {
  return (await send(emulator, 'GET', '/services/oauth2/userinfo')).json.user_id
}

async function query(emulator: Emulator, soql: string): Promise<Record<string, unknown>[]> {
  const { json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  return json.records.map(({ attributes, ...record }: { attributes: unknown }) => record)
}

test('the processes are listed by object with the Ids of their definitions', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', ROAD)
  const [{ Id }] = (await query(
    emulator,
    "SELECT Id FROM ProcessDefinition WHERE DeveloperName = 'Opportunity_Discount'",
  )) as [{ Id: string }]
  assert.partialDeepStrictEqual(json.approvals.Opportunity, [
    { id: Id, name: 'Opportunity Discount', object: 'Opportunity', sortOrder: 1 },
  ])
})

test('a submitted record waits for its approver, and is approved once', async (t) => {
  const emulator = await startEmulator(t)
  const contextId = await opportunity(emulator, 20_000)
  const submitted = await process(emulator, { actionType: 'Submit', contextId, comments: 'please' })
  assert.equal(submitted.status, 200)
  const [{ instanceId, newWorkitemIds, ...rest }] = submitted.json
  const actorIds = [await userId(emulator)]
  assert.deepEqual(rest, { actorIds, entityId: contextId, errors: null, instanceStatus: 'Pending', success: true })
  const approval = { actionType: 'Approve', contextId: newWorkitemIds[0], comments: 'fine' }
  const approved = await process(emulator, approval)
  assert.deepEqual(approved.json, [
    {
      actorIds: null,
      entityId: contextId,
      errors: null,
      instanceId,
      instanceStatus: 'Approved',
      newWorkitemIds: [],
      success: true,
    },
  ])
  const again = await process(emulator, approval)
  assert.equal(again.status, 400)
  assert.equal(again.json[0].errors[0].statusCode, 'INVALID_CROSS_REFERENCE_KEY')
  const steps = await query(emulator, 'SELECT StepStatus, Comments FROM ProcessInstanceStep ORDER BY Id')
  assert.deepEqual(steps, [
    { StepStatus: 'Started', Comments: 'please' },
    { StepStatus: 'Approved', Comments: 'fine' },
  ])
  const soql = 'SELECT Status, ProcessDefinition.DeveloperName FROM ProcessInstance WHERE CompletedDate != NULL'
  assert.equal((await query(emulator, soql))[0]?.Status, 'Approved')
})

test('a rejected record may be submitted again, a waiting one not', async (t) => {
  const emulator = await startEmulator(t)
  const contextId = await opportunity(emulator, 20_000)
  const submit = { actionType: 'Submit', contextId }
  const first = await process(emulator, submit)
  const twice = await process(emulator, submit)
  const error = { fields: [], message: 'Cannot submit object already in process.', statusCode: 'ALREADY_IN_PROCESS' }
  assert.deepEqual([twice.status, twice.json[0].errors, twice.json[0].success], [400, [error], false])
  const rejected = await process(emulator, { actionType: 'Reject', contextId: first.json[0].newWorkitemIds[0] })
  assert.equal(rejected.json[0].instanceStatus, 'Rejected')
  assert.equal((await process(emulator, submit)).status, 200)
})

test('entry criteria decide, unless a named process is told to skip them', async (t) => {
  const emulator = await startEmulator(t)
  const submit = { actionType: 'Submit', contextId: await opportunity(emulator, 5) }
  const refused = await process(emulator, submit)
  assert.equal(refused.json[0].errors[0].statusCode, 'NO_APPLICABLE_PROCESS')
  const named = { ...submit, processDefinitionNameOrId: 'Opportunity_Discount' }
  assert.equal((await process(emulator, named)).status, 400)
  assert.equal((await process(emulator, { ...named, skipEntryCriteria: 'true' })).status, 200)
})

test('a process of two steps with a chosen approver asks twice', async (t) => {
  const emulator = await startEmulator(t)
  const contextId = await create(emulator, 'Account', { Name: 'A' })
  const without = await process(emulator, { actionType: 'Submit', contextId })
  assert.equal(without.json[0].errors[0].message, 'missing required field: [nextApproverIds]')
  const nextApproverIds = [await userId(emulator)]
  const first = await process(emulator, { actionType: 'Submit', contextId, nextApproverIds })
  const second = await process(emulator, { actionType: 'Approve', contextId: first.json[0].newWorkitemIds[0] })
  assert.equal(second.json[0].instanceStatus, 'Pending')
  const third = await process(emulator, { actionType: 'Approve', contextId: second.json[0].newWorkitemIds[0] })
  assert.equal(third.json[0].instanceStatus, 'Approved')
})

test('only who is asked may answer', async (t) => {
  const emulator = await startEmulator(t)
  const user = { username: 'o@example.com', password: 'secret' }
  const nextApproverIds = [(await send(emulator, 'POST', '/_emulator/users', { body: user })).json.id]
  const contextId = await opportunity(emulator, 20_000)
  const { json } = await process(emulator, { actionType: 'Submit', contextId, nextApproverIds })
  assert.deepEqual(json[0].actorIds, nextApproverIds)
  const answer = await process(emulator, { actionType: 'Approve', contextId: json[0].newWorkitemIds[0] })
  assert.equal(answer.json[0].errors[0].statusCode, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY')
})

test('of several requests the good ones hold, and a body without requests is refused', async (t) => {
  const emulator = await startEmulator(t)
  const good = { actionType: 'Submit', contextId: await opportunity(emulator, 20_000) }
  const { status, json } = await process(emulator, good, { actionType: 'Recall' }, { actionType: 'Submit' })
  assert.equal(status, 200)
  assert.deepEqual(
    json.map(({ errors }: { errors: { statusCode: string }[] | null }) => errors?.[0]?.statusCode ?? null),
    [null, 'INVALID_OPERATION', 'REQUIRED_FIELD_MISSING'],
  )
  const bad = await send(emulator, 'POST', ROAD, { body: {} })
  assert.deepEqual([bad.status, bad.json[0].errorCode], [400, 'JSON_PARSER_ERROR'])
})
