import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, send, startEmulator } from '../support/harness.ts'
import { masked } from '../support/masked.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

// biome-ignore lint/suspicious/noExplicitAny: recorded bodies have every shape
type Json = any

/** Asks what a recorded client asked; a version that the recorder left out is v62.0. */
function ask(emulator: Emulator, id: string, body: Json = recordedBody(id)): Promise<Answer> {
  const { method, path } = recordedCase(id).request
  return send(emulator, method, versioned(path), { body: JSON.parse(versioned(JSON.stringify(body))) })
}

function recordedBody(id: string): Json {
  return JSON.parse(recordedCase(id).request.body ?? '{}')
}

function recordedAnswer(id: string): Json {
  return JSON.parse(recordedCase(id).response.body)
}

function versioned(text: string): string {
  return text.replaceAll('vxx.0', 'v62.0')
}

/** The answer is the recorded one, but for what differs between any two orgs. */
function assertAsRecorded({ status, json }: Answer, id: string): void {
  assert.equal(status, recordedCase(id).response.status)
  assert.deepEqual(masked(json), masked(recordedAnswer(id)))
}

async function create(emulator: Emulator, object: string, fields: object): Promise<string> {
  const { json } = await send(emulator, 'POST', `/services/data/v62.0/sobjects/${object}`, { body: fields })
  return json.id
}

/** Puts Ids of this org in the place of the recorded ones, in their order. */
function withIds(body: Json, ids: readonly string[]): Json {
  const left = [...ids]
  return JSON.parse(
    JSON.stringify(body).replace(/\b00[13][A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?\b/g, () => left.shift() ?? ''),
  )
}

describe('recorded composites', { skip: recordingsMissing }, () => {
  test('a subrequest with If-Modified-Since is 304 with body null, ETag and Last-Modified', async (t) => {
    const emulator = await startEmulator(t, { clock: { now: () => Date.UTC(2020, 7, 14, 20, 53, 2) } })
    assertAsRecorded(await ask(emulator, 'cci-composite-083'), 'cci-composite-083')
  })

  test('four queries answer each for itself, blanks in their addresses and all', async (t) => {
    const emulator = await startEmulator(t)
    await create(emulator, 'Account', { Name: 'Smith Corp.' })
    assertAsRecorded(await ask(emulator, 'cci-composite-084'), 'cci-composite-084')
  })

  test('an unknown object fails its subrequest with an array in a call that is 200', async (t) => {
    assertAsRecorded(await ask(await startEmulator(t), 'cci-composite-085'), 'cci-composite-085')
  })

  for (const id of ['cci-composite-091', 'nango-composite-describe']) {
    test(`describes in a composite have the recorded headers and keys (${id})`, async (t) => {
      const { status, json } = await ask(await startEmulator(t), id)
      assert.equal(status, 200)
      for (const [index, recorded] of recordedAnswer(id).compositeResponse.entries()) {
        const { body, httpHeaders, ...result } = json.compositeResponse[index]
        const { body: recordedDescribe, httpHeaders: recordedHeaders, ...recordedResult } = recorded
        assert.deepEqual(result, recordedResult)
        assert.deepEqual(Object.keys(httpHeaders), Object.keys(recordedHeaders))
        for (const key of Object.keys(recordedDescribe)) assert.ok(key in body, key)
      }
    })
  }

  // The recorder cut these requests short: they are asked for the first two objects of each.
  for (const [id, ...names] of [
    ['cci-composite-092', 'Account', 'Contact'],
    ['cci-composite-093', 'Opportunity', 'Campaign'],
  ] as const) {
    test(`the version of a subrequest may be older than that of the call (${id})`, async (t) => {
      const compositeRequest = names.map((name) => ({
        method: 'GET',
        url: `/services/data/v48.0/sobjects/${name}/describe`,
        referenceId: `ref${name}`,
        httpHeaders: { 'If-Modified-Since': 'Sat, 1 Jan 2000 00:00:01 GMT' },
      }))
      const { json } = await ask(await startEmulator(t), id, { compositeRequest })
      for (const [index, recorded] of recordedAnswer(id).compositeResponse.slice(0, 2).entries()) {
        const result = json.compositeResponse[index]
        assert.deepEqual({ ...result, body: null, httpHeaders: null }, { ...recorded, body: null, httpHeaders: null })
        assert.deepEqual(Object.keys(result.httpHeaders), Object.keys(recorded.httpHeaders))
        assert.equal(result.body.name, recorded.body.name)
      }
    })
  }

  test('two creates answer with save results and Location', async (t) => {
    const emulator = await startEmulator(t)
    const compositeRequest = ['NewPayment1', 'NewPayment2'].map((referenceId) => ({
      method: 'POST',
      url: '/services/data/v41.0/sobjects/Account',
      referenceId,
      body: { Name: referenceId },
    }))
    const { json } = await ask(emulator, 'camel-composite-ok', { compositeRequest })
    const recorded = JSON.parse(
      JSON.stringify(recordedAnswer('camel-composite-ok')).replaceAll('blng__Payment__c', 'Account'),
    )
    // An old package of that org added warnings to save results.
    for (const { body } of recorded.compositeResponse) delete body.warnings
    assert.deepEqual(masked(json), masked(recorded))
  })

  for (const [id, version] of [
    ['doc-composite-processing-halted-v51', 'v51.0'],
    ['doc-composite-null-ref-v52', 'v52.0'],
  ] as const) {
    test(`a reference to null in ${version}`, async (t) => {
      const emulator = await startEmulator(t)
      const account = await create(emulator, 'Account', { Name: 'City Medical Center' })
      const contact = await create(emulator, 'Contact', { LastName: 'Wong' })
      const body = withIds(recordedBody('doc-composite-processing-halted-v51'), [contact, account])
      assertAsRecorded(await ask(emulator, id, body), id)
    })
  }

  test('a reference to a field that was not selected fails', async (t) => {
    const emulator = await startEmulator(t)
    const account = await create(emulator, 'Account', { Name: 'City Medical Center' })
    const contact = await create(emulator, 'Contact', { LastName: 'Wong', AccountId: account })
    const id = 'doc-composite-unselected-field-v52'
    assertAsRecorded(await ask(emulator, id, withIds(recordedBody(id), [contact])), id)
  })
})

test('two graphs are the documented answer', { skip: recordingsMissing }, async (t) => {
  assertAsRecorded(await ask(await startEmulator(t), 'doc-graph-two-graphs'), 'doc-graph-two-graphs')
})

test('a batch has statusCode and result of each subrequest, as recorded', { skip: recordingsMissing }, async (t) => {
  const { status, json } = await ask(await startEmulator(t), 'nango-batch-mixed')
  const recorded = recordedAnswer('nango-batch-mixed')
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(json), Object.keys(recorded))
  assert.equal(json.hasErrors, recorded.hasErrors)
  for (const [index, { statusCode, result }] of json.results.entries()) {
    assert.equal(statusCode, recorded.results[index].statusCode)
    for (const key of Object.keys(recorded.results[index].result)) assert.ok(key in result, key)
  }
})

