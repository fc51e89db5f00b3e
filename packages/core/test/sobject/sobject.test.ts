import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiError, clientCredentials, custom, MultipleMatchesError, NotFoundError, Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { refusal } from '../collections/scripted-collections.ts'
import { recordedCase, recordingsMissing } from '../support/recorded-case.ts'
import { type Answer, errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

describe('deleting a record that is deleted already', () => {
  const gone = { status: 404, json: errors('ENTITY_IS_DELETED') }

  it('is an error of the first attempt', async () => {
    await assert.rejects(scriptedOrg([gone]).salesforce.sobject('Account').delete('001000000000000AAA'), ApiError)
  })

  it('is none when an earlier attempt had no answer, as any other refusal then is', async () => {
    const busy = { status: 503, text: 'busy' }
    await scriptedOrg([busy, gone]).salesforce.sobject('Account').delete('001000000000000AAA')
    const locked = scriptedOrg([busy, { status: 400, json: errors('DELETE_FAILED') }])
    await assert.rejects(locked.salesforce.sobject('Account').delete('001000000000000AAA'), {
      errorCode: 'DELETE_FAILED',
    })
  })
})

describe('what an earlier attempt surely did not do', () => {
  const key = { External_Id__c: 'A-1' }
  const missing = { status: 404, json: errors('NOT_FOUND') }
  const refusedBefore: [string, Answer][] = [
    ['the session had ended', { status: 401, json: errors('INVALID_SESSION_ID') }],
    ['too many calls were under way', { status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests') }],
    ['no connection came about', networkFailure('ECONNREFUSED')],
  ]
  for (const [reason, first] of refusedBefore) {
    it(`is no reason to take a refused delete for done: ${reason}`, async () => {
      let logins = 0
      const auth = custom(async () => ({ accessToken: `T${logins++}`, instanceUrl }))
      const org = scriptedOrg([first, missing], { auth })
      await assert.rejects(org.salesforce.sobject('Account').delete(key), NotFoundError)
      assert.equal(org.requests.length, 2)
      const rows = scriptedOrg([first, { json: [refusal('ENTITY_IS_DELETED')] }], { auth })
      const [row] = await rows.salesforce.collections('Account').delete(['001000000000000AAA'])
      assert.equal(row?.success, false)
    })
  }

  it('and what it may have done is told by the error', async () => {
    const { salesforce } = scriptedOrg([
      { status: 503, text: 'busy' },
      { status: 400, json: errors('DELETE_FAILED') },
    ])
    await assert.rejects(salesforce.sobject('Account').delete('001000000000000AAA'), (error) => {
      assert.ok(error instanceof ApiError)
      assert.deepEqual([error.request?.attempts, error.request?.uncertain], [2, true])
      return true
    })
  })
})

describe('the answer to a create', () => {
  it('may hold remarks, as that of a platform event does', async () => {
    const remark = { statusCode: 'OPERATION_ENQUEUED', message: 'b9b9', fields: [] }
    const { salesforce } = scriptedOrg([{ status: 201, json: { id: 'e01', success: true, errors: [remark] } }])
    const { errors: remarks } = await salesforce.sobject('Order__e').create({ Number__c: 1 })
    assert.deepEqual(remarks, [{ errorCode: 'OPERATION_ENQUEUED', message: 'b9b9', fields: [] }])
  })

  it('is an error where it says that nothing was saved', async () => {
    const failed = { id: '001', success: false, errors: [{ statusCode: 'ODD', message: 'no' }] }
    const accounts = scriptedOrg([{ status: 201, json: failed }]).salesforce.sobject('Account')
    const refused = { code: 'ERR_SF_PROTOCOL', message: /A record of Account was not saved.* ODD: no$/ }
    await assert.rejects(accounts.create({ Name: 'A' }), refused)
    await assert.rejects(accounts.upsert({ External_Id__c: 'A-1' }, { Name: 'A' }), refused)
  })
})

describe('deleting a record by an external ID that nothing has', () => {
  const missing = { status: 404, json: errors('NOT_FOUND') }
  const busy = { status: 503, text: 'busy' }
  const key = { External_Id__c: 'A-1' }

  it('is an error of the first attempt, and none when an earlier attempt had no answer', async () => {
    await assert.rejects(scriptedOrg([missing]).salesforce.sobject('Account').delete(key), NotFoundError)
    await scriptedOrg([busy, missing]).salesforce.sobject('Account').delete(key)
  })

  it('is an error of any attempt by Id, which Salesforce remembers', async () => {
    const { salesforce } = scriptedOrg([busy, missing])
    await assert.rejects(salesforce.sobject('Account').delete('001000000000000AAA'), NotFoundError)
  })
})

describe('the records of an object, at the emulator', () => {
  let emulator: Emulator
  let salesforce: Salesforce
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    salesforce = new Salesforce({ auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }) })
  })
  after(async () => {
    await salesforce.close()
    await emulator.close()
  })

  it('are created, read, changed and deleted by Id', async () => {
    const accounts = salesforce.sobject('Account')
    const { id, success, created } = await accounts.create({ Name: 'Acme', Phone: undefined })
    assert.deepEqual([success, created, id.length], [true, true, 18])
    await accounts.update(id, { Name: 'Acme Ltd' })
    const { Name } = await accounts.get(id, { fields: ['Name'] })
    assert.equal(Name, 'Acme Ltd')
    await accounts.delete(id)
    await assert.rejects(accounts.get(id), (error) => error instanceof NotFoundError && error.has('ENTITY_IS_DELETED'))
  })

  it('are found and upserted by external IDs that hold anything', async () => {
    const accounts = salesforce.sobject('Account')
    const key = { External_Id__c: 'a/b?c#d e%2F&ü' }
    assert.equal((await accounts.upsert(key, { Name: 'First' })).created, true)
    assert.equal((await accounts.upsert(key, { Name: 'Second' })).created, false)
    assert.equal((await accounts.get(key)).Name, 'Second')
    await accounts.delete(key)
    await assert.rejects(accounts.get(key), NotFoundError)
  })

  it('are ambiguous under an external ID that is not unique', async () => {
    const accounts = salesforce.sobject('Account')
    const ids = [
      await accounts.create({ Name: 'A', Legacy_Id__c: 'L' }),
      await accounts.create({ Name: 'B', Legacy_Id__c: 'L' }),
    ]
    await assert.rejects(accounts.upsert({ Legacy_Id__c: 'L' }, { Name: 'C' }), (error) => {
      assert.ok(error instanceof MultipleMatchesError)
      assert.deepEqual(error.candidates.map((path) => path.split('/').at(-1)).sort(), ids.map(({ id }) => id).sort())
      return true
    })
  })

  it('are refused with the fields that are missing', async () => {
    await assert.rejects(salesforce.sobject('Account').create({ Phone: '1' }), (error) => {
      assert.ok(error instanceof ApiError)
      assert.deepEqual(error.errors[0]?.fields, ['Name'])
      return error.errorCode === 'REQUIRED_FIELD_MISSING'
    })
  })

  it('are described', async () => {
    const { fields, name } = await salesforce.sobject('Account').describe()
    assert.equal(name, 'Account')
    assert.ok(fields.some((field) => field.name === 'External_Id__c' && field.externalId))
  })
})

