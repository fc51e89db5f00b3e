import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessToken, customClock, Salesforce } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { IncrementOptions } from '../../src/bulk/increment.ts'
import { TestClock } from '../support/test-clock.ts'
import { script } from './scripted-connection.ts'
import { org, soql } from './scripted-query-org.ts'

const second = 1_000
const hour = 3_600_000
/** The time at the org; every test moves it on. */
let time = Date.UTC(2026, 10, 22, 12)
let emulator: Awaited<ReturnType<typeof createEmulator>>
const clients: Salesforce[] = []

before(async () => {
  emulator = await createEmulator({ clock: { now: () => time }, sessionSeconds: 1_000_000 })
  emulator.pace.set({ reads: 1 })
})

after(async () => {
  for (const client of clients) await client.close()
  await emulator.close()
})

/** A client whose own clock is wrong by so many milliseconds. */
function client(error = 0): Salesforce {
  const made = new Salesforce({
    auth: accessToken({ accessToken: emulator.credentials.accessToken, instanceUrl: emulator.url }),
    [customClock]: new TestClock(15_000, time + error),
  })
  clients.push(made)
  return made
}

const changed = (prefix: string): string => `SELECT Name FROM Account WHERE Name = null OR Name LIKE '${prefix}%'`
const namesOf = (rows: readonly Record<string, unknown>[]): unknown[] => rows.map(({ Name }) => Name).sort()

test('takes every change once, increment after increment, also those in the second in which one ends', async () => {
  const salesforce = client()
  const accounts = salesforce.sobject('Account')
  let until: string | undefined
  const got: unknown[][] = []
  const made: string[] = []
  for (let turn = 0; turn < 6; turn += 1) {
    // Three changes around the end of this increment: before it, in its second, and right after it.
    for (const [index, offset] of [-second, 999, second].entries()) {
      time += index === 0 ? 2 * second : 0
      const now = time
      time = now - 5 * second + offset
      made.push(`turn${turn}-${index}`)
      await accounts.create({ Name: made.at(-1) })
      time = now
    }
    const increment = salesforce.bulk.increment(changed('turn'), { after: until, lag: 5 * second })
    got.push(namesOf(await increment.all()))
    until = await increment.until()
    assert.equal(until, new Date(time - 5 * second).toISOString())
  }
  const increment = salesforce.bulk.increment(changed('turn'), { after: until, lag: second })
  time += hour
  got.push(namesOf(await increment.all()))
  assert.deepEqual(got.flat().sort(), made.sort())
  assert.ok(got.every((names) => names.length > 0))
})

test('ends by the clock of Salesforce, whatever that of this machine says', async () => {
  time += hour
  await client().sobject('Account').create({ Name: 'clock' })
  time += hour
  for (const error of [-hour, hour, -365 * 24 * hour]) {
    const increment = client(error).bulk.increment(changed('clock'))
    assert.deepEqual(namesOf(await increment.all()), ['clock'])
    assert.equal(await increment.until(), new Date(time - hour / 6).toISOString())
  }
})

test('gives a record that changes again in the next increment too, and misses no change that shows late', async () => {
  const salesforce = client()
  time += hour
  const { id } = await salesforce.sobject('Account').create({ Name: 'again-1' })
  time += hour
  const first = salesforce.bulk.increment(changed('again'))
  const until = await first.until()
  // It changes after the end of the increment, but before its job runs.
  time += second
  await salesforce.sobject('Account').update(id, { Name: 'again-2' })
  assert.deepEqual(namesOf(await first.all()), [])
  time += hour
  assert.deepEqual(namesOf(await salesforce.bulk.increment(changed('again'), { after: until }).all()), ['again-2'])
})

test('gives deleted records too, which tell themselves', async () => {
  const salesforce = client()
  time += hour
  const { id } = await salesforce.sobject('Account').create({ Name: 'gone' })
  time += hour
  const first = salesforce.bulk.increment(changed('gone'), { includeDeleted: true })
  assert.deepEqual(namesOf(await first.all()), ['gone'])
  await salesforce.sobject('Account').delete(id)
  time += hour
  const text = "SELECT Id, IsDeleted FROM Account WHERE Name = 'gone'"
  const second = salesforce.bulk.increment(text, { includeDeleted: true, after: await first.until() })
  assert.deepEqual(await second.all(), [{ Id: id, IsDeleted: true }])
})

test('runs in ranges of Ids, all of them up to the same time', async () => {
  const salesforce = client()
  time += hour
  const names = Array.from({ length: 20 }, (_, index) => `range-${index}`)
  await salesforce.collections('Account').create(names.map((Name) => ({ Name })))
  time += hour
  const increment = salesforce.bulk.increment(changed('range'), { idRanges: 4 })
  assert.deepEqual(namesOf(await increment.all()), names.sort())
  assert.equal((await increment.jobs()).length, 4)
})

test('gives nothing where the lag has not passed yet, and does not go back', async () => {
  const until = new Date(time - second).toISOString()
  const increment = client().bulk.increment(changed(''), { after: until })
  assert.deepEqual(await increment.all(), [])
  assert.equal(await increment.until(), until)
})

