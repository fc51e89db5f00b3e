import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import jsforce from 'jsforce'

const VERSION = '67.0'

/** What jsforce can do and the emulator cannot: none of it belongs to what Forcewire speaks to. */
const UNCOVERED: readonly (readonly [what: string, ask: (connection: jsforce.Connection) => Promise<unknown>])[] = [
  ['Bulk API 1.0', (connection) => connection.bulk.createJob('Account', 'insert').open()],
  ['the Metadata API', (connection) => connection.metadata.list({ type: 'CustomObject' })],
  ['the Tooling API', (connection) => connection.tooling.query('SELECT Id FROM ApexClass').then()],
  ['Chatter', (connection) => Promise.resolve(connection.chatter.resource('/users/me').retrieve())],
  ['SOAP calls but login, logout and undelete', (connection) => connection.soap.getServerTimestamp()],
  ['layouts', (connection) => connection.sobject('Account').layouts()],
  ['tabs', (connection) => connection.tabs()],
]

describe('jsforce against the emulator', () => {
  let emulator: Emulator
  let connection: jsforce.Connection
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    const { url, credentials } = emulator
    connection = new jsforce.Connection({ instanceUrl: url, accessToken: credentials.accessToken, version: VERSION })
  })
  after(() => emulator.close())

  /** Accounts whose names begin with the text, newest name last. */
  const accounts = async (start: string): Promise<(string | undefined)[]> => {
    const found = await connection
      .sobject('Account')
      .find({ Name: { $like: `${start}%` } }, ['Name'])
      .sort('Name')
    return found.map(({ Name }) => Name as string)
  }

  test('logs in with user name and password by SOAP, says who it is, and logs out', async () => {
    const { username, password, securityToken } = emulator.credentials
    const soap = new jsforce.Connection({ loginUrl: emulator.url, version: '60.0' })
    const { id, organizationId } = await soap.login(username, password + securityToken)
    assert.equal(soap.instanceUrl, emulator.url)
    const identity = await soap.identity()
    assert.deepEqual([identity.user_id, identity.organization_id, identity.username], [id, organizationId, username])
    const ended = soap.accessToken ?? ''
    await soap.logout()
    const late = new jsforce.Connection({ instanceUrl: emulator.url, accessToken: ended, version: VERSION })
    await assert.rejects(async () => await late.query('SELECT Id FROM Account'), { errorCode: 'INVALID_SESSION_ID' })
  })

  test('is told in an error of its own that a password is wrong', async () => {
    const soap = new jsforce.Connection({ loginUrl: emulator.url, version: '60.0' })
    await assert.rejects(soap.login(emulator.credentials.username, 'wrong'), /INVALID_LOGIN/)
  })

  test('logs in by OAuth with client credentials and with user name and password', async () => {
    const { clientId, clientSecret, username, password, securityToken } = emulator.credentials
    const grants: Parameters<jsforce.Connection['authorize']>[0][] = [
      { grant_type: 'client_credentials' },
      { grant_type: 'password', username, password: password + securityToken },
    ]
    for (const grant of grants) {
      const oauth2 = { clientId, clientSecret, loginUrl: emulator.url }
      const oauth = new jsforce.Connection({ oauth2, version: VERSION })
      await oauth.authorize(grant)
      assert.equal((await oauth.query('SELECT Id FROM Account LIMIT 1')).totalSize, 1)
    }
  })

  test('renews an ended session with its refresh token', async () => {
    const { clientId, clientSecret, accessToken, refreshToken } = emulator.credentials
    const renewing = new jsforce.Connection({
      ...{ oauth2: { clientId, clientSecret, loginUrl: emulator.url }, instanceUrl: emulator.url },
      ...{ accessToken: `${accessToken}ended`, refreshToken, version: VERSION },
    })
    const renewed: string[] = []
    renewing.on('refresh', (token: string) => void renewed.push(token))
    assert.equal((await renewing.query('SELECT Id FROM Account LIMIT 1')).totalSize, 1)
    assert.equal(renewed.length, 1)
  })

  test('creates, retrieves, updates, upserts and deletes single records', async () => {
    const table = connection.sobject('Account')
    const created = await table.create({ Name: 'One', External_Id__c: 'jsforce-1' })
    assert.ok(created.success)
    assert.equal((await table.retrieve(created.id)).Name, 'One')
    assert.deepEqual(await table.update({ Id: created.id, Name: 'Uno' }), { id: created.id, success: true, errors: [] })
    const upserted = await table.upsert({ External_Id__c: 'jsforce-1', Name: 'Eins' }, 'External_Id__c')
    assert.ok(upserted.success)
    assert.equal((await table.retrieve(created.id)).Name, 'Eins')
    assert.ok((await table.destroy(created.id)).success)
    await assert.rejects(table.retrieve(created.id), { errorCode: 'ENTITY_IS_DELETED' })
  })

  test('has a refused record as an error with its code and fields', async () => {
    await assert.rejects(connection.sobject('Account').create({ Site: 'x' }), {
      errorCode: 'REQUIRED_FIELD_MISSING',
      data: {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [Name]',
        fields: ['Name'],
      },
    })
  })

  test('writes more records than one call of collections takes, each with its own result', async () => {
    const table = connection.sobject('Account')
    const rows = Array.from({ length: 250 }, (_, index) => ({ Name: `Many ${index}`, External_Id__c: `many-${index}` }))
    rows[7] = { Name: '', External_Id__c: 'many-7' }
    const created = await table.create(rows, { allowRecursive: true })
    assert.deepEqual(
      created.flatMap(({ success }, index) => (success ? [] : [index])),
      [7],
    )
    const ids = created.flatMap((result) => (result.success ? [result.id] : []))
    const upserted = await table.upsert(rows.slice(0, 5), 'External_Id__c', { allowRecursive: true })
    assert.deepEqual(
      upserted.map((result) => result.success && result.created),
      [false, false, false, false, false],
    )
    const updated = await table.update(
      ids.map((Id) => ({ Id, Site: 'here' })),
      { allowRecursive: true },
    )
    assert.ok(updated.every(({ success }) => success))
    assert.equal((await table.retrieve(ids)).filter((record) => record?.Site === 'here').length, 249)
    const deleted = await table.destroy(ids, { allowRecursive: true })
    assert.equal(deleted.filter(({ success }) => success).length, 249)
    assert.deepEqual(await accounts('Many'), [])
  })

  test('fetches all pages of a query by itself, children among them', async () => {
    const rows = Array.from({ length: 4500 }, (_, index) => ({ LastName: `Page ${index}` }))
    await connection.bulk2.loadAndWaitForResults({
      object: 'Contact',
      operation: 'insert',
      input: rows,
      pollInterval: 20,
    })
    const options = { autoFetch: true, maxFetch: 10_000 }
    const { records, totalSize, done } = await connection.query(
      "SELECT Id FROM Contact WHERE LastName LIKE 'Page %'",
      options,
    )
    assert.deepEqual([records.length, totalSize, done], [4500, 4500, true])
    const first = await connection.query("SELECT Id FROM Contact WHERE LastName LIKE 'Page %'")
    assert.equal(first.done, false)
    assert.equal((await connection.queryMore(first.nextRecordsUrl ?? '')).records.length, 2000)
    const parents = await connection.query(
      'SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Id IN (SELECT AccountId FROM Contact)',
    )
    assert.ok(parents.records.length > 10)
    for (const { Contacts } of parents.records) assert.equal(Contacts.records.length, Contacts.totalSize)
  })

  test('streams the records of a query', async () => {
    let rows = 0
    for await (const record of Readable.from(connection.query('SELECT Id, Name FROM Lead').stream('csv'))) {
      rows += String(record).split('\n').filter(Boolean).length
    }
    const { totalSize } = await connection.query('SELECT COUNT() FROM Lead')
    assert.equal(rows, totalSize + 1)
  })

  test('loads rows by Bulk API 2.0 and reads the three lists of results', async () => {
    const input = [
      { Name: 'Bulk 1', Site: 'a' },
      { Name: 'Bulk 2', Site: 'b' },
      { Name: 'Bulk 3', Site: 'c'.repeat(81) },
    ]
    const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' })
    await job.open()
    await job.uploadData(input)
    await job.close()
    await job.poll(20, 60_000)
    assert.equal((await job.check()).state, 'JobComplete')
    const { successfulResults, failedResults, unprocessedRecords } = await job.getAllResults()
    assert.deepEqual(
      successfulResults.map((row) => [row['Name' as keyof typeof row], row.sf__Created]),
      [
        ['Bulk 1', 'true'],
        ['Bulk 2', 'true'],
      ],
    )
    assert.match(failedResults[0]?.sf__Error ?? '', /^STRING_TOO_LONG:/)
    assert.equal(unprocessedRecords.length, 0)
    assert.deepEqual(await accounts('Bulk'), ['Bulk 1', 'Bulk 2'])
  })

  test('aborts and deletes ingest jobs', async () => {
    const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' })
    await job.open()
    await job.abort()
    assert.equal((await job.check()).state, 'Aborted')
    await job.delete()
    await assert.rejects(job.check(), { errorCode: 'NOT_FOUND' })
  })

  test('reads rows by a query job of Bulk API 2.0', async () => {
    connection.bulk2.pollInterval = 20
    const stream = await connection.bulk2.query('SELECT Name FROM Product2 ORDER BY Name')
    const names = (await stream.toArray()).map(({ Name }) => Name)
    const { records } = await connection.query('SELECT Name FROM Product2 ORDER BY Name')
    assert.deepEqual(
      names,
      records.map(({ Name }) => Name),
    )
  })

  test('describes objects, and all of them', async () => {
    const { fields, childRelationships } = await connection.describe('Account')
    assert.equal(fields.find(({ name }) => name === 'External_Id__c')?.externalId, true)
    assert.ok(childRelationships.some(({ relationshipName }) => relationshipName === 'Contacts'))
    assert.ok((await connection.describeGlobal()).sobjects.some(({ name }) => name === 'Opportunity'))
  })

  test('searches', async () => {
    await connection.sobject('Account').create({ Name: 'Zanzibar Trading' })
    const { searchRecords } = await connection.search('FIND {zanzibar} IN ALL FIELDS RETURNING Account(Id, Name)')
    assert.deepEqual(
      searchRecords.map(({ Name }) => Name),
      ['Zanzibar Trading'],
    )
  })

  test('sends composite calls', async () => {
    const road = `/services/data/v${VERSION}`
    const { compositeResponse } = await connection.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>(
      `${road}/composite`,
      {
        compositeRequest: [
          { method: 'POST', url: `${road}/sobjects/Account`, referenceId: 'parent', body: { Name: 'Parent' } },
          {
            method: 'POST',
            url: `${road}/sobjects/Contact`,
            referenceId: 'child',
            body: { LastName: 'Child', AccountId: '@{parent.id}' },
          },
        ],
      },
    )
    assert.deepEqual(
      compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
      [201, 201],
    )
  })

  test('asks for limits, recent records, updated and deleted ones', async () => {
    const { DailyApiRequests } = await connection.limits()
    assert.ok(DailyApiRequests && DailyApiRequests.Max > DailyApiRequests.Remaining)
    assert.equal(connection.limitInfo.apiUsage?.limit, DailyApiRequests.Max)
    const created = await connection.sobject('Account').create({ Name: 'Fresh' })
    assert.ok((await connection.recent('Account')).length > 0)
    const soon = new Date(Date.now() + 120_000)
    const { ids } = await connection.updated('Account', new Date(Date.now() - 3_600_000), soon)
    assert.ok(ids.includes(created.id ?? ''))
    await connection.sobject('Account').destroy(created.id ?? '')
    const { deletedRecords } = await connection.deleted('Account', new Date(Date.now() - 3_600_000), soon)
    assert.ok(deletedRecords.some(({ id }) => id === created.id))
  })

  test('runs a report', async () => {
    const reports = await connection.analytics.reports()
    assert.ok(reports.length > 0)
    const { factMap } = await connection.analytics.report(reports[0]?.id ?? '').execute({ details: true })
    assert.ok('T!T' in factMap)
  })

  // jsforce says nothing of the types of these answers.
  test('looks at a list view', async () => {
    const { listviews } = (await connection.sobject('Account').listviews()) as { listviews: Record<string, string>[] }
    const all = listviews.find(({ developerName }) => developerName === 'AllAccounts')
    const view = connection.sobject('Account').listview(all?.id ?? '')
    assert.match(((await view.describe()) as { query: string }).query, /^SELECT Name, /)
    assert.equal(((await view.results()) as { size: number }).size, 25)
  })

  test('performs a quick action on a record', async () => {
    const [account] = await connection.sobject('Account').find({}, ['Id']).limit(1)
    const id = account?.Id ?? ''
    const actions = (await connection.sobject('Account').quickActions()) as { name: string }[]
    assert.ok(actions.some(({ name }) => name === 'NewContact'))
    const action = connection.sobject('Account').quickAction('NewContact')
    assert.equal((await action.describe())?.targetSobjectType, 'Contact')
    assert.equal((await action.defaultValues(id))?.AccountId, id)
    assert.ok((await action.execute(id, { LastName: 'Quick' })).success)
    const found = await connection.sobject('Contact').find({ LastName: 'Quick' }, ['AccountId'])
    assert.deepEqual(
      found.map(({ AccountId }) => AccountId),
      [id],
    )
  })

  test('brings records back from the recycle bin by SOAP', async () => {
    const { id } = await connection.sobject('Account').create({ Name: 'Once gone' })
    assert.ok(id)
    await connection.sobject('Account').destroy(id)
    const [back, gone] = await connection.soap.undelete([id, id])
    assert.deepEqual([back?.success, back?.id], [true, id])
    assert.equal(gone?.success, false)
    assert.equal((await connection.sobject('Account').retrieve(id)).Name, 'Once gone')
  })

  for (const [what, ask] of UNCOVERED) {
    test(`is told loudly that the emulator does not cover ${what}`, async () => {
      await assert.rejects(ask(connection), (error: Error) =>
        /does not cover|covers login\(\), logout\(\) and undelete\(\) only/.test(error.message),
      )
    })
  }
})
