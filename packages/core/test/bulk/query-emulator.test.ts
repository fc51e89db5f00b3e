import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessToken, customClock, Salesforce } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { TestClock } from '../support/test-clock.ts'
import { textOf } from './scripted-query-org.ts'

let emulator: Awaited<ReturnType<typeof createEmulator>>
const clients: Salesforce[] = []
/** More than the digits of an Id, so that Ids differ by the case of a letter alone. */
const names = Array.from({ length: 150 }, (_, index) => `n-${String(index).padStart(3, '0')}`)

before(async () => {
  emulator = await createEmulator({ resultPageRows: 20 })
  emulator.pace.set({ reads: 1 })
  const rows = names.map((Name, index) => ({ Name, External_Id__c: `00${index}`, NumberOfEmployees: index }))
  await client().collections('Account').create(rows)
})

after(async () => {
  for (const client of clients) await client.close()
  await emulator.close()
})

function client(): Salesforce {
  const made = new Salesforce({
    auth: accessToken({ accessToken: emulator.credentials.accessToken, instanceUrl: emulator.url }),
    [customClock]: new TestClock(),
  })
  clients.push(made)
  return made
}

const soql = 'SELECT Id, Name, External_Id__c, NumberOfEmployees, IsDeleted FROM Account'
const byCharacters = (one: string, other: string): number => (one < other ? -1 : 1)

test('promises of a query in ranges only that the same query goes on, and it does', async () => {
  const query = client().bulk.query(soql, { idRanges: 3 })
  emulator.faults.add({ path: '/resultPages', status: 400, times: 1 })
  await assert.rejects(query.all(), (error: Error) => {
    assert.match(error.message, /is still at Salesforce; it is one of several ranges of the query\. Loop over the same/)
    assert.doesNotMatch(error.message, /resumeQuery/)
    return true
  })
  assert.equal((await query.all()).length, names.length)
})

test('gives every record once in ranges of Ids, in the order in which an org sorts them', async () => {
  const salesforce = client()
  const sorted = (await salesforce.query<{ Id: string }>('SELECT Id FROM Account ORDER BY Id').all()).map(
    ({ Id }) => Id,
  )
  assert.deepEqual(sorted, [...sorted].sort(byCharacters))
  assert.ok(
    new Set(sorted.map((id) => id.slice(0, 15).toLowerCase())).size < sorted.length,
    'case alone tells some apart',
  )
  const query = salesforce.bulk.query<{ Id: string }>(`${soql} ORDER BY Id`, { idRanges: 8 })
  assert.deepEqual(
    (await query.all()).map(({ Id }) => Id),
    sorted,
  )
  const jobs = await query.jobs()
  assert.deepEqual(
    [jobs.length, jobs.reduce((sum, { numberRecordsProcessed = 0 }) => sum + numberRecordsProcessed, 0)],
    [8, 150],
  )
})

test('gives the same CSV in ranges of Ids as from one job', async () => {
  const { bulk } = client()
  const whole = await textOf(bulk.query(`${soql} ORDER BY Id`).csv())
  assert.equal(whole.split('\n').length, 152)
  assert.equal(await textOf(bulk.query(soql, { idRanges: 3 }).csv()), whole)
})

test('leaves values text where told so, and never takes digits for a number in an Id or a code', async () => {
  const { bulk } = client()
  const one = `${soql} WHERE Name = 'n-007'`
  const [typed] = await bulk.query(one).all()
  const [text] = await bulk.query(one, { values: 'text' }).all()
  assert.deepEqual(
    [typed, text].map((row) => [row?.External_Id__c, row?.NumberOfEmployees, row?.IsDeleted]),
    [
      ['007', 7, false],
      ['007', '7', 'false'],
    ],
  )
  assert.match(String(text?.Id), /^001\w{15}$/)
})

