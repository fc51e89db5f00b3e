import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { NodeApiError } from 'n8n-workflow'
import { actionNode, clientCredentials, fileItem, items, jwt } from './setup.ts'

let emulator: Emulator
before(async () => {
  emulator = await createEmulator({ seed: 'demo' })
})
beforeEach(() => emulator.reset())
after(() => emulator.close())

const byName = { object: { __rl: true, mode: 'name', value: 'Account' } }
const byExternalId = { ...byName, externalIdField: { __rl: true, mode: 'name', value: 'External_Id__c' } }

describe('the action node', () => {
  it('creates one record an item and links each result to its item', async () => {
    const node = actionNode('record.create', byName, {
      credentials: [clientCredentials(emulator)],
      items: items({ Name: 'First Rail' }, { Name: 'Second Rail' }),
    })
    const [results = []] = await node.execute()
    assert.deepEqual(
      results.map(({ json }) => json.success),
      [true, true],
    )
    assert.deepEqual(
      results.map(({ pairedItem }) => pairedItem),
      [{ item: 0 }, { item: 1 }],
    )
    assert.equal(node.http.logins, 1)
  })

  it('sends the fields given in the panel instead of the item, without those left empty', async () => {
    const record = { mappingMode: 'defineBelow', value: { Name: 'Panel Rail', BillingCity: null } }
    const credentials = [clientCredentials(emulator)]
    await actionNode('record.create', { ...byName }, { credentials, items: items({ Name: 'Item Rail' }) }).execute()
    const node = actionNode('record.create', byName, { credentials, items: items({ Name: 'Item Rail' }) })
    node.node.parameters.record = record
    await node.execute()
    const soql = "SELECT Name FROM Account WHERE Name IN ('Panel Rail', 'Item Rail') ORDER BY Name"
    const [found = []] = await actionNode('query.soql', { soql }, { credentials }).execute()
    assert.deepEqual(
      found.map(({ json }) => json.Name),
      ['Item Rail', 'Panel Rail'],
    )
  })

  it('signs in with a private key as well', async () => {
    const node = actionNode('org.limits', {}, { credentials: [jwt(emulator)] })
    node.node.parameters.authentication = 'jwt'
    const [results = []] = await node.execute()
    assert.ok(results.some(({ json }) => json.name === 'DailyApiRequests'))
  })

  it('gives all records of a query the item that asked for them', async () => {
    const soql = 'SELECT Id, Name FROM Account LIMIT 3'
    const node = actionNode(
      'query.soql',
      { soql },
      { credentials: [clientCredentials(emulator)], items: items({}, {}) },
    )
    const [results = []] = await node.execute()
    assert.deepEqual(
      results.map(({ pairedItem }) => (pairedItem as { item: number }).item),
      [0, 0, 0, 1, 1, 1],
    )
  })

  it('renews the token once when the session has ended', async () => {
    const credentials = [clientCredentials(emulator)]
    await actionNode('org.limits', {}, { credentials }).execute()
    emulator.expireSessions()
    const node = actionNode('org.limits', {}, { credentials })
    await node.execute()
    assert.equal(node.http.logins, 1)
  })

  it('answers status 503 with a retry, as core decides', async () => {
    emulator.faults.add({ path: /limits$/, status: 503, times: 1, headers: { 'retry-after': '0' } })
    const node = actionNode('org.limits', {}, { credentials: [clientCredentials(emulator)] })
    const [results = []] = await node.execute()
    assert.ok(results.length > 0)
    const calls = emulator.requests().filter(({ path }) => path.endsWith('/limits'))
    assert.deepEqual(
      calls.map(({ status }) => status),
      [503, 200],
    )
  })

  it('stops at a record that Salesforce refuses, with its code and fields in the error', async () => {
    const node = actionNode('record.create', byName, {
      credentials: [clientCredentials(emulator)],
      items: items({ Name: 'Good Rail' }, { BillingCity: 'Oslo' }),
    })
    await assert.rejects(node.execute(), (error) => {
      assert.ok(error instanceof NodeApiError)
      assert.match(error.message, /REQUIRED_FIELD_MISSING: Required fields are missing: \[Name\]/)
      assert.match(String(error.description), /Give a value to the required fields/)
      assert.equal(error.httpCode, '400')
      assert.deepEqual([error.context.errorCode, error.context.fields], ['REQUIRED_FIELD_MISSING', ['Name']])
      assert.equal(error.context.itemIndex, 1)
      return true
    })
  })

  it('goes on after a refused record when it is told to, and says in its place why', async () => {
    const node = actionNode('record.create', byName, {
      credentials: [clientCredentials(emulator)],
      items: items({ BillingCity: 'Oslo' }, { Name: 'Good Rail' }),
      onError: 'continueRegularOutput',
    })
    const [[refused, created] = []] = await node.execute()
    assert.match(String(refused?.json.error), /Required fields are missing/)
    assert.deepEqual(
      [refused?.json.errorCode, refused?.json.httpCode, refused?.json.fields, refused?.pairedItem, refused?.error],
      ['REQUIRED_FIELD_MISSING', '400', ['Name'], { item: 0 }, undefined],
    )
    assert.equal(created?.json.success, true)
  })

  it('marks a refused record for the error output where the node has one', async () => {
    const node = actionNode('record.create', byName, {
      credentials: [clientCredentials(emulator)],
      items: items({ BillingCity: 'Oslo' }),
      onError: 'continueErrorOutput',
    })
    const [[refused] = []] = await node.execute()
    assert.ok(refused?.error instanceof NodeApiError)
  })
})

