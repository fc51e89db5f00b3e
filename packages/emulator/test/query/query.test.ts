import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, query } from './calls.ts'
import { recordedBody, skipRecorded } from './recorded.ts'

describe('the query roads', () => {
  let emulator: Emulator
  let call: Call
  let now = Date.UTC(2026, 10, 22, 12)
  const ids: string[] = []

  before(async () => {
    emulator = await createEmulator({ seed: 'empty', clock: { now: () => now } })
    call = caller(emulator)
    emulator.pace.set({ reads: 1 })
    const job = (await call('POST', '/jobs/ingest', { body: { object: 'Account', operation: 'insert' } })).json
    const rows = Array.from({ length: 4500 }, (_, index) => `Account ${String(index).padStart(4, '0')}`)
    await call('PUT', `/${job.contentUrl}`, { body: `Name\n${rows.join('\n')}\n` })
    await call('PATCH', `/jobs/ingest/${job.id}`, { body: { state: 'UploadComplete' } })
    assert.equal((await call('GET', `/jobs/ingest/${job.id}`)).json.state, 'JobComplete')
    ids.push((await query(call, 'SELECT Id FROM Account LIMIT 1')).records[0].Id)
  })
  after(() => emulator.close())

  it('answers records as a real org does', { skip: skipRecorded }, async () => {
    const real = recordedBody('nango-query-by-soql')
    const ours = await query(call, 'SELECT Id, Name FROM Account LIMIT 5')
    assert.deepEqual(Object.keys(ours), Object.keys(real))
    assert.deepEqual(Object.keys(ours.records[0]), Object.keys(real.records[0]))
    assert.deepEqual(Object.keys(ours.records[0].attributes), Object.keys(real.records[0].attributes))
    assert.equal(ours.totalSize, real.totalSize)
  })

  it('pages a long result with one locator, every row once, the total on every page', async () => {
    const seen = new Set<string>()
    let page = await query(call, 'SELECT Name FROM Account ORDER BY Name')
    assert.deepEqual(Object.keys(page), ['totalSize', 'done', 'nextRecordsUrl', 'records'])
    const sizes: number[] = []
    for (;;) {
      assert.equal(page.totalSize, 4500)
      sizes.push(page.records.length)
      for (const record of page.records) seen.add(record.Name)
      if (page.done) break
      page = (await call('GET', page.nextRecordsUrl)).json
    }
    assert.deepEqual(sizes, [2000, 2000, 500])
    assert.equal(seen.size, 4500)
    assert.equal('nextRecordsUrl' in page, false)
  })

  it('keeps the result of an open cursor although records change', async () => {
    const first = await query(call, 'SELECT Name FROM Account ORDER BY Name')
    await call('PATCH', `/sobjects/Account/${ids[0]}`, { body: { Name: 'zzz' } })
    const second = (await call('GET', first.nextRecordsUrl)).json
    assert.equal(second.records[0].Name, 'Account 2000')
    await call('PATCH', `/sobjects/Account/${ids[0]}`, { body: { Name: 'Account 0000' } })
  })

  it('lets nobody read on but the user whose query it was', async () => {
    const other = { username: 'ada@example.com', password: 'Ada-1' }
    await fetch(`${emulator.url}/_emulator/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(other),
    })
    const login = await fetch(`${emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: emulator.credentials.clientId,
        client_secret: emulator.credentials.clientSecret,
        ...other,
      }),
    })
    const { access_token: token } = (await login.json()) as { access_token: string }
    const { nextRecordsUrl } = await query(call, 'SELECT Id FROM Account')
    const stranger = await call('GET', nextRecordsUrl, { headers: { authorization: `Bearer ${token}` } })
    assert.deepEqual([stranger.status, stranger.json[0].errorCode], [400, 'INVALID_QUERY_LOCATOR'])
    assert.equal((await call('GET', nextRecordsUrl)).status, 200)
  })

  it('takes batch sizes from 200 to 2,000 and nothing outside', async () => {
    const sizes: number[] = []
    for (const size of ['1', '300', '9999']) {
      const answer = await call('GET', '/query?q=SELECT+Id+FROM+Account', {
        headers: { 'Sforce-Query-Options': `batchSize=${size}` },
      })
      sizes.push(answer.json.records.length)
    }
    assert.deepEqual(sizes, [200, 300, 2000])
  })

  it('refuses a locator that is unknown, and one that is two days old', async () => {
    assert.deepEqual((await call('GET', '/query/01gxx0000000001AAA-2000')).json, [
      { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' },
    ])
    const { nextRecordsUrl } = await query(call, 'SELECT Id FROM Account')
    now += 2 * 86_400_000 + 1
    const { credentials } = emulator
    const fresh = await fetch(`${emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      }),
    })
    const { access_token: token } = (await fresh.json()) as { access_token: string }
    const late = await call('GET', nextRecordsUrl, { headers: { authorization: `Bearer ${token}` } })
    now -= 2 * 86_400_000 + 1
    assert.equal(late.status, 400)
    assert.equal(late.json[0].errorCode, 'INVALID_QUERY_LOCATOR')
  })

  it('leaves deleted records to queryAll', async () => {
    const id = await create(call, 'Contact', { LastName: 'Gone' })
    await call('DELETE', `/sobjects/Contact/${id}`)
    assert.equal((await query(call, 'SELECT Id FROM Contact')).totalSize, 0)
    const all = (await call('GET', '/queryAll?q=SELECT+Id,IsDeleted+FROM+Contact')).json
    assert.deepEqual([all.totalSize, all.records[0].IsDeleted], [1, true])
  })

  it('puts a count into totalSize', async () => {
    assert.deepEqual(await query(call, 'SELECT COUNT() FROM Account'), { totalSize: 4500, done: true, records: [] })
  })

  it('refuses a grouped result that does not fit on one page', async () => {
    const answer = await call('GET', '/query?q=SELECT+Name,COUNT(Id)+FROM+Account+GROUP+BY+Name')
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'EXCEEDED_ID_LIMIT'])
  })

  it('answers 400 with a picture that points at the mistake', async () => {
    const answer = await call('GET', '/query?q=SELECT+Id,+Nmae+FROM+Account')
    assert.equal(answer.status, 400)
    assert.equal(answer.json[0].errorCode, 'INVALID_FIELD')
    const [blank, text, caret, place, message] = answer.json[0].message.split('\n')
    assert.deepEqual([blank, text, place], ['', 'SELECT Id, Nmae FROM Account', 'ERROR at Row:1:Column:12'])
    assert.equal(caret.indexOf('^'), text.indexOf('Nmae'))
    assert.match(message, /^No such column 'Nmae' on entity 'Account'\./)
  })

  it('asks for a query where there is none', async () => {
    const answer = await call('GET', '/query')
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'MALFORMED_QUERY'])
  })

  it('explains a query', async () => {
    const { plans } = (await call('GET', "/query?explain=SELECT+Id+FROM+Account+WHERE+Name='Account+0001'")).json
    assert.deepEqual([plans[0].cardinality, plans[0].sobjectCardinality, plans[0].sobjectType], [1, 4500, 'Account'])
  })
})
