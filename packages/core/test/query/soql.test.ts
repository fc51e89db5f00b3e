import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'
import { formatSoql, type SoqlValue, soql, sosl } from '@forcewire/core'
import fc from 'fast-check'

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
    [new Set(['a', 'b']), "('a','b')"],
    [1e21, '1000000000000000000000'],
    [-1.5e-7, '-0.00000015'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
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
    assert.equal(soql`SELECT ${soql.names(['Id', 'Owner.Name'])}`, 'SELECT Id, Owner.Name')
    for (const name of ['', '1st', 'Name, Id', 'Name FROM User--', "a'b", 'a..b', 'a.', null, undefined, {}, ['Id']]) {
      assert.throws(() => soql.name(name as string), { code: 'ERR_SF_CONFIG' })
      assert.throws(() => soql.names(['Id', name as string]), { code: 'ERR_SF_CONFIG' })
    }
    for (const names of [[], 'Id', null, undefined]) {
      assert.throws(() => soql.names(names as string[]), { code: 'ERR_SF_CONFIG' })
    }
  })

  it('lets inserted values match literally in LIKE patterns, while the template keeps its wildcards', () => {
    assert.equal(soql`Name LIKE ${soql.like`${"50%_o'ff"}%`}`, "Name LIKE '50\\%\\_o\\'ff%'")
    assert.equal(soql.like`O'Neil _${7}\\%`.text, "'O\\'Neil _7\\\\%'")
    for (const value of [null, undefined, {}, ['a'], Number.NaN]) {
      assert.throws(() => soql.like`${value as string}%`, { code: 'ERR_SF_CONFIG' })
    }
  })

  it('writes date literals of a Date and of text', () => {
    assert.equal(soql`CloseDate = ${soql.date(new Date(Date.UTC(2026, 10, 22)))}`, 'CloseDate = 2026-11-22')
    assert.equal(soql`CloseDate = ${soql.date('2028-02-29')}`, 'CloseDate = 2028-02-29')
    for (const date of ['2026-02-30', '2026-13-01', '22.11.2026', '2026-11-22T00:00:00Z', '', null, new Date('x')]) {
      assert.throws(() => soql.date(date as string), { code: 'ERR_SF_CONFIG' })
    }
  })

  const times: readonly [Date | string, string][] = [
    [new Date(Date.UTC(2026, 10, 22, 1, 2, 3, 4)), '2026-11-22T01:02:03.004Z'],
    ['2026-11-22T01:02:03.000+0000', '2026-11-22T01:02:03.000Z'],
    ['2026-11-22T01:02:03-05:30', '2026-11-22T06:32:03.000Z'],
    ['2026-11-22T01:02Z', '2026-11-22T01:02:00.000Z'],
  ]
  for (const [time, text] of times) {
    it(`writes the time ${JSON.stringify(time)} as ${text}`, () => {
      assert.equal(soql.dateTime(time).text, text)
    })
  }

  it('refuses times without an offset, and those that do not exist', () => {
    for (const time of ['2026-11-22T01:02:03', '2026-11-22', 'now', 'Z', '', null, new Date('x')]) {
      assert.throws(() => soql.dateTime(time as string), { code: 'ERR_SF_CONFIG' })
    }
    const lacking = [
      '2026-02-30T01:02:03Z',
      '2027-02-29T01:02+01:00',
      '2026-13-01T00:00:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T25:00:00Z',
      '2026-11-22T01:60:00Z',
      '2026-11-22T01:02:60Z',
      '2026-11-22T01:02:03+15:00',
      '2026-11-22T01:02:03-05:60',
    ]
    for (const time of lacking) {
      assert.throws(() => soql.dateTime(time), {
        code: 'ERR_SF_CONFIG',
        message: 'soql.dateTime must be a Date or a time with an offset such as 2026-11-22T01:02:03Z, but is a text.',
      })
    }
  })

  it('refuses a value between quotes of the template, from where it could change the query', () => {
    const value = ' OR Name != '
    const wrong = [
      () => soql`SELECT Id FROM Account WHERE Name = '${value}'`,
      () => soql`SELECT Id FROM Account WHERE Name LIKE '%${value}%'`,
      () => soql`SELECT Id FROM Account WHERE Name = 'O\\'Brien' AND Site = '${value}'`,
      () => sosl`FIND {x} RETURNING Account(Id WHERE Name = '${value}')`,
      () => sosl`FIND {${value}} RETURNING Account(Id WHERE Name = '${value}')`,
    ]
    for (const write of wrong) assert.throws(write, { code: 'ERR_SF_CONFIG', message: /stands between quotes/ })
    assert.equal(soql`Name = 'it\\'s' AND Site = ${'a'}`, "Name = 'it\\'s' AND Site = 'a'")
    const search = sosl`FIND {it's ${'a'}} RETURNING Account(Id WHERE Name = ${'b'})`
    assert.equal(search, "FIND {it's a} RETURNING Account(Id WHERE Name = 'b')")
  })

  it('refuses a backslash of the template that JavaScript would drop before Salesforce sees it', () => {
    const advice = /^A template of so[sq]l has a single backslash, .*write it twice \(\\\\% or \\\\'\), or insert/
    const dropped = [
      () => soql`Name LIKE '100\%'`,
      () => soql`A = ${1} AND Name LIKE '100\_'`,
      () => soql`Name = 'O\'Neil'`,
      () => soql`Name = '\"'`,
      () => soql`Name = '\\\''`,
      () => soql`A = ${1} AND Name = 'C:\users' AND B = ${2}`,
      () => soql`Name = 'C:\xyz'`,
      () => sosl`FIND {a\}b}`,
      () => sosl`FIND {\{${'a'}}`,
      () => sosl`FIND {a\-b} RETURNING Account(Id WHERE A = ${1})`,
    ]
    for (const write of dropped) assert.throws(write, { code: 'ERR_SF_CONFIG', message: advice })
    for (const write of [() => soql.like`100\%${'a'}%`, () => soql.like`C:\users${'a'}`]) {
      const message =
        /^A template of soql\.like has a single backslash, which .* hand on; insert what is meant as a value/
      assert.throws(write, { code: 'ERR_SF_CONFIG', message })
    }
  })

  it('takes escapes of SOQL that are written twice, and those that only JavaScript knows', () => {
    assert.equal(
      soql`A LIKE '100\\%' AND B = 'C:\\\\x' AND C = 'O\\'N'`,
      "A LIKE '100\\%' AND B = 'C:\\\\x' AND C = 'O\\'N'",
    )
    assert.equal(soql`A = '\`' AND B = '\${1}' AND C = '$\{1}'`, "A = '`' AND B = '\u0024{1}' AND C = '\u0024{1}'")
    assert.equal(
      soql`A\n\t=\
 '\u00fc\x41'`,
      "A\n\t= '\u00fcA'",
    )
    assert.equal(sosl`FIND {a\\-b\\}}`, 'FIND {a\\-b\\}}')
  })

  it('takes a date and a set of another realm', () => {
    const [date, set] = runInNewContext('[new Date(0), new Set(["a"])]') as [Date, Set<string>]
    assert.equal(soql`A = ${date} AND B IN ${set}`, "A = 1970-01-01T00:00:00.000Z AND B IN ('a')")
    assert.equal(formatSoql('A = {date} AND B IN {set}', { date, set }), soql`A = ${date} AND B IN ${set}`)
    assert.equal(soql.date(date).text, '1970-01-01')
  })

  it('writes an empty list as it is', () => {
    for (const none of [[], new Set<string>()]) assert.equal(soql`Id IN ${none}`, 'Id IN ()')
  })

  it('refuses what SOQL cannot hold', () => {
    const impossible: readonly unknown[] = [
      undefined,
      {},
      () => 1,
      Symbol('x'),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(Number.NaN),
      new Date(8.64e15),
      [['a']],
      [undefined],
      new Set([['a']]),
    ]
    for (const value of impossible) assert.throws(() => soql`X = ${value as SoqlValue}`, { code: 'ERR_SF_CONFIG' })
  })

  it('writes text that reads back as it was, and nothing behind it', () => {
    fc.assert(
      fc.property(nastyText, nastyText, (first, second) => {
        const query = soql`A = ${first} AND B = ${second} AND C IN ${[second, first]}`
        const one = readLiteral(query, query.indexOf("'"))
        assert.equal(one.value, first)
        const between = ' AND B = '
        assert.equal(query.slice(one.end, one.end + between.length), between)
        const two = readLiteral(query, one.end + between.length)
        assert.equal(two.value, second)
        assert.equal(query.slice(two.end), ` AND C IN ('${quoted(second)}','${quoted(first)}')`)
      }),
    )
  })

  it('writes LIKE patterns in which inserted text is literal', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const pattern = soql.like`${text}%`.text
        const { value, end } = readLiteral(pattern, 0)
        assert.equal(end, pattern.length)
        assert.equal(value, `${text}<any>`)
      }),
    )
  })
})

/** Text that is rich in characters with a meaning, and any other text. */
const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom('\\', "'", '"', '%', '_', '\n', '\r', '\t', '\b', '\f', 'n', 'u', ' ', ')', 'ü') }),
  fc.string({ unit: 'binary' }),
)

const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Reads a quoted literal by the words of the SOQL reference, not by the code under test. Wildcards show as `<any>`. */
function readLiteral(text: string, start: number): { readonly value: string; readonly end: number } {
  assert.equal(text[start], "'")
  const like = text[0] === "'"
  let value = ''
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index] as string
    if (character === "'") return { value, end: index + 1 }
    if (character === '\\') {
      index += 1
      const escaped = text[index] as string
      value += meanings[escaped] ?? escaped
    } else value += like && character === '%' ? '<any>' : character
  }
  return assert.fail('the literal does not end')
}

/** The same text once more, as the query holds it. */
function quoted(value: string): string {
  const text = soql`${value}`
  assert.equal(readLiteral(` ${text}`, 1).value, value)
  return text.slice(1, -1)
}
