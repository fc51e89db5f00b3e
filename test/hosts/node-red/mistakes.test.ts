import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Mistake, mistakes } from '../../contract/mistakes.ts'
import { freePort } from '../../support/free-port.ts'
import type { FlowNode } from '../../support/node-red-admin.ts'
import { typed } from './flow-around.ts'
import { type Answer, type NodeRedSession, startSession } from './node-red-session.ts'

describe('in Node-RED, a mistake ends in a sentence that names its cause and the next step', () => {
  let session: NodeRedSession
  let unreachable: string
  before(async () => {
    session = await startSession()
    unreachable = `http://127.0.0.1:${await freePort()}`
  })
  after(() => session?.[Symbol.asyncDispose]())

  function connectionFor({ connection }: Mistake): FlowNode {
    if (connection === 'good') return session.connection()
    if (connection === 'unreachable') return session.connection({ url: unreachable })
    return session.connection({
      credentials: { clientId: session.emulator.credentials.clientId, clientSecret: 'wrong' },
    })
  }

  async function run(mistake: Mistake): Promise<Answer> {
    const type = `forcewire-${mistake.operation.split('.')[0]}`
    const csv = mistake.csv === undefined ? {} : { csv: { type: 'msg', value: 'payload' } }
    const parameters = { ...typed(mistake.parameters), ...csv }
    await session.deployNode({ type, operation: mistake.operation, parameters }, connectionFor(mistake))
    return session.send(mistake.csv ?? mistake.rows ?? '')
  }

  for (const mistake of mistakes) {
    test(mistake.name, async () => {
      const { expected } = mistake
      const { payload, error } = await run(mistake)
      if ('loaded' in expected) {
        const summary = payload as {
          rows: number
          failed: number
          failures: { errors: { errorCode: string; message: string }[] }[]
        }
        assert.equal(summary.rows - summary.failed, expected.loaded)
        assert.equal(summary.failed, expected.failures.length)
        const caught = await session.caught()
        for (const [index, { errorCode, message }] of expected.failures.entries()) {
          assert.equal(summary.failures[index]?.errors[0]?.errorCode, errorCode)
          assert.match(summary.failures[index]?.errors[0]?.message ?? '', message)
        }
        assert.equal(caught.code, expected.failures[0]?.errorCode)
        assert.match(caught.message, /^Ingest: One row was refused: /)
        assert.match(caught.message, expected.failures[0]?.message ?? /^$/)
        assert.match(
          caught.message,
          /The other rows are in; correct the failed ones of the output and send them again\.$/,
        )
        assert.equal(caught.stack, undefined)
        assert.deepEqual(await session.status('red'), {
          fill: 'red',
          shape: 'ring',
          text: `1 of ${summary.rows} failed`,
        })
      } else {
        assert.equal(error?.code, expected.code)
        assert.match(error?.message ?? '', expected.message)
        assert.match(error?.message ?? '', expected.description)
        assert.equal(error?.stack, undefined)
        assert.deepEqual(await session.status('red'), { fill: 'red', shape: 'ring', text: expected.code })
      }
    })
  }

  test('no connection chosen', async () => {
    await session.deployNode({ type: 'forcewire-org', operation: 'org.limits' }, session.connection({ d: true }))
    const { error } = await session.send('')
    assert.equal(error?.code, 'ERR_SF_CONFIG')
    assert.match(error?.message ?? '', /^This node has no Salesforce connection\. Open it and choose or add one\./)
  })

  test('credentials left empty', async () => {
    await session.deployNode(
      { type: 'forcewire-org', operation: 'org.limits' },
      session.connection({ credentials: {} }),
    )
    const { error } = await session.send('')
    assert.equal(error?.code, 'ERR_SF_CONFIG')
    assert.match(
      error?.message ?? '',
      /The Salesforce connection has no Consumer Key\. Open the connection and fill it in\./,
    )
  })

  test('a credential from an environment variable that is not set', async () => {
    const credentials = { clientId: `\${FORCEWIRE_NOT_SET}`, clientSecret: 'any' }
    await session.deployNode({ type: 'forcewire-org', operation: 'org.limits' }, session.connection({ credentials }))
    const { error } = await session.send('')
    assert.match(error?.message ?? '', /Consumer Key .* environment variable FORCEWIRE_NOT_SET, which is not set/)
  })

  test('an address that Salesforce does not serve', async () => {
    const connection = session.connection({ url: 'http://example.my.salesforce.com' })
    await session.deployNode({ type: 'forcewire-org', operation: 'org.limits' }, connection)
    const { error } = await session.send('')
    assert.equal(error?.code, 'ERR_SF_CONFIG')
    assert.match(error?.message ?? '', /^The URL of the Salesforce connection .* must begin with https:\/\//)
  })

  test('an expression with a syntax error', async () => {
    const soql = { type: 'jsonata', value: '$((' }
    await session.deployNode({ type: 'forcewire-query', operation: 'query.soql', parameters: { soql } })
    const { error } = await session.send('')
    assert.equal(error?.code, 'ERR_SF_CONFIG')
    assert.match(error?.message ?? '', /^"SOQL" cannot be read from its JSONata expression: \w/)
  })

  test('a value taken from a place that the message does not have', async () => {
    const soql = { type: 'msg', value: 'nowhere.query' }
    await session.deployNode({ type: 'forcewire-query', operation: 'query.soql', parameters: { soql } })
    const { error } = await session.send('')
    assert.match(error?.message ?? '', /^"SOQL" is empty\. Fill it in/)
  })

  test('several records where one is meant', async () => {
    await session.deployNode({
      type: 'forcewire-record',
      operation: 'record.create',
      parameters: typed({ object: 'Account' }),
    })
    const { error } = await session.send([{ Name: 'A' }, { Name: 'B' }])
    assert.match(error?.message ?? '', /takes one record a message, but the input holds 2/)
  })

  test('text where rows are meant', async () => {
    await session.deployNode({
      type: 'forcewire-record',
      operation: 'record.create',
      parameters: typed({ object: 'Account' }),
    })
    const { error } = await session.send('Name\nAcme')
    assert.match(error?.message ?? '', /The input is text, but a row is an object .* "csv" or "json" node/)
  })
})
