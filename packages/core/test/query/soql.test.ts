import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type SoqlValue, soql } from '@forcewire/core'

describe('soql', () => {
  const table: readonly [SoqlValue, string][] = [
    ['Acme', "'Acme'"],
    ["O'Neil", "'O\\'Neil'"],
    ['back\\slash', "'back\\\\slash'"],
    ['"quoted"', '\'\\"quoted\\"\''],
    ['a\nb\rc\td\be\ff', "'a\\nb\\rc\\td\\be\\ff'"],
    ["x\\' OR Name != '", "'x\\\\\\' OR Name != \\''"],
    [42, '42'],
    [-1.5, '-1.5'],
    [10n, '10'],
    [true, 'true'],
    [null, 'null'],
    [new Date(Date.UTC(2026, 10, 22, 1, 2, 3, 4)), '2026-11-22T01:02:03.004Z'],
    [['a', 1, null], "('a',1,null)"],
    [[], '()'],
  ]
  for (const [value, written] of table) {
    it(`writes ${JSON.stringify(typeof value === 'bigint' ? String(value) : value)} as ${written}`, () => {
      assert.equal(soql`X = ${value}`, `X = ${written}`)
    })
  }

  it('inserts checked names as they are and refuses everything else', () => {
    assert.equal(
      soql`SELECT ${soql.name('Owner.Name')} FROM ${soql.name('ns__Thing__c')}`,
      'SELECT Owner.Name FROM ns__Thing__c',
    )
    for (const name of ['', '1st', 'Name, Id', 'Name FROM User--', "a'b", 'a..b']) {
      assert.throws(() => soql.name(name), { code: 'ERR_SF_CONFIG' })
    }
  })

  it('lets inserted values match literally in LIKE patterns', () => {
    assert.equal(soql`Name LIKE ${soql.like`${"50%_o'ff"}%`}`, "Name LIKE '50\\%\\_o\\'ff%'")
  })

  it('writes date literals', () => {
    assert.equal(soql`CloseDate = ${soql.date(new Date(Date.UTC(2026, 10, 22)))}`, 'CloseDate = 2026-11-22')
  })

  it('refuses what SOQL cannot hold', () => {
    const impossible: readonly unknown[] = [
      undefined,
      {},
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(Number.NaN),
      [['a']],
    ]
    assert.throws(() => soql.date('2026-11-22' as never), { code: 'ERR_SF_CONFIG' })
    for (const value of impossible) assert.throws(() => soql`X = ${value as SoqlValue}`, { code: 'ERR_SF_CONFIG' })
  })
})
