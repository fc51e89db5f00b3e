import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg } from '../query/calls.ts'

describe('COUNT()', () => {
  const call = emptyOrg()

  const refusals: Record<string, [string, RegExp]> = {
    'beside an aggregate': ['SELECT COUNT(), COUNT(Id) FROM Account', /^COUNT\(\) must be the only element/],
    'beside a field': ['SELECT COUNT(), Name FROM Account', /./],
    'beside a group': ['SELECT Name, COUNT() FROM Account GROUP BY Name', /^COUNT\(\) must be the only element/],
    'of groups': ['SELECT COUNT() FROM Account GROUP BY Name', /^COUNT\(\) cannot be used with GROUP BY$/],
    'in HAVING': ['SELECT Name FROM Account GROUP BY Name HAVING COUNT() > 1', /./],
    'in an order': ['SELECT COUNT() FROM Account ORDER BY Name', /^COUNT\(\) cannot be used with ORDER BY$/],
  }
  for (const [place, [soql, message]] of Object.entries(refusals)) {
    it(`is refused ${place}`, async () => {
      const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
      assert.deepEqual([status, json[0].errorCode], [400, 'MALFORMED_QUERY'], soql)
      assert.match(json[0].message, message)
    })
  }

  it('takes parents that FROM names', async () => {
    for (const soql of [
      "SELECT COUNT() FROM Contact, Contact.Account WHERE Account.Name = 'MyriadPubs'",
      "SELECT COUNT() FROM Contact c, c.Account a, c.Owner WHERE a.Name = 'x' AND Owner.Name = 'y' LIMIT 1",
      'SELECT COUNT() FROM Contact c, c.Account',
    ]) {
      const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
      assert.deepEqual([status, json.totalSize], [200, 0], soql)
    }
  })
})

describe('a query that aggregates', () => {
  const call = emptyOrg()

  const refusal = async (soql: string): Promise<string> => {
    const { status, json } = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
    assert.deepEqual([status, json[0].errorCode], [400, 'MALFORMED_QUERY'], soql)
    return json[0].message
  }

  it('has neither TYPEOF nor children', async () => {
    const typeOf = 'SELECT COUNT(Id), TYPEOF What WHEN Account THEN Name END FROM Task GROUP BY WhatId'
    assert.match(await refusal(typeOf), /^TYPEOF cannot stand in a query that aggregates/)
    const children = 'SELECT Name, (SELECT Id FROM Contacts) FROM Account GROUP BY Name'
    assert.match(await refusal(children), /^A query of children cannot stand in a query that aggregates/)
  })

  it('is refused without a place where the sign that cannot stand there stands in others too', async () => {
    const soql = 'SELECT COUNT(Id) FROM Opportunity GROUP BY ROLLUP(CALENDAR_YEAR(CloseDate))'
    assert.equal(await refusal(soql), "unexpected token: '('")
  })
})