describe('a bulk load', () => {
  const upsert = { ...byExternalId, operation: 'upsert' }

  it('takes all items as the rows of one job and links its summary to all of them', async () => {
    const node = actionNode('bulk.ingest', upsert, {
      credentials: [clientCredentials(emulator)],
      items: items({ External_Id__c: 'N8N-1', Name: 'One' }, { External_Id__c: 'N8N-2', Name: 'Two' }),
    })
    const [[summary, ...more] = []] = await node.execute()
    assert.deepEqual(more, [])
    const { rows, created, updated, failed } = summary?.json ?? {}
    assert.deepEqual({ rows, created, updated, failed }, { rows: 2, created: 2, updated: 0, failed: 0 })
    assert.deepEqual(summary?.pairedItem, [{ item: 0 }, { item: 1 }])
    assert.deepEqual(node.hints, [])
  })

  it('loads the CSV file of each item as a job of its own', async () => {
    const node = actionNode(
      'bulk.ingest',
      { ...upsert, source: 'csv', rename: '{ "iata": "External_Id__c" }' },
      {
        credentials: [clientCredentials(emulator)],
        items: [fileItem('iata,Name\nA1,"One, Inc."\n'), fileItem('iata,Name\nA2,Two\nA3,Three\n')],
      },
    )
    const [results = []] = await node.execute()
    assert.deepEqual(
      results.map(({ json, pairedItem }) => [json.rows, json.created, pairedItem]),
      [
        [1, 1, { item: 0 }],
        [2, 2, { item: 1 }],
      ],
    )
  })

  it('streams a file that n8n keeps outside of the item', async () => {
    const file = { data: 'filesystem-v2', id: 'filesystem-v2:1', mimeType: 'text/csv' }
    const node = actionNode(
      'bulk.ingest',
      { ...upsert, source: 'csv' },
      {
        credentials: [clientCredentials(emulator)],
        items: [{ json: {}, binary: { data: file } }],
        files: { 'filesystem-v2:1': Buffer.from('External_Id__c,Name\nS1,Stream\n') },
      },
    )
    const [[summary] = []] = await node.execute()
    assert.equal(summary?.json.created, 1)
  })

  it('names the files that an item has when the one asked for is not there', async () => {
    const node = actionNode(
      'bulk.ingest',
      { ...upsert, source: 'csv', csv: 'attachment' },
      { credentials: [clientCredentials(emulator)], items: [fileItem('a\n1\n')] },
    )
    await assert.rejects(node.execute(), /no file in the input field "attachment": it has "data"/)
  })

  const oneBad = items({ External_Id__c: 'N8N-3', Name: 'Three' }, { External_Id__c: 'N8N-4', Name: '' })

  it('lists refused rows in its summary and says so above the output', async () => {
    const node = actionNode('bulk.ingest', upsert, { credentials: [clientCredentials(emulator)], items: oneBad })
    const [[summary] = []] = await node.execute()
    assert.equal(summary?.json.failed, 1)
    assert.match(node.hints[0]?.message ?? '', /refused 1 of 2 rows\. The first: REQUIRED_FIELD_MISSING: /)
  })

  it('sends refused rows to the error output where the node has one, the summary to the other', async () => {
    const node = actionNode('bulk.ingest', upsert, {
      credentials: [clientCredentials(emulator)],
      items: oneBad,
      onError: 'continueErrorOutput',
    })
    const [[summary, refused] = []] = await node.execute()
    assert.deepEqual([summary?.json.failed, summary?.error], [1, undefined])
    assert.match(String(refused?.error?.message), /REQUIRED_FIELD_MISSING: Required fields are missing/)
    assert.deepEqual(refused?.json.row, { External_Id__c: 'N8N-4', Name: '' })
  })

  it('ends with the reason of cancelling when the execution is cancelled', async () => {
    const cancel = new AbortController()
    emulator.pace.set({ reads: 1_000 })
    const node = actionNode('bulk.ingest', upsert, {
      credentials: [clientCredentials(emulator)],
      items: oneBad,
      signal: cancel.signal,
    })
    const running = node.execute()
    cancel.abort(new Error('The execution was cancelled'))
    await assert.rejects(running, /The execution was cancelled/)
  })
})
