import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, query } from '../query/calls.ts'

describe('SOQL', () => {
  let emulator: Emulator
  let call: Call
  let north = ''
  let south = ''

  before(async () => {
    emulator = await createEmulator({ seed: 'empty', clock: { now: () => Date.UTC(2026, 10, 22, 12) } })
    call = caller(emulator)
    north = await create(call, 'Account', {
      Name: 'North Wind',
      BillingCity: 'Oslo',
      AnnualRevenue: 100,
      Interests__c: 'Cloud;Data',
    })
    south = await create(call, 'Account', {
      Name: 'south sea',
      AnnualRevenue: 300,
      ParentId: north,
      Interests__c: 'Data',
    })
    await create(call, 'Account', { Name: '100%_sure \\ x', BillingCity: 'oslo' })
    await create(call, 'Contact', { LastName: 'Berg', FirstName: 'Ada', AccountId: north, Birthdate: '2000-02-29' })
    await create(call, 'Contact', { LastName: 'Aas', AccountId: north })
    await create(call, 'Contact', { LastName: 'Lone' })
    await create(call, 'Task', { Subject: 'Call', WhatId: north })
  })
  after(() => emulator.close())

  const names = async (where: string): Promise<string[]> =>
    (await query(call, `SELECT Name FROM Account ${where} ORDER BY Name`)).records.map(
      (record: { Name: string }) => record.Name,
    )

  const WEIRD = '100%_sure \\ x'
  const filters: Record<string, [string, string[]]> = {
    'compares text without regard to case': ["WHERE Name = 'SOUTH SEA'", ['south sea']],
    'lets != be true for null': ["WHERE BillingCity != 'Oslo'", ['south sea']],
    'takes the empty text for null': ["WHERE BillingCity = ''", ['south sea']],
    'finds by LIKE without regard to case': ["WHERE Name LIKE 'NORTH%'", ['North Wind']],
    'takes _ in LIKE for one character': ["WHERE Name LIKE '_outh sea'", ['south sea']],
    'takes escaped signs in LIKE literally': ["WHERE Name LIKE '%\\%\\_sure%'", [WEIRD]],
    'takes an escaped backslash in LIKE literally': ["WHERE Name LIKE '%\\\\%'", [WEIRD]],
    'finds by IN and NOT IN, null being outside': ["WHERE BillingCity NOT IN ('Oslo')", ['south sea']],
    'compares numbers': ['WHERE AnnualRevenue > 100', ['south sea']],
    'leaves null out of comparisons': ['WHERE AnnualRevenue < 1000', ['North Wind', 'south sea']],
    'makes NOT of a comparison with null true': ['WHERE NOT (AnnualRevenue < 1000)', [WEIRD]],
    'asks multi-select picklists for all of one and any of several values': [
      "WHERE Interests__c INCLUDES ('Cloud;Data', 'Training')",
      ['North Wind'],
    ],
    'excludes by multi-select picklist, null staying in': [
      "WHERE Interests__c EXCLUDES ('Cloud')",
      [WEIRD, 'south sea'],
    ],
    'joins AND and OR by parentheses': [
      "WHERE (Name = 'north wind' OR Name = 'south sea') AND AnnualRevenue = 300",
      ['south sea'],
    ],
    'follows parents': ["WHERE Parent.Name = 'North Wind' AND Owner.IsActive = true", ['south sea']],
    'counts the day of a date literal to what is at or before it': ['WHERE CreatedDate <= YESTERDAY', []],
    'counts the day of a date literal to what is at or after it': [
      'WHERE CreatedDate >= TODAY AND CreatedDate <= TODAY',
      [WEIRD, 'North Wind', 'south sea'],
    ],
    'compares date-times with date literals': ['WHERE CreatedDate = TODAY', [WEIRD, 'North Wind', 'south sea']],
    'compares date-times with offsets': [
      'WHERE CreatedDate > 2026-11-22T13:00:00+02:00',
      [WEIRD, 'North Wind', 'south sea'],
    ],
    'finds by semi-join': ["WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE 'B%')", ['North Wind']],
    'finds by anti-join although the inner list holds null': [
      'WHERE Id NOT IN (SELECT AccountId FROM Contact)',
      [WEIRD, 'south sea'],
    ],
  }
  for (const [sentence, [where, expected]] of Object.entries(filters)) {
    it(sentence, async () => assert.deepEqual(await names(where), expected))
  }

  it('takes a 15-character Id', async () => {
    assert.deepEqual(await names(`WHERE Id = '${north.slice(0, 15)}'`), ['North Wind'])
  })

  it('answers names in the spelling of the schema, whatever the query writes', async () => {
    const { records } = await query(call, "select ID, parent.NAME from ACCOUNT where name = 'south sea'")
    assert.deepEqual(Object.keys(records[0]), ['attributes', 'Id', 'Parent'])
    assert.deepEqual(records[0].Parent, {
      attributes: { type: 'Account', url: `/services/data/v67.0/sobjects/Account/${north}` },
      Name: 'North Wind',
    })
  })

  it('takes names for parents in FROM', async () => {
    const soql =
      "SELECT c.LastName, a.Name, o.IsActive FROM Contact c, c.Account a, a.Owner AS o WHERE a.Name = 'North Wind' AND " +
      "c.FirstName != ', c.Account x' ORDER BY c.LastName LIMIT 1"
    const { records } = await query(call, soql)
    assert.deepEqual([records[0].LastName, records[0].Account.Name], ['Aas', 'North Wind'])
    assert.equal(records[0].Account.Owner.IsActive, true)
    const counted = await query(call, "SELECT count() FROM Contact c, c.Account a WHERE a.Name = 'North Wind'")
    assert.equal(counted.totalSize, 2)
  })

  it('answers null for a parent that is not there', async () => {
    const { records } = await query(call, "SELECT Parent.Owner.Name FROM Account WHERE Name = 'North Wind'")
    assert.equal(records[0].Parent, null)
  })

  it('nests children with their count, null where there are none', async () => {
    const { records } = await query(
      call,
      'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName LIMIT 1) FROM Account WHERE AnnualRevenue > 0 ORDER BY Name',
    )
    assert.equal(records[0].Contacts.totalSize, 1)
    assert.equal(records[0].Contacts.done, true)
    assert.equal(records[0].Contacts.records[0].LastName, 'Aas')
    assert.equal(records[1].Contacts, null)
  })

  it('answers a compound address as an object, null where it is empty', async () => {
    const { records } = await query(call, 'SELECT BillingAddress FROM Account WHERE AnnualRevenue > 0 ORDER BY Name')
    assert.equal(records[0].BillingAddress.city, 'Oslo')
    assert.equal(records[0].BillingAddress.street, null)
    assert.equal(records[1].BillingAddress, null)
  })

  it('knows the object behind a polymorphic reference', async () => {
    const { records } = await query(call, 'SELECT What.Name, What.Type, Who.Name FROM Task')
    assert.equal(records[0].What.attributes.type, 'Account')
    assert.deepEqual([records[0].What.Name, records[0].What.Type, records[0].Who], ['North Wind', 'Account', null])
  })

  it('writes date-times with an offset without a colon, and booleans as such', async () => {
    const { records } = await query(call, "SELECT CreatedDate, IsDeleted FROM Account WHERE Name = 'south sea'")
    assert.deepEqual([records[0].CreatedDate, records[0].IsDeleted], ['2026-11-22T12:00:00.000+0000', false])
  })

  it('reads an escaped backslash as one, whatever letter follows', async () => {
    const where = "WHERE Name LIKE '100%' AND Name IN ('100%_sure \\\\ x', 'a\\\\ib', 'a\\\\\\'c')"
    assert.deepEqual(await names(where), [WEIRD])
  })

  it('takes null for false where a field is a checkbox', async () => {
    const { totalSize } = await query(call, 'SELECT Id FROM Account WHERE IsDeleted = null')
    assert.equal(totalSize, 3)
    assert.equal((await query(call, 'SELECT Id FROM Account WHERE IsDeleted != null')).totalSize, 0)
  })

  it('groups and aggregates under aliases and exprN', async () => {
    const { records } = await query(
      call,
      'SELECT Account.Name parent, COUNT(Id), COUNT_DISTINCT(LastName) people, MAX(Birthdate) FROM Contact ' +
        'GROUP BY Account.Name HAVING COUNT(Id) > 0 ORDER BY COUNT(Id) DESC',
    )
    assert.deepEqual(records, [
      { attributes: { type: 'AggregateResult' }, parent: 'North Wind', expr0: 2, people: 2, expr1: '2000-02-29' },
      { attributes: { type: 'AggregateResult' }, parent: null, expr0: 1, people: 1, expr1: null },
    ])
  })

  it('sums and averages over everything without GROUP BY', async () => {
    const { records } = await query(call, 'SELECT SUM(AnnualRevenue), AVG(AnnualRevenue) mean, MIN(Name) FROM Account')
    assert.deepEqual(records, [{ attributes: { type: 'AggregateResult' }, expr0: 400, mean: 200, expr1: WEIRD }])
  })

  it('groups by date functions', async () => {
    const { records } = await query(
      call,
      'SELECT CALENDAR_YEAR(CreatedDate) y, DAY_IN_WEEK(CreatedDate) d, COUNT(Id) n FROM Account ' +
        'GROUP BY CALENDAR_YEAR(CreatedDate), DAY_IN_WEEK(CreatedDate)',
    )
    assert.deepEqual([records[0].y, records[0].d, records[0].n], [2026, 1, 3])
  })

  it('puts null first unless told otherwise, in both directions', async () => {
    const order = async (by: string): Promise<(number | null)[]> =>
      (await query(call, `SELECT AnnualRevenue FROM Account ORDER BY AnnualRevenue ${by}`)).records.map(
        (record: { AnnualRevenue: number | null }) => record.AnnualRevenue,
      )
    assert.deepEqual(await order(''), [null, 100, 300])
    assert.deepEqual(await order('DESC'), [null, 300, 100])
    assert.deepEqual(await order('DESC NULLS LAST'), [300, 100, null])
  })

  it('skips and limits', async () => {
    const { records, totalSize } = await query(call, 'SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1')
    assert.deepEqual([totalSize, records[0].Name], [1, 'North Wind'])
  })

  it('lists all fields, standard or custom ones', async () => {
    const { records } = await query(call, `SELECT FIELDS(CUSTOM) FROM Account WHERE Id = '${south}' LIMIT 200`)
    assert.deepEqual(Object.keys(records[0]), ['attributes', 'External_Id__c', 'Legacy_Id__c', 'Interests__c'])
    const all = await query(call, 'SELECT FIELDS(ALL) FROM Account LIMIT 1')
    const standard = await query(call, 'SELECT FIELDS(STANDARD) FROM Account')
    assert.equal(Object.keys(all.records[0]).length, Object.keys(standard.records[0]).length + 3)
  })
})
