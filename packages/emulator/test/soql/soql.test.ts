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

  const refusals: Record<string, [string, string, RegExp]> = {
    'an unknown object': [
      'SELECT Id FROM Acount',
      'INVALID_TYPE',
      /Column:16\nsObject type 'Acount' is not supported\./,
    ],
    'an unknown child relationship': [
      'SELECT Id, (SELECT Id FROM Kids) FROM Account',
      'INVALID_TYPE',
      /relationship 'Kids'/,
    ],
    'an unknown parent': ['SELECT Boss.Name FROM Account', 'INVALID_FIELD', /Didn't understand relationship 'Boss'/],
    'text for a number': [
      "SELECT Id FROM Account WHERE AnnualRevenue = '1'",
      'INVALID_FIELD',
      /of type currency and should not be/,
    ],
    'a number for text': [
      'SELECT Id FROM Account WHERE Name = 1',
      'INVALID_FIELD',
      /of type string and should be enclosed/,
    ],
    'AND and OR on one level': [
      "SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'",
      'MALFORMED_QUERY',
      /Column:55\nunexpected token: 'AND'/,
    ],
    'AND and OR on one level, behind an inner query': [
      "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Name = 'a' OR Name = 'b') AND Name = 'OR' OR Name = 'c'",
      'MALFORMED_QUERY',
      /Column:115\nunexpected token: 'OR'/,
    ],
    'AND and OR on one level of HAVING': [
      'SELECT Name FROM Account GROUP BY Name HAVING COUNT(Id) > 1 AND COUNT(Id) > 2 OR COUNT(Id) > 3',
      'MALFORMED_QUERY',
      /Column:79\nunexpected token: 'OR'/,
    ],
    'an alias in GROUP BY, where it stands': [
      'SELECT Industry i, COUNT(Id) FROM Account GROUP BY i',
      'INVALID_FIELD',
      /Column:52\nNo such column 'i'/,
    ],
    'an alias in HAVING, where it stands': [
      "SELECT Industry i, COUNT(Id) FROM Account GROUP BY Industry HAVING i = 'x'",
      'INVALID_FIELD',
      /Column:68\nNo such column 'i'/,
    ],
    'a joint that joins nothing': [
      "SELECT Id FROM Account WHERE OR Name = 'a'",
      'MALFORMED_QUERY',
      /unexpected token: 'OR'/,
    ],
    'a query that ends early': ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', /unexpected token/],
    'an open quote': ["SELECT Id FROM Account WHERE Name = 'a", 'MALFORMED_QUERY', /Column:37/],
    'a long text in a filter': [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      /can not be filtered/,
    ],
    'a field neither grouped nor aggregated': [
      'SELECT Name, COUNT(Id) FROM Account',
      'MALFORMED_QUERY',
      /must be grouped/,
    ],
    'a sort key neither grouped nor aggregated': [
      'SELECT Name, COUNT(Id) FROM Account GROUP BY Name ORDER BY Site',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: Site/,
    ],
    'a HAVING field neither grouped nor aggregated': [
      "SELECT Name, COUNT(Id) FROM Account GROUP BY Name HAVING Site = 'x'",
      'MALFORMED_QUERY',
      /must be grouped or aggregated: Site/,
    ],
    'an aggregate among the sort keys of records': [
      'SELECT Name FROM Account ORDER BY COUNT(Id)',
      'MALFORMED_QUERY',
      /needed for the aggregate COUNT\(Id\)/,
    ],
    'an aggregate in WHERE': [
      'SELECT Name FROM Account WHERE COUNT(Id) > 1',
      'MALFORMED_QUERY',
      /aggregate COUNT\(Id\)/,
    ],
    'a count among children': [
      'SELECT Id, (SELECT COUNT() FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      /child query/,
    ],
    'a compound field in a filter': [
      "SELECT Id FROM Account WHERE BillingAddress = 'x'",
      'INVALID_FIELD',
      /'BillingAddress' can not be filtered/,
    ],
    'an alias outside aggregates': ['SELECT Name n FROM Account', 'MALFORMED_QUERY', /only aggregate expressions/],
    'a field twice': ['SELECT Id, Id FROM Account', 'MALFORMED_QUERY', /duplicate field selected: Id/],
    'FIELDS(ALL) without a limit': ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', /LIMIT of at most 200/],
    'an offset beyond 2,000': ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', /2000/],
    'links of all documents': [
      "SELECT Id FROM ContentDocumentLink WHERE ShareType = 'V'",
      'MALFORMED_QUERY',
      /requires a filter by a single Id on ContentDocumentId or LinkedEntityId/,
    ],
    'a query of more than 100,000 characters': [
      `SELECT Id FROM Account${' '.repeat(100_000)}`,
      'MALFORMED_QUERY',
      /can not be longer than 100000 characters/,
    ],
    'a text of more than 4,000 characters': [
      `SELECT Id FROM Account WHERE Name LIKE '${'a'.repeat(4001)}'`,
      'MALFORMED_QUERY',
      /Column:40\nA string in a condition can not be longer than 4000/,
    ],
    'a sequence that escapes nothing': [
      "SELECT Id FROM Account WHERE Name = 'Anne\\-Marie'",
      'MALFORMED_QUERY',
      /Column:36\nInvalid string literal 'Anne\\-Marie'. Illegal character sequence '\\-' in string literal.$/,
    ],
    'a sign that no text holds': [
      "SELECT Id FROM Account WHERE Name LIKE 'a\0%'",
      'MALFORMED_QUERY',
      /Illegal character/,
    ],
    'a day that no calendar has': [
      'SELECT Id FROM Opportunity WHERE CloseDate = 2020-02-30',
      'MALFORMED_QUERY',
      /Invalid date: 2020-02-30/,
    ],
    'a time of such a day': [
      'SELECT Id FROM Account WHERE CreatedDate > 2020-02-30T00:00:00Z',
      'MALFORMED_QUERY',
      /Invalid datetime/,
    ],
    'a place that is not on the globe': [
      "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(91, 1), 'km') < 1",
      'MALFORMED_QUERY',
      /DISTANCE expects/,
    ],
    'ROLLUP of more than three fields': [
      'SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Name, Site, Type, Industry)',
      'MALFORMED_QUERY',
      /up to 3 fields/,
    ],
    'GROUPING() of what is not grouped': ['SELECT GROUPING(Name) FROM Account', 'MALFORMED_QUERY', /GROUPING\(Name\)/],
    'more than can be worked out': [
      `SELECT ${Array.from({ length: 2100 }, (_, index) => `COUNT(Id) a${index}`).join(', ')} FROM Account`,
      'QUERY_TOO_COMPLICATED',
      /too many fields/,
    ],
    'a field that a Name has not, whatever the object behind it': [
      'SELECT What.BillingCity FROM Task',
      'INVALID_FIELD',
      /No such column 'BillingCity' on entity 'Name'/,
    ],
    'a relationship of a parent that may be of several objects': [
      "SELECT Id FROM Task WHERE Who.Account.Name = 'x'",
      'INVALID_FIELD',
      /Didn't understand relationship 'Account' in field path.*\(entity 'Name'\)/,
    ],
    'an empty list, where it is empty': [
      'SELECT COUNT() FROM Account WHERE Name IN ( )',
      'MALFORMED_QUERY',
      /Column:45\nunexpected token: '\)'/,
    ],
    'a TYPEOF of an object that the reference never is': [
      'SELECT TYPEOF What WHEN Contact THEN Phone END FROM Task',
      'INVALID_TYPE',
      /Contact is no type/,
    ],
    'ROLLUP beside another field': [
      'SELECT Name, COUNT(Id) FROM Account GROUP BY ROLLUP(Name), Site',
      'MALFORMED_QUERY',
      /cannot be combined/,
    ],
    'an aggregate of two fields': [
      'SELECT COUNT(Id, Name) FROM Account',
      'MALFORMED_QUERY',
      /COUNT\(Id, Name\) expects one field/,
    ],
    'a distance without a unit': [
      'SELECT DISTANCE(BillingAddress, GEOLOCATION(1, 1)) FROM Account',
      'MALFORMED_QUERY',
      /DISTANCE/,
    ],
    'a distance of a field that is no place': [
      "SELECT DISTANCE(Name, GEOLOCATION(1, 1), 'km') FROM Account",
      'INVALID_FIELD',
      /Name does not support the function DISTANCE/,
    ],
    'ALL ROWS, which only Apex knows': [
      'SELECT Id FROM Account ALL ROWS',
      'MALFORMED_QUERY',
      /^ALL ROWS not allowed in/,
    ],
  }
  for (const [mistake, [soql, errorCode, message]] of Object.entries(refusals)) {
    it(`refuses ${mistake}`, async () => {
      // A batch takes a longer query than an address would.
      const url = `v67.0/query?q=${encodeURIComponent(soql)}`
      const { json } = await call('POST', '/composite/batch', { body: { batchRequests: [{ method: 'GET', url }] } })
      const [{ statusCode, result }] = json.results
      assert.deepEqual([statusCode, result[0].errorCode], [400, errorCode])
      assert.match(result[0].message, message)
    })
  }
})
