import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg, query } from '../query/calls.ts'

describe('semi-joins', () => {
  const call = emptyOrg()

  const WITH_CONTACTS = 'Id IN (SELECT AccountId FROM Contact)'
  const NESTED = /only allowed at the top level WHERE expressions and not in nested/

  for (const where of [
    `Name = 'x' AND ${WITH_CONTACTS} AND Id NOT IN (SELECT AccountId FROM Opportunity WHERE Amount > 1)`,
    'Id IN (SELECT WhatId FROM Task)',
    'OwnerId IN (SELECT Id FROM User)',
    'ParentId IN (SELECT AccountId FROM Contact)',
  ]) {
    it(`runs ${where}`, async () => {
      assert.equal((await query(call, `SELECT Id FROM Account WHERE ${where}`)).totalSize, 0)
    })
  }

  const refusals: Record<string, [string, RegExp]> = {
    'beside OR': [`WHERE Name = 'x' OR ${WITH_CONTACTS}`, /not allowed with the 'OR' operator/],
    'below OR': [`WHERE Name != 'x' AND (Name = 'x' OR ${WITH_CONTACTS})`, NESTED],
    'in brackets with another condition': [`WHERE (Name = 'x' AND ${WITH_CONTACTS}) AND Name != 'y'`, NESTED],
    'under NOT': [`WHERE NOT ${WITH_CONTACTS}`, NESTED],
    'three times': [
      `WHERE ${WITH_CONTACTS} AND Id IN (SELECT AccountId FROM Case) AND Id IN (SELECT WhatId FROM Task)`,
      /Maximum 2 semi join sub-selects/,
    ],
    'in a semi-join': [
      'WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT WhoId FROM Task))',
      /Nesting of semi join sub-selects is not supported/,
    ],
    'with a limit': ['WHERE Id IN (SELECT AccountId FROM Contact LIMIT 5)', /found 'LIMIT'/],
    'with an order': ['WHERE Id IN (SELECT AccountId FROM Contact ORDER BY Name)', /found 'ORDER'/],
    'of the object itself': ['WHERE Id IN (SELECT ParentId FROM Account)', /should not be on the same object type/],
    'of Ids of other objects': [
      'WHERE Id IN (SELECT OwnerId FROM Contact)',
      /selected field 'OwnerId' .* 'Id' should point to the same object type/,
    ],
    "by a parent's field": ['WHERE Parent.Id IN (SELECT AccountId FROM Contact)', /not of their parents: Parent/],
  }
  for (const [place, [where, message]] of Object.entries(refusals)) {
    it(`refuses one ${place}`, async () => {
      const answer = await call('GET', `/query?q=${encodeURIComponent(`SELECT Id FROM Account ${where}`)}`)
      assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'MALFORMED_QUERY'])
      assert.match(answer.json[0].message, message)
    })
  }

  it('refuses one in a child query', async () => {
    const soql = 'SELECT Id, (SELECT Id FROM Contacts WHERE Id IN (SELECT WhoId FROM Task)) FROM Account'
    const answer = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
    assert.match(answer.json[0].message, NESTED)
  })
})
