import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatSoql, type SoqlValue, soql } from '@forcewire/core'
import fc from 'fast-check'

type Values = Readonly<Record<string, SoqlValue>>

describe('formatSoql', () => {
  const table: readonly [string, Values, string][] = [
    ['SELECT Id FROM Account', {}, 'SELECT Id FROM Account'],
    ['Name = {name}', { name: "O'Neil" }, "Name = 'O\\'Neil'"],
    ['A = {a} AND B = {b} AND A2 = {a}', { a: 1, b: null }, 'A = 1 AND B = null AND A2 = 1'],
    ['Id IN {ids}', { ids: ['1', '2'] }, "Id IN ('1','2')"],
    ['CreatedDate > {since}', { since: new Date(0) }, 'CreatedDate > 1970-01-01T00:00:00.000Z'],
    ['CloseDate = {day:date}', { day: '2026-11-22' }, 'CloseDate = 2026-11-22'],
    [
      'SystemModstamp > {at:dateTime}',
      { at: '2026-11-22T00:00:00.000+0000' },
      'SystemModstamp > 2026-11-22T00:00:00.000Z',
    ],
    ['{field:name} = {value}', { field: 'Owner.Name', value: true }, 'Owner.Name = true'],
    ['SELECT {fields:name} FROM A', { fields: ['Id', 'Name'] }, 'SELECT Id, Name FROM A'],
    ["Name LIKE '{prefix:like}%'", { prefix: '50%_' }, "Name LIKE '50\\%\\_%'"],
    ['Name LIKE {name:like}', { name: '50%' }, "Name LIKE '50\\%'"],
    ["Name = 'Mr {name}'", { name: "O'Neil" }, "Name = 'Mr O\\'Neil'"],
    ["Code__c = 'A-{number}'", { number: 7 }, "Code__c = 'A-7'"],
    ["Name = 'it\\'s {name}' AND B = {name}", { name: 'x' }, "Name = 'it\\'s x' AND B = 'x'"],
    ["Name = '{{x}}' AND A = {a}", { a: 1 }, "Name = '{x}' AND A = 1"],
    ['A = {a}', { a: soql.date('2026-11-22') }, 'A = 2026-11-22'],
  ]
  for (const [template, values, query] of table) {
    it(`writes ${template} as ${query}`, () => {
      assert.equal(formatSoql(template, values), query)
    })
  }

  const wrong: readonly [unknown, unknown, RegExp][] = [
    ['A = {a}', {}, /needs a value for \{a\}/],
    ['A = {toString}', {}, /needs a value for \{toString\}/],
    ['A = 1', { a: 1 }, /has no placeholder \{a\}/],
    ['A = {a}', { a: 1, b: 2 }, /has no placeholder \{b\}/],
    ['A = {a}', { a: undefined }, /The value of \{a\} is undefined/],
    ['A = {a}', { a: {} }, /A SOQL value must be/],
    ['A = {a:quoted}', { a: 1 }, /The kind of \{a:quoted\} must be one of .*like.*, but is 'quoted'/],
    ['A = {a:like:x}', { a: 'b' }, /The kind of \{a:like:x\} must be one of .*like/],
    ["A = '{a:like:}'", { a: 'b' }, /The kind of \{a:like:\} between quotes must be one of value, like/],
    ['A = {a:like}', { a: null }, /\{a:like\} must be text or a number, but is null/],
    ["A = '{a}'", { a: new Date(0) }, /\{a\}, which stands between quotes, must be text or a number, but is a date/],
    ["A = '{a:name}'", { a: 'Name' }, /between quotes must be one of value, like/],
    ['{a:name} = 1', { a: 'Name FROM User' }, /soql.names\[0\] must be an API name/],
    ['{a:name} = 1', { a: [] }, /soql\.names must be a list of names/],
    ['A = {a:date}', { a: 'tomorrow' }, /soql\.date must be/],
    ['A = {a', { a: 1 }, /single '\{'/],
    ['A = a}', { a: 1 }, /single '\}'/],
    ["A = 'x AND B = {a}", { a: 1 }, /a quote that is not closed/],
    ['', {}, /The SOQL template must be a text/],
    [null, {}, /The SOQL template must be a text/],
    ['A = {a}', null, /values of the SOQL template must be an object, but is null/],
    ['A = {a}', 'a', /values of the SOQL template must be an object, but is a text/],
  ]
  for (const [template, values, message] of wrong) {
    it(`refuses ${template} with ${JSON.stringify(values)}`, () => {
      assert.throws(() => formatSoql(template as string, values as Values), { code: 'ERR_SF_CONFIG', message })
    })
  }

  it('writes values as the tag does, outside quotes and between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const written = soql`Name = ${name}`
        assert.equal(formatSoql('Name = {name}', { name }), written)
        assert.equal(formatSoql("Name = '{name}'", { name }), written)
        assert.equal(formatSoql("Name LIKE '{name:like}_'", { name }), `Name LIKE ${soql.like`${name}_`.text}`)
      }),
    )
  })
})