describe('recorded collections', { skip: recordingsMissing }, () => {
  test('records are created in their order', async (t) => {
    const emulator = await startEmulator(t)
    const parent = await create(emulator, 'Account', { Name: 'A' })
    const body = recordedBody('cci-collections-023')
    assertAsRecorded(
      await ask(emulator, 'cci-collections-023', withIds(body, [parent, parent, parent])),
      'cci-collections-023',
    )
    for (const id of ['cci-collections-040', 'nango-collections-create']) assertAsRecorded(await ask(emulator, id), id)
  })

  test('records are updated in their order, numbers sent as text', async (t) => {
    const emulator = await startEmulator(t)
    const ids: string[] = []
    for (const Name of 'ABCDEF') ids.push(await create(emulator, 'Account', { Name }))
    const answer = await ask(emulator, 'cci-collections-039', withIds(recordedBody('cci-collections-039'), ids))
    assertAsRecorded(answer, 'cci-collections-039')
    assert.deepEqual(
      answer.json.map((result: Json) => result.id),
      ids,
    )
  })

  test('opportunities are created with the contact that they concern', async (t) => {
    const emulator = await startEmulator(t)
    const contact = await create(emulator, 'Contact', { LastName: 'B' })
    const body = withIds(recordedBody('cci-collections-045'), [contact, contact])
    // ContactId is a field of few orgs' opportunities.
    for (const record of body.records) delete record.ContactId
    assertAsRecorded(await ask(emulator, 'cci-collections-045', body), 'cci-collections-045')
  })

  test('upserts by Email say which record they created', async (t) => {
    const emulator = await startEmulator(t)
    assertAsRecorded(await ask(emulator, 'cci-collections-041'), 'cci-collections-041')
    assertAsRecorded(await ask(emulator, 'cci-collections-044'), 'cci-collections-044')
  })

  test('an upsert by external id tells created of each', async (t) => {
    const emulator = await startEmulator(t)
    await create(emulator, 'Account', { Name: 'Two', External_Id__c: 'BBB' })
    const records = ['AAA', 'BBB'].map((External_Id__c) => ({
      attributes: { type: 'Account' },
      Name: 'N',
      External_Id__c,
    }))
    const path = '/services/data/v60.0/composite/sobjects/Account/External_Id__c'
    assertAsRecorded(await send(emulator, 'PATCH', path, { body: { records } }), 'doc-collections-upsert')
  })

  test('a record that is not there fails in its row, the call is 200', async (t) => {
    assertAsRecorded(
      await ask(await startEmulator(t), 'nango-collections-update-error'),
      'nango-collections-update-error',
    )
  })

  test('a record without attributes fails in its row', async (t) => {
    assertAsRecorded(
      await ask(await startEmulator(t), 'nango-collections-upsert-error'),
      'nango-collections-upsert-error',
    )
  })

  test('with allOrNone a good record beside a bad one is rolled back and keeps its Id', async (t) => {
    const emulator = await startEmulator(t)
    const id = await create(emulator, 'Account', { Name: 'A' })
    const records = [
      { attributes: { type: 'Account' }, id, NumberOfEmployees: 27000 },
      { attributes: { type: 'Contact' }, id: '001xx000003DGb2999', Title: 'Lead Engineer' },
    ]
    const body = { allOrNone: true, records }
    assertAsRecorded(await ask(emulator, 'doc-collections-update-allornone', body), 'doc-collections-update-allornone')
  })
})