for (const [what, where, count] of [
  ['no record', "Name = 'nobody'", 0],
  ['one record', "Name = 'n-001'", 1],
  ['exactly one page', "Name < 'n-020'", 20],
  ['a page and one record', "Name < 'n-021'", 21],
] as const) {
  test(`gives ${what} with one header, from one job and in ranges`, async () => {
    const { bulk } = client()
    for (const options of [{}, { maxRecords: 20 }, { idRanges: 4 }]) {
      const query = bulk.query(`SELECT Name FROM Account WHERE ${where}`, options)
      assert.equal((await query.all()).length, count)
      const lines = (await textOf(query.csv())).trimEnd().split('\n')
      assert.equal(lines.length, count + 1)
      assert.match(lines[0] ?? '', /^"?Name"?$/)
      assert.equal(new Set(lines).size, count + 1)
    }
  })
}

test('goes on in another process by the Id of a job that still runs', async () => {
  const { id, state } = await client().bulk.query(soql).job()
  assert.notEqual(state, 'JobComplete')
  const rows = await client().bulk.resumeQuery<{ Name: string }>(id).all()
  assert.deepEqual(rows.map(({ Name }) => Name).sort(), names)
})

test('says of a job of another Id, and of an aborted one, why there are no rows', async () => {
  const { bulk } = client()
  await assert.rejects(bulk.resumeQuery('750000000000001AAA').all(), {
    code: 'ERR_SF_NOT_FOUND',
    message: /There is no bulk query job 750000000000001AAA .*run the query again/,
  })
  const { id } = await bulk.query(soql).job()
  await bulk.queryJobs.abort(id)
  await assert.rejects(bulk.resumeQuery(id).all(), { code: 'ERR_SF_BULK_JOB', jobId: id, state: 'Aborted' })
})

test('aborts the job that runs when the signal ends the wait, if so told, and otherwise leaves it', async () => {
  emulator.pace.set({ reads: 1_000_000 })
  try {
    for (const abortOnReturn of [true, false]) {
      const { bulk } = client()
      const stop = new AbortController()
      const query = bulk.query(soql, { abortOnReturn }, { signal: stop.signal })
      query.on('progress', () => stop.abort(new Error('enough')))
      await assert.rejects(query.all(), { message: 'enough' })
      const { id } = await query.job()
      assert.equal((await bulk.queryJobs.get(id)).state === 'Aborted', abortOnReturn)
    }
  } finally {
    emulator.pace.set({ reads: 1 })
  }
})

test('reads several jobs as one only where this is right: one CSV has one header, and each object has its own types', async () => {
  const { bulk } = client()
  await client().sobject('Contact').create({ LastName: 'n' })
  const ids: string[] = []
  const accountsSoql = 'SELECT Name, NumberOfEmployees FROM Account LIMIT 2'
  const none = 'SELECT Id FROM Account WHERE Name = null'
  for (const text of ['SELECT LastName FROM Contact LIMIT 1', accountsSoql, accountsSoql, none]) {
    const query = bulk.query(text)
    await query.all()
    ids.push((await query.job()).id)
  }
  const [contacts, accounts, same, empty] = ids as [string, string, string, string]
  const all = await bulk.resumeQuery([contacts, accounts]).all()
  assert.deepEqual(
    all.map((row) => typeof row.NumberOfEmployees),
    ['undefined', 'number', 'number'],
  )
  const csv = bulk.resumeQuery([accounts, contacts]).csv()
  await assert.rejects(textOf(csv), {
    code: 'ERR_SF_CONFIG',
    message:
      `The CSV of bulk query job ${contacts} has another header than those before, so that one CSV cannot hold them. ` +
      `Read the CSV of each job by itself, such as bulk.resumeQuery('${contacts}').csv(), or the records of all of them.`,
  })
  const twice = await textOf(bulk.resumeQuery([accounts, empty, same]).csv())
  const [header = '', one, two, ...rest] = twice.split('\n')
  assert.match(header, /Name.*NumberOfEmployees/)
  assert.deepEqual(rest, [one, two, ''])
})
