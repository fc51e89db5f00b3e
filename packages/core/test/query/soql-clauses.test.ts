import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type SoqlKeyword, soqlClauses, withCondition } from '../../src/query/soql-clauses.ts'
import { recordedSoql, recordingsMissing } from '../support/recorded-case.ts'

function textsOf(soql: string): Partial<Record<SoqlKeyword, string>> {
  return Object.fromEntries([...soqlClauses(soql)].map(([keyword, { text }]) => [keyword, text]))
}

test('takes a query apart at its outermost level', () => {
  const soql =
    "SELECT Id, (SELECT Id FROM Contacts WHERE Name = 'x' ORDER BY Name LIMIT 5) FROM Account a USING SCOPE mine " +
    "WHERE Name = 'FROM WHERE' AND Id IN (SELECT AccountId FROM Contact LIMIT 3) WITH SECURITY_ENFORCED GROUP BY Name " +
    'HAVING COUNT(Id) > 1 ORDER BY Name DESC LIMIT 10 OFFSET 5 FOR VIEW UPDATE TRACKING ALL ROWS'
  assert.deepEqual(textsOf(soql), {
    SELECT: "Id, (SELECT Id FROM Contacts WHERE Name = 'x' ORDER BY Name LIMIT 5)",
    FROM: 'Account a',
    'USING SCOPE': 'mine',
    WHERE: "Name = 'FROM WHERE' AND Id IN (SELECT AccountId FROM Contact LIMIT 3)",
    WITH: 'SECURITY_ENFORCED',
    'GROUP BY': 'Name',
    HAVING: 'COUNT(Id) > 1',
    'ORDER BY': 'Name DESC',
    LIMIT: '10',
    OFFSET: '5',
    FOR: 'VIEW',
    UPDATE: 'TRACKING',
    'ALL ROWS': '',
  })
})

for (const [soql, clauses] of [
  ['select Id from Group group by Id', { SELECT: 'Id', FROM: 'Group', 'GROUP BY': 'Id' }],
  ['SELECT Id FROM Order ORDER BY Id', { SELECT: 'Id', FROM: 'Order', 'ORDER BY': 'Id' }],
  ['SELECT Group.Name FROM GroupMember WHERE Group.Name = null', { FROM: 'GroupMember', WHERE: 'Group.Name = null' }],
  ['SELECT Order.Name FROM OrderItem', { SELECT: 'Order.Name', FROM: 'OrderItem' }],
  ['SELECT Limit, Offset FROM X WHERE Limit = 5', { SELECT: 'Limit, Offset', WHERE: 'Limit = 5' }],
  ['SELECT\n\tId\nFROM\n\tA\nWHERE\n\tB = 1\nLIMIT\n\t5', { SELECT: 'Id', FROM: 'A', WHERE: 'B = 1', LIMIT: '5' }],
  [`SELECT Id FROM A WHERE B = 'it\\'s \\\\' LIMIT 5`, { WHERE: `B = 'it\\'s \\\\'`, LIMIT: '5' }],
  [`SELECT Id FROM A WHERE B = '(' AND C = ')'`, { WHERE: `B = '(' AND C = ')'` }],
  ['SELECT Id FROM A WHERE(B = 1)LIMIT 5', { WHERE: '(B = 1)', LIMIT: '5' }],
  ['SELECT Id FROM A WHERE With__c = 1 AND Limit__c = 2', { WHERE: 'With__c = 1 AND Limit__c = 2' }],
  ['SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Event', { FROM: 'Event' }],
] as const) {
  test(`finds the clauses of ${soql}`, () => {
    const found = textsOf(soql)
    for (const [keyword, text] of Object.entries(clauses)) assert.equal(found[keyword as SoqlKeyword], text)
    for (const keyword of ['WHERE', 'LIMIT', 'OFFSET', 'GROUP BY', 'ORDER BY', 'WITH'] as const) {
      if (!(keyword in clauses)) assert.equal(found[keyword], undefined, keyword)
    }
  })
}

for (const [soql, message] of [
  ["SELECT Id FROM A WHERE B = 'it's'", /has a quote that is not closed/],
  ['SELECT Id FROM A WHERE (B = 1', /has a parenthesis that is not closed/],
  ['SELECT Id FROM A WHERE B = 1)', /has a parenthesis that was not opened/],
  ['FIND {a}', /must have the form SELECT/],
  ['SELECT Id', /must have the form SELECT/],
  ['Id SELECT Id FROM A', /must have the form SELECT/],
] as const) {
  test(`refuses ${soql}`, () => {
    assert.throws(() => soqlClauses(soql), { code: 'ERR_SF_CONFIG', message })
  })
}

