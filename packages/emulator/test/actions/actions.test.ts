import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ActionError, type InvocableAction } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

const ACTIONS = data('/actions')

test('actions are found from kind to type to name', async (t) => {
  const emulator = await startEmulator(t)
  const kinds = await send(emulator, 'GET', ACTIONS)
  assert.deepEqual(kinds.json, { standard: `${ACTIONS}/standard`, custom: `${ACTIONS}/custom` })
  const types = await send(emulator, 'GET', `${ACTIONS}/custom`)
  assert.equal(types.json.flow, `${ACTIONS}/custom/flow`)
  const flows = await send(emulator, 'GET', types.json.flow)
  const url = `${ACTIONS}/custom/flow/Forcewire_Demo_Flow`
  assert.deepEqual(flows.json, {
    actions: [{ label: 'Forcewire Demo Flow', name: 'Forcewire_Demo_Flow', type: 'FLOW', url }],
  })
  const standard = await send(emulator, 'GET', `${ACTIONS}/standard`)
  assert.deepEqual(standard.json.actions[0], {
    label: 'Post to Chatter',
    name: 'chatterPost',
    type: 'CHATTERPOST',
    url: `${ACTIONS}/standard/chatterPost`,
  })
})

test('a describe tells inputs and outputs', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', `${ACTIONS}/custom/apex/ForcewireCalculator`)
  assert.deepEqual(
    json.inputs.map(({ name, type, required }: Record<string, unknown>) => [name, type, required]),
    [
      ['first', 'DOUBLE', true],
      ['second', 'DOUBLE', true],
    ],
  )
  assert.deepEqual([json.outputs[0].name, json.standard, json.type], ['output', false, 'APEX'])
})

test('an invocation answers for every input, and one that fails leaves the others alone', async (t) => {
  const emulator = await startEmulator(t)
  const inputs = [{ first: 1, second: 2 }, { first: 1 }, { first: 'x', second: 2 }]
  const { status, json } = await send(emulator, 'POST', `${ACTIONS}/custom/apex/ForcewireCalculator`, {
    body: { inputs },
  })
  assert.equal(status, 200)
  assert.deepEqual(json[0], {
    actionName: 'ForcewireCalculator',
    errors: null,
    invocationId: null,
    isSuccess: true,
    outcome: null,
    outputValues: { output: 3 },
    sortOrder: -1,
    version: 1,
  })
  const missing = { statusCode: 'MISSING_ARGUMENT', message: 'Missing required input parameter: second', fields: [] }
  assert.partialDeepStrictEqual(json[1], { errors: [missing], isSuccess: false, outputValues: null })
  assert.equal(json[2].errors[0].statusCode, 'INVALID_ARGUMENT_TYPE')
})

test('an invocation of which nothing succeeds is 400 with the results', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'POST', `${ACTIONS}/standard/emailSimple`, { body: { inputs: [{}] } })
  assert.equal(status, 400)
  assert.equal(json[0].isSuccess, false)
})

test('a flow writes records as the user whose call it is, and tells how its interview ended', async (t) => {
  const emulator = await startEmulator(t)
  const body = { inputs: [{ personName: 'Ada' }] }
  const { json } = await send(emulator, 'POST', `${ACTIONS}/custom/flow/Forcewire_Demo_Flow`, { body })
  const { greeting, taskId, Flow__InterviewStatus } = json[0].outputValues
  assert.deepEqual([greeting, Flow__InterviewStatus], ['Hello Ada', 'Finished'])
  const task = await send(emulator, 'GET', data(`/sobjects/Task/${taskId}`))
  assert.equal(task.json.Subject, 'Call Ada')
})

test('an action that is refused midway leaves nothing behind', async (t) => {
  const halfway: InvocableAction = {
    type: 'flow',
    name: 'Halfway',
    invoke: (_input, org) => {
      org.create('Account', { Name: 'Half' })
      throw new ActionError('LIMIT_EXCEEDED', 'no further', ['Name'])
    },
  }
  const emulator = await startEmulator(t, { metadata: { actions: [halfway] } })
  const { json } = await send(emulator, 'POST', `${ACTIONS}/custom/flow/Halfway`, { body: { inputs: [{}] } })
  assert.deepEqual(json[0].errors, [{ statusCode: 'LIMIT_EXCEEDED', message: 'no further', fields: ['Name'] }])
  const accounts = await send(emulator, 'GET', data('/query?q=SELECT+COUNT()+FROM+Account'))
  assert.equal(accounts.json.totalSize, 0)
})

test('the error of a write and of anything else carry their codes', async (t) => {
  const actions: InvocableAction[] = [
    { type: 'apex', name: 'BadWrite', invoke: (_input, org) => ({ output: org.create('Account', {}) }) },
    {
      type: 'apex',
      name: 'Broken',
      invoke: () => {
        throw new TypeError('odd')
      },
    },
  ]
  const emulator = await startEmulator(t, { metadata: { actions } })
  const codes: string[] = []
  for (const { name } of actions) {
    const { json } = await send(emulator, 'POST', `${ACTIONS}/custom/apex/${name}`, { body: { inputs: [{}] } })
    codes.push(json[0].errors[0].statusCode)
  }
  assert.deepEqual(codes, ['REQUIRED_FIELD_MISSING', 'UNKNOWN_EXCEPTION'])
})

test('an unknown action is 404, a body without inputs 400', async (t) => {
  const emulator = await startEmulator(t)
  const unknown = await send(emulator, 'POST', `${ACTIONS}/custom/flow/Nothing`, { body: { inputs: [] } })
  assert.deepEqual([unknown.status, unknown.json[0].errorCode], [404, 'NOT_FOUND'])
  for (const body of [{}, { inputs: {} }, { inputs: [1] }]) {
    const bad = await send(emulator, 'POST', `${ACTIONS}/standard/chatterPost`, { body })
    assert.deepEqual([bad.status, bad.json[0].errorCode], [400, 'JSON_PARSER_ERROR'])
  }
})

test('an action that is async is refused, leaves nothing behind and ends no process', async (t) => {
  const later: InvocableAction = {
    type: 'flow',
    name: 'Later',
    invoke: (async (_input: unknown, org: { create(name: string, record: object): string }) => {
      org.create('Account', { Name: 'Written too early' })
      throw new ActionError('FLOW', 'boom')
    }) as unknown as InvocableAction['invoke'],
  }
  const emulator = await startEmulator(t, { metadata: { actions: [later] } })
  const { status, json } = await send(emulator, 'POST', `${ACTIONS}/custom/flow/Later`, { body: { inputs: [{}] } })
  assert.equal(status, 400)
  assert.match(json[0].errors[0].message, /cannot be async/)
  const found = await send(
    emulator,
    'GET',
    data(`/query?q=${encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Written too early'")}`),
  )
  assert.equal(found.json.totalSize, 0)
})
