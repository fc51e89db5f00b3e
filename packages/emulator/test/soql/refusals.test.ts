import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg } from '../query/calls.ts'

describe('SOQL that an org refuses', () => {
  const call = emptyOrg()

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
    'a date function without GROUP BY': [
      'SELECT CALENDAR_YEAR(CreatedDate), Name FROM Account',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: CALENDAR_YEAR\(CreatedDate\)/,
    ],
    'a date function whose datetime alone is grouped': [
      'SELECT CALENDAR_YEAR(CreatedDate) FROM Account GROUP BY CreatedDate',
      'INVALID_FIELD',
      /'CreatedDate' can not be grouped/,
    ],
    'a date function with subtotals of its date': [
      'SELECT CALENDAR_YEAR(CloseDate) FROM Opportunity GROUP BY ROLLUP(CloseDate)',
      'MALFORMED_QUERY',
      /must be grouped or aggregated: CALENDAR_YEAR\(CloseDate\)/,
    ],
    'the day of a date': [
      'SELECT Id FROM Opportunity WHERE DAY_ONLY(CloseDate) = 2026-01-01',
      'INVALID_FIELD',
      /CloseDate does not support date function DAY_ONLY/,
    ],
    'the hour of a date': [
      'SELECT HOUR_IN_DAY(CloseDate) FROM Opportunity GROUP BY HOUR_IN_DAY(CloseDate)',
      'INVALID_FIELD',
      /CloseDate does not support date function HOUR_IN_DAY/,
    ],
    'LIMIT of one row of aggregates': [
      'SELECT MAX(CreatedDate) FROM Account LIMIT 1',
      'MALFORMED_QUERY',
      /aggregate functions cannot also use LIMIT$/,
    ],
    'OFFSET of one row of aggregates': [
      'SELECT COUNT(Id) FROM Account OFFSET 1',
      'MALFORMED_QUERY',
      /aggregate functions cannot also use OFFSET$/,
    ],
    'an aggregate of what is grouped by': [
      'SELECT Name, COUNT(Name) FROM Account GROUP BY Name',
      'MALFORMED_QUERY',
      /Grouped field should not be aggregated: Name/,
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
      /^unexpected token: '\)'$/,
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