const date = (text: string | undefined): object => ({ headers: text === undefined ? {} : { date: text }, body: [] })
const noon = 'Sun, 22 Nov 2026 12:00:00 GMT'

/** The SOQL of the job, where it is noon at Salesforce. */
async function queryOf(text: string, options: IncrementOptions): Promise<string> {
  const { connection, sent } = org([[]], (line) => (line === 'GET /services/data' ? date(noon) : undefined))
  await createBulk(connection).increment(text, options).all()
  return JSON.parse(sent.find(({ line }) => line.startsWith('POST'))?.body ?? '').query
}

for (const [title, options, condition] of [
  ['ends ten minutes before now', {}, 'SystemModstamp <= 2026-11-22T11:50:00.000Z'],
  ['ends as told before now', { lag: 1_500 }, 'SystemModstamp <= 2026-11-22T11:59:58.000Z'],
  [
    'begins after a text',
    { after: '2026-11-21T10:00:00.000Z' },
    'SystemModstamp > 2026-11-21T10:00:00.000Z AND SystemModstamp <= 2026-11-22T11:50:00.000Z',
  ],
  [
    'begins after a time as records hold it, with another offset',
    { after: '2026-11-21T10:00:00.000+0200' },
    'SystemModstamp > 2026-11-21T08:00:00.000Z AND SystemModstamp <= 2026-11-22T11:50:00.000Z',
  ],
  [
    'begins after a Date, in whole seconds',
    { after: new Date(Date.UTC(2026, 10, 21, 10, 0, 0, 999)) },
    'SystemModstamp > 2026-11-21T10:00:00.000Z AND SystemModstamp <= 2026-11-22T11:50:00.000Z',
  ],
] as const) {
  test(`an increment ${title}`, async () => {
    assert.equal(await queryOf(soql, options), `${soql} WHERE ${condition}`)
    assert.equal(
      await queryOf("SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' ORDER BY Name", options),
      `SELECT Id FROM Account WHERE (Name = 'a' OR Name = 'b') AND ${condition} ORDER BY Name`,
    )
  })
}

test('asks for the time once, and again when that failed', async () => {
  let answers = 0
  const { connection, lines } = org([[]], (line) => {
    if (line !== 'GET /services/data') return undefined
    answers += 1
    return answers === 1 ? { status: 400, body: 'UNKNOWN' } : date(noon)
  })
  const increment = createBulk(connection).increment(soql)
  assert.deepEqual(lines(), [])
  await assert.rejects(increment.until(), { errorCode: 'UNKNOWN' })
  assert.equal(await increment.until(), '2026-11-22T11:50:00.000Z')
  await increment.all()
  await increment.all()
  assert.equal(await increment.until(), '2026-11-22T11:50:00.000Z')
  assert.equal(answers, 2)
})

test('says so when the answer has no time', async () => {
  for (const header of [undefined, '', 'noon']) {
    const { connection } = script(() => date(header))
    await assert.rejects(createBulk(connection).increment(soql).all(), {
      code: 'ERR_SF_PROTOCOL',
      message: /without the header Date/,
    })
  }
})

test('refuses to begin after a time that Salesforce has not come to', async () => {
  const { connection } = script(() => date(noon))
  await assert.rejects(createBulk(connection).increment(soql, { after: '2026-11-22T13:00:00Z' }).all(), {
    code: 'ERR_SF_CONFIG',
    message: /^after must be the until\(\) of an increment before, but is ahead of the clock of Salesforce/,
  })
})

const wrong: [text: string, options: object, message: RegExp][] = [
  ['SELECT Id FROM Account LIMIT 5', {}, /would miss changes by a query with LIMIT\. Leave LIMIT out/],
  ['SELECT Id FROM Account OFFSET 5', {}, /would miss changes by a query with OFFSET/],
  ['SELECT Name FROM Account GROUP BY Name', {}, /would miss changes by a query with GROUP BY/],
  ['SELECT Id FROM Account ORDER BY Name', { idRanges: true }, /in the order of their Ids/],
  [soql, { lag: 0 }, /^lag must be a whole number of 1,000 or more, but is 0/],
  [soql, { lag: '5' }, /^lag must be a whole number of 1,000 or more, but is a text/],
  [soql, { after: 'yesterday' }, /^after must be a Date or a time with an offset .*, but is a text/],
  [soql, { after: '2026-02-30T99:00:00Z' }, /^after must be/],
  [soql, { after: '2026-11-22' }, /^after must be/],
  [soql, { after: 5 }, /^after must be .*, but is 5/],
  [soql, { after: new Date(Number.NaN) }, /^after must be .*, but is an invalid date/],
  [soql, { since: noon }, /^bulk.increment has no option 'since'/],
  [soql, { values: 'none' }, /^values must be one of/],
]
for (const [text, options, message] of wrong) {
  test(`refuses the increment "${text}" with ${JSON.stringify(options)}`, () => {
    const { connection } = org([[]])
    assert.throws(() => createBulk(connection).increment(text, options), { code: 'ERR_SF_CONFIG', message })
  })
}
