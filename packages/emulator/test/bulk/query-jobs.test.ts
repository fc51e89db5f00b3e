import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create } from '../query/calls.ts'
import { recordedBody, skipRecorded } from '../query/recorded.ts'
import { bulkQuery } from './jobs.ts'

describe('query jobs', () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'empty', clock: { now: () => Date.UTC(2026, 10, 22, 12) } })
    call = caller(emulator)
    await create(call, 'Account', { Name: 'A "1"', AnnualRevenue: 12_345_678, NumberOfEmployees: 5 })
    for (const name of ['B', 'C', 'D', 'E']) await create(call, 'Account', { Name: name })
    const gone = await create(call, 'Account', { Name: 'Z' })
    await call('DELETE', `/sobjects/Account/${gone}`)
  })
  beforeEach(() => emulator.pace.set({ reads: 1 }))
  after(() => emulator.close())

  it('answers creation with the keys of a recorded answer', { skip: skipRecorded }, async () => {
    const body = { operation: 'queryAll', query: 'SELECT Id FROM Account' }
    const created = await call('POST', '/jobs/query', { body })
    assert.equal(created.status, 200)
    assert.deepEqual(Object.keys(created.json), Object.keys(recordedBody('airbyte-bulk2-queryall-created')))
    assert.deepEqual([created.json.state, created.json.apiVersion], ['UploadComplete', 67])
  })

  it('writes every cell in quotes, null as nothing, times with Z, large numbers as Java does', async () => {
    const soql =
      "SELECT Name, AnnualRevenue, NumberOfEmployees, IsDeleted, CreatedDate, Owner.Username FROM Account WHERE Name IN ('A \"1\"', 'B') ORDER BY Name"
    const { id, state, numberRecordsProcessed } = await bulkQuery(call, soql)
    assert.deepEqual([state, numberRecordsProcessed], ['JobComplete', 2])
    const { text, headers } = await call('GET', `/jobs/query/${id}/results`)
    const [owner] = /"[^"]*"\n$/.exec(text) ?? []
    assert.equal(
      text,
      '"Name","AnnualRevenue","NumberOfEmployees","IsDeleted","CreatedDate","Owner.Username"\n' +
        `"A ""1""","1.2345678E7","5","false","2026-11-22T12:00:00.000Z",${owner}` +
        `"B","","","false","2026-11-22T12:00:00.000Z",${owner}`,
    )
    assert.equal(headers.get('content-type'), 'text/csv; charset=UTF-8')
    assert.deepEqual([headers.get('sforce-locator'), headers.get('sforce-numberofrecords')], ['null', '2'])
  })

  it('pages by maxRecords with the header on every page, and says null, the word, on the last', async () => {
    const { id } = await bulkQuery(call, 'SELECT Name FROM Account ORDER BY Name')
    const pages: string[] = []
    let locator = ''
    do {
      const page = await call('GET', `/jobs/query/${id}/results?maxRecords=2${locator && `&locator=${locator}`}`)
      pages.push(page.text)
      locator = page.headers.get('sforce-locator') ?? ''
    } while (locator !== 'null')
    assert.deepEqual(pages, ['"Name"\n"A ""1"""\n"B"\n', '"Name"\n"C"\n"D"\n', '"Name"\n"E"\n'])
  })

  it('has result pages of the size that the emulator is told', async () => {
    const records = { Account: Array.from({ length: 5 }, (_, index) => ({ Name: `row ${index}` })) }
    await using small = await createEmulator({ seed: records, resultPageRows: 2 })
    small.pace.set({ reads: 1 })
    const own = caller(small)
    const { id } = await bulkQuery(own, 'SELECT Name FROM Account ORDER BY Name')
    const { resultPages } = (await own('GET', `/jobs/query/${id}/resultPages`)).json
    assert.equal(resultPages.length, 3)
    assert.equal((await own('GET', `/jobs/query/${id}/results`)).text, '"Name"\n"row 0"\n"row 1"\n')
  })

  it('answers a result without rows with its header alone', async () => {
    const { id, numberRecordsProcessed } = await bulkQuery(call, "SELECT Id, Name FROM Account WHERE Name = 'nobody'")
    const { text, headers } = await call('GET', `/jobs/query/${id}/results`)
    assert.deepEqual([numberRecordsProcessed, text], [0, '"Id","Name"\n'])
    assert.deepEqual([headers.get('sforce-locator'), headers.get('sforce-numberofrecords')], ['null', '0'])
  })

  it('finds deleted records with queryAll alone', async () => {
    const counts: number[] = []
    for (const operation of ['query', 'queryAll']) {
      counts.push((await bulkQuery(call, 'SELECT Id FROM Account', { operation })).numberRecordsProcessed)
    }
    assert.deepEqual(counts, [5, 6])
  })

  it('writes the dialect that was ordered', async () => {
    const order = { columnDelimiter: 'PIPE', lineEnding: 'CRLF' }
    const { id } = await bulkQuery(call, "SELECT Name, Site FROM Account WHERE Name = 'B'", order)
    assert.equal((await call('GET', `/jobs/query/${id}/results`)).text, '"Name"|"Site"\r\n"B"|""\r\n')
  })

  it('lists result pages, and answers 409 to another API version and 404 before 58.0', async () => {
    const { id } = await bulkQuery(call, 'SELECT Id FROM Account')
    const { resultPages, done } = (await call('GET', `/jobs/query/${id}/resultPages`)).json
    assert.deepEqual([resultPages.length, done], [1, true])
    assert.equal((await call('GET', resultPages[0].resultUrl)).headers.get('sforce-numberofrecords'), '5')
    assert.equal((await call('GET', `/services/data/v60.0/jobs/query/${id}/resultPages`)).status, 409)
    assert.equal((await call('GET', `/services/data/v60.0/jobs/query/${id}/results`)).status, 409)
    assert.equal((await call('GET', `/services/data/v57.0/jobs/query/${id}/resultPages`)).status, 404)
  })

  const refusals: Record<string, [string, string]> = {
    'an unknown object': ['SELECT Id FROM Foo', 'INVALIDENTITY'],
    'an unknown field': ['SELECT Foo FROM Account', 'INVALID_FIELD'],
    'broken syntax': ['SELECT FROM', 'MALFORMED_QUERY'],
    'GROUP BY': ['SELECT Name FROM Account GROUP BY Name', 'FUNCTIONALITY_NOT_ENABLED'],
    'COUNT()': ['SELECT COUNT() FROM Account', 'FUNCTIONALITY_NOT_ENABLED'],
    OFFSET: ['SELECT Id FROM Account LIMIT 5 OFFSET 1', 'FUNCTIONALITY_NOT_ENABLED'],
    TYPEOF: ['SELECT TYPEOF What WHEN Account THEN Name END FROM Task', 'FUNCTIONALITY_NOT_ENABLED'],
    'binary data': ['SELECT Body FROM Attachment', 'FUNCTIONALITY_NOT_ENABLED'],
    'a compound address': ['SELECT BillingAddress FROM Account', 'FUNCTIONALITY_NOT_ENABLED'],
    'a child query': ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'FUNCTIONALITY_NOT_ENABLED'],
  }
  for (const [mistake, [soql, errorCode]] of Object.entries(refusals)) {
    it(`refuses ${mistake}`, async () => {
      const answer = await call('POST', '/jobs/query', { body: { operation: 'query', query: soql } })
      assert.deepEqual([answer.status, answer.json[0].errorCode], [400, errorCode])
    })
  }

  it('aborts, refuses results of an aborted job, and deletes it', async () => {
    const body = { operation: 'query', query: 'SELECT Id FROM Account' }
    const { id } = (await call('POST', '/jobs/query', { body })).json
    const early = await call('DELETE', `/jobs/query/${id}`)
    assert.deepEqual([early.status, early.json[0].errorCode], [400, 'API_ERROR'])
    const aborted = await call('PATCH', `/jobs/query/${id}`, { body: { state: 'Aborted' } })
    assert.deepEqual([aborted.status, aborted.json.state], [200, 'Aborted'])
    assert.equal((await call('GET', `/jobs/query/${id}/results`)).json[0].errorCode, 'INVALIDJOBSTATE')
    const deleted = await call('DELETE', `/jobs/query/${id}`)
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    assert.equal((await call('GET', `/jobs/query/${id}`)).status, 404)
  })

  it('refuses a locator that is none', async () => {
    const { id } = await bulkQuery(call, 'SELECT Id FROM Account')
    assert.equal((await call('GET', `/jobs/query/${id}/results?locator=nonsense`)).status, 400)
  })

  it('lists its jobs apart from ingest jobs', async () => {
    await call('POST', '/jobs/ingest', { body: { object: 'Account', operation: 'insert' } })
    const { done, records } = (await call('GET', '/jobs/query')).json
    assert.equal(done, true)
    assert.ok(records.length > 0)
    assert.ok(records.every((job: { jobType: string }) => job.jobType === 'V2Query'))
  })
})
