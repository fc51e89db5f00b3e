import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, type Json, query } from '../query/calls.ts'

describe('SOQL clauses', () => {
  let emulator: Emulator
  let call: Call
  let now = Date.UTC(2026, 0, 1, 12)
  let oslo = ''

  before(async () => {
    emulator = await createEmulator({ clock: { now: () => now } })
    call = caller(emulator)
    oslo = await create(call, 'Account', {
      Name: 'Oslo',
      Phone: '47',
      AnnualRevenue: 1234.5,
      BillingLatitude: 59.9139,
      BillingLongitude: 10.7522,
    })
    await create(call, 'Account', { Name: 'Bergen', BillingLatitude: 60.3913, BillingLongitude: 5.3221 })
    await create(call, 'Account', { Name: 'Nowhere' })
    const deal = await create(call, 'Opportunity', {
      Name: 'Deal',
      StageName: 'Prospecting',
      CloseDate: '2026-02-03',
      Amount: 5000,
    })
    await create(call, 'Event', { Subject: 'account', WhatId: oslo })
    await create(call, 'Event', { Subject: 'deal', WhatId: deal })
    await create(call, 'Event', { Subject: 'none' })
    for (const [Status, Rating] of [
      ['Open - Not Contacted', 'Hot'],
      ['Open - Not Contacted', 'Cold'],
      ['Working - Contacted', 'Hot'],
      ['Working - Contacted', null],
    ]) {
      await create(call, 'Lead', { LastName: 'L', Company: 'C', Status, Rating })
    }
  })
  after(() => emulator.close())

  const rows = async (soql: string): Promise<Json[]> => (await query(call, soql)).records

  it('a date function may stand beside the grouped date that it reads', async () => {
    const [row] = await rows(
      'SELECT CloseDate, CALENDAR_YEAR(CloseDate) y, COUNT(Id) n FROM Opportunity GROUP BY CloseDate LIMIT 1',
    )
    assert.deepEqual([row.CloseDate, row.y, row.n], ['2026-02-03', 2026, 1])
  })

  it('COUNT() may have a LIMIT', async () => {
    assert.equal((await query(call, 'SELECT COUNT() FROM Account LIMIT 2')).totalSize, 2)
  })

  it('the words of a keyword may stand on lines of their own, and what follows is pointed at where it stands', async () => {
    const soql = (field: string): string =>
      `SELECT Status, COUNT(Id) n FROM Lead WHERE Company != 'GROUP  BY'\nGROUP\n\tBY Status\nORDER   BY ${field}`
    assert.deepEqual(
      (await rows(soql('Status'))).map(({ Status, n }) => [Status, n]),
      [
        ['Open - Not Contacted', 2],
        ['Working - Contacted', 2],
      ],
    )
    const { json } = await call('GET', `/query?q=${encodeURIComponent(soql('Stat'))}`)
    assert.match(json[0].message, /ERROR at Row:4:Column:12\nNo such column 'Stat'/)
  })

  it('TYPEOF shows the fields of the object that a record refers to', async () => {
    const soql =
      'SELECT TYPEOF What WHEN account THEN Phone, Name WHEN Opportunity THEN Amount ELSE Name, Email END FROM Event ORDER BY Subject'
    const [account, deal, none] = await rows(soql)
    assert.deepEqual(account.What, {
      attributes: { type: 'Account', url: `/services/data/v67.0/sobjects/Account/${oslo}` },
      Phone: '47',
      Name: 'Oslo',
    })
    assert.deepEqual([deal.What.attributes.type, deal.What.Amount], ['Opportunity', 5000])
    assert.equal(none.What, null)
    const [, other] = await rows(
      'SELECT TYPEOF What WHEN Account THEN Phone ELSE Name, Email END FROM Event ORDER BY Subject',
    )
    assert.deepEqual([other.What.Name, other.What.Email], ['Deal', null])
    const [, unmeant] = await rows('SELECT TYPEOF What WHEN Account THEN Phone END FROM Event ORDER BY Subject')
    assert.equal(unmeant.What, null)
  })

  const table = async (soql: string): Promise<unknown[][]> =>
    (await rows(soql)).map(({ attributes: _, ...values }: Json) => Object.values(values))

  it('GROUP BY ROLLUP adds subtotals, and GROUPING() tells them from nulls', async () => {
    const soql =
      'SELECT Status, Rating, GROUPING(Rating) g, COUNT(Id) n FROM Lead GROUP BY ROLLUP(Status, Rating) ' +
      'ORDER BY Status NULLS LAST, GROUPING(Rating), Rating NULLS LAST'
    assert.deepEqual(await table(soql), [
      ['Open - Not Contacted', 'Hot', 0, 1],
      ['Open - Not Contacted', 'Cold', 0, 1],
      ['Open - Not Contacted', null, 1, 2],
      ['Working - Contacted', 'Hot', 0, 1],
      ['Working - Contacted', null, 0, 1],
      ['Working - Contacted', null, 1, 2],
      [null, null, 1, 4],
    ])
  })

  it('HAVING takes GROUPING(), and null for what a subtotal leaves out', async () => {
    const subtotals = 'SELECT Status, COUNT(Id) n FROM Lead GROUP BY ROLLUP(Status)'
    assert.deepEqual(await table(`${subtotals} HAVING GROUPING(Status) = 1`), [[null, 4]])
    assert.deepEqual(await table(`${subtotals} HAVING Status = 'Working - Contacted'`), [['Working - Contacted', 2]])
  })

  it('a picklist sorts as it is set up, other values after it, in records and in groups', async () => {
    const deal = { Name: 'Sorted', CloseDate: '2026-02-03' }
    for (const StageName of ['Closed Lost', 'Aside', 'Qualification']) {
      await create(call, 'Opportunity', { ...deal, StageName })
    }
    const stages = ['Qualification', 'Closed Lost', 'Aside']
    const found = await rows("SELECT StageName FROM Opportunity WHERE Name = 'Sorted' ORDER BY StageName")
    assert.deepEqual(
      found.map(({ StageName }) => StageName),
      stages,
    )
    const grouped = await table(
      "SELECT StageName FROM Opportunity WHERE Name = 'Sorted' GROUP BY StageName ORDER BY StageName DESC",
    )
    assert.deepEqual(grouped.flat(), stages.toReversed())
  })

  it('GROUP BY CUBE adds the subtotals of every combination', async () => {
    const soql =
      "SELECT Status, Rating, COUNT(Id) n FROM Lead WHERE Rating = 'Hot' GROUP BY CUBE(Status, Rating) HAVING COUNT(Id) > 1"
    assert.deepEqual(await table(soql), [
      [null, 'Hot', 2],
      [null, null, 2],
    ])
  })

  it('FORMAT() writes values as users read them, convertCurrency() and toLabel() leave them', async () => {
    const soql =
      'SELECT FORMAT(Amount) a, FORMAT(CloseDate), convertCurrency(Amount), toLabel(StageName), FORMAT(convertCurrency(Amount)) c ' +
      "FROM Opportunity WHERE toLabel(StageName) = 'prospecting' AND Amount = USD5000"
    assert.deepEqual(await table(soql), [['$5,000.00', '2/3/2026', 5000, 'Prospecting', '$5,000.00']])
    assert.deepEqual(await table('SELECT FORMAT(MIN(CreatedDate)) earliest FROM Opportunity'), [['1/1/26, 12:00 PM']])
  })

  it('DISTANCE() measures, filters and sorts', async () => {
    const from = "DISTANCE(BillingAddress, GEOLOCATION(59.9139, 10.7522), 'km')"
    const found = await rows(`SELECT Name, ${from} d FROM Account WHERE ${from} < 400 ORDER BY ${from} DESC`)
    assert.deepEqual(
      found.map(({ Name }) => Name),
      ['Bergen', 'Oslo'],
    )
    assert.ok(Math.abs(found[0].d - 305) < 5, String(found[0].d))
    const [mile] = await rows(
      "SELECT DISTANCE(BillingAddress, GEOLOCATION(60.3913, 5.3221), 'mi') FROM Account WHERE Name = 'Oslo'",
    )
    assert.ok(Math.abs(mile.expr0 - 190) < 4, String(mile.expr0))
  })

  it('FOR VIEW makes a record a recent one', async () => {
    now += 5000
    const { json: before } = await call('GET', '/sobjects/Account')
    assert.notEqual(before.recentItems[0].Name, 'Oslo')
    await rows("SELECT Name FROM Account WHERE Name = 'Oslo' FOR VIEW")
    const { json } = await call('GET', '/sobjects/Account')
    assert.equal(json.recentItems[0].Name, 'Oslo')
  })

  it('scopes leave what is mine, and nothing of what the org has not', async () => {
    const count = async (rest: string): Promise<number> => (await rows(`SELECT Id FROM Account ${rest}`)).length
    assert.equal(await count('USING SCOPE mine'), 3)
    assert.equal(await count('USING SCOPE scopingRule'), 3)
    assert.equal(await count('USING SCOPE my_territory'), 0)
    assert.equal(await count('USING SCOPE delegated'), 0)
  })

  it('takes WITH clauses, FOR UPDATE and UPDATE TRACKING that change no answer', async () => {
    for (const rest of ['WITH SECURITY_ENFORCED', 'WITH USER_MODE', 'FOR UPDATE', 'UPDATE TRACKING']) {
      assert.equal((await rows(`SELECT Id FROM Account ${rest}`)).length, 3, rest)
    }
  })
})