describe('an upsert', () => {
  it('leaves the key field out of the body and the record of the caller alone', async () => {
    const org = scriptedOrg([{ status: 201, json: { id: '001', success: true, errors: [], created: true } }])
    const record = { Code__c: 7, Name: 'x' }
    await org.salesforce.sobject('Account').upsert({ Code__c: '7' }, record)
    assert.deepEqual(JSON.parse(String(org.requests[0]?.body)), { Name: 'x' })
    assert.deepEqual(record, { Code__c: 7, Name: 'x' })
  })

  it('whose record contradicts its key is refused before any request, unless validation is off', async () => {
    const org = scriptedOrg([{ json: { id: '001', success: true, errors: [] } }])
    const upsert = (validate: boolean) =>
      org.salesforce.sobject('Account').upsert({ Code__c: 'a' }, { Code__c: 'b' }, { validate })
    await assert.rejects(upsert(true), /has Code__c 'b', but the key says 'a'/)
    assert.equal(org.requests.length, 0)
    await upsert(false)
    assert.deepEqual(JSON.parse(String(org.requests[0]?.body)), { Code__c: 'b' })
  })

  it('understands the answers before API 46.0', { skip: recordingsMissing }, async () => {
    const upsert = (id: string) => {
      const { response } = recordedCase(id)
      const org = scriptedOrg([{ status: response.status ?? 0, text: response.body }])
      return org.salesforce.sobject('CustomObject__c').upsert({ SynchronizationId__c: 'CustomObject::1' }, {})
    }
    assert.deepEqual(await upsert('vcr-upsert-201-no-created'), {
      id: 'a001a000002zl6hAAA',
      success: true,
      created: true,
      errors: [],
    })
    assert.deepEqual(await upsert('vcr-upsert-204'), { success: true, created: false, errors: [] })
  })
})