for (const [soql, wider] of [
  ['SELECT Id FROM A', 'SELECT Id FROM A WHERE X > 1'],
  [' SELECT Id FROM A  ', ' SELECT Id FROM A WHERE X > 1'],
  ['SELECT Id FROM A ORDER BY Id', 'SELECT Id FROM A WHERE X > 1 ORDER BY Id'],
  ['SELECT Id FROM A a USING SCOPE team LIMIT 5', 'SELECT Id FROM A a USING SCOPE team WHERE X > 1 LIMIT 5'],
  ['SELECT Id FROM A WHERE B = 1', 'SELECT Id FROM A WHERE (B = 1) AND X > 1'],
  ['SELECT Id FROM A WHERE B = 1 OR C = 2 FOR VIEW', 'SELECT Id FROM A WHERE (B = 1 OR C = 2) AND X > 1 FOR VIEW'],
  ['SELECT Id FROM A WHERE(NOT B = 1)LIMIT 5', 'SELECT Id FROM A WHERE ((NOT B = 1)) AND X > 1 LIMIT 5'],
  ['SELECT Id FROM A WITH SECURITY_ENFORCED', 'SELECT Id FROM A WHERE X > 1 WITH SECURITY_ENFORCED'],
] as const) {
  test(`adds a condition to ${soql}`, () => {
    assert.equal(withCondition(soql, 'X > 1'), wider)
  })
}

const word = fc.constantFrom('Id', 'Name__c', 'a.Group', 'Order', 'Limit', '5', ',', '=', 'AND')
const literal = fc.string().map((text) => `'${text.replace(/[\\']/g, '\\$&')}'`)
const inside = fc.constantFrom(
  'SELECT Id FROM B WHERE C = 1 LIMIT 5',
  "'x' ORDER BY Id",
  'LIMIT 5 OFFSET 3',
  'GROUP BY',
)
const piece = fc.oneof(
  word,
  literal,
  inside.map((text) => `(${text})`),
)
const body = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(' '))
const clausesOf = fc
  .record(
    { SELECT: body, FROM: fc.constantFrom('A', 'Group g', 'Order'), WHERE: body, 'ORDER BY': body, LIMIT: fc.nat() },
    { requiredKeys: ['SELECT', 'FROM'] },
  )
  // A word before a number would begin the clause LIMIT.
  .filter(
    (clauses) =>
      !/limit\s+\d/i.test(
        Object.values(clauses)
          .join(' ')
          .replace(/\([^)]*\)|'[^']*'/g, ''),
      ),
  )

test('finds again the clauses that any query was put together of', () => {
  fc.assert(
    fc.property(clausesOf, fc.boolean(), (clauses, lower) => {
      const parts = Object.entries(clauses).map(
        ([keyword, text]) => `${lower ? keyword.toLowerCase() : keyword} ${text}`,
      )
      const expected = Object.entries(clauses).map(([keyword, text]) => [keyword, String(text)])
      assert.deepEqual(Object.entries(textsOf(parts.join(' '))), expected)
    }),
  )
})

test('leaves all other clauses of any query as they are when it adds a condition', () => {
  fc.assert(
    fc.property(clausesOf, (clauses) => {
      const soql = Object.entries(clauses)
        .map(([keyword, text]) => `${keyword} ${text}`)
        .join('\n')
      const { WHERE: before, ...others } = textsOf(soql)
      const { WHERE: after, ...same } = textsOf(withCondition(soql, "Id > '1'"))
      assert.deepEqual(same, others)
      assert.equal(after, before === undefined ? "Id > '1'" : `(${before}) AND Id > '1'`)
    }),
  )
})

test('takes every recorded query that an org accepts, with a condition too', { skip: recordingsMissing }, () => {
  const queries = recordedSoql('accepted-by-real-org')
  assert.ok(queries.length > 30)
  for (const soql of queries) {
    const before = textsOf(soql)
    const { WHERE: where, ...others } = textsOf(withCondition(soql, 'X > 1'))
    assert.match(where ?? '', /X > 1$/)
    assert.deepEqual({ ...others, WHERE: before.WHERE }, { WHERE: undefined, ...before })
  }
})
