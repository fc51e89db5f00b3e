import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg } from '../query/calls.ts'

describe('operators of SOQL conditions', () => {
  const call = emptyOrg()

  const refused = async (soql: string, message: RegExp): Promise<void> => {
    const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
    assert.deepEqual([status, json[0].errorCode], [400, 'MALFORMED_QUERY'], soql)
    assert.match(json[0].message, message)
  }

  for (const operator of ['=', '!=', '<>', '<', '<=', '>', '>=', 'LIKE']) {
    it(`${operator} takes one value, no list`, async () => {
      const column = 32 + operator.length
      const message = new RegExp(`Column:${column}\nunexpected token: '\\('$`)
      await refused(`SELECT Id FROM Lead WHERE Name ${operator}('a(','b')`, message)
      await refused(`SELECT Id FROM Lead WHERE Name ${operator}('a')`, message)
    })
  }

  it('a list is refused in HAVING and in a child query too', async () => {
    await refused(
      'SELECT Name FROM Account GROUP BY Name HAVING COUNT(Id) = (1, 2)',
      /Column:59\nunexpected token: '\('$/,
    )
    await refused(
      "SELECT Id, (SELECT Id FROM Contacts WHERE Name = ('a', 'b')) FROM Account",
      /unexpected token: '\('$/,
    )
  })

  it('IN, INCLUDES and EXCLUDES take a list, no value', async () => {
    await refused(
      "SELECT Id FROM Lead WHERE Name IN 'it\\'s'",
      /Column:35\nexpecting a left parentheses, found 'it\\'s'$/,
    )
    await refused(
      'SELECT Id FROM Lead WHERE AnnualRevenue NOT IN 12',
      /Column:48\nexpecting a left parentheses, found '12'$/,
    )
    await refused(
      "SELECT Id FROM Lead WHERE Skills__c INCLUDES 'a'",
      /Column:46\nexpecting a left parentheses, found 'a'$/,
    )
    await refused(
      "SELECT Id FROM Lead WHERE Skills__c EXCLUDES 'a'",
      /Column:46\nexpecting a left parentheses, found 'a'$/,
    )
  })

  it('NOT beside AND stands in parentheses', async () => {
    const where = "SELECT Id FROM Account WHERE Name != ' NOT '"
    await refused(`${where} AND NOT Name = 'a'`, /Column:50\nunexpected token: 'NOT'$/)
    await refused(`${where} and\nnot (Name = 'a')`, /Row:2:Column:1\nunexpected token: 'NOT'$/)
    await refused("SELECT Id FROM Account WHERE NOT Name = 'a' AND Name != 'b'", /Column:45\nunexpected token: 'AND'$/)
    await refused("SELECT Id FROM Account WHERE (NOT Name = 'a' AND Name != 'b')", /unexpected token: 'AND'$/)
    await refused(
      `SELECT Id, (SELECT Id FROM Contacts WHERE Name = 'a' AND NOT Name = 'b') FROM Account`,
      /token: 'NOT'$/,
    )
    for (const rest of [
      "AND (NOT Name = 'a')",
      "AND (NOT (Name = 'a' AND Name = 'b'))",
      "AND Name NOT IN ('a') AND (NOT Name LIKE 'a')",
      "OR (NOT Name = 'a')",
    ]) {
      assert.equal((await call('GET', `/query?q=${encodeURIComponent(`${where} ${rest}`)}`)).status, 200, rest)
    }
  })
})