describe('record calls', () => {
  it('encode every part of their path', async () => {
    const org = scriptedOrg([{ json: { Id: '001' } }])
    await org.salesforce.sobject('Account').get({ Code__c: 'a/b?c#d e' })
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v67.0/sobjects/Account/Code__c/a%2Fb%3Fc%23d%20e`)
  })

  it('refuse names and keys that would address something else', async () => {
    const org = scriptedOrg([{ json: {} }])
    const accounts = org.salesforce.sobject('Account')
    for (const key of ['', ' ', '.', '..', {}, { A__c: '1', B__c: '2' }, { A__c: '' }]) {
      await assert.rejects(accounts.delete(key as string), { code: 'ERR_SF_CONFIG' })
    }
    assert.throws(() => org.salesforce.sobject(''), { code: 'ERR_SF_CONFIG' })
    assert.equal(org.requests.length, 0)
  })

  it('send dates as ISO text and refuse invalid ones, which JSON would turn into null', async () => {
    const org = scriptedOrg([{ status: 204 }])
    await org.salesforce.sobject('Case').update('500000000000000AAA', { ClosedDate: new Date(0), Reason: undefined })
    assert.equal(org.requests[0]?.body, '{"ClosedDate":"1970-01-01T00:00:00.000Z"}')
    await assert.rejects(
      org.salesforce.sobject('Case').update('500000000000000AAA', { ClosedDate: new Date(Number.NaN) }),
      /Case\.ClosedDate is an invalid date/,
    )
  })

  it('update by external ID without creating, where the API version allows', async () => {
    const org = scriptedOrg([{ status: 200, json: { id: '001', success: true, errors: [], created: false } }])
    await org.salesforce.sobject('Account').update({ Code__c: 'a' }, { Name: 'x' })
    assert.match(org.requests[0]?.url ?? '', /\/Code__c\/a\?updateOnly=true$/)
    const old = scriptedOrg([{ json: {} }], { apiVersion: '60.0' })
    await assert.rejects(
      old.salesforce.sobject('Account').update({ Code__c: 'a' }, { Name: 'x' }),
      /needs API version 61\.0/,
    )
  })

  it('ask for changes in a span of time', async () => {
    const org = scriptedOrg([{ json: { ids: [], latestDateCovered: 'x' } }])
    await org.salesforce.sobject('Account').updated(new Date(0), new Date(60_000))
    assert.equal(
      org.requests[0]?.url,
      `${instanceUrl}/services/data/v67.0/sobjects/Account/updated/?start=1970-01-01T00%3A00%3A00%2B00%3A00&end=1970-01-01T00%3A01%3A00%2B00%3A00`,
    )
  })

  it('refuse spans of time that are none before any request', async () => {
    const org = scriptedOrg([{ json: {} }])
    const accounts = org.salesforce.sobject('Account')
    for (const [start, end] of [
      [new Date(60_000), new Date(0)],
      [new Date(0), new Date(0)],
      [new Date(1_000), new Date(59_000)],
      [new Date('x'), new Date(0)],
      ['2026-11-22', new Date(0)],
      [new Date(0), undefined],
    ] as const) {
      await assert.rejects(accounts.updated(start as Date, end as Date), { code: 'ERR_SF_CONFIG' })
      await assert.rejects(accounts.deleted(start as Date, end as Date), { code: 'ERR_SF_CONFIG' })
    }
    assert.equal(org.requests.length, 0)
  })

  it('carry the options of writing as headers', async () => {
    const answer = { status: 200, json: { id: '001', success: true, errors: [] } }
    const org = scriptedOrg([answer])
    const accounts = org.salesforce.sobject('Account')
    const options = { assignmentRule: false, duplicateRule: { allowSave: true }, updateMru: false }
    await accounts.create({}, options)
    await accounts.update('001000000000000AAA', {}, { ...options, headers: { 'SFORCE-AUTO-ASSIGN': 'TRUE' } })
    await accounts.upsert({ Code__c: '1' }, {}, options)
    const sent = org.requests.map(({ headers }) => [
      headers['sforce-auto-assign'],
      headers['sforce-duplicate-rule-header'],
      headers['sforce-mru'],
    ])
    const usual = ['FALSE', 'allowSave=true', 'updateMru=false']
    assert.deepEqual(sent, [usual, ['TRUE', 'allowSave=true', 'updateMru=false'], usual])
  })

  it('refuse keys and options that are none before any request', async () => {
    const org = scriptedOrg([{ json: {} }])
    const accounts = org.salesforce.sobject('Account')
    const runs: (() => Promise<unknown>)[] = [
      null,
      undefined,
      7,
      [],
      { A__c: null },
      { A__c: {} },
      { A__c: Number.NaN },
    ].flatMap((key) => [
      () => accounts.get(key as never),
      () => accounts.delete(key as never),
      () => accounts.update(key as never, {}),
      () => accounts.upsert(key as never, {}),
    ])
    for (const options of [null, 7, 'x', { field: [] }]) {
      runs.push(
        () => accounts.create({}, options as never),
        () => accounts.get('001000000000000AAA', options as never),
        () => accounts.update('001000000000000AAA', {}, options as never),
        () => accounts.upsert({ A__c: '1' }, {}, options as never),
        () => accounts.delete('001000000000000AAA', options as never),
        () => accounts.describe(options as never),
        () => accounts.recent(options as never),
        () => accounts.updated(new Date(0), new Date(60_000), options as never),
      )
    }
    runs.push(
      () => accounts.create(null as never),
      () => accounts.get('\ud800'),
      () => accounts.get('001000000000000AAA', { fields: ['Id', ''] }),
      () => accounts.upsert({ A__c: '1' }, {}, { validate: 'no' as never }),
    )
    for (const run of runs) await assert.rejects(run, { code: 'ERR_SF_CONFIG' }, String(run))
    for (const name of ['', null, 7, '..']) {
      assert.throws(() => org.salesforce.sobject(name as string), { code: 'ERR_SF_CONFIG' })
    }
    assert.equal(org.requests.length, 0)
  })

  it('report an answer that tells no Id', async () => {
    for (const json of [{ success: true }, null, 'ok']) {
      const { salesforce } = scriptedOrg([{ status: 201, json }], { retry: false })
      await assert.rejects(salesforce.sobject('Account').create({}), { code: 'ERR_SF_PROTOCOL' })
    }
  })

  it('give an empty list where nothing was used', async () => {
    assert.deepEqual(
      await scriptedOrg([{ json: { objectDescribe: {}, recentItems: [] } }])
        .salesforce.sobject('Account')
        .recent(),
      [],
    )
  })
})
